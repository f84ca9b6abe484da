"""The three lines of a case over time, as places in a drawing of 960 by 210. No Django.

Bars are what lasts (custody that goes on, orders, strikes, isolation), dots what happened on a day; a hollow dot is not
told as having happened (promised, demanded, alleged, denied). What has no date is not drawn; what lies years before
everything else stands in the table alone, so that the drawing keeps its scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from habeas.cases.casefile import Entry, Line, Order, Period, State, Strike
from habeas.extraction import edtf

WIDTH, HEIGHT, MARGIN = 960, 210, 12
LANES = {"custody": 48, "basis": 112, "protest": 176}
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 2400)  # months between two ticks
DAY_STEPS = (1, 2, 7, 14)  # days between two ticks, where the whole is short
SHORT, MOST_DAYS = 70, 7  # days; ticks of days, whose labels are longer
MOST_TICKS = 12
NOT_HELD = frozenset({"unknown", "released", "exchanged", "deported", "dead"})
LONG_GAP = 0.6  # of the whole time: what lies before such a gap is left to the table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasted, or a day (`first` = `last`). `open` where it goes on after `last`; `what` in words."""

    family: str
    what: object
    first: date
    last: date
    lasting: bool
    told: bool = True
    open: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch with its place in the drawing."""

    stretch: Stretch
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month with its place; `label` is EDTF."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the drawing shows, in order of time; `stretches` is the table, `earlier` how many are in it alone."""

    bars: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    now: float
    stretches: tuple[Stretch, ...]
    earlier: int = 0


def draw(state: State, family_of: Callable[[str], str], words_of: Callable[[Entry], str]) -> Chart | None:
    """The drawing of a state; None where fewer than two things of it have a date."""
    told = sorted(
        [*_lasting(state), *_days(state.timeline, family_of, words_of)], key=lambda s: (s.first, s.last, s.family)
    )
    if len(told) < 2:
        return None
    drawn = _after_long_gap(told)
    first = drawn[0].first
    last = max(state.on, *(stretch.last for stretch in drawn))
    scale = _scale(first, last)
    return Chart(
        bars=tuple(_bar(stretch, scale) for stretch in drawn if stretch.lasting),
        dots=tuple(_dots([stretch for stretch in drawn if not stretch.lasting], scale)),
        ticks=tuple(Tick(scale(day), label) for day, label in _ticks(first, last)),
        now=scale(max(state.on, first)),
        stretches=tuple(told),
        earlier=len(told) - len(drawn),
    )


def _after_long_gap(told: list[Stretch]) -> list[Stretch]:
    """Those after the longest gap, where it takes up most of the time and at least two come after it."""
    seen = told[0].last
    gaps = []
    for at, stretch in enumerate(told[:-1]):
        gaps.append(((stretch.first - seen).days, at))
        seen = max(seen, stretch.last)
    longest, at = max(gaps)
    return told[at:] if longest > LONG_GAP * (max(seen, told[-1].last) - told[0].first).days else told


def _lasting(state: State) -> Iterator[Stretch]:
    things: list[tuple[Line | Order | Strike | Period, str]] = [
        (state.custody, "custody"),
        *((order, "basis") for order in state.orders),
        *((strike, "protest") for strike in state.strikes),
        *((period, "custody") for period in state.isolation),
    ]
    for thing, family in things:
        ends = _ends(thing, state.on)
        if ends:
            yield Stretch(family, thing, *ends, lasting=True, open=ends[1] == state.on)


def _ends(thing: Line | Order | Strike | Period, on: date) -> tuple[date, date] | None:
    last: date | None
    if isinstance(thing, Line):
        first, last = _day(thing.since, 0), None if thing.state in NOT_HELD else on
    elif isinstance(thing, Strike):
        first = thing.start_earliest
        told = max((day.on for day in thing.days), default=None)
        last = _day(thing.ended, 1) or (on if thing.state == "hunger_strike" else told)
    elif isinstance(thing, Order):
        first, last = _day(thing.issued, 0), _day(thing.expires, 1)
    else:
        first, last = _day(thing.since, 0), _day(thing.until, 1) or (on if thing.ongoing else None)
    return (first, last) if first and last and first <= last else None


def _day(value: str, end: int) -> date | None:
    """The first (`end` 0) or last (`end` 1) day that an EDTF date can mean; None for an open or empty one."""
    bounds = edtf.bounds(value) if value else None
    day = bounds[end] if bounds else None
    return day if day not in {date.min, date.max} else None


def _days(
    entries: Iterable[Entry], family_of: Callable[[str], str], words_of: Callable[[Entry], str]
) -> Iterator[Stretch]:
    for entry in entries:
        first, last = _day(entry.date, 0), _day(entry.date, 1)
        if first and last and family_of(entry.kind) in LANES:
            at = last if entry.phase == "ongoing" else first
            yield Stretch(
                family_of(entry.kind), words_of(entry), at, at, lasting=False, told=entry.modality == "actual"
            )


def _scale(first: date, last: date) -> Callable[[date], float]:
    days = max(1, (last - first).days)
    return lambda day: round(MARGIN + (WIDTH - 2 * MARGIN) * (day - first).days / days, 1)


def _bar(stretch: Stretch, scale: Callable[[date], float]) -> Mark:
    x = scale(stretch.first)
    return Mark(stretch, x, LANES[stretch.family] - 6, max(2.0, round(scale(stretch.last) - x, 1)))


def _dots(stretches: Sequence[Stretch], scale: Callable[[date], float]) -> Iterator[Mark]:
    """Dots, raised a little where one would hide another."""
    taken: dict[str, list[tuple[float, int]]] = {}
    for stretch in sorted(stretches, key=lambda s: s.first):
        x, lane = scale(stretch.first), taken.setdefault(stretch.family, [])
        near = {level for at, level in lane if x - at < 11}
        level = next((level for level in range(3) if level not in near), 0)
        lane.append((x, level))
        yield Mark(stretch, x, LANES[stretch.family] - 11 * level, 0)


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Months, or days where the whole is short, with what stands beneath each."""
    if (last - first).days < SHORT:
        every = next((step for step in DAY_STEPS if (last - first).days / step <= MOST_DAYS), DAY_STEPS[-1])
        yield from ((day, day.isoformat()) for day in _every(first, last, every))
    else:
        yield from ((day, day.isoformat()[:7]) for day in _months(first, last))


def _every(first: date, last: date, step: int) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range(0, (last - first).days + 1, step))


def _months(first: date, last: date) -> Iterator[date]:
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    step = next((step for step in STEPS if (end - begin) / step <= MOST_TICKS), STEPS[-1])
    for month in range(-(-begin // step) * step, end + 1, step):
        day = date(month // 12, month % 12 + 1, 1) if month >= 12 else date.min
        if first <= day <= last:
            yield day
