"""Brings the encoder's content spans to READING's habits: no loose punctuation at their edges."""

from __future__ import annotations

import re

from habeas.extraction.document import Page
from habeas.extraction.reading import Span, Spans

_LOOSE_FIRST = re.compile(r"[\s,;:.–—-]*")
_LOOSE_LAST = re.compile(r"[\s,;:–—-]*$")
_STOP = re.compile(r"(?<![.\s])\.\s*$")
_INITIALS = re.compile(r"(?:\b\w|\.\w)\.$")


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
