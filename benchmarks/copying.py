"""The rows of a desk on SQLite brought to PostgreSQL by COPY: filling a million claims twice would take hours."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

MADE_BY_MIGRATIONS = {"auth", "contenttypes", "sessions"}  # nothing of a desk leads to these by their keys
DATABASE, FILLED = "habeas.sqlite3", "people.json"  # the second stands only where all is there
TOGETHER = 5_000  # rows that are read at once


def bring_files(source: Path, folder: Path) -> None:
    """Copies what lies beside the database, keys among it; before the new desk is opened, which would make its own."""
    for path in source.iterdir():
        if path.is_file() and not path.name.startswith(DATABASE) and path.name != FILLED:
            shutil.copy2(path, folder / path.name)


def bring_rows(source: Path) -> int:
    """How many rows were copied to this desk, which is on PostgreSQL and holds nothing; the source has its tables.

    Triggers rest meanwhile, marks and search texts being rows that are copied too; foreign keys and indexes, that by
    which words are found among them, are made when all is there.
    """
    tables = _tables()
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
    there = sqlite3.connect(f"file:{source / DATABASE}?mode=ro", uri=True)
    with closing(there) as rows, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        with _at_rest(cursor, tables), _put_away(cursor):
            cursor.execute(f"TRUNCATE {names}")
            count = sum(_copy(rows, cursor, model) for model in tables)
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    return count


def _tables() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.app_label not in MADE_BY_MIGRATIONS and model._meta.managed]


def _copy(rows: sqlite3.Connection, cursor: Any, model: type[models.Model]) -> int:
    """Copies one table. Columns go by their names; the one database's text for a value is read by the other."""
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)
    count = 0
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in _chunks(rows.execute(f"SELECT {columns} FROM {table}")):  # noqa: S608 - names of our own tables
            copy.write_row(row)
            count += 1
    return count


def _chunks(found: sqlite3.Cursor) -> Iterator[Sequence[Any]]:
    while some := found.fetchmany(TOGETHER):
        yield from some


@contextmanager
def _at_rest(cursor: Any, tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """Neither guards nor marks heed what is done inside the block."""
    for deed in ("DISABLE", "ENABLE"):
        for model in tables:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(model._meta.db_table)} {deed} TRIGGER USER")
        if deed == "DISABLE":
            yield


_FOREIGN_KEYS = """SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"""
_INDEXES = """SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"""


@contextmanager
def _put_away(cursor: Any) -> Iterator[None]:
    """Foreign keys and indexes that are no constraints are gone inside the block, and made anew at its end."""
    found = []
    for asked in (_FOREIGN_KEYS, _INDEXES):
        cursor.execute(asked)
        found.append(cursor.fetchall())
    for drop, _make in [*found[0], *found[1]]:
        cursor.execute(drop)
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _drop, make in [*found[1], *found[0]]:
        cursor.execute(make)
