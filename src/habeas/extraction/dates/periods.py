"""Weeks, months, seasons, feasts, and the days of other calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from habeas.extraction import edtf
from habeas.extraction.dates import calendars
from habeas.extraction.dates.mention import DateMention, Kind
from habeas.extraction.dates.rules import Hit
from habeas.extraction.dates.setting import Setting, mention_of, number_of, side_of, words_of
from habeas.extraction.dates.years import first_from, nearest_year, shifted_year

_OF_A_DAY = frozenset(["day", "morning", "noon", "afternoon", "evening", "night"])


def unit(hit: Hit, setting: Setting) -> DateMention | None:
    """ "Last week", "that day", "the month before"."""
    unit, pre = words_of(hit, "unit"), words_of(hit, "pre")
    narrated = pre in ("that", "same", "the same", "the following", "before", "after", "the previous", "previous") or (
        pre in ("the next", "next") and unit in _OF_A_DAY
    )
    base = edtf.earliest(setting.earlier or "") if narrated else setting.today
    exact = edtf.as_day(setting.earlier) if narrated else setting.today
    step = {"last": -1, "next": 1, "following": 1}.get(side_of(hit, setting) or "", 0)
    if unit in _OF_A_DAY:
        if not narrated or exact is None:
            return mention_of(hit, "day", None)
        return mention_of(hit, "day", edtf.add_days(exact, step).isoformat(), "earlier")
    if base is None or (unit in ("week", "weekend") and exact is None):
        return mention_of(hit, "week" if unit in ("week", "weekend") else "month", None)
    kind, value = whole(unit, base, step)
    return mention_of(hit, kind, value, "earlier" if narrated else "published")


def whole(unit: str, base: date, step: int) -> tuple[Kind, str]:
    """The whole week, weekend, month or year `step` after the one that `base` lies in."""
    if unit == "year":
        return "year", f"{base.year + step:04d}"
    if unit == "month":
        return "month", edtf.of_month(base.year, base.month + step)
    monday = edtf.add_days(base, 7 * step - base.weekday())
    first = edtf.add_days(monday, 5) if unit == "weekend" else monday
    return "week", edtf.interval(first.isoformat(), edtf.add_days(monday, 6).isoformat())


def weekend(hit: Hit, setting: Setting) -> DateMention | None:
    """ "At the weekend": the one that is or was last, or the coming one where the words look ahead."""
    if setting.today is None:
        return mention_of(hit, "week", None)
    saturday = edtf.add_days(setting.today, 5 - setting.today.weekday())
    gone = saturday > setting.today and not (setting.ahead or setting.until)
    first = edtf.add_days(saturday, -7 if gone else 0)
    return mention_of(hit, "week", edtf.interval(first.isoformat(), edtf.add_days(first, 1).isoformat()), "published")


def end_of(hit: Hit, setting: Setting) -> DateMention | None:
    """ "The end of the month": the month itself."""
    if setting.today is None:
        return mention_of(hit, "month", None)
    step = {"last": -1, "next": 1}.get(words_of(hit, "pre"), 0)
    kind, value = whole(words_of(hit, "unit"), setting.today, step)
    return mention_of(hit, kind, value, "published")


def season(hit: Hit, setting: Setting) -> DateMention | None:
    """ "Last spring", "in the summer of 2021" as an EDTF season."""
    if hit.found.start() == hit.found.start("season") and not hit.found["year"]:
        return None
    number, side = setting.lexicon.seasons[words_of(hit, "season")], side_of(hit, setting)
    if hit.found["year"]:
        return mention_of(hit, "season", f"{hit.found['year']}-{number}")
    month = 3 * (number - 20)
    shift = words_of(hit, "shift").removeprefix("the ")
    if shift:
        year, anchor = shifted_year(shift, setting)
        return mention_of(hit, "season", f"{year}-{number}" if year else None, anchor)
    story = edtf.earliest(setting.told or "")
    if side in ("that", "following"):
        year = first_from(story, month + 2 if month < 12 else 12, None) if story else None
        return mention_of(hit, "season", f"{year}-{number}" if year else None, "earlier")
    if setting.today is None:
        return mention_of(hit, "season", None)
    year = _season_year(setting, month, side)
    return mention_of(hit, "season", f"{year}-{number}", "published")


def _season_year(setting: Setting, month: int, side: str | None) -> int:
    assert setting.today  # noqa: S101 - the caller looked
    today = setting.today
    begun = today.year if (today.month, today.day) >= (month, 1) else today.year - 1
    if side == "last":
        running = date(begun, month, 1) <= today < edtf.add_months(date(begun, month, 1), 3)
        return begun - 1 if running else begun
    return begun + 1 if side == "next" or (setting.ahead and side is None) else begun


def other_calendar(calendar: str) -> Callable[[Hit, Setting], DateMention | None]:
    """How a day or month of the Jalali or the Hijri calendar is understood."""

    def resolve(hit: Hit, setting: Setting) -> DateMention | None:
        names = setting.lexicon.jalali if calendar == "jalali" else setting.lexicon.hijri
        month, day = names[words_of(hit, "month").rstrip(".")], number_of(hit, setting, "day")
        year = _other_year(calendar, hit, setting, month, day)
        if not (day or hit.found["year"] or _led(hit)):
            return None
        if year is None:
            return mention_of(hit, "day" if day else "month", None)
        convert = calendars.from_jalali if calendar == "jalali" else calendars.from_hijri
        value = convert(year, month, day)
        return mention_of(hit, "day" if day else "month", value, "text" if hit.found["year"] else "published")

    return resolve


def _led(hit: Hit) -> bool:
    """Whether "in", "since" or the like stands before a month's name alone, which may be a person's or a paper's."""
    before = hit.found.string[max(0, hit.start - 12) : hit.start].lower().split()
    return bool(before) and before[-1] in ("in", "since", "during", "of", "last", "until", "month")


def _other_year(calendar: str, hit: Hit, setting: Setting, month: int, day: int | None) -> int | None:
    if hit.found["year"]:
        return int(hit.found["year"])
    if setting.today is None:
        return None
    shift = words_of(hit, "shift")
    if shift:
        return calendars.current_year(calendar, setting.today) - (shift in ("last", "past"))
    side = words_of(hit, "pre") if "pre" in hit.found.groupdict() else ""
    last = calendars.latest_year(calendar, setting.today, month, day or 1, before=bool(side) and side != "this")
    return last + 1 if setting.ahead and not side and day else last


def feast(hit: Hit, setting: Setting) -> DateMention | None:
    """A feast as the day it falls on."""
    calendar, month, day = setting.lexicon.feasts[words_of(hit, "feast")]
    if setting.today is None:
        return mention_of(hit, "day", None)
    if calendar == "gregorian":
        year = nearest_year(setting, month, day, side_of(hit, setting))
        return mention_of(hit, "day", f"{year:04d}-{month:02d}-{day:02d}", "published")
    year = calendars.latest_year(calendar, setting.today, month, day)
    year += setting.ahead or side_of(hit, setting) == "next"
    convert = calendars.from_jalali if calendar == "jalali" else calendars.from_hijri
    return mention_of(hit, "day", convert(year, month, day), "published")
