"""Lines of a timeline that rest on the same words, told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from habeas.cases.casefile import Entry, Row


@dataclass(frozen=True, slots=True)
class Told:
    """What the same words tell of one day: the entries, and the claims whose words stand under them once."""

    date: str
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]


def told_together(entries: Iterable[Entry]) -> list[Told]:
    """The entries in order; neighbours of one date that rest on exactly the same passages in one."""
    return [_told(tuple(alike)) for _key, alike in groupby(entries, key=_rests_on)]


def _rests_on(entry: Entry) -> tuple[str, frozenset[tuple[int, str]]]:
    return entry.date, frozenset((row.passage.document, row.passage.words) for row in entry.rows)


def _told(entries: tuple[Entry, ...]) -> Told:
    once: dict[tuple[int, str], Row] = {}
    for entry in entries:
        for row in entry.rows:
            once.setdefault((row.passage.document, row.passage.words), row)
    return Told(entries[0].date, entries, tuple(once.values()))
