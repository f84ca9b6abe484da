"""Reports from what the encoder sees: its spans, mended, with the verb that each cue is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.extraction.attribution.cues import lemma_of
from habeas.extraction.attribution.mend import blamed, mended
from habeas.extraction.attribution.reports import Attribution, Report
from habeas.extraction.document import Page

_WORD = re.compile(r"\w")


def reports_of(page: Page, found: Sequence[Attribution]) -> list[Report]:
    """The encoder's attributions as reports, in text order; one without any word of content is left out.

    A colon or dash that reports ("Name: …") is no cue: READING.md has () there.
    """
    found = blamed(page, found)
    cues = [tuple(span for span in one.cue if _WORD.search(page.text, *span)) for one in found]
    reports = (
        Report(one.source, cue, mended(page, one.content), lemma_of(page, cue), one.score)
        for one, cue in zip(found, cues, strict=True)
    )
    return sorted((report for report in reports if report.content), key=lambda report: (report.start, report.end))
