"""Brings what the encoder finds to READING's habits: no loose punctuation at the edges, blame with what it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from habeas.extraction.attribution.reports import Attribution
from habeas.extraction.document import Page
from habeas.extraction.reading import Span, Spans

_LOOSE_FIRST = re.compile(r"[\s,;:.–—-]*")
_LOOSE_LAST = re.compile(r"[\s,;:–—-]*$")
_STOP = re.compile(r"(?<![.\s])\.\s*$")
_INITIALS = re.compile(r"(?:\b\w|\.\w)\.$")
_HELD = re.compile(r"(?:h[eo]ld|mak|made|carr|deem|consider)(?:\w*)", re.IGNORECASE)
_TO_BLAME = re.compile(r"(?:\s+\w+){0,3}?\s+(?:responsib(?:le|ility)|accountable|answerable|liable)\b", re.IGNORECASE)
_AND = re.compile(r"[\s,]*(?:\band\s*)?$")
_WHOSE = re.compile(r"(?:his|her|its|their)", re.IGNORECASE)


def mended(page: Page, content: Spans) -> Spans:
    """What is reported, joined where only white space parts it, without a full stop outside quotation marks.

    () where nothing but punctuation is there.
    """
    joined: list[Span] = []
    for start, end in content:
        if joined and not page.text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(span for span in (_trimmed(page.text, *span) for span in joined) if span[0] < span[1])


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    if not _INITIALS.search(words):
        words = _STOP.sub("", words)
    words = _LOOSE_LAST.sub("", words)
    lead = _LOOSE_FIRST.match(words)
    first = lead.end() if lead else 0
    return start + first, max(start + first, start + len(words))


def blamed(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, in order, where "held X" is left off before "fully responsible for …": to the sentence's end.

    What "his insistence", "their refusal" reports in there is a part of the blame, and nobody's words.
    """
    out: list[Attribution] = []
    within = (0, 0)
    for at, one in enumerate(found):
        if _is(_WHOSE, page, one.source) and within[0] <= one.source[0][0] < within[1]:
            continue
        rest = _rest(page, found, at)
        if rest is None:
            out.append(one)
        else:
            within = rest
            out.append(replace(one, content=((one.content[0][0], rest[1]),)))
    return out


def _rest(page: Page, found: Sequence[Attribution], at: int) -> Span | None:
    """From the end of words that only name who is held responsible to the end of what for; None where all is told.

    That is the end of the content where it goes on after "responsible", else of the sentence or before the next cue.
    """
    one = found[at]
    end = one.content[0][1]
    last = page.sentence_at(max(0, end - 1)).end
    if not _is(_HELD, page, one.cue) or not _TO_BLAME.match(page.text, end, last):
        return None
    if len(one.content) > 1:
        return end, one.content[-1][1]
    cues = [other.cue[0][0] for other in found[at + 1 :] if other.cue and not _is(_WHOSE, page, other.source)]
    last = min(stop for stop in (last, *cues) if stop > end)
    rest = _AND.sub("", page.text[end:last])
    return (end, end + len(rest)) if _TO_BLAME.match(rest) else None


def _is(words: re.Pattern[str], page: Page, spans: Spans) -> bool:
    return len(spans) == 1 and words.fullmatch(page.text, *spans[0]) is not None
