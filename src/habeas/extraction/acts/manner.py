"""How words are reported: as they were spoken, retold, or both."""

from __future__ import annotations

from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.reading import Manner, Spans


def find_manner(page: Page, report: Report) -> Manner:
    """Direct where every word of the content is quoted, indirect where none is. Marks around the cue do not count."""
    quoted = _quoted(page, report)
    inside = outside = 0
    for start, end in report.content:
        for index in page.token_range(start, end):
            token = page.tokens[index]
            if token.text[0].isalnum():
                if any(a <= token.start < b for a, b in quoted):
                    inside += 1
                else:
                    outside += 1
    if not outside and inside:
        return "direct"
    return "mixed" if inside else "indirect"


def _quoted(page: Page, report: Report) -> Spans:
    """Quotations that the content may stand in; one that only closes starts with the content, whatever it runs over."""
    at = report.cue[0][0] if report.cue else (report.source[0][0] if report.source else -1)
    start, end = report.content[0][0], report.content[-1][1]
    found = []
    for quote in page.quotes:
        if quote.start < end and start < quote.end:
            if not quote.start <= at < quote.end:
                found.append((quote.start, quote.end))
            elif not quote.opened and at < start:
                found.append((start, quote.end))
    return tuple(found)
