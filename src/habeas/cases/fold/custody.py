"""The custody line: stretches of deprivation of liberty, from how they began to how they ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from habeas.cases.casefile import Line, Row
from habeas.cases.fold import labels
from habeas.cases.fold.when import NO_DAY, Placed, agreed, changes_order, is_dated, newest, of_custody, start_of

KINDS = frozenset(
    {"arrest", "disappearance", "detention", "order", "transfer", "hospitalisation", "isolation", "hunger_strike"}
    | {"denial", "release", "exchange", "deportation", "death"}
)
ENDS = {"release": "released", "exchange": "exchanged", "deportation": "deported", "death": "dead"}
_FINALITY = ["released", "exchanged", "deported", "dead"]
_HARDLY_HELD_AGAIN = timedelta(
    days=14
)  # a state told so soon after a release, without a new arrest, is a contradiction
_SAME_RELEASE = timedelta(days=365)
_ANOTHER_ARREST = timedelta(days=180)


@dataclass(slots=True)
class Episode:
    """One deprivation of liberty. `freed` are the claims of its end, `after` those who deny it soon after."""

    main: str = "unknown"
    hospital: bool = False
    suspended: bool = False
    regime_on: date = NO_DAY
    rows: list[Placed] = field(default_factory=list)
    freed: list[Placed] = field(default_factory=list)
    after: list[Placed] = field(default_factory=list)
    arrests: list[Row] = field(default_factory=list)  # the claims of the arrest that began it
    arrested_by: date | None = None  # the last day on which it can have been, by any of them that has days
    arrest_told: set[int] = field(default_factory=set)  # the documents of those

    @property
    def first_day(self) -> date:
        """The first day for which one of its claims speaks."""
        told = [p.row.earliest or p.day for p in (*self.rows, *self.freed)]
        return min(told)

    @property
    def freed_on(self) -> date:
        """The first day on which its end is told; only where there is one."""
        return self.freed[0].day

    @property
    def state(self) -> str:
        """The code of the custody line."""
        if self.freed:
            return max((ENDS[p.row.kind] for p in self.freed), key=_FINALITY.index)
        if self.main == "house_arrest":
            return self.main
        if self.hospital:
            return "hospital"
        return "order_suspended" if self.suspended else self.main

    @property
    def since(self) -> str:
        """When the state began: the end where it has one, else the start of the deprivation of liberty; EDTF."""
        if self.freed:
            return agreed([p.row for p in self.freed])
        begun = agreed(self.arrests) or agreed([p.row for p in self.rows if p.row.kind == "disappearance"])
        return begun or agreed([p.row for p in self.rows if p.row.kind == "detention"], start_of)


def episodes(rows: Sequence[Row], on: date) -> list[Episode]:
    """The deprivations of liberty that the claims tell of, in order, as they stood `on` that day."""
    told: list[Episode] = []
    for placed in of_custody(rows, on, KINDS):
        _tell(told, placed)
    return told


def line(told: Sequence[Episode]) -> Line:
    """The custody line that the last episode gives."""
    if not told:
        return Line("custody", "unknown", labels.CUSTODY["unknown"])
    last = told[-1]
    bearing = last.freed or [p for p in last.rows if p.holds or p.row.kind == "hospitalisation"]
    return Line(
        name="custody",
        state=last.state,
        label=_label(last),
        since=last.since,
        as_of=newest(p.day for p in bearing),
        rows=tuple(p.row for p in reversed(bearing)),
    )


def _label(episode: Episode) -> str:
    label = labels.CUSTODY[episode.state]
    if episode.state == "hospital" and episode.suspended:
        label += "; the order is suspended, which is not a release"
    kinds = frozenset({"hospitalisation"}) if episode.state == "hospital" else _PLACED
    places = [p.row.place for p in episode.rows if p.row.place and p.row.kind in kinds]
    if places and not episode.freed and episode.state != "disappeared":
        label += f" ({places[-1]})"
    return label


_PLACED = frozenset({"detention", "transfer", "hospitalisation", "isolation"})


def _tell(told: list[Episode], placed: Placed) -> None:
    current = told[-1] if told else None
    if placed.frees:
        _end(told, current, placed)
    elif current is None:
        if placed.holds or placed.code == ("hospitalisation", "admitted"):
            _begin(told, placed)
    elif current.freed:
        _after_the_end(told, current, placed)
    elif _is_another_arrest(current, placed):
        _begin(told, placed)
    else:
        _go_on(current, placed)


def _begin(told: list[Episode], placed: Placed) -> None:
    told.append(Episode(main="in_custody"))
    _go_on(told[-1], placed)


def _end(told: list[Episode], current: Episode | None, placed: Placed) -> None:
    if current is None or (current.freed and placed.day - current.freed_on > _SAME_RELEASE and _may_live(current)):
        told.append(Episode(freed=[placed]))
    else:
        current.freed.append(placed)


def _after_the_end(told: list[Episode], current: Episode, placed: Placed) -> None:
    if not placed.holds or placed.day < current.freed_on:
        return
    is_later = placed.day - current.freed_on > _HARDLY_HELD_AGAIN and placed.row.kind != "denial"
    if _may_live(current) and (is_later or _is_new_start(placed, current.freed_on)):
        _begin(told, placed)
    elif is_dated(placed.row) or placed.day > current.freed_on:
        current.after.append(placed)


def _may_live(episode: Episode) -> bool:
    return episode.state != "dead"


def _is_new_start(placed: Placed, freed_on: date) -> bool:
    if placed.code in {("arrest", "done"), ("disappearance", "ongoing"), ("order", "issued")}:
        return is_dated(placed.row) and placed.day > freed_on
    return bool(start_of(placed.row)) and placed.row.earliest is not None and placed.row.earliest > freed_on


def _is_another_arrest(current: Episode, placed: Placed) -> bool:
    """Whether an arrest is a new one: one document tells of both, or half a year lies between them."""
    earliest, known = placed.row.earliest, current.arrested_by
    if placed.code != ("arrest", "done") or not earliest or not known or known >= earliest:
        return False
    return placed.row.passage.document in current.arrest_told or earliest - known > _ANOTHER_ARREST


def _go_on(episode: Episode, placed: Placed) -> None:
    episode.rows.append(placed)
    kind, phase = placed.code
    if kind == "detention":
        _regime(episode, placed)
    elif kind == "arrest":
        episode.main, episode.hospital, episode.suspended = "in_custody", False, False
        _arrest(episode, placed.row)
    elif kind == "disappearance":
        episode.main, episode.regime_on = ("disappeared" if phase == "ongoing" else "unknown"), placed.day
    elif kind == "hospitalisation":
        episode.hospital = phase == "admitted"
    elif kind == "transfer":
        episode.hospital = False
        _find(episode, placed)
    elif kind == "order" and changes_order(placed):
        episode.suspended = phase == "suspended" or (episode.suspended and phase == "upheld")
    if episode.main == "unknown" and placed.holds:
        episode.main = "in_custody"


def _arrest(episode: Episode, row: Row) -> None:
    episode.arrests.append(row)
    if row.latest:
        episode.arrested_by = max(row.latest, episode.arrested_by or row.latest)
        episode.arrest_told.add(row.passage.document)


def _regime(episode: Episode, placed: Placed) -> None:
    value = placed.row.value
    if value in {"house_arrest", "incommunicado"}:
        episode.main, episode.regime_on = str(value), placed.day
    elif episode.main == "unknown" or (value != "unknown" and placed.day > episode.regime_on):
        episode.main = "in_custody"
    else:
        _find(episode, placed)


def _find(episode: Episode, placed: Placed) -> None:
    """Somebody who had disappeared and is later told to be at a named place is found."""
    if episode.main == "disappeared" and placed.row.place and placed.day > episode.regime_on:
        episode.main = "in_custody"
