"""Dates with gaps: the part of EDTF level 1 that readings use, and the days that it can mean.

Understood are a year, a month, a season (21 spring to 24 winter, of the northern half of the earth), a day, each with
an optional `~`, `?` or `%`, and intervals of these, open at either end: `2020-07-27`, `2020-07~`, `2020-21`,
`2020-07-27/2020-11-06`, `2020-07/..`. Source: Library of Congress, Extended Date/Time Format (EDTF) Specification,
2019, levels 0 and 1. `~` and `?` do not widen the days: they say that the writer was not sure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")
_OPEN = frozenset({"", ".."})
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}

Bounds = tuple[date, date]


@lru_cache(maxsize=20_000)  # a long case tells the same days thousands of times
def bounds(value: str) -> Bounds | None:
    """The first and the last day that the date can mean, both included; None where it is not EDTF as used here.

    An open end is `date.min` or `date.max`. An interval that ends before it starts is no date.
    """
    if "/" not in value:
        return _part_bounds(value)
    first, _, last = value.partition("/")
    start = (date.min, date.min) if first in _OPEN else _part_bounds(first)
    end = (date.max, date.max) if last in _OPEN else _part_bounds(last)
    if start is None or end is None or (first in _OPEN and last in _OPEN) or start[0] > end[1]:
        return None
    return start[0], end[1]


def known_bounds(value: str) -> tuple[date | None, date | None]:
    """As `bounds`, with None for an open end, and for both where it is no date."""
    first, last = bounds(value) or (date.min, date.max)
    return (first if first != date.min else None), (last if last != date.max else None)


def is_edtf(value: str) -> bool:
    """Whether the text is a date as readings use it."""
    return bounds(value) is not None


def earliest(value: str) -> date | None:
    """The first day that the date can mean; None where it is not EDTF."""
    found = bounds(value)
    return found[0] if found else None


def latest(value: str) -> date | None:
    """The last day that the date can mean; None where it is not EDTF."""
    found = bounds(value)
    return found[1] if found else None


def as_day(value: str | None) -> date | None:
    """The one day that the date means; None for a month, a year, an interval, no date, or text that is no date."""
    found = bounds(value) if value else None
    return found[0] if found and found[0] == found[1] else None


def of_month(year: int, month: int, *, approximate: bool = False) -> str:
    """The month as EDTF, with `~` where it is approximate. `month` may run over: month 14 of 2020 is 2021-02."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}{'~' if approximate else ''}"


def interval(start: str, end: str) -> str:
    """`start/end`, each with its sign of doubt; the one date alone where both are the same."""
    return start if start.rstrip("~?%") == end.rstrip("~?%") else f"{start}/{end}"


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on (or back); the month's last day where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = min(max(count // 12, date.min.year), date.max.year), count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """The day some days on (or back), kept inside the years 1 to 9999."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _part_bounds(value: str) -> Bounds | None:
    found = _PART.fullmatch(value)
    if not found or not int(found[1]):
        return None
    year = int(found[1])
    if found[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(found[2])
    if found[3] is not None:
        return _day_bounds(year, month, int(found[3]))
    if month in _SEASON_STARTS:
        return _season_bounds(year, _SEASON_STARTS[month])
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _season_bounds(year: int, month: int) -> Bounds:
    start = date(year, month, 1)
    return start, add_days(add_months(start, 3), -1)


def _day_bounds(year: int, month: int, day: int) -> Bounds | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found
