"""Keys of rows that are not written yet, so that rows that point to one another are written a table at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from django.db import connection, models

BLOCK = 100  # keys asked for at once; those that are not used are left out for good


def upcoming(model: type[models.Model], block: int = BLOCK) -> Iterator[int]:
    """The keys that the next rows of the model have, in order, without end.

    PostgreSQL is asked for `block` at once. Call it after `audit.services.one_writer_at_a_time`, and use the keys in
    that transaction, in which nobody else adds rows.
    """
    return _from_sequence(model, block) if connection.vendor == "postgresql" else _after_newest(model)


def _from_sequence(model: type[models.Model], block: int) -> Iterator[int]:
    table, column = model._meta.db_table, model._meta.pk.column if model._meta.pk else "id"
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, block]
            )
            found = [key for (key,) in cursor.fetchall()]
        yield from found


def _after_newest(model: type[models.Model]) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        newest = cursor.fetchone()
    yield from count(newest[0] + 1 if newest else 1)
