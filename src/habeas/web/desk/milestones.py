"""The days of a hunger strike beside what physicians report of such days, as places in a drawing of 300. No Django.

A strike whose start is a range has a range of days; each end may be one off, since the first day is counted or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from habeas import vocab
from habeas.cases.casefile import Strike
from habeas.extraction import edtf

WIDTH = 300
LEAST_DAYS = 80
COUNTED = frozenset({"hunger_strike", "suspended", "ended"})


@dataclass(frozen=True, slots=True)
class Stage:
    """What is reported of some days, `last` None where it goes on; `reached` by the earliest start that may be."""

    first: int
    last: int | None
    what: str
    source: str
    reached: bool
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Days:
    """How many days a strike lasted by the day `on`, `least` to `most`, with their place; the stages with theirs."""

    number: int
    least: int
    most: int
    on: date
    over: bool
    stages: tuple[Stage, ...]
    x: float
    width: float


def days_of(strikes: Iterable[Strike], on: date) -> list[Days]:
    """The days of each strike until its end, or until `on` while it goes on; none where nothing tells its days."""
    return [found for strike in strikes if (found := _days(strike, on))]


def _days(strike: Strike, on: date) -> Days | None:
    ended = edtf.latest(strike.ended) if strike.ended else None
    is_open = strike.state == "hunger_strike"
    if strike.state not in COUNTED or not strike.start_earliest or not strike.start_latest or not (ended or is_open):
        return None
    last = min(ended, on) if ended and not is_open else on
    least, most = ((last - start).days + 1 for start in (strike.start_latest, strike.start_earliest))
    if least < 1:
        return None
    a_day = WIDTH / max(LEAST_DAYS, most + 1)
    first = max(1, least - 1)
    return Days(
        number=strike.number,
        least=least,
        most=most,
        on=last,
        over=not is_open,
        stages=tuple(_stage(told, most, a_day) for told in vocab.load(None, "milestones")["stages"]),
        x=round(a_day * (first - 1), 1),
        width=max(3.0, round(a_day * (most + 2 - first), 1)),
    )


def _stage(told: Mapping[str, object], most: int, a_day: float) -> Stage:
    first, last = int(str(told["first"])), int(str(told["last"])) if "last" in told else None
    x = round(a_day * (first - 1), 1)
    return Stage(
        first=first,
        last=last,
        what=str(told["what"]),
        source=str(told["source"]),
        reached=most >= first,
        x=x,
        width=round(a_day * (last + 1 - first), 1) if last else round(WIDTH - x, 1),
    )
