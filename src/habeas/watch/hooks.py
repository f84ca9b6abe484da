"""Clocks that rooms above the watch add to a case: they register here, since the watch imports none of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from habeas.cases.models import Case
from habeas.watch.clock import Clock


class Room(Protocol):
    """What a room tells the watch. Its rules stand in `vocab/clocks.toml` as all others do."""

    def clocks(self, case: Case) -> Iterator[Clock]:
        """The clocks that the room counts for a case."""

    def changed_since(self, moment: datetime) -> set[int]:
        """The keys of the cases whose clocks may be others since."""


_rooms: list[Room] = []


def register(room: Room) -> None:
    """Asks the room at every look from now on. Call it once, in the `ready` of the room's app."""
    _rooms.append(room)


def clocks(case: Case) -> Iterator[Clock]:
    """The clocks of all rooms for a case."""
    for room in _rooms:
        yield from room.clocks(case)


def changed_since(moment: datetime) -> set[int]:
    """The keys of the cases whose clocks in any room may be others since."""
    return {case for room in _rooms for case in room.changed_since(moment)}
