"""The news outlet that a statement was made to: "in exclusive statements to Ma'an"."""

from __future__ import annotations

import re
from functools import cache

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.reading import Span

_MARK = "[\"'“”«»‘’]?"
_CAPITAL = r"[^\W\d_a-z][\w'’.\-/]*[\w]"
_JOIN = r"(?:of|de|del|la|le|al|and)"
_FAR = 160  # code points: a lead farther from its cue speaks of something else


def find_outlet(page: Page, report: Report) -> str | None:
    """The outlet as the text has it, without article, kind and quotation marks; None where none is named.

    Social networks are none. Looked for beside the cue, in its sentence, not in what is said.
    """
    for start, end in _beside(page, report):
        piece = " ".join(page.text[start:end].split())
        for lead in _leads():
            for match in lead.finditer(piece):
                name = _outlet(match["own"], match["kind"], match["name"])
                if name:
                    return name
    return None


def _beside(page: Page, report: Report) -> list[Span]:
    """The stretches of the cue's sentence, and of the speaker's words, that are not content."""
    anchor = report.cue or report.source
    if not anchor or not page.sentences:
        return []
    first, last = page.sentence_at(anchor[0][0]), page.sentence_at(anchor[-1][1] - 1)
    start, end = max(first.start, anchor[0][0] - _FAR), min(last.end, anchor[-1][1] + _FAR)
    pieces = []
    for left, right in report.content:
        if left < end and right > start:
            pieces.append((start, left))
            start = right
    return [(a, b) for a, b in (*pieces, (start, end)) if b - a > 3]


def _outlet(own: str | None, kind: str | None, name: str | None) -> str | None:
    if own:
        return own
    if not name:
        return None
    bare = name.strip("\"'“”«»‘’ .")
    words = bare.casefold().split()
    if not words or words[0] in _table("networks") or (len(words) > 1 and words[-1] in _table("networks")):
        return None
    is_one = kind or bare in _known() or bare.casefold().startswith("voice of") or any(w in _table("nouns") for w in words)
    return bare if is_one else None


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    table = vocab.load("en", "outlets")
    nouns = "|".join(table["nouns"])
    own = "|".join(re.escape(words) for words in table["own"])
    name = (
        f"(?:(?P<own>(?i:{own}))\\b|(?:(?:the|a|an|our|its|local|private|state-aligned|Hebrew|Arabic|Turkish|independent|exiled) )*"
        f"(?P<kind>(?:news |press |satellite )?(?:(?:{nouns})(?: of)? )+)?{_MARK}"
        f"(?P<name>{_CAPITAL}(?:(?: {_JOIN})? {_CAPITAL})*(?: (?:news agency|agency|newspaper|radio|television|channel|website|site|magazine)\\b)?){_MARK})"
    )
    return tuple(re.compile(lead.replace("<name>", name)) for lead in table["leads"])


@cache
def _table(key: str) -> frozenset[str]:
    return frozenset(vocab.load("en", "outlets")[key])


@cache
def _known() -> frozenset[str]:
    return _table("known")
