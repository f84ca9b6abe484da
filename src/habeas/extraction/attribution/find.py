"""Reports from what the encoder sees: its spans, mended, with the verb that each cue is."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.extraction.attribution.cues import lemma_of
from habeas.extraction.attribution.mend import mended
from habeas.extraction.attribution.model import Attribution
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page


def reports_of(page: Page, found: Sequence[Attribution]) -> list[Report]:
    """The encoder's attributions as reports, in text order; one without any word of content is left out."""
    reports = (
        Report(one.source, one.cue, mended(page, one.content), lemma_of(page, one.cue), one.score) for one in found
    )
    return sorted((report for report in reports if report.content), key=lambda report: (report.start, report.end))
