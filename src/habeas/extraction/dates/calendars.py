"""Dates of other calendars as EDTF: the Hijri (Umm al-Qura) and the Jalali (Iran's) calendar, and feasts.

A Hijri day is marked approximate (`~`): the month begins with the sighting of the moon, a day either way.
"""

from __future__ import annotations

from datetime import date

from hijridate import Gregorian, Hijri
from jdatetime import date as jalali_date

from habeas.extraction import edtf


def from_jalali(year: int, month: int, day: int | None) -> str | None:
    """A Jalali day, or a whole month as an interval; None where there is no such day."""
    try:
        if day:
            return _gregorian(jalali_date(year, month, day)).isoformat()
        after = jalali_date(year + month // 12, month % 12 + 1, 1)
        first, last = _gregorian(jalali_date(year, month, 1)), edtf.add_days(_gregorian(after), -1)
    except ValueError:
        return None
    return edtf.interval(first.isoformat(), last.isoformat())


def from_hijri(year: int, month: int, day: int | None) -> str | None:
    """A Hijri day, or a whole month as an interval; None where there is no such day or the tables end (1343-1500)."""
    try:
        if day:
            return f"{_plain(Hijri(year, month, day))}~"
        first = Hijri(year, month, 1)
        last = edtf.add_days(_plain(first), first.month_length() - 1)
    except (ValueError, OverflowError):
        return None
    return edtf.interval(_plain(first).isoformat(), last.isoformat())


def latest_year(calendar: str, today: date, month: int, day: int, *, before: bool = False) -> int:
    """The year, in the calendar, of the last such day on or before `today` (`before`: of a month before this one)."""
    this = jalali_date.fromgregorian(date=today) if calendar == "jalali" else _hijri(today)
    if this is None:
        return 0
    passed = (this.month, this.day) >= (month, day) and not (before and this.month == month)
    return int(this.year) if passed else int(this.year) - 1


def current_year(calendar: str, today: date) -> int:
    """The year of the calendar that `today` lies in; 0 where its tables end."""
    this = jalali_date.fromgregorian(date=today) if calendar == "jalali" else _hijri(today)
    return int(this.year) if this is not None else 0


def _hijri(day: date) -> Hijri | None:
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None


def _gregorian(day: jalali_date) -> date:
    return date.fromordinal(day.togregorian().toordinal())


def _plain(day: Hijri) -> date:
    found = day.to_gregorian()
    return date(found.year, found.month, found.day)
