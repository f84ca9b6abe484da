"""A long case file with the keys of its claims in place of their words: JSON that is read without folding anything.

A part of a state is a list of its fields in their order, a claim its key, a day an ISO date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from habeas.cases.casefile import Conflict, Entry, Line, Passage, Row, State
from habeas.cases.shortening import newest

RowOf = Callable[[int], Row | None]
_NOBODYS = Row(0, "", "", "", Passage(0, "", "", (), ""), known_at=None)  # type: ignore[arg-type]


class Filed(NamedTuple):
    """A document that a case rests on, and how many claims of it are about the person."""

    document: int
    claims: int


class Called(NamedTuple):
    """A form of the name, as this sighting has it, and how many documents have it."""

    sighting: int
    documents: int


@dataclass(frozen=True, slots=True)
class Lists:
    """The newest of the lists of a case file, each with the newest last, and how many there are in all.

    `speaking` are the sightings as which the person makes some of the statements, `n_told` counts the lines of the
    timeline that are told together.
    """

    statements: tuple[int, ...]
    speaking: tuple[int, ...]
    n_statements: int
    documents: tuple[Filed, ...]
    n_documents: int
    links: tuple[int, ...]
    n_links: int
    aliases: tuple[Called, ...]
    n_told: int


class Outline:
    """What was kept of a case: its state, its profile, and its lists. `found` is as `written` made it."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._state: Sequence[Any] = found["state"]
        self._profile: Sequence[Any] = found["profile"]
        self.lists = _read(Lists, found["lists"], _Reading(_nothing))

    def claims(self, most: int) -> set[int]:
        """The keys of the claims that stand in `state` and `profile`."""
        return _keys_in(lambda row_of: (self.state(row_of, most), self.profile(row_of)))

    def state(self, row_of: RowOf, most: int) -> tuple[State, bool]:
        """The state, shortened as `shortening` does, and whether it was longer."""
        how = _Reading(row_of, most)
        state: State = _read(State, self._state, how)
        return state, how.is_cut

    def profile(self, row_of: RowOf) -> tuple[Entry, ...]:
        """What is told of the person."""
        profile: tuple[Entry, ...] = _read(tuple[Entry, ...], self._profile, _Reading(row_of))
        return profile

    def timeline(self) -> tuple[Entry, ...]:
        """The whole timeline, without the claims."""
        told = self._state[_PLACE["timeline"]]
        return tuple(Entry(day, kind, phase, mode, label, ()) for day, kind, phase, mode, label, _rows in told)

    def rests(self) -> dict[int, str]:
        """The line that rests on each claim: custody, basis or protest."""
        at = [field.name for field in fields(Line)].index("rows")
        return {key: name for name in ("custody", "basis", "protest") for key in self._state[_PLACE[name]][at]}

    def disputed(self) -> set[int]:
        """The claims on the sides of the conflicts."""
        return _keys_in(self.conflicts)

    def conflicts(self, row_of: RowOf) -> tuple[Conflict, ...]:
        """The conflicts, with all of the claims on their sides."""
        conflicts: tuple[Conflict, ...] = _read(
            tuple[Conflict, ...], self._state[_PLACE["conflicts"]], _Reading(row_of)
        )
        return conflicts


_PLACE = {field.name: place for place, field in enumerate(fields(State))}


def _keys_in(read: Callable[[RowOf], object]) -> set[int]:
    """The keys of the claims that are asked for where something is read."""
    found = set[int]()

    def keep(key: int) -> Row:
        found.add(key)
        return _NOBODYS

    read(keep)
    return found


def written(state: State, profile: Sequence[Entry], lists: Lists) -> dict[str, Any]:
    """What JSON can hold of these."""
    return {"state": _write(state), "profile": _write(tuple(profile)), "lists": _write(lists)}


def _write(thing: Any) -> Any:
    if isinstance(thing, Row):
        return thing.claim
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, tuple):
        return [_write(one) for one in thing]
    if is_dataclass(thing):
        return [_write(getattr(thing, field.name)) for field in fields(thing)]
    return thing


class _Reading:
    """How an outline is read: what stands for a claim, and how much of each list; whether any of it was left out."""

    def __init__(self, row_of: RowOf, most: int | None = None) -> None:
        self.row_of, self.most, self.is_cut = row_of, most, False


def _nothing(_key: int) -> None:
    return None


def _read(kind: Any, value: Any, how: _Reading) -> Any:
    """The value as what it was; claims for which nothing stands are left out of lists."""
    if value is None or kind is _PLAIN:
        return value
    if kind is Row:
        return how.row_of(value)
    if kind is date:
        return date.fromisoformat(value)
    if get_origin(kind) is tuple:
        found = (_read(_plain(get_args(kind)[0]), one, how) for one in value)
        return tuple(one for one in found if one is not None)
    if kind in _TUPLES:
        return kind(*value)
    return kind(*(_field(kind, name, of, one, how) for (name, of), one in zip(_fields(kind), value, strict=True)))


def _field(kind: Any, name: str, of: Any, value: Any, how: _Reading) -> Any:
    if how.most is not None and get_origin(of) is tuple and len(value) > how.most:
        value, how.is_cut = newest(kind, name, value, how.most), True
    return _read(of, value, how)


@cache
def _fields(kind: type) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(name, _plain(hints[name])) for name in kind.__dataclass_fields__]  # type: ignore[attr-defined]


_TUPLES = frozenset({Filed, Called})
_PLAIN = object()  # the kind of what JSON holds as it is


@cache
def _plain(hint: Any) -> Any:
    """The kind, without None beside it; _PLAIN for text, numbers and truth."""
    kinds = [kind for kind in get_args(hint) if kind is not type(None)] if _is_union(hint) else [hint]
    return kinds[0] if len(kinds) == 1 and kinds[0] not in {int, str, bool, float} else _PLAIN


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in {Union, UnionType}
