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
    at = report.cue[0][0] if report.cue else (report.source[0][0] if report.source else -1)
    start, end = report.content[0][0], report.content[-1][1]
    return tuple((q.start, q.end) for q in page.quotes if q.start < end and start < q.end and not q.start <= at < q.end)
