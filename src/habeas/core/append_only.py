"""Tables that rows are only ever added to, held so by the database itself: it refuses to change or remove a row.

The guards are triggers. They are put up after every `migrate`, since SQLite loses them whenever a table is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import AppConfig, apps
from django.db import connection, models, transaction
from django.db.models.signals import post_migrate

_ACTIONS = ("UPDATE", "DELETE")
_REFUSE = """CREATE OR REPLACE FUNCTION habeas_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""
_guarded: set[str] = set()


def guard(app: AppConfig, *names: str) -> None:
    """Has the tables of these models of the app guarded from the next `migrate` on. Call it in the app's `ready`.

    A name is a model's (`Claim`), or that of a many-to-many field of one (`Statement.about`) for the table between.
    """
    _guarded.update(f"{app.label}.{name}" for name in names)
    post_migrate.connect(_put_up, sender=app, dispatch_uid=f"append only: {app.label}")


def is_guarded(model: type[models.Model]) -> bool:
    """Whether rows of the model are only ever added."""
    return model._meta.db_table in _tables()


def missing() -> list[str]:
    """The guarded tables that can be changed at present, since their guard is gone."""
    there = _there()
    return [table for table in _tables() if not {_name(table, action) for action in _ACTIONS} <= there]


@contextmanager
def lifted() -> Iterator[None]:
    """Lets rows be changed and removed inside the block, which is one transaction: only for erasing what must go.

    Nobody else can write meanwhile; the guards are up again when the transaction ends, whichever way it does.
    """
    with transaction.atomic():
        take_down()
        yield
        _put_up_on(_tables_there())


def take_down() -> None:
    """Removes the guards, for a test that empties the tables; `migrate` and `flush` put them up again."""
    _run(statement for table in _tables() for statement in _removal(table))


def _put_up_on(tables: Iterable[str]) -> None:
    """Guards these tables; a guard that is there already stays."""
    if connection.vendor == "postgresql":
        _run([_REFUSE])
    _run(statement for table in tables for statement in _guards(table))


def _put_up(sender: AppConfig, **_told: object) -> None:
    _put_up_on(_tables_there(sender.label))


def _tables_there(label: str = "") -> list[str]:
    """As `_tables`, but for those that a migration has yet to make."""
    there = set(connection.introspection.table_names())
    return [table for table in _tables(label) if table in there]


def _tables(label: str = "") -> list[str]:
    """The guarded tables, or those of one app."""
    return sorted(_table(name) for name in _guarded if not label or name.startswith(f"{label}."))


def _table(name: str) -> str:
    label, model, *field = name.split(".")
    found: type[models.Model] = apps.get_model(label, model)
    if field:
        found = getattr(found, field[0]).through
    return found._meta.db_table


def _name(table: str, action: str) -> str:
    return f"{table}_no_{action.lower()}"


def _guards(table: str) -> Iterator[str]:
    for action in _ACTIONS:
        name = _name(table, action)
        if connection.vendor == "postgresql":
            head = f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {action} ON "{table}" '
            yield f"{head}FOR EACH ROW EXECUTE FUNCTION habeas_refuse()"
        else:
            head = f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {action} ON "{table}" '
            yield f"{head}BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"


def _removal(table: str) -> Iterator[str]:
    for action in _ACTIONS:
        on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
        yield f'DROP TRIGGER IF EXISTS "{_name(table, action)}"{on}'


def _there() -> set[str]:
    postgresql = connection.vendor == "postgresql"
    found = "SELECT tgname FROM pg_trigger" if postgresql else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(found)
        return {name for (name,) in cursor.fetchall()}


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
