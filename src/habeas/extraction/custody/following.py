"""Events dated by what is told around them: "let go after 26 days", "eight days after she was taken", "at midnight"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from habeas.extraction import edtf
from habeas.extraction.custody.event import Event
from habeas.extraction.custody.scene import Scene
from habeas.extraction.dates import DateMention, before, count_in_days
from habeas.extraction.nouns import noun_of

_OPENING = 14  # a date that opens its sentence
_SENTENCES = 2  # how many sentences back in its paragraph the date may stand that an hour of the day belongs to
_AFTER = re.compile(r"(?:[^,;.]{0,40}\s)?(?:after|within)\s+$", re.IGNORECASE)
_BEFORE_IT = re.compile(r"\s+(?:after|since|from)\s+(?:[^\s,;.]+\s+){0,7}", re.IGNORECASE)
_AFTER_THAT = re.compile(
    r"\s+(?:after|since|from)\s+(?:his|her|their|[\w-]+['’]s)\s+([\w-]+)\s+(?:[\w'-]+\s+){1,6}?"
    r"(?:was|were|is|are|has|have|had)\b",
    re.IGNORECASE,
)  # "two years after [his arrest X was] acquitted": what is told is no arrest
_FOR = re.compile(
    r"\b(?:for|by)(?: at least| another| a further)? $", re.IGNORECASE
)  # "in custody for two months after"
_FROM_FIRST = re.compile(r"[^,;.]{0,30}\bfrom the first (?:moment|hour|day)\b", re.IGNORECASE)
_ITEM = re.compile(r"\b(?:was|were|is|are|has|have|had|will|issued|ordered|extended|gave|handed|signed|court|judge)\b")
_JOINED = re.compile(r"\s*(?:-|–|—|to|and|until)\s*", re.IGNORECASE)
_ORDERS = re.compile(r"\borders?\b", re.IGNORECASE)
_HEADING = 14  # how many sentences before an item of a list its heading may stand
_HOUR = re.compile(
    r"[^,;.]{0,60}?\b(?:(?:at|by|around|about|before|after|towards?) (?:the )?"
    r"(?:dawn|daybreak|noon|midday|dusk|sunset|nightfall|midnight|\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m)"
    r"|in the (?:small hours|early hours|morning|afternoon|evening)|overnight|within (?:the hour|hours|minutes)"
    r"|(?:hours|minutes|later) (?:later|(?:on )?that (?:day|evening|night)|(?:on )?the same (?:day|evening|night)))\b",
    re.IGNORECASE,
)
_FAST = re.compile(r"\b(?:hunger|eat|eating|food|strike|fast|fasting|meals)\b", re.IGNORECASE)
_STRIKE_OVER = {("hunger_strike", "ended"), ("hunger_strike", "suspended")}
_LATER = {("release", "done"), ("order", "cancelled"), *_STRIKE_OVER}
_IN_THE_DAY = {
    ("release", "done"),
    ("arrest", "done"),
    ("death", "done"),
    ("hospitalisation", "admitted"),
    ("hospitalisation", "discharged"),
    ("transfer", "done"),
    ("deportation", "done"),
    *_STRIKE_OVER,
}
_DIED_AFTER = re.compile(r"\b(?:died|passed away|was found dead)\b[^;.]*\bafter\b[^;.]*$", re.IGNORECASE)
_ENDING = re.compile(r"(?:ending|breaking|bringing|concluding)\b", re.IGNORECASE)
_PAIR = 25  # how far apart the two ends of a strike may be told: "from 14 May till 5 October"


def after_a_while(scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None) -> str | None:
    """When something came that is told by how long after an earlier date of its sentence: "let go after 26 days".

    Exact for days of a strike; else the month, marked approximate. None where the words say no such thing, or where it
    would lie after the day of publication.
    """
    if (event.kind, event.phase) not in _LATER:
        return None
    length = next((m for m in mentions if _follows(scene, event, m)), None)
    told = [m for m in mentions if m.is_point and m.role == "at" and event.sentence.start <= m.start < event.span[0]]
    first = edtf.earliest(told[-1].value or "") if told else None
    if length is None or first is None:
        return None
    if event.kind == "hunger_strike":
        days = count_in_days(length)
        started = _FAST.search(scene.text, event.sentence.start, told[-1].start)
        day = edtf.as_day(told[-1].value) if started else None
        return edtf.add_days(day, days).isoformat() if day and days else None
    found = _month_after(first, length)
    return found if found and (not published or found[:7] <= published[:7]) else None


def ended_on(scene: Scene, event: Event, inside: Sequence[DateMention], published: str | None) -> str | None:
    """The last day of a strike by what is around it: "from 14 May till 5 October", "died on Monday after a strike".

    None for other events, and where the words tell none or one after the day of publication.
    """
    if (event.kind, event.phase) not in _STRIKE_OVER or event.modality != "actual":
        return None
    points = [m for m in inside if m.is_point]
    for first, last in pairwise(points):
        if (first.role, last.role) == ("since", "until") and last.start - first.end <= _PAIR:
            return last.value if (last.value or "9") <= (published or "9") else None
    start, words = event.sentence.start, scene.text
    with_it = _DIED_AFTER.search(words, start, event.span[0]) or _ENDING.match(words, event.span[0])
    days = [m for m in points if m.end <= event.span[0] and m.kind == "day"]
    from_then = [m for m in days if m.role == "since" and m.start - start <= _OPENING]
    found = from_then or ([m for m in days if m.role == "at"] if with_it else [])
    return found[-1].value if found and (found[-1].value or "9") <= (published or "9") else None


def counted_from(scene: Scene, event: Event, inside: Sequence[DateMention], published: str | None) -> str | None:
    """When something was that is told by how long after it another thing came: "eight days after she was taken".

    Counted back from the date told before those words in the sentence, else from the day of publication.
    """
    length = next((m for m in inside if m.kind == "duration" and _leads_to(scene, event, m)), None)
    if length is None or length.unit == "hour":
        return None
    points = [m for m in inside if m.is_point and m.role == "at"]
    told = [m for m in points if m.start < length.start]
    after = [m for m in points if m.start > event.span[1] and m.kind == "day"]
    behind = after[-1:] if not told and length.start - event.sentence.start <= _OPENING else []
    base = edtf.as_day((told or behind)[-1].value if told or behind else (published or "")[:10])
    return before(base, length) if base else None


def from_the_first(scene: Scene, event: Event, mentions: Sequence[DateMention]) -> str | None:
    """The day of a strike begun "from the first moment" of custody: the date told before it in the sentence."""
    if event.phase != "start" or not _FROM_FIRST.match(scene.text, event.span[1], event.sentence.end):
        return None
    told = [m for m in mentions if m.is_point and m.role == "at" and event.sentence.start <= m.start < event.span[0]]
    return told[-1].value if told else None


def by_the_heading(scene: Scene, event: Event, mentions: Sequence[DateMention]) -> str | None:
    """The date of an order that is an item of a list ("Jenin: six months, new"): that of the sentence above it."""
    if event.kind != "order" or _ITEM.search(event.sentence.text):
        return None
    page, start = scene.page, event.sentence.start
    told = [m for m in mentions if m.is_point and m.start < start]
    above = [
        m for m in told if _ORDERS.search(scene.text, page.sentence_at(m.start).start, page.sentence_at(m.start).end)
    ]
    if not above or page.sentence_index(start) - page.sentence_index(above[-1].start) > _HEADING:
        return None
    line = [m for m in above if page.sentence_index(m.start) == page.sentence_index(above[-1].start)]
    first, last = line[0].value or "", line[-1].value or ""
    if len(line) == 2 and _JOINED.fullmatch(scene.text, line[0].end, line[1].start) and first < last:
        return edtf.interval(first, last)
    return first


def in_the_day(scene: Scene, event: Event, mentions: Sequence[DateMention], published: str | None) -> str | None:
    """The day of what is told by its hour alone: that of the date told right before in the paragraph, else today."""
    hour = _HOUR.match(scene.text, event.span[1], event.sentence.end)
    if (event.kind, event.phase) not in _IN_THE_DAY or not hour:
        return None
    page, start = scene.page, event.sentence.start
    told = [m for m in mentions if m.is_point and m.start < event.span[0] and m.role == "at"]
    if told and told[-1].start >= start:  # "arrested at dawn on Tuesday, was home by nightfall"
        return told[-1].value if told[-1].kind == "day" and (told[-1].value or "") <= (published or "9") else None
    near = [m for m in told if page.sentence_at(m.start).paragraph == event.sentence.paragraph]
    if not near:
        return published[:10] if published else None
    back = page.sentence_index(start) - page.sentence_index(near[-1].start)
    return near[-1].value if back <= _SENTENCES and (near[-1].value or "") <= (published or "9") else None


def _leads_to(scene: Scene, event: Event, length: DateMention) -> bool:
    lasting = _FOR.search(scene.text, max(0, length.start - 20), length.start)
    text, start = scene.text, event.span[0]
    other = _AFTER_THAT.match(text, length.end, event.span[1])
    if other and noun_of(other[1].lower()) is None:  # not "two years after his son was arrested"
        return False
    return not lasting and (
        bool(_BEFORE_IT.fullmatch(text, length.end, start)) or _opens_with_after(text, length, start)
    )


def _opens_with_after(text: str, length: DateMention, start: int) -> bool:
    return length.end + 1 == start and text.startswith(("after ", "since "), start)


def _follows(scene: Scene, event: Event, mention: DateMention) -> bool:
    if mention.kind != "duration" or not event.span[1] <= mention.start < event.sentence.end:
        return False
    return bool(_AFTER.fullmatch(scene.text, event.span[1], mention.start))


def _month_after(first: date, length: DateMention) -> str | None:
    days = count_in_days(length)
    if days is not None:
        then = edtf.add_days(first, days)
    elif length.amount is not None and length.unit in ("month", "year"):
        then = edtf.add_months(first, length.amount * (12 if length.unit == "year" else 1))
    else:
        return None
    return edtf.of_month(then.year, then.month, approximate=True)
