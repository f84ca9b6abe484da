"""A list of any length as one parameter of a query, and few rows for each of it: on SQLite and PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.sql.compiler import SQLCompiler

_LIST = {
    "sqlite": "json_each(%s)",
    "postgresql": "(SELECT CAST(value AS {}) AS value FROM json_array_elements_text(CAST(%s AS json)))",
}
_FEW = {  # what makes each of the two look at the index once for each row before, and never at the whole table
    "sqlite": "CROSS JOIN {table} AS {name} ON {name}.id IN (SELECT u.id FROM {table} AS u WHERE {those})",
    "postgresql": "CROSS JOIN LATERAL (SELECT u.* FROM {table} AS u WHERE {those}) AS {name}",
}


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """`subject__among=keys`: as `subject__in`, for whole numbers, and thousands of them cost no more than one does.

    Django writes and the database reads a parameter for each of `in`; these are one.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The condition for SQLite."""
        lhs, params = self.process_lhs(compiler, connection)
        return lhs + " IN (SELECT value FROM json_each(%s))", (*params, f"[{self._keys()}]")  # noqa: S608 - lhs is Django's

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The condition for PostgreSQL."""
        lhs, params = self.process_lhs(compiler, connection)
        return lhs + " = ANY(%s::bigint[])", (*params, f"{{{self._keys()}}}")

    def _keys(self) -> str:
        if not self.rhs:
            raise EmptyResultSet  # as `in` does: nothing is asked of the database
        return ",".join([str(int(key)) for key in self.rhs])


def rows(query: str, *lists: Iterable[int | str], **few: tuple[str, str]) -> list[tuple[Any, ...]]:
    """What the query finds; each `{numbers}` or `{texts}` in it is a table with a column `value`, the next list.

    `few` gives tables that are joined where the query has `{name}`: for each row before, those rows `u` of a table that
    fulfil a condition, which may end in an order and a limit: `p=("cases_link", "u.person_id = asked.value LIMIT 9")`.
    No other value goes into the query.
    """
    table = _LIST[connection.vendor]
    joins = {
        name: _FEW[connection.vendor].format(table=of, name=name, those=those) for name, (of, those) in few.items()
    }
    query = query.format(numbers=table.format("bigint"), texts=table.format("text"), **joins)
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(list(one)) for one in lists])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
