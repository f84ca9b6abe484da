"""What a date found beside an event comes to: which year, up to when, one day or several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction import edtf
from habeas.extraction.custody.event import Event
from habeas.extraction.custody.scene import Scene
from habeas.extraction.dates import DateMention, held

_SINCE_NOW = re.compile(r"\b(?:have|has)\b", re.IGNORECASE)  # "have been arrested since 2022"
_TIMES = re.compile(r"\btimes\b", re.IGNORECASE)
_OFTEN = {"arrest", "hospitalisation", "ill_treatment", "death"}
_CLOSE, _MONTHS_AGO = 60, 270  # days
_DAYS = 3  # days that two dates are apart at most to be told as one
_SEASON = re.compile(r"\b(\d{4})-2[1-4]\b")
_WINTER = re.compile(r"(\d{4})-24")
_TO = re.compile(r"\s*(?:-|–|—|to|or|and|until)\s*(?:(?:on|the|early|late|mid)\b[ -]?)*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:[.,;:)”\"]|$|(?:in|at|by|from|for|over|during|while|without|when|outside)\b)")
_WAS_DUE = re.compile(r"\b(?:was|were|had been) (?:due|set|supposed|scheduled|expected|to)\b", re.IGNORECASE)


def without_season(value: str | None) -> str | None:
    """The date with the year in place of a season, and with the months of a winter, which has two years.

    Which months a spring or a summer has depends on where somebody stands, and reports seldom say.
    """
    if value is None or not _SEASON.search(value):
        return value
    first, _, last = value.partition("/")
    winter = _WINTER.fullmatch(value)
    if winter:
        return edtf.interval(f"{winter[1]}-12", f"{int(winter[1]) + 1}-02")
    parts = [_SEASON.sub(r"\1", part) for part in (first, last) if part]
    return "/".join(parts)


def value_of(scene: Scene, event: Event, found: DateMention, published: str | None, *, ahead: bool) -> str | None:
    """What the date of an event comes to: with "since", up to now; of what is to come, the reading that lies ahead."""
    told = scene.text[max(0, event.span[0] - 12) : event.span[1]]
    until = scene.text[event.span[1] : found.start]
    if found.role == "since" and event.kind in _OFTEN and (_SINCE_NOW.search(told) or _TIMES.search(until)):
        return held(found.value, published)
    gone = bool(published) and (found.value or "") < str(published)
    if not (ahead and found.other and gone):
        return found.value
    was_due = _WAS_DUE.search(scene.text, max(event.sentence.start, event.span[0] - 20), event.span[1])
    return found.value if was_due and not _much_nearer(found.other, found.value, published) else found.other


def _much_nearer(coming: str, gone: str | None, published: str | None) -> bool:
    """Whether of two readings of a day without a year the coming one is close by, the past one most of a year ago."""
    first, last, today = edtf.earliest(coming), edtf.latest(gone or ""), edtf.as_day((published or "")[:10])
    if first is None or last is None or today is None:
        return False
    return (first - today).days <= _CLOSE and (today - last).days >= _MONTHS_AGO


def to_come(value: str | None, published: str | None) -> bool:
    """Whether a date lies wholly after the day of publication."""
    first, today = edtf.earliest(value or ""), edtf.as_day((published or "")[:10])
    return first is not None and today is not None and first > today


def stretched(
    scene: Scene, event: Event, found: DateMention, value: str | None, inside: Sequence[DateMention]
) -> str | None:
    """The date, or from it to the next where two are told as one: "on Tuesday and Wednesday", "in 2001 or 2002"."""
    after = next((m for m in inside if m.start >= found.end), None)
    first, last = edtf.earliest(value or ""), edtf.latest(after.value or "") if after and after.is_point else None
    if after is None or first is None or last is None or found.kind != after.kind or "/" in f"{value}{after.value}":
        return value
    gap, behind = scene.text[found.end : after.start], scene.text[after.end : event.sentence.end]
    between = _BETWEEN.search(scene.text, max(0, found.start - 9), found.start)
    near = (last - first).days <= (_DAYS if found.kind == "day" else 2 * 366)
    if first < last and (near or between) and _TO.fullmatch(gap) and _CLOSES.match(behind):
        return edtf.interval(str(value), str(after.value))
    return value
