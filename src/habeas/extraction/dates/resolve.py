"""From the words of a date to EDTF: what each rule of `rules` means, counted from the right day.

Relative dates count from the day of publication, or, where the words say so ("the next day", "that July"), from the
date told before them. A month or a day without a year is the last one before publication, unless the sentence looks
ahead or tells an earlier year's story.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from habeas.extraction import edtf
from habeas.extraction.dates.mention import DateMention, Kind
from habeas.extraction.dates.numbers import to_number
from habeas.extraction.dates.periods import end_of, feast, other_calendar, season, unit, weekend
from habeas.extraction.dates.rules import Hit
from habeas.extraction.dates.setting import Setting, mention_of, number_of, side_of, words_of
from habeas.extraction.dates.years import year_of

_NOT_A_YEAR = re.compile(
    r"(?:\b\d+\s+(?:of|for)|\b(?:Act|Law|No|no|case|file|article|resolution|Order|Regulations?)\b[.,]?)\s*$"
)
_WITHIN_A_YEAR = 60  # days after something of a year that are taken to lie in the same year
_AGE_TAIL = re.compile(r"[-\s]years?[-\s]olds?$", re.IGNORECASE)


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


# --- whole dates ---------------------------------------------------------------------------------------------------


def _iso(hit: Hit, _: Setting) -> DateMention | None:
    year, month, day = (int(hit.found[group]) for group in ("year", "month", "day"))
    return mention_of(hit, "day", f"{year:04d}-{month:02d}-{day:02d}")


def _numeric(hit: Hit, _: Setting) -> DateMention | None:
    """Day first, as most of the world writes; month first only where the second number can be no month."""
    year, month, day = (int(hit.found[group]) for group in ("year", "month", "day"))
    if month > 12:
        month, day = day, month
    return mention_of(hit, "day", f"{year:04d}-{month:02d}-{day:02d}")


def _month_number(hit: Hit, setting: Setting) -> int:
    name = words_of(hit, "month").rstrip(".")
    return setting.lexicon.months[name]


def _date(hit: Hit, setting: Setting) -> DateMention | None:
    day = number_of(hit, setting, "day")
    if day is None or not 1 <= day <= 31:
        return None
    month = _month_number(hit, setting)
    year, anchor = year_of(hit, setting, month, day)
    if year is None:
        return mention_of(hit, "day", None)
    return mention_of(hit, "day", f"{year:04d}-{month:02d}-{day:02d}", anchor)


def _slashed(hit: Hit, setting: Setting) -> DateMention | None:
    """ "On 26/2": a day and a month, in that order; "9/11" is no date but an event."""
    month, day = int(hit.found["month"]), int(hit.found["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31 or hit.found["span"] == "9/11":
        return None
    year, anchor = year_of(hit, setting, month, day)
    return mention_of(hit, "day", f"{year:04d}-{month:02d}-{day:02d}" if year else None, anchor)


def _days(hit: Hit, setting: Setting) -> list[DateMention]:
    month, first, last = _month_number(hit, setting), number_of(hit, setting, "first"), number_of(hit, setting, "day")
    if first is None or last is None:
        return []
    year, anchor = year_of(hit, setting, month, last)
    joined = words_of(hit, "link") == "and"
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
    dated = bool(setting.year) or any(hit.found[group] for group in ("year", "shift", "post"))
    if not dated and not any(hit.found[group] for group in ("in", "part", "pre")):
        return None
    name = hit.found["month"]
    if not dated and len(name) <= 4 and name not in ("May", "June", "July") and not name.endswith("."):
        return None
    month = _month_number(hit, setting)
    year, anchor = year_of(hit, setting, month, None)
    value = edtf.of_month(year, month) if year else None
    week = _week_of_month(words_of(hit, "part"), value) if value else None
    return mention_of(hit, "week" if week else "month", week or value, anchor)


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
    return mention_of(hit, "range", f"{first}/{last}") if first < last < first + 60 else None


def _plain_year(hit: Hit, setting: Setting) -> DateMention | None:
    year = int(hit.found["year"])
    if _NOT_A_YEAR.search(hit.found.string, max(0, hit.start - 24), hit.start):
        return None
    if setting.today and year > setting.today.year + 30:
        return None
    return mention_of(hit, "year", str(year))


# --- days near by ---------------------------------------------------------------------------------------------------


def _weekday(hit: Hit, setting: Setting) -> DateMention | None:
    name, side = words_of(hit, "weekday").rstrip("."), side_of(hit, setting)
    if len(name) <= 3 and name in ("sun", "sat", "mon", "wed") and not side and not hit.found["weekday"].endswith("."):
        return None
    following = side == "following"
    today = edtf.as_day(setting.earlier) if following else setting.today
    if today is None:
        return mention_of(hit, "day", None)
    back = (today.weekday() - setting.lexicon.weekdays[name]) % 7
    coming = side in ("next", "following") or (side is None and setting.until) or (side != "last" and setting.ahead)
    if coming or (side == "this" and back > 3):
        day = edtf.add_days(today, 7 - back)
    else:
        day = edtf.add_days(today, -(back or (7 if side == "last" else 0)))
    return mention_of(hit, "day", day.isoformat(), "earlier" if following else "published")


def _near(hit: Hit, setting: Setting) -> DateMention | None:
    if setting.today is None:
        return mention_of(hit, "day", None)
    distance = setting.lexicon.days[words_of(hit, "near")]
    return mention_of(hit, "day", edtf.add_days(setting.today, distance).isoformat(), "published")


def _day_of_month(hit: Hit, setting: Setting) -> DateMention | None:
    day, shift = number_of(hit, setting, "day"), words_of(hit, "shift").removeprefix("the ")
    if day is None or not 1 <= day <= 31:
        return None
    if shift in ("same", "that"):
        base, anchor = edtf.earliest(setting.earlier or ""), "earlier"
    else:
        base, anchor = setting.today, "published"
    if base is None:
        return mention_of(hit, "day", None)
    step = -1 if shift in ("last", "past") or hit.found["post"] else 1 if shift == "next" else 0
    value = f"{edtf.of_month(base.year, base.month + step)}-{day:02d}"
    return mention_of(hit, "day", value, anchor)


def _bare_day(hit: Hit, setting: Setting) -> DateMention | None:
    """ "On the 29th": of the month told before, else of this month or, where that has not come, the last."""
    day = number_of(hit, setting, "day")
    story = edtf.bounds(setting.told or "") if setting.story else None
    if day is None or not 1 <= day <= 31:
        return None
    if story and (story[1] - story[0]).days <= 31:
        month = story[0].month + (day < story[0].day and story[0] == story[1])
        return mention_of(hit, "day", f"{edtf.of_month(story[0].year, month)}-{day:02d}", "earlier")
    if setting.today is None:
        return mention_of(hit, "day", None)
    today = setting.today
    ahead = setting.ahead or setting.until
    step = (1 if day <= today.day else 0) if ahead else (-1 if day > today.day else 0)
    return mention_of(hit, "day", f"{edtf.of_month(today.year, today.month + step)}-{day:02d}", "published")


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
    number, unit = number_of(hit, setting), setting.lexicon.units[words_of(hit, "unit")]
    if number is None or setting.today is None:
        return mention_of(hit, "day", None)
    kind, value = _back(setting.today, number, unit, half=_has_half(hit))
    return mention_of(hit, kind, value, "published")


def _since_for(hit: Hit, setting: Setting) -> DateMention | None:
    mention = _ago(hit, setting)
    return replace(mention, role="since") if mention else None


def _later(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = number_of(hit, setting), setting.lexicon.units[words_of(hit, "unit")]
    story = edtf.bounds(setting.earlier or "")
    if number is None or story is None or unit == "hour":
        return mention_of(hit, "day", None)
    sign = -1 if words_of(hit, "pre") in ("earlier", "before that") else 1
    exact = unit in ("day", "week")
    if exact and story[0] != story[1]:  # "let out in 2013 and held again eleven days later"
        within = len(setting.earlier or "") == 4 and number * (7 if unit == "week" else 1) <= _WITHIN_A_YEAR
        return mention_of(hit, "year", setting.earlier if within else None, "earlier")
    kind, value = _back(story[0], number, unit, half=_has_half(hit), sign=sign)
    return mention_of(hit, kind, value if unit == "month" else value.rstrip("~"), "earlier")


def _duration(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = number_of(hit, setting), setting.lexicon.units[words_of(hit, "unit")]
    if number is None:
        return None
    return DateMention(hit.start, hit.end, "duration", amount=number, unit=unit)


def _count(hit: Hit, setting: Setting) -> DateMention | None:
    number, unit = number_of(hit, setting), setting.lexicon.units[words_of(hit, "unit")]
    if number is None:
        return None
    return DateMention(hit.start, hit.end, "count", amount=number, unit=unit)


def _age(hit: Hit, setting: Setting) -> DateMention:
    digits = re.search(r"\d+", hit.found[0])
    amount = int(digits[0]) if digits else to_number(_AGE_TAIL.sub("", hit.found[0]), setting.lexicon)
    return DateMention(hit.start, hit.end, "age", amount=amount, unit="year")


_HANDLERS: dict[str, Callable[[Hit, Setting], DateMention | list[DateMention] | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "date": _date,
    "slashed": _slashed,
    "days": _days,
    "jalali": other_calendar("jalali"),
    "hijri": other_calendar("hijri"),
    "month": _month,
    "day_of_month": _day_of_month,
    "bare_day": _bare_day,
    "years": _years,
    "year": _plain_year,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "since_for": _since_for,
    "unit": unit,
    "weekend": weekend,
    "end_of": end_of,
    "later": _later,
    "season": season,
    "feast": feast,
    "age": _age,
    "count": _count,
    "duration": _duration,
}
