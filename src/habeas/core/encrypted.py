"""Confidential text in columns that a copy of the database does not give away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps as current
from django.db import connection, models, transaction

from habeas.core import append_only, vault

BATCH = 200  # rows rewritten in one transaction
Column = tuple[type[models.Model], str]  # the model and the name of its column


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest (`core.vault`); empty text stays empty. SQL cannot search, order or compare it."""

    def get_prep_value(self, value: Any) -> Any:
        """The value as the column keeps it."""
        told = super().get_prep_value(value)
        return vault.encrypt(told) if told else told

    def from_db_value(self, value: str | None, *_told: object) -> str | None:
        """The value as it was given. Raises KeyMissing."""
        return vault.decrypt(value) if value else value


def columns(apps: Any = current) -> list[Column]:
    """The encrypted columns of these tables (the present ones, or as a migration has them)."""
    found = (
        (model, field) for model in apps.get_models(include_auto_created=True) for field in model._meta.local_fields
    )
    return [(model, field.column) for model, field in found if isinstance(field, EncryptedText)]


def is_anything_encrypted() -> bool:
    """Whether any row of the database holds an encrypted value."""
    there = set(connection.introspection.table_names())
    for model, column in columns():
        if model._meta.db_table in there and next(_kept(model, column, f"{vault.MARK}%"), None):
            return True
    return False


def bring_up_to_date(apps: Any = current) -> int:
    """How many values were encrypted anew with the newest key; what stands in clear is encrypted too.

    Each few rows are a transaction of their own, so that whoever is killed goes on where they were.
    """
    return sum(_rewrite(model, column, _renewed) for model, column in columns(apps))


def decrypt_columns(label: str, apps: Any) -> None:
    """Puts the values of an app's encrypted columns back in clear: the way back of a migration that encrypted them."""
    for model, column in columns(apps):
        if model._meta.app_label == label:
            _rewrite(model, column, lambda kept: vault.decrypt(kept) if kept.startswith(vault.MARK) else None)


def _renewed(kept: str) -> str | None:
    return None if vault.is_newest(kept) else vault.encrypt(vault.decrypt(kept))


def _rewrite(model: type[models.Model], column: str, how: Any) -> int:
    """How many values of the column changed. Guards of tables that are only added to are lifted meanwhile."""
    changed = [(row, new) for row, kept in _kept(model, column) if (new := how(kept)) is not None]
    for start in range(0, len(changed), BATCH):
        with append_only.lifted() if append_only.is_guarded(model) else transaction.atomic():
            _update(model, column, changed[start : start + BATCH])
    return len(changed)


def _update(model: type[models.Model], column: str, changed: list[tuple[int, str]]) -> None:
    table, name, row = (connection.ops.quote_name(n) for n in (model._meta.db_table, column, model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {name} = %s WHERE {row} = %s",  # noqa: S608 - names of our own tables
            [(new, key) for key, new in changed],
        )


def _kept(model: type[models.Model], column: str, like: str = "%") -> Iterator[tuple[int, str]]:
    table, name, row = (connection.ops.quote_name(n) for n in (model._meta.db_table, column, model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {row}, {name} FROM {table} WHERE {name} <> '' AND {name} LIKE %s ORDER BY {row}",  # noqa: S608
            [like],
        )
        yield from cursor.fetchall()
