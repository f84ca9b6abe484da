"""What is done by saying it, to whom, and on what condition (READING.md, acts, target, condition)."""

from __future__ import annotations

from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.reading import Span


def find_acts(page: Page, report: Report) -> tuple[str, ...]:
    """The acts of a report, the main one first; never empty."""
    return (report.act,)


def find_condition(page: Page, report: Report, acts: tuple[str, ...]) -> Span | None:
    """The clause that a warning, threat or promise hangs on; None for other acts or where there is none."""
    return None
