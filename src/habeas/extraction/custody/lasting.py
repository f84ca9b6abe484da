"""Since when, and as of when, something that lasts holds: custody, a strike, isolation, a disappearance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction import edtf
from habeas.extraction.custody.event import Event, stolen
from habeas.extraction.custody.scene import Scene
from habeas.extraction.custody.values import SINCE_COUNT
from habeas.extraction.dates import DateMention, count_in_days, date_for, held
from habeas.extraction.dates.choose import distance

_FAR_STATE = 60
_FAR_START = 50
_PAST = re.compile(r"\b(?:was|were|had been|spent|served|did)\b", re.IGNORECASE)
_AS_OF_ONLY = {"hunger_strike", "isolation"}  # they have a start of their own
_SINCE = {"detention", "disappearance", "denial"}
_SINCE_EVENT = re.compile(r"\bsince\s+[^,;.]{1,110}$", re.IGNORECASE)  # "since a raid on a flat on 11 May"
_OPENED_BY_SINCE = re.compile(r"\W*since\s+[^;.]{1,60}", re.IGNORECASE)
_NOW = re.compile(r"\b(?:is|are|remains?|(?:has|have) been)\b", re.IGNORECASE)  # after a date: what holds today
_OPENING = 14  # a date that opens its sentence dates all that it tells of the past
_PAST_TOO = {"denial", "disappearance", "hunger_strike", "health"}  # told of a day in the past without a word for it
_BY_OPENING = {"health", "denial"}
_PAST_VERB = re.compile(r"\b(?:was|were|had|did|stood|fell|rang|lost|needed|[a-z]+ed)\b")
_SEEN = re.compile(
    r"\b(?:visited|saw|seen|examin(?:ed|ing)|met|told|telephoned|phoned|rang|called|said|wrote|stated|found|spoke|"
    r"reported|appeared|described)\b[^;.]*$",
    re.IGNORECASE,
)  # what is told or seen of somebody's health on a day is told of that day
_WHEN = re.compile(r",? (?:when|where|but) ", re.IGNORECASE)
_FOUND = re.compile(
    r"\b(?:for \w+ (?:days|weeks|months|years)|until|before|found|surfaced|resurfaced|reappeared)\b", re.I
)
_LONG_AGO = 25  # years after which nothing that a sentence dates so can still go on
_BY_EVENT = 90  # more for a date that an event stands before: "since a raid on a flat in the town on 11 May"
_ITS_SINCE = 25  # what the "since" of a date itself adds to its distance
_FAR_LENGTH = 40
_LASTED = re.compile(
    r"(?<!has )(?<!have )(?<!has now )(?<!have now )\b(?:spent|was|were|held|kept|missing)\b[^,;.]*$", re.IGNORECASE
)
_JOINED = 25  # how far apart the two ends of a time told with both may stand
_STOP = re.compile(r"[,;.]")
_AFTER_THAT = re.compile(r"\s+after\b", re.IGNORECASE)
_AFTER = re.compile(r"\bafter (?:his|her|their) [^,;.]*$", re.IGNORECASE)
_NEAR_SINCE = 60
_SINCE_IT = re.compile(
    r"\b(?:since (?:then|that (?:day|date|time)|the (?:latter|same) (?:date|day)))\b[^;.]*$", re.IGNORECASE
)  # before what has gone on since
_KEPT_UP = re.compile(
    r"[^,;.]{0,40},? (?:that|which) (?:he|she|they)(?:'s|'d|’s|’d| has| have| had) "
    r"(?:been (?:on|in|at)|[a-z]+(?: on| up| out)?)[^,;.]{0,25}",
    re.IGNORECASE,
)  # "is on a hunger strike, which she has kept up since [3 May]"
_THERE = re.compile(
    r"[^;.]{0,80}\bwhere (?:he|she|they) (?:has|have) (?:been|remained)[^,;.]{0,20}", re.IGNORECASE
)  # "is held at a centre in Basit, where she has been since [2 October]"
_SINCE_THEN = re.compile(
    r"\b(?:ever since|since then|since that(?: day| date| time)?|since(?=\s*[,.;)]|\s*$))(?! (?:he|she|they|the)\b)",
    re.IGNORECASE,
)


def state_of(scene: Scene, event: Event, inside: Sequence[DateMention], published: str | None) -> str | None:
    """The EDTF date of something that lasts, by the dates in its sentence: since when, as of when, or None."""
    if event.kind == "health":
        return _past_state(scene, event, inside)
    past = _long_ago(inside, published)
    past = past or (_for_a_while(scene, event, inside) if event.kind in _SINCE and event.modality == "actual" else None)
    if past:
        return past
    text, window = scene.page.text, (event.sentence.start, event.sentence.end)
    starts = [m for m in inside if m.value and (m.role == "since" or _since_event(scene, event, m, inside))]
    begun = date_for(starts, event.span, window, scene.page)
    reach = _FAR_STATE + (_BY_EVENT if begun and begun.role == "at" else _ITS_SINCE)
    near = begun is not None and distance(text, event.span, begun) <= reach
    near = near or (begun is not None and bool(_THERE.fullmatch(scene.text, event.span[1], begun.start)))
    if begun is not None and near and event.kind in _SINCE and event.modality != "denied":
        return held(begun.value, _ended(scene, begun, inside, published))
    if event.kind == "disappearance" and event.modality == "actual":
        counted = _days_after(scene, event, inside, published)
        if counted:
            return counted
        return _missing(scene, event, _past_state(scene, event, inside), published)
    if event.kind in _AS_OF_ONLY and near:
        return published
    return _past_state(scene, event, inside)


def _ended(scene: Scene, begun: DateMention, inside: Sequence[DateMention], published: str | None) -> str | None:
    """Up to when what began then went on: the end told with it ("from September 2010 until 2013"), else now."""
    for mention in inside:
        joined = begun.end <= mention.start <= begun.end + _JOINED and mention.role == "until" and mention.is_point
        if joined and not _STOP.search(scene.text, begun.end, mention.start):
            over = mention.value and published and mention.value[:7] < published[:7]
            return mention.value if over else published
    return published


def _days_after(scene: Scene, event: Event, inside: Sequence[DateMention], published: str | None) -> str | None:
    """Since when nothing is known of somebody: "Four days after she was taken, her family has not been told"."""
    start, today = event.sentence.start, edtf.as_day((published or "")[:10])
    for mention in inside:
        opens = mention.kind == "duration" and mention.start - start <= _OPENING and mention.end < event.span[0]
        days = count_in_days(mention) if opens and _AFTER_THAT.match(scene.text, mention.end) else None
        if days and today:
            return held(edtf.add_days(today, -days).isoformat(), published)
    return None


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


def begun_on(scene: Scene, event: Event, mentions: Sequence[DateMention]) -> str | None:
    """Since when a state holds that is told to last since what went before it: "ever since", "since then"."""
    if event.kind not in _SINCE or event.modality != "actual":
        return None
    around = scene.text[event.span[0] : min(event.sentence.end, event.span[1] + _FAR_STATE)]
    ahead = scene.text[max(event.sentence.start, event.span[0] - _NEAR_SINCE) : event.span[0]]
    if not (_SINCE_THEN.search(around) or _SINCE_IT.search(ahead)):
        return None
    page, paragraph = scene.page, event.sentence.paragraph
    told = [m for m in mentions if m.is_point and m.start < event.span[0]]
    told = [m for m in told if page.sentence_at(m.start).paragraph == paragraph]
    return told[-1].value if told and (told[-1].role != "until" or _SINCE_IT.search(ahead)) else None


def _since_event(scene: Scene, event: Event, mention: DateMention, inside: Sequence[DateMention]) -> bool:
    """Whether "since" stands before what a date belongs to: "since a raid on 11 May", "Since the move, on 30 May".

    A "since" with a date of its own is before no other: "since May and his brother was freed on Monday".
    """
    if mention.role != "at":
        return False
    behind = scene.text[max(event.span[0], mention.start - 120) : mention.start]
    opening = scene.text[event.sentence.start : mention.start] if mention.end <= event.span[0] else ""
    found = _SINCE_EVENT.search(behind)
    since = mention.start - (len(found.group()) if found else 0)
    is_dated = any(m.role == "since" and since < m.start < mention.start for m in inside)
    return (found is not None and not is_dated) or bool(_OPENED_BY_SINCE.fullmatch(opening))


def _past_state(scene: Scene, event: Event, inside: Sequence[DateMention]) -> str | None:
    """The date of a state that is over ("spent 15 days in custody in August 2020") or of a past denial."""
    start, end = event.sentence.start, event.sentence.end
    past = _PAST.search(scene.text, max(start, event.span[0] - 5), event.span[1])
    if not past and event.kind not in _PAST_TOO:
        return None
    points = [m for m in inside if m.role == "at" and m.is_point]
    points = [m for m in points if not _NOW.search(scene.text, m.end, max(m.end, event.span[0]))]
    with_it = [m for m in points if event.kind == "denial" and _on_the_day(scene, event, m)]
    if with_it:
        return with_it[-1].value
    points = [m for m in points if not stolen(scene, event, m)]
    found = date_for(points, event.span, (start, end), scene.page)
    if found is None:
        return None
    near = distance(scene.page.text, event.span, found) <= _FAR_STATE * 2 // 3
    opens = found.start - start <= _OPENING and (past or _told_past(scene, event, found))
    return found.value if near or opens or _on_the_day(scene, event, found) else None


def _told_past(scene: Scene, event: Event, found: DateMention) -> bool:
    """Whether all from a date that opens its sentence to a state or a denial is told of the past, in one breath."""
    between = scene.text[found.end : event.span[1]]
    return event.kind in _BY_OPENING and ";" not in between and bool(_PAST_VERB.search(between))


def _on_the_day(scene: Scene, event: Event, found: DateMention) -> bool:
    """Whether a state or a denial is of the day of what it is told with: a visit, a call, a journey."""
    if found.kind != "day":
        return False
    before = scene.text[max(event.sentence.start, found.start - _FAR_STATE) : found.start]
    after = scene.text[found.end : event.span[0]]
    if event.kind == "health":
        return bool(_SEEN.search(before)) and ";" not in after
    told = event.kind == "denial" and len(after) <= _FAR_STATE and found.end <= event.span[0]
    return told and bool(_WHEN.match(after)) and bool(_PAST_VERB.search(scene.text, found.end, event.span[1]))


def _for_a_while(scene: Scene, event: Event, inside: Sequence[DateMention]) -> str | None:
    """From when to when something lasted that is over: "arrested in April 2017, she spent five months in prison"."""
    around = (event.span[0] - 25, event.span[1] + _FAR_LENGTH)
    lengths = [m for m in inside if m.kind == "duration" and around[0] <= m.start <= around[1]]
    lengths = [m for m in lengths if _LASTED.search(scene.text, max(event.sentence.start, m.start - 25), m.start)]
    told = [m for m in inside if m.is_point and m.role == "at" and m.end <= event.span[1] + _FAR_LENGTH]
    first = edtf.earliest(told[0].value or "") if len(told) == 1 and lengths else None
    if first is None or (told[0].start > event.span[1] and not _AFTER.search(scene.text[: told[0].start])):
        return None
    days, months = count_in_days(lengths[0]), lengths[0].amount if lengths[0].unit == "month" else None
    if days and told[0].kind == "day":
        return edtf.interval(first.isoformat(), edtf.add_days(first, days).isoformat())
    if months is None or told[0].kind not in ("day", "month"):
        return None
    last = edtf.add_months(first, months)
    return edtf.interval(edtf.of_month(first.year, first.month), edtf.of_month(last.year, last.month))


def started(scene: Scene, event: Event, mentions: Sequence[DateMention]) -> DateMention | None:
    """Since when a strike or an isolation goes on, where the words say so; its start is then a claim of its own."""
    inside = [
        m
        for m in mentions
        if m.role == "since" and m.value and event.span[0] <= m.start and m.end <= event.sentence.end
        if event.kind != "hunger_strike" or not SINCE_COUNT.match(scene.text, m.start)  # a count tells no day
    ]
    found = date_for(inside, event.span, (event.sentence.start, event.sentence.end), scene.page)
    if found is None:
        return None
    kept_up = _KEPT_UP.fullmatch(scene.text, event.span[1], found.start)
    return found if kept_up or distance(scene.page.text, event.span, found) <= _FAR_START else None
