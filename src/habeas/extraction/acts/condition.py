"""The condition that a warning, a threat or a promise hangs on: "unless he is moved", "if the order is renewed"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from habeas import vocab
from habeas.extraction.acts.find import expanded
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.reading import Span

_SHORTEST = 6  # code points: no condition is shorter


def find_condition(page: Page, report: Report, acts: Iterable[str]) -> Span | None:
    """The clause that a warning, threat or promise hangs on; None for other acts or where there is none."""
    places = list(_places(page, report))
    if not _conditional().isdisjoint(acts) or (
        _told().intersection(acts) and any(_foretells(page, *at) for at in places)
    ):
        for pattern in _patterns():
            found = (pattern.search(page.text, *span) for span in places)
            if match := next(filter(None, found), None):
                return match.span("clause")
    return None


def _places(page: Page, report: Report) -> Iterable[Span]:
    """Where the clause may stand: in the content, else before the cue in its sentence ("If he dies, they say, …")."""
    yield from report.content
    if report.cue and page.sentences:
        start = page.sentence_at(report.cue[0][0]).start
        if report.start - start > _SHORTEST:
            yield start, report.start


def _foretells(page: Page, start: int, end: int) -> bool:
    """Whether the words tell what will come if something else does: "could lock her up again if it wins"."""
    return _foretelling().search(page.text, start, end) is not None


@cache
def _told() -> frozenset[str]:
    return frozenset(vocab.load("en", "acts_condition")["told"])


@cache
def _foretelling() -> re.Pattern[str]:
    return re.compile(vocab.load("en", "acts_condition")["foretelling"], re.IGNORECASE)


@cache
def _conditional() -> frozenset[str]:
    return frozenset(vocab.load("en", "acts_condition")["acts"])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What a threat answers ("any harm"), then the clauses with "if" and its like."""
    written = (vocab.load("en", "acts_condition")[key] for key in ("answers", "clause"))
    blocks = vocab.load("en", "acts")["blocks"]
    return tuple(re.compile(expanded(blocks, one), re.IGNORECASE) for one in written)
