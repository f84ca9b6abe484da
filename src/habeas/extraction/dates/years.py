"""The year that a date does not say: counted from publication, or lent by the story."""

from __future__ import annotations

from datetime import date

from habeas.extraction import edtf
from habeas.extraction.dates.rules import Hit
from habeas.extraction.dates.setting import Setting, side_of, words_of

_SOON = 31  # days after a date told with its year within which a day is of the same story
_FAR, _CLOSE = 270, 60  # days: a date close by in the other direction is meant rather than one so far away


def year_of(hit: Hit, setting: Setting, month: int, day: int | None) -> tuple[int | None, str]:
    """The year of a month or a day, and what it was counted from."""
    if hit.found["year"]:
        return int(hit.found["year"]), "text"
    if setting.year:
        return setting.year, "text"
    shift = words_of(hit, "shift").removeprefix("the ")
    if shift:
        return shifted_year(shift, setting)
    pre = side_of(hit, setting)
    story = edtf.earliest(setting.told) if setting.told else None
    if pre in ("that", "following"):
        return (first_from(story, month, day) if story else None), "earlier"
    if setting.today is None:
        return None, "text"
    if story and (setting.story or setting.soon) and pre is None and not setting.ahead:
        year = first_from(story, month, day)
        soon = bool(day) and (start_of(year, month, day) - story).days <= _SOON
        if (setting.story or soon) and start_of(year, month, day) <= setting.today:
            return year, "earlier"
    return nearest_year(setting, month, day, pre), "published"


def nearest_year(setting: Setting, month: int, day: int | None, pre: str | None) -> int:
    """The year of the last such month or day before publication, or of the next where the words look ahead."""
    assert setting.today  # noqa: S101 - the caller looked
    today = setting.today
    behind = today.year if start_of(today.year, month, day) <= today else today.year - 1
    if pre == "last":
        return behind - 1 if (behind, month) == (today.year, today.month) and day is None else behind
    if pre == "this":
        return today.year
    ahead = today.year if (month, day or 31) >= (today.month, today.day) else today.year + 1
    if pre == "next":
        return ahead + 1 if (ahead, month) == (today.year, today.month) and day is None else ahead
    gone, to_come = today - start_of(behind, month, day), start_of(ahead, month, day) - today
    if setting.until and not setting.ahead:
        return ahead if to_come <= gone else behind
    if setting.ahead:
        return behind if to_come.days > _FAR and gone.days < _CLOSE else ahead
    return ahead if setting.timeless and gone.days > _FAR and to_come.days < _CLOSE else behind


def shifted_year(shift: str, setting: Setting) -> tuple[int | None, str]:
    """The year that "last year" and the like mean, and what it was counted from."""
    story = edtf.earliest(setting.told) if setting.told else None
    if shift in ("same", "that", "following", "previous"):
        if story is None:
            return None, "text"
        return story.year + {"following": 1, "previous": -1}.get(shift, 0), "earlier"
    if setting.today is None:
        return None, "text"
    return setting.today.year + {"last": -1, "past": -1, "next": 1}.get(shift, 0), "published"


def first_from(story: date, month: int, day: int | None) -> int:
    """The year of the first such month or day from a day of the story on."""
    return story.year if (month, day or 31) >= (story.month, story.day) else story.year + 1


def start_of(year: int, month: int, day: int | None) -> date:
    """The first day of a month, or the day itself."""
    found = edtf.bounds(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else ""))
    return found[0] if found else date(min(max(year, date.min.year), date.max.year), month, 1)
