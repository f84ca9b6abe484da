"""A list of any length as one parameter of a query in SQL, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

_TABLE = "(SELECT CAST(value AS {}) AS value FROM json_array_elements_text(CAST(%s AS json)))"


def rows(query: str, *lists: Iterable[int | str]) -> list[tuple[Any, ...]]:
    """What the query finds; each `{numbers}` or `{texts}` in it is a table with a column `value`, the next list.

    No other value goes into the query.
    """
    if connection.vendor == "postgresql":
        query = query.format(numbers=_TABLE.format("bigint"), texts=_TABLE.format("text"))
    else:
        query = query.format(numbers="json_each(%s)", texts="json_each(%s)")
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(list(one)) for one in lists])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
