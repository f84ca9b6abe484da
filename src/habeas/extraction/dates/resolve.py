"""From the words of a date to EDTF: what each rule of `rules` means, counted from the right day.

Relative dates count from the day of publication, or, where the words say so ("the next day", "that July"), from the
date told before them. A month or a day without a year is the last one before publication, unless the sentence looks
ahead or tells an earlier year's story.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from habeas.extraction import edtf
from habeas.extraction.dates import calendars
from habeas.extraction.dates.lexicon import Lexicon
from habeas.extraction.dates.mention import DateMention, Kind
from habeas.extraction.dates.numbers import to_number
from habeas.extraction.dates.rules import Hit

_NOT_A_YEAR = re.compile(
    r"(?:\b\d+\s+(?:of|for)|\b(?:Act|Law|No|no|case|file|article|resolution|Order|Regulations?)\b[.,]?)\s*$"
)
_FAR, _CLOSE = 270, 60  # days: a date close by in the other direction is meant rather than one so far away
_AGE_TAIL = re.compile(r"[-\s]years?[-\s]olds?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around one date expression.

    `today` is the day of publication or None; `earlier` the value of the date before, in this paragraph; `told` that
    of the last date told with its month or year, and `story` whether it is close enough to lend them; `ahead` whether
    the words look to the future, `timeless` whether no verb says; `until` whether "until" stands before it; `year` a
    year that a following date lends ("from March to June 2022").
    """

    lexicon: Lexicon
    today: date | None
    earlier: str | None = None
    told: str | None = None
    story: bool = False
    ahead: bool = False
    until: bool = False
    timeless: bool = False
    year: int | None = None


def understand(hit: Hit, setting: Setting) -> list[DateMention]:
    """The date mentions of one match: mostly one, two for "from 3 to 21 August", none where it is no date after all."""
    found = _HANDLERS[hit.rule](hit, setting)
    mentions = found if isinstance(found, list) else [found] if found else []
    if not any(mention.value and mention.anchor == "published" for mention in mentions):
        return mentions
    turned = _HANDLERS[hit.rule](hit, replace(setting, ahead=not setting.ahead, story=False, until=False))
    others = turned if isinstance(turned, list) else [turned] if turned else []
    return [
        replace(mention, other=other.value) if other.value != mention.value else mention
        for mention, other in zip(mentions, others or mentions, strict=True)
    ]


def _mention(hit: Hit, kind: Kind, value: str | None, anchor: str = "text") -> DateMention | None:
    if value is not None and not edtf.is_edtf(value):
        return None
    return DateMention(hit.start, hit.end, kind, value, anchor=anchor)  # type: ignore[arg-type]


def _words(hit: Hit, group: str) -> str:
    found = hit.found.groupdict().get(group)
    return " ".join(found.lower().split()) if found else ""


def _number(hit: Hit, setting: Setting, group: str = "number") -> int | None:
    words = _words(hit, group)
    return to_number(words, setting.lexicon) if words else None


# --- whole dates ---------------------------------------------------------------------------------------------------


def _iso(hit: Hit, _: Setting) -> DateMention | None:
    year, month, day = (int(hit.found[group]) for group in ("year", "month", "day"))
    return _mention(hit, "day", f"{year:04d}-{month:02d}-{day:02d}")


def _numeric(hit: Hit, _: Setting) -> DateMention | None:
    """Day first, as most of the world writes; month first only where the second number can be no month."""
    year, month, day = (int(hit.found[group]) for group in ("year", "month", "day"))
    if month > 12:
        month, day = day, month
    return _mention(hit, "day", f"{year:04d}-{month:02d}-{day:02d}")


def _month_number(hit: Hit, setting: Setting) -> int:
    name = _words(hit, "month").rstrip(".")
    return setting.lexicon.months[name]


def _date(hit: Hit, setting: Setting) -> DateMention | None:
    day = _number(hit, setting, "day")
    if day is None or not 1 <= day <= 31:
        return None
    month = _month_number(hit, setting)
    year, anchor = _year(hit, setting, month, day)
    if year is None:
        return _mention(hit, "day", None)
    return _mention(hit, "day", f"{year:04d}-{month:02d}-{day:02d}", anchor)


