"""Since when, and as of when, something that lasts holds: custody, a strike, isolation, a disappearance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction import edtf
from habeas.extraction.custody.event import Event, stolen
from habeas.extraction.custody.scene import Scene
from habeas.extraction.dates import DateMention, before, date_for, held
from habeas.extraction.dates.choose import distance

_FAR_STATE = 60
_FAR_START = 50
_PAST = re.compile(r"\b(?:was|were|had been|spent|served|did)\b", re.IGNORECASE)
_AS_OF_ONLY = {"hunger_strike", "isolation"}  # they have a start of their own
_SINCE = {"detention", "disappearance", "denial"}
_SINCE_EVENT = re.compile(r"\bsince\s+[^,;.]{1,60}$", re.IGNORECASE)  # "since a raid on a flat on 11 May"
_PAST_TOO = {"denial", "disappearance", "hunger_strike", "health"}  # told of a day in the past without a word for it
_FOUND = re.compile(
    r"\b(?:for \w+ (?:days|weeks|months|years)|until|before|found|surfaced|resurfaced|reappeared)\b", re.I
)
_LONG_AGO = 25  # years after which nothing that a sentence dates so can still go on
_BY_EVENT = 40  # more for a date that an event stands before: "since a raid on a flat in the town on 11 May"
_FAR_LENGTH = 40
_SINCE_THEN = re.compile(
    r"\b(?:ever since|since then|since that(?: day| date| time)?|since(?=\s*[,.;)]|\s*$))(?! (?:he|she|they|the)\b)",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"(?:(?:\b(?:has|have|is|are)(?: \w+)? (?:been|held|detained|in|on|imprisoned|jailed|behind)\b"
    r"|(?:^|[.;:,] ?)(?:held|detained|jailed|imprisoned|behind bars|in (?:custody|detention|prison|jail))\b)"
    r"[^,;.]*? (?:for|already)"
    r"|\b(?:has|have)(?: now| already| so far| thus far)? (?:spent|lived|served|passed))"
    r"(?: (?:about|nearly|almost|over|more than|some|the past|the last))?\s*$",
    re.IGNORECASE,
)


def state_of(scene: Scene, event: Event, inside: Sequence[DateMention], published: str | None) -> str | None:
    """The EDTF date of something that lasts, by the dates in its sentence: since when, as of when, or None."""
    if event.kind == "health":
        return _past_state(scene, event, inside)
    past = _long_ago(inside, published)
    if past:
        return past
    text, window = scene.page.text, (event.sentence.start, event.sentence.end)
    starts = [m for m in inside if m.value and (m.role == "since" or _since_event(scene, event, m))]
    begun = date_for(starts, event.span, window, scene.page)
    near = begun is not None and distance(text, event.span, begun) <= _FAR_STATE + (begun.role == "at") * _BY_EVENT
    if begun is not None and near and event.kind in _SINCE and event.modality != "denied":
        return held(begun.value, published)
    if event.kind == "disappearance" and event.modality == "actual":
        return _missing(scene, event, _past_state(scene, event, inside), published)
    if event.kind in _AS_OF_ONLY and near:
        return published
    return _past_state(scene, event, inside)


def _long_ago(inside: Sequence[DateMention], published: str | None) -> str | None:
    """The first date of a sentence of which all are long past: what it tells of as lasting lasted then."""
    told = [m.value for m in inside if m.is_point and m.value and m.role == "at"]
    years = [int(value[:4]) for value in told if value[:4].isdigit()]
    if not years or not published or len(years) < sum(m.is_point for m in inside):
        return None
    return told[0] if max(years) < int(published[:4]) - _LONG_AGO else None


def _missing(scene: Scene, event: Event, seen: str | None, published: str | None) -> str | None:
    """Since when somebody is missing who was last seen on a day, unless the sentence tells that it ended."""
    over = _FOUND.search(scene.text, event.span[0], event.sentence.end)
    return held(seen, published) if seen and not over and "/" not in seen else seen


def begun_on(scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None) -> str | None:
    """Since when a state holds that is told by its length ("for 400 days") or by what went before ("ever since")."""
    today = edtf.as_day(published[:10]) if published else None
    if today is None or event.kind not in _SINCE or event.modality != "actual":
        return None
    around = scene.text[event.span[0] : min(event.sentence.end, event.span[1] + _FAR_STATE)]
    page, paragraph = scene.page, event.sentence.paragraph
    if _SINCE_THEN.search(around):
        told = [m for m in mentions if m.is_point and m.start < event.span[0]]
        told = [m for m in told if page.sentence_at(m.start).paragraph == paragraph]
        return told[-1].value if told and told[-1].role != "until" else None
    if event.kind != "detention":
        return None
    for mention in mentions:
        lasts = mention.kind == "duration" and event.span[0] <= mention.start <= event.span[1] + _FAR_LENGTH
        if lasts and _STILL.search(scene.text[max(event.sentence.start, event.span[0] - 20) : mention.start]):
            return before(today, mention)
    return None


def _since_event(scene: Scene, event: Event, mention: DateMention) -> bool:
    return mention.role == "at" and bool(
        _SINCE_EVENT.search(scene.text[max(event.span[0], mention.start - 70) : mention.start])
    )


def _past_state(scene: Scene, event: Event, inside: Sequence[DateMention]) -> str | None:
    """The date of a state that is over ("spent 15 days in custody in August 2020") or of a past denial."""
    if not (_PAST.search(scene.text[slice(*event.span)]) or event.kind in _PAST_TOO):
        return None
    window = (event.sentence.start, event.sentence.end)
    points = [m for m in inside if m.role == "at" and m.is_point and not stolen(scene, event, m)]
    found = date_for(points, event.span, window, scene.page)
    if found is None or distance(scene.page.text, event.span, found) > _FAR_STATE * 2 // 3:
        return None
    return found.value


def started(scene: Scene, event: Event, mentions: Sequence[DateMention]) -> DateMention | None:
    """Since when a strike or an isolation goes on, where the words say so; its start is then a claim of its own."""
    inside = [
        m
        for m in mentions
        if m.role == "since" and m.value and event.span[0] <= m.start and m.end <= event.sentence.end
    ]
    found = date_for(inside, event.span, (event.sentence.start, event.sentence.end), scene.page)
    return found if found and distance(scene.page.text, event.span, found) <= _FAR_START else None
