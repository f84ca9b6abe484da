"""What SQLite and PostgreSQL say differently, for queries over many rows."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

_Said = tuple[str, tuple[Any, ...]]


class Among(models.Func):
    """Whether a column of numbers holds one of the keys, which go over as one value, however many they are.

    `__in` sends a value a key: slow for thousands, and more than a database may take.
    """

    output_field = models.BooleanField()

    def __init__(self, column: str, keys: Collection[int]) -> None:
        super().__init__(models.F(column))
        self._keys = sorted(keys)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> _Said:
        """Compared with an array."""
        column, values = compiler.compile(self.get_source_expressions()[0])
        return f"{column} = ANY(%s::bigint[])", (*values, self._keys)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> _Said:
        """Looked up in a list written as JSON."""
        column, values = compiler.compile(self.get_source_expressions()[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, json.dumps(self._keys))  # noqa: S608 - a column of ours


class BitsOf(models.Aggregate):
    """The bits that any of the rows has, where each has one bit, or none (null)."""

    function = "BIT_OR"
    output_field = models.IntegerField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> _Said:
        """Each different number is added once: of single bits that is the same."""
        words = "%(function)s(DISTINCT %(expressions)s)"
        said, values = super().as_sql(compiler, connection, function="SUM", template=words, **more)
        return said, tuple(values)