def _days(hit: Hit, setting: Setting) -> list[DateMention]:
    month, first, last = _month_number(hit, setting), _number(hit, setting, "first"), _number(hit, setting, "day")
    if first is None or last is None:
        return []
    year, anchor = _year(hit, setting, month, last)
    joined = _words(hit, "link") == "and"
    out = []
    for group, day in (("first", first), ("day", last)):
        value = f"{year:04d}-{month:02d}-{day:02d}" if year else None
        if value is not None and not edtf.is_edtf(value):
            return []
        start = hit.found.start(group)
        end = hit.found.end(group) if group == "first" else hit.end
        role = "at" if joined else "since" if group == "first" else "until"
        out.append(DateMention(start, max(end, start), "day", value, role, anchor=anchor))  # type: ignore[arg-type]
    return out


def _month(hit: Hit, setting: Setting) -> DateMention | None:
    """A month; a bare "May" or "March" counts only with a word before it or a year after it."""
    dated = any(hit.found[group] for group in ("year", "shift", "post"))
    if not dated and not any(hit.found[group] for group in ("in", "part", "pre")):
        return None
    name = hit.found["month"]
    if not dated and len(name) <= 4 and name not in ("May", "June", "July") and not name.endswith("."):
        return None
    month = _month_number(hit, setting)
    year, anchor = _year(hit, setting, month, None)
    value = edtf.of_month(year, month) if year else None
    week = _week_of_month(_words(hit, "part"), value) if value else None
    return _mention(hit, "week" if week else "month", week or value, anchor)


def _week_of_month(part: str, month: str) -> str | None:
    """The days of "the first week of" a month, or of the last; None for other parts, which do not narrow it."""
    last = edtf.latest(month)
    if "week" not in part or last is None:
        return None
    if "first" in part:
        return f"{month}-01/{month}-07"
    return edtf.interval(edtf.add_days(last, -6).isoformat(), last.isoformat()) if "last" in part else None


def _years(hit: Hit, _: Setting) -> DateMention | None:
    first, words = int(hit.found["year"]), hit.found["last"]
    last = int(words) if len(words) == 4 else first // 100 * 100 + int(words)
    return _mention(hit, "range", f"{first}/{last}") if first < last < first + 60 else None


def _plain_year(hit: Hit, setting: Setting) -> DateMention | None:
    year = int(hit.found["year"])
    if _NOT_A_YEAR.search(hit.found.string, max(0, hit.start - 24), hit.start):
        return None
    if setting.today and year > setting.today.year + 30:
        return None
    return _mention(hit, "year", str(year))


# --- the year that is not said --------------------------------------------------------------------------------------


def _year(hit: Hit, setting: Setting, month: int, day: int | None) -> tuple[int | None, str]:
    """The year of a month or a day, and what it was counted from."""
    if hit.found["year"]:
        return int(hit.found["year"]), "text"
    if setting.year:
        return setting.year, "text"
    shift = _words(hit, "shift").removeprefix("the ")
    if shift:
        return _shifted_year(shift, setting)
    pre = _side(hit, setting)
    story = edtf.earliest(setting.told) if setting.told else None
    if pre in ("that", "following"):
        return (_first_from(story, month, day) if story else None), "earlier"
    if setting.today is None:
        return None, "text"
    if story and setting.story and pre is None and not setting.ahead:
        year = _first_from(story, month, day)
        if _start(year, month, day) <= setting.today:
            return year, "earlier"
    return _nearest_year(setting, month, day, pre), "published"


def _nearest_year(setting: Setting, month: int, day: int | None, pre: str | None) -> int:
    assert setting.today  # noqa: S101 - the caller looked
    today = setting.today
    behind = today.year if _start(today.year, month, day) <= today else today.year - 1
    if pre == "last":
        return behind - 1 if (behind, month) == (today.year, today.month) and day is None else behind
    if pre == "this":
        return today.year
    ahead = today.year if (month, day or 31) >= (today.month, today.day) else today.year + 1
    if pre == "next":
        return ahead + 1 if (ahead, month) == (today.year, today.month) and day is None else ahead
    gone, to_come = today - _start(behind, month, day), _start(ahead, month, day) - today
    if setting.until and not setting.ahead:
        return ahead if to_come <= gone else behind
    if setting.ahead:
        return behind if to_come.days > _FAR and gone.days < _CLOSE else ahead
    return ahead if setting.timeless and gone.days > _FAR and to_come.days < _CLOSE else behind


