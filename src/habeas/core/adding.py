"""Many rows added at once, with one statement: a fifth of what Django's `bulk_create` costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from django.db import connection, models

from habeas.core.keys import upcoming

# Values that SQLite is given with one statement. Rows go together: where a trigger follows, each statement has the
# index of search texts write out what it holds and join it with the rest, 15 ms a text once there are 60,000.
MOST_VALUES = 999
# Fields whose values the database takes as they are.
_PLAIN = (
    models.CharField, models.TextField, models.IntegerField, models.AutoField, models.FloatField, models.BooleanField,
)  # fmt: skip
Writer = Callable[[Any], Any]


def add(rows: Sequence[models.Model]) -> None:
    """Adds the rows, all of one model, as `bulk_create` does; those without a key get the next ones.

    Rows that they point to were added before, or have their keys. Call it in a transaction, after
    `audit.services.one_writer_at_a_time` where a key is to be given.
    """
    if not rows:
        return
    model = type(rows[0])
    keys = upcoming(model, sum(row.pk is None for row in rows))  # no more: lines of the audit have no gaps
    columns, related, own = _columns(model), _related(model), _own_key(model)
    made = []
    for row in rows:
        values, state = row.__dict__, row._state
        for name, other in state.fields_cache.items():
            if other is not None and name in related and values[related[name]] is None:
                values[related[name]] = other.pk  # `setattr` would forget `other`, to be fetched again
        if values[own] is None:
            values[own] = next(keys)
        made.append([values[name] if write is None else write(values[name]) for name, write in columns])
        state.adding, state.db = False, connection.alias
    add_values(model, [name for name, _write in columns], made)


def add_values(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, unless_there: bool = False
) -> None:
    """Adds rows given as the values of these fields (as `Model.attname` calls them), as the database takes them.

    The database gives the key where it is left out. Rows that break a constraint are passed over where `unless_there`.
    """
    columns = [str(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table, places = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(columns))
    insert, row = f"INSERT INTO {table} ({quoted}) VALUES ", f"({places})"  # noqa: S608 - names of our own tables
    end = " ON CONFLICT DO NOTHING" if unless_there else ""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.executemany(f"{insert}{row}{end}", list(rows))
            return
        found = iter(rows)
        while some := list(islice(found, MOST_VALUES // len(columns))):
            cursor.execute(f"{insert}{', '.join([row] * len(some))}{end}", list(chain.from_iterable(some)))


@cache
def _related(model: type[models.Model]) -> dict[str, str]:
    """By the name under which a row keeps another that it points to: the attribute with that one's key."""
    found = model._meta.concrete_fields
    return {field.cache_name: field.attname for field in found if isinstance(field, models.ForeignKey)}


@cache
def _own_key(model: type[models.Model]) -> str:
    """The attribute with a row's own key."""
    return str(model._meta.pk.attname) if model._meta.pk else "id"


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, Writer | None]]:
    """The name of each column's attribute, and what writes its values; None where they are taken as they are."""
    return [(field.attname, _writer(field)) for field in model._meta.concrete_fields]


def _writer(field: models.Field[Any, Any]) -> Writer | None:
    target: Any = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, _PLAIN) and type(target).get_prep_value in _USUAL:
        return None
    if isinstance(target, models.JSONField):
        return lambda value: None if value is None else connection.ops.adapt_json_value(value, target.encoder)
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)


_USUAL = {kind.get_prep_value for kind in _PLAIN}
