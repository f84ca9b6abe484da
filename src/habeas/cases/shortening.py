"""A long case with the newest of each of its lists, so that its page opens at once; the whole is a click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from habeas.cases.casefile import Line, Row, State

T = TypeVar("T")
FIRST = {(Line, "rows"), (State, "conflicts"), (State, "upcoming")}  # in these the newest or gravest stand first


def shortened(state: State, most: int) -> State:
    """The state with no more than the `most` newest of every list in it: entries, places, the claims of each."""
    return _short(state, most)


def newest(kind: type, name: str, found: Sequence[T], most: int) -> Sequence[T]:
    """The newest, so many, of a list that stands in a part of a state: in the field `name` of that `kind`."""
    return found[:most] if (kind, name) in FIRST else found[-most:]


def _short(thing: T, most: int) -> T:
    if not is_dataclass(thing) or isinstance(thing, (type, Row)):
        return thing
    found: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            found[field.name] = tuple(_short(one, most) for one in newest(type(thing), field.name, value, most))
        elif is_dataclass(value) and not isinstance(value, Row):
            found[field.name] = _short(value, most)
    return replace(thing, **found) if found else thing