def _shifted_year(shift: str, setting: Setting) -> tuple[int | None, str]:
    story = edtf.earliest(setting.told) if setting.told else None
    if shift in ("same", "that", "following", "previous"):
        if story is None:
            return None, "text"
        return story.year + {"following": 1, "previous": -1}.get(shift, 0), "earlier"
    if setting.today is None:
        return None, "text"
    return setting.today.year + {"last": -1, "past": -1, "next": 1}.get(shift, 0), "published"


def _first_from(story: date, month: int, day: int | None) -> int:
    return story.year if (month, day or 31) >= (story.month, story.day) else story.year + 1


def _start(year: int, month: int, day: int | None) -> date:
    found = edtf.bounds(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else ""))
    return found[0] if found else date(max(year, 1), month, 1)


def _side(hit: Hit, setting: Setting) -> str | None:
    """`last`, `this`, `next`, `that`, `following`, or None: the word before or after the name of a date."""
    words = _words(hit, "pre") or _words(hit, "lead") or _words(hit, "post")
    if not words:
        return None
    if words in ("that", "same", "the same"):
        return "that"
    if words == "the following":
        return "following"
    for side in ("last", "this", "next"):
        if re.fullmatch(setting.lexicon.patterns[side], words):
            return side
    return {"before": "last", "after": "next"}.get(words)


# --- days near by ---------------------------------------------------------------------------------------------------


def _weekday(hit: Hit, setting: Setting) -> DateMention | None:
    name, side = _words(hit, "weekday").rstrip("."), _side(hit, setting)
    if len(name) <= 3 and name in ("sun", "sat", "mon", "wed") and not side and not hit.found["weekday"].endswith("."):
        return None
    following = side == "following"
    today = edtf.as_day(setting.earlier) if following else setting.today
    if today is None:
        return _mention(hit, "day", None)
    back = (today.weekday() - setting.lexicon.weekdays[name]) % 7
    coming = side in ("next", "following") or (side is None and setting.until) or (side != "last" and setting.ahead)
    if coming or (side == "this" and back > 3):
        day = edtf.add_days(today, 7 - back)
    else:
        day = edtf.add_days(today, -(back or (7 if side == "last" else 0)))
    return _mention(hit, "day", day.isoformat(), "earlier" if following else "published")


def _near(hit: Hit, setting: Setting) -> DateMention | None:
    if setting.today is None:
        return _mention(hit, "day", None)
    distance = setting.lexicon.days[_words(hit, "near")]
    return _mention(hit, "day", edtf.add_days(setting.today, distance).isoformat(), "published")


def _day_of_month(hit: Hit, setting: Setting) -> DateMention | None:
    day, shift = _number(hit, setting, "day"), _words(hit, "shift").removeprefix("the ")
    if day is None or not 1 <= day <= 31:
        return None
    if shift in ("same", "that"):
        base, anchor = edtf.earliest(setting.earlier or ""), "earlier"
    else:
        base, anchor = setting.today, "published"
    if base is None:
        return _mention(hit, "day", None)
    step = -1 if shift in ("last", "past") or hit.found["post"] else 1 if shift == "next" else 0
    value = f"{edtf.of_month(base.year, base.month + step)}-{day:02d}"
    return _mention(hit, "day", value, anchor)


def _bare_day(hit: Hit, setting: Setting) -> DateMention | None:
    """ "On the 29th": of the month told before, else of this month or, where that has not come, the last."""
    day = _number(hit, setting, "day")
    story = edtf.bounds(setting.told or "") if setting.story else None
    if day is None or not 1 <= day <= 31:
        return None
    if story and (story[1] - story[0]).days <= 31:
        month = story[0].month + (day < story[0].day and story[0] == story[1])
        return _mention(hit, "day", f"{edtf.of_month(story[0].year, month)}-{day:02d}", "earlier")
    if setting.today is None:
        return _mention(hit, "day", None)
    today = setting.today
    ahead = setting.ahead or setting.until
    step = (1 if day <= today.day else 0) if ahead else (-1 if day > today.day else 0)
    return _mention(hit, "day", f"{edtf.of_month(today.year, today.month + step)}-{day:02d}", "published")


# --- counted spans --------------------------------------------------------------------------------------------------


