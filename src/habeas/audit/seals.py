"""What a row held when an action left it, as a short hash that the line of the audit keeps."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache

from django.db import models

from habeas.core.encrypted import EncryptedText
from habeas.core.vault import seal_secret

Seals = dict[str, dict[str, str]]  # by the model's label, by the row's key
HEX = 32  # digits of a seal: 128 bits
IN_PART = "p"  # begins the seals of rows with columns that change by themselves (`UNSEALED` of the model)
KEYED = (
    "k"  # begins the seals of rows with confidential fields: those enter by a keyed hash, so that nobody without the
)
# key can try out what a field may hold. Seals from before there was a key do not begin so.
NOTHING: tuple[object, ...] = (None, "", [], (), {})


def seal(row: models.Model, like: str = KEYED) -> str:
    """The seal of everything in the row, the same for one just made and one fetched; of the kind of the seal `like`.

    Columns that hold nothing are left out, so that a column that is added later, and empty, breaks no seal; so are
    those that change without a line of the audit, such as when somebody signed in last.
    """
    model, held = row._meta.model, row.__dict__  # whoever is signed in comes wrapped: its own type is no model
    names, moving, confidential = _names(model), unsealed(model), _confidential(model)
    told = {n: v for n in names if (v := held[n] if n in held else getattr(row, n)) not in NOTHING}
    hidden = confidential if KEYED in like[:2] else ()
    for name in hidden:
        if name in told:
            told[name] = _keyed(told[name])
    content = _encoder().encode([row._meta.label_lower, told])
    return (IN_PART if moving else "") + (KEYED if hidden else "") + hashlib.sha256(content.encode()).hexdigest()[:HEX]


def holds(stored: str, model: type[models.Model]) -> bool:
    """Whether a stored seal can be held to a row: not one from before such columns were left out."""
    return not unsealed(model) or stored.startswith(IN_PART)


def unsealed(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of the model that change without a line of the audit."""
    return tuple(getattr(model, "UNSEALED", ()))


@cache
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=_plain)


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that a seal is of."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in unsealed(model))


@cache
def _confidential(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedText))


def _keyed(value: object) -> str:
    return hmac.new(seal_secret(), str(value).encode(), hashlib.sha256).hexdigest()


def seals(rows: Iterable[models.Model]) -> Seals:
    """The seals of these rows, as a line of the audit keeps them."""
    found: Seals = {}
    for row in rows:
        found.setdefault(row._meta.label_lower, {})[str(row.pk)] = seal(row)
    return found


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} has no seal.")
