"""Databases of their own for the commands that tests start: a SQLite file, or one made on PostgreSQL and dropped."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

POSTGRES = os.environ.get("HABEAS_POSTGRES_URL", "")
needs_postgres = pytest.mark.skipif(not POSTGRES, reason="skipped: no PostgreSQL (HABEAS_POSTGRES_URL names one)")


class Database(NamedTuple):
    """What a command is told, and SQL from outside of it."""

    url: str

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows that a statement gives; what it changes is kept."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(urlsplit(self.url).path[1:], timeout=60)) as held, held:
                return held.execute(statement).fetchall()
        with psycopg.connect(self.url) as server:
            cursor = server.execute(sql.SQL(statement))  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


def sqlite(folder: Path) -> Database:
    return Database(f"sqlite:////{str(folder / 'desk.sqlite3').lstrip('/')}")


@contextmanager
def postgres(copy_of: Database | None = None) -> Iterator[Database]:
    """A new database, or a copy of one to which nobody is connected."""
    name = sql.Identifier(f"habeas_{secrets.token_hex(4)}")
    template = sql.Identifier(urlsplit(copy_of.url).path[1:] if copy_of else "template0")
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}").format(name, template))
    try:
        yield Database(urlsplit(POSTGRES)._replace(path=f"/{name.as_string().strip(chr(34))}").geturl())
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
