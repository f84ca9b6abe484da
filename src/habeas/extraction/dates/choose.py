"""Which date belongs to an event, as of when a state holds, and whether a day count and a start agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from habeas.extraction import edtf
from habeas.extraction.dates.mention import DateMention
from habeas.extraction.document import Page
from habeas.extraction.reading import Span

Counting = Literal["inclusive", "elapsed"]

# Between an event and its date each of these makes it less likely that the date is the event's.
_BREAKS = (
    (re.compile(r";|\s[-–—]\s|\bbut\b|\bwhile\b(?! \w+ing\b)|\bwhereas\b"), 60),
    (re.compile(r"\b(?:who|which|whose|whom|where|when|after|before|because|since|although|until)\b"), 25),
    (re.compile(r",\s+(?:and|then)\b|\band\s+(?:was|were|had|has|is|will|then|later)\b|\band\s*$"), 20),
    (re.compile(r"\b(?:said|told|warned|announced|reported|stated|confirmed|added|revealed|explained)\b"), 30),
    (re.compile(r","), 6),
)
_FAR = 400  # characters beyond which nobody asks what stands between


def date_for(
    mentions: Iterable[DateMention], trigger: Span, window: Span, page: Page, *, ahead: bool = False
) -> DateMention | None:
    """The date of the event whose trigger stands at `trigger`: the nearest in the clause; None where none fits.

    Only dates inside `window` (a sentence, a clause, a statement's content) and on the same side of quotation marks
    count. A date with "since" or "until" is taken only where no plain one is. `ahead` prefers dates that look to the
    future ("until Sunday", "by 3 May"), for planned events.
    """
    best: tuple[int, int, DateMention] | None = None
    quote = page.quote_at(trigger[0])
    for mention in mentions:
        if not mention.is_point or not (window[0] <= mention.start and mention.end <= window[1]):
            continue
        if page.quote_at(mention.start) != quote:
            continue
        cost = distance(page.text, trigger, mention) + _role_cost(mention, ahead=ahead)
        inside = trigger[0] <= mention.start < trigger[1]  # "was arrested in March and sentenced that June": the last
        rank = -mention.start if inside else mention.start
        if best is None or (cost, rank) < best[:2]:
            best = (cost, rank, mention)
    return best[2] if best else None


def distance(text: str, trigger: Span, mention: DateMention) -> int:
    """How far a date is from an event: characters between them, and more for every clause boundary crossed."""
    start, end = (trigger[1], mention.start) if mention.start >= trigger[1] else (mention.end, trigger[0])
    lead = 0 if mention.start >= trigger[1] else 4
    if end <= start:
        return lead if end == start else 0
    if end - start > _FAR:
        return end - start + lead
    between = text[start:end]
    return end - start + lead + sum(cost * len(pattern.findall(between)) for pattern, cost in _BREAKS)


def _role_cost(mention: DateMention, *, ahead: bool) -> int:
    if mention.role == "until":
        return -25 if ahead else 120  # its own "until" is no break
    if mention.role == "since":
        return 120 if ahead else 60
    return 20 if ahead else 0


def since(mentions: Iterable[DateMention], trigger: Span, window: Span, page: Page) -> DateMention | None:
    """The date since which a state holds, as the words say ("since 3 May", "from Monday"); None where none do."""
    starts = [mention for mention in mentions if mention.role == "since"]
    return date_for(starts, trigger, window, page)


def until(mentions: Iterable[DateMention], trigger: Span, window: Span, page: Page) -> DateMention | None:
    """The date until which a state holds or held, as the words say; None where none do."""
    ends = [mention for mention in mentions if mention.role == "until"]
    return date_for(ends, trigger, window, page, ahead=True)


def counted(mentions: Iterable[DateMention], trigger: Span, window: Span, page: Page) -> DateMention | None:
    """The day, week or month count, or duration, nearest to the trigger: "the 87th day", "for 41 days"; else None."""
    inside = [
        mention
        for mention in mentions
        if mention.kind in ("count", "duration") and window[0] <= mention.start and mention.end <= window[1]
    ]
    return min(inside, key=lambda mention: distance(page.text, trigger, mention), default=None)


def held(start: str | None, as_of: str | None) -> str | None:
    """`X/as-of` for a state that holds since X; the as-of date alone, or X alone, where only one is known."""
    if not start or not as_of:
        return as_of or start
    if "/" in start or "/" in as_of:
        return start
    joined = edtf.interval(start, as_of)
    return joined if edtf.is_edtf(joined) else as_of


def before(day: date, length: DateMention) -> str | None:
    """The day, month or year a duration before `day`: exact for days and weeks, approximate beyond; None for hours."""
    days = count_in_days(length)
    if days is not None:
        return edtf.add_days(day, -days).isoformat()
    if length.amount is None or length.unit not in ("month", "year"):
        return None
    if length.unit == "year":
        return f"{max(day.year - length.amount, 1):04d}~"
    moved = edtf.add_months(day, -length.amount)
    return edtf.of_month(moved.year, moved.month, approximate=True)


def count_in_days(mention: DateMention) -> int | None:
    """The days that a count or a duration comes to; None for months and years, which do not come to a fixed number."""
    if mention.amount is None or mention.unit not in ("day", "week"):
        return None
    return mention.amount * (7 if mention.unit == "week" else 1)


def counting(start: str | None, days: int, as_of: str | None) -> Counting | None:
    """How "day N" was counted, where the text gives the start too: from 1 or from 0; None if neither fits."""
    first, now = edtf.as_day(start), edtf.as_day(as_of)
    if first is None or now is None:
        return None
    elapsed = (now - first).days
    return "inclusive" if elapsed == days - 1 else "elapsed" if elapsed == days else None


def start_range(days: int, as_of: str | None) -> str | None:
    """The two days on which a strike that is on day N can have begun, as an interval: an observation, not a start."""
    now = edtf.as_day(as_of)
    if now is None or days < 1:
        return None
    return edtf.interval(edtf.add_days(now, -days).isoformat(), edtf.add_days(now, 1 - days).isoformat())


def strike_start(as_of: str | None, days: int, counted_as: Counting = "inclusive") -> str | None:
    """The first day of a strike that is on day N as of a day. For checks only: never make a claim of it."""
    now = edtf.as_day(as_of)
    return edtf.add_days(now, (1 if counted_as == "inclusive" else 0) - days).isoformat() if now else None


def as_of(mentions: Sequence[DateMention], trigger: Span, window: Span, page: Page, today: date | None) -> str | None:
    """The day as of which a state holds: one named beside it ("as of Sunday", "today"), else that of publication."""
    points = [mention for mention in mentions if mention.role == "at" and mention.kind == "day"]
    found = date_for(points, trigger, window, page)
    if found is not None:
        return found.value
    return today.isoformat() if today else None