def _back(day: date, number: int, unit: str, *, half: bool = False, sign: int = -1) -> tuple[Kind, str]:
    """The day, month or year some units away: exact for days and weeks, approximate beyond."""
    if unit == "hour":
        return "day", edtf.add_days(day, sign * (number // 24)).isoformat()
    if unit in ("day", "week"):
        return "day", edtf.add_days(day, sign * number * (7 if unit == "week" else 1)).isoformat()
    if unit == "year" and not half:
        return "year", f"{min(max(day.year + sign * number, 1), 9999):04d}~"
    months = number * 12 + 6 if unit == "year" else number
    moved = edtf.add_months(day, sign * months)
    return "month", edtf.of_month(moved.year, moved.month, approximate=True)


def _has_half(hit: Hit) -> bool:
    return bool(hit.found.groupdict().get("half") or hit.found.groupdict().get("tail"))


def _ago(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = _number(hit, setting), setting.lexicon.units[_words(hit, "unit")]
    if number is None or setting.today is None:
        return _mention(hit, "day", None)
    kind, value = _back(setting.today, number, unit, half=_has_half(hit))
    return _mention(hit, kind, value, "published")


def _since_for(hit: Hit, setting: Setting) -> DateMention | None:
    mention = _ago(hit, setting)
    return replace(mention, role="since") if mention else None


def _later(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = _number(hit, setting), setting.lexicon.units[_words(hit, "unit")]
    story = edtf.bounds(setting.earlier or "")
    if number is None or story is None or unit == "hour":
        return _mention(hit, "day", None)
    sign = -1 if _words(hit, "pre") in ("earlier", "before that") else 1
    exact = unit in ("day", "week")
    if exact and story[0] != story[1]:
        return _mention(hit, "day", None)
    kind, value = _back(story[0], number, unit, half=_has_half(hit), sign=sign)
    return _mention(hit, kind, value if unit == "month" else value.rstrip("~"), "earlier")


def _duration(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = _number(hit, setting), setting.lexicon.units[_words(hit, "unit")]
    if number is None:
        return None
    return DateMention(hit.start, hit.end, "duration", amount=number, unit=unit)


def _count(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = _number(hit, setting), setting.lexicon.units[_words(hit, "unit")]
    if number is None:
        return None
    return DateMention(hit.start, hit.end, "count", amount=number, unit=unit)


def _age(hit: Hit, setting: Setting) -> DateMention:
    digits = re.search(r"\d+", hit.found[0])
    amount = int(digits[0]) if digits else to_number(_AGE_TAIL.sub("", hit.found[0]), setting.lexicon)
    return DateMention(hit.start, hit.end, "age", amount=amount, unit="year")


# --- weeks, months, years, seasons, feasts ----------------------------------------------------------------------------


def _unit(hit: Hit, setting: Setting) -> DateMention | None:
    unit, pre = _words(hit, "unit"), _words(hit, "pre")
    narrated = pre in ("that", "same", "the same", "the following", "before", "after", "the previous", "previous") or (
        pre in ("the next", "next") and unit in ("day", "morning", "evening", "night")
    )
    base = edtf.earliest(setting.earlier or "") if narrated else setting.today
    exact = edtf.as_day(setting.earlier) if narrated else setting.today
    step = {"last": -1, "next": 1, "following": 1}.get(_side(hit, setting) or "", 0)
    if unit in ("day", "morning", "evening", "night"):
        if not narrated or exact is None:
            return _mention(hit, "day", None)
        return _mention(hit, "day", edtf.add_days(exact, step).isoformat(), "earlier")
    if base is None or (unit in ("week", "weekend") and exact is None):
        return _mention(hit, "week" if unit in ("week", "weekend") else "month", None)
    kind, value = _whole(unit, base, step)
    return _mention(hit, kind, value, "earlier" if narrated else "published")


def _whole(unit: str, base: date, step: int) -> tuple[Kind, str]:
    """The whole week, weekend, month or year `step` after the one that `base` lies in."""
    if unit == "year":
        return "year", f"{base.year + step:04d}"
    if unit == "month":
        return "month", edtf.of_month(base.year, base.month + step)
    monday = edtf.add_days(base, 7 * step - base.weekday())
    first = edtf.add_days(monday, 5) if unit == "weekend" else monday
    return "week", edtf.interval(first.isoformat(), edtf.add_days(monday, 6).isoformat())


def _end_of(hit: Hit, setting: Setting) -> DateMention | None:
    if setting.today is None:
        return _mention(hit, "month", None)
    step = {"last": -1, "next": 1}.get(_words(hit, "pre"), 0)
    kind, value = _whole(_words(hit, "unit"), setting.today, step)
    return _mention(hit, kind, value, "published")


def _season(hit: Hit, setting: Setting) -> DateMention | None:
    if hit.found.start() == hit.found.start("season") and not hit.found["year"]:
        return None
    number, side = setting.lexicon.seasons[_words(hit, "season")], _side(hit, setting)
    if hit.found["year"]:
        return _mention(hit, "season", f"{hit.found['year']}-{number}")
    month = 3 * (number - 20)
    shift = _words(hit, "shift").removeprefix("the ")
    if shift:
        year, anchor = _shifted_year(shift, setting)
        return _mention(hit, "season", f"{year}-{number}" if year else None, anchor)
    story = edtf.earliest(setting.told or "")
    if side in ("that", "following"):
        year = _first_from(story, month + 2 if month < 12 else 12, None) if story else None
        return _mention(hit, "season", f"{year}-{number}" if year else None, "earlier")
    if setting.today is None:
        return _mention(hit, "season", None)
    year = _season_year(setting, month, side)
    return _mention(hit, "season", f"{year}-{number}", "published")


def _season_year(setting: Setting, month: int, side: str | None) -> int:
    assert setting.today  # noqa: S101 - the caller looked
    today = setting.today
    begun = today.year if (today.month, today.day) >= (month, 1) else today.year - 1
    if side == "last":
        running = date(begun, month, 1) <= today < edtf.add_months(date(begun, month, 1), 3)
        return begun - 1 if running else begun
    return begun + 1 if side == "next" or (setting.ahead and side is None) else begun


def _other_calendar(calendar: str) -> Callable[[Hit, Setting], DateMention | None]:
    def resolve(hit: Hit, setting: Setting) -> DateMention | None:
        names = setting.lexicon.jalali if calendar == "jalali" else setting.lexicon.hijri
        month, day = names[_words(hit, "month").rstrip(".")], _number(hit, setting, "day")
        year = _other_year(calendar, hit, setting, month, day)
        if not (day or hit.found["year"] or _led(hit)):
            return None
        if year is None:
            return _mention(hit, "day" if day else "month", None)
        convert = calendars.from_jalali if calendar == "jalali" else calendars.from_hijri
        value = convert(year, month, day)
        return _mention(hit, "day" if day else "month", value, "text" if hit.found["year"] else "published")

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
    shift = _words(hit, "shift")
    if shift:
        return calendars.current_year(calendar, setting.today) - (shift in ("last", "past"))
    side = _words(hit, "pre") if "pre" in hit.found.groupdict() else ""
    return calendars.latest_year(calendar, setting.today, month, day or 1, before=bool(side) and side != "this")


def _feast(hit: Hit, setting: Setting) -> DateMention | None:
    calendar, month, day = setting.lexicon.feasts[_words(hit, "feast")]
    if setting.today is None:
        return _mention(hit, "day", None)
    if calendar == "gregorian":
        year = _nearest_year(setting, month, day, _side(hit, setting))
        return _mention(hit, "day", f"{year:04d}-{month:02d}-{day:02d}", "published")
    year = calendars.latest_year(calendar, setting.today, month, day)
    year += setting.ahead or _side(hit, setting) == "next"
    convert = calendars.from_jalali if calendar == "jalali" else calendars.from_hijri
    return _mention(hit, "day", convert(year, month, day), "published")


_HANDLERS: dict[str, Callable[[Hit, Setting], DateMention | list[DateMention] | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "date": _date,
    "days": _days,
    "jalali": _other_calendar("jalali"),
    "hijri": _other_calendar("hijri"),
    "month": _month,
    "day_of_month": _day_of_month,
    "bare_day": _bare_day,
    "years": _years,
    "year": _plain_year,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "since_for": _since_for,
    "unit": _unit,
    "end_of": _end_of,
    "later": _later,
    "season": _season,
    "feast": _feast,
    "age": _age,
    "count": _count,
    "duration": _duration,
}
