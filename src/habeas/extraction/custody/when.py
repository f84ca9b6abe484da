"""Which date a claim carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from habeas.extraction.custody.scene import Scene, Sentence
from habeas.extraction.dates import DateMention, date_for, held
from habeas.extraction.dates.choose import distance
from habeas.extraction.reading import Span

_FAR = 80  # a date further away than this, clause boundaries counted, is somebody else's
_FAR_STATE = 60
_FAR_START = 50
_PAST = re.compile(r"\b(?:was|were|had been|spent|served|did)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:to|until|till|for|up to)\s+(?:the\s+|a\s+session\s+(?:of|on)\s+)?$", re.IGNORECASE)
_SET_FOR = re.compile(
    r"\b(?:set|due|scheduled|fixed|planned|held|heard)\s+(?:for|on|to\s+\w+\s+on)?\s*(?:last\s+)?$", re.IGNORECASE
)
_AHEAD = {("hearing", "scheduled"), ("order", "expires")}
_MOVED = {("hearing", "postponed"), ("order", "renewed"), ("order", "issued")}
_AS_OF_ONLY = {"hunger_strike", "isolation"}  # they have a start of their own
_SINCE = {"detention", "disappearance", "denial"}
_DATELESS = {("charge", "brought")}
_NEVER_DATED = {
    ("release", "promised"),
    ("exchange", "proposed"),
}  # the dates beside them are those of what is promised
_CHARGED = re.compile(r"charg(?:ed|es)\b|indicted|opened|filed|imputed|brought|added|questioned", re.IGNORECASE)
_SINCE_EVENT = re.compile(r"\bsince\s+[^,;.]{1,60}$", re.IGNORECASE)  # "since a raid on a flat on 11 May"
_BEGUN_EARLIER = {"arrest", "sentence", "disappearance"}  # "judged with life since 2014"
_PAST_TOO = {"denial", "disappearance", "hunger_strike", "health"}  # told of a day in the past without a word for it
_LEAD = 4


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be dated: where it stands, what it is, and where other events of the sentence stand."""

    sentence: Sentence
    span: Span
    kind: str
    phase: str
    modality: str
    nominal: bool
    rivals: Sequence[Span]


def dates_of(
    scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None, n: int
) -> list[str | None]:
    """EDTF dates for the `n` subjects of one event: one each where a list gives one each, else the same for all."""
    what = (event.kind, event.phase)
    if event.modality in ("demanded", "hypothetical") or event.nominal:
        return [None] * n
    inside = [m for m in mentions if event.sentence.start <= m.start and m.end <= event.sentence.end]
    if event.phase == "ongoing" or event.kind == "denial":
        return [_state(scene, event, inside, published)] * n
    if event.modality == "denied" or what in _NEVER_DATED or (what in _DATELESS and not _charged(scene, event)):
        return [None] * n
    ahead = event.modality == "planned" or what in _AHEAD
    spread = _respectively(scene, event, inside, n) if what != ("order", "renewed") else None
    if spread:
        return list(spread)
    found = _point(scene, event, inside, ahead=ahead)
    if found is None:
        return [None] * n
    value = found.other if ahead and found.other and published and (found.value or "") < published else found.value
    if not ahead and event.modality == "actual" and published and value and value > published[:10]:
        return [None] * n  # what has happened did not happen after the day of publication
    return [value] * n


def _charged(scene: Scene, event: Event) -> bool:
    return bool(_CHARGED.search(scene.text[slice(*event.span)]))


def _point(scene: Scene, event: Event, inside: Sequence[DateMention], *, ahead: bool) -> DateMention | None:
    usable = [m for m in inside if m.is_point and _own(scene, event, m, ahead=ahead)]
    window = (event.sentence.start, event.sentence.end)
    if (event.kind, event.phase) == ("hearing", "postponed"):
        fixed = [m for m in inside if m.is_point and _SET_FOR.search(scene.text[max(0, m.start - 30) : m.start])]
        usable = [m for m in fixed if event.span[0] <= m.start < event.span[1]] or usable
        usable = [m for m in usable if m not in fixed] or usable
    found = date_for(usable, event.span, window, scene.page, ahead=ahead)
    if found is None or distance(scene.page.text, event.span, found) > _FAR + (30 if ahead else 0):
        return None
    return found


def _own(scene: Scene, event: Event, mention: DateMention, *, ahead: bool) -> bool:
    """Whether the date can be this event's: not an end where a beginning is asked, not another event's."""
    behind = scene.text[max(0, mention.start - 20) : mention.start]
    if ahead:
        return mention.start >= event.span[0]
    if mention.role == "until" or ((event.kind, event.phase) in _MOVED and _UNTIL.search(behind)):
        return False
    if mention.role == "since" and event.phase != "start" and event.kind not in _BEGUN_EARLIER:
        return False
    return not _stolen(scene, event, mention)


def _stolen(scene: Scene, event: Event, mention: DateMention) -> bool:
    """Whether another event stands between, or before and nearer to, a date that comes before ours."""
    text = scene.page.text
    ours = distance(text, event.span, mention)
    for rival in event.rivals:
        if rival[0] < event.span[1] and event.span[0] < rival[1]:
            continue
        if mention.end <= event.span[0] and rival[1] <= mention.start + _LEAD:
            if distance(text, rival, mention) <= ours:
                return True
        elif mention.start >= event.span[1] and event.span[1] <= rival[0] and rival[1] <= mention.start:
            return True
    return False


def _state(scene: Scene, event: Event, inside: Sequence[DateMention], published: str | None) -> str | None:
    if event.kind == "health":
        return _past_state(scene, event, inside)
    text, window = scene.page.text, (event.sentence.start, event.sentence.end)
    starts = [m for m in inside if m.value and (m.role == "since" or _since_event(scene, event, m))]
    begun = date_for(starts, event.span, window, scene.page)
    near = begun is not None and distance(text, event.span, begun) <= _FAR_STATE
    if begun is not None and near and event.kind in _SINCE and event.modality != "denied":
        return held(begun.value, published)
    if event.kind in _AS_OF_ONLY and near:
        return published
    return _past_state(scene, event, inside)


def _since_event(scene: Scene, event: Event, mention: DateMention) -> bool:
    return mention.role == "at" and bool(
        _SINCE_EVENT.search(scene.text[max(event.span[0], mention.start - 70) : mention.start])
    )


def _past_state(scene: Scene, event: Event, inside: Sequence[DateMention]) -> str | None:
    """The date of a state that is over ("spent 15 days in custody in August 2020") or of a past denial."""
    if not (_PAST.search(scene.text[slice(*event.span)]) or event.kind in _PAST_TOO):
        return None
    window = (event.sentence.start, event.sentence.end)
    points = [m for m in inside if m.role == "at" and m.is_point and not _stolen(scene, event, m)]
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


def _respectively(scene: Scene, event: Event, inside: Sequence[DateMention], n: int) -> list[str | None] | None:
    if n < 2 or "respectively" not in event.sentence.text:
        return None
    points = [m for m in inside if m.is_point and m.start >= event.span[1]]
    for first in range(len(points) - n + 1):
        run = points[first : first + n]
        gaps = [scene.text[a.end : b.start] for a, b in pairwise(run)]
        if all(re.fullmatch(r"\s*(?:,|and|,\s*and)\s*(?:on |in |to |the )*", gap) for gap in gaps):
            return [m.value for m in run]
    return None
