"""Attributions as the encoder finds them, and reports: source, cue and content before anybody is resolved."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.extraction.reading import Spans


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (`source`), by which words (`cue`), said what (`content`): spans in code points; `score` from 0 to 1.

    Source and cue may be empty, the content never. The score is how likely its words have their roles, over all chains
    of tags.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float


@dataclass(frozen=True, slots=True)
class Report:
    """Words that report speech. `source` is () where nothing names the speaker, `cue` () where only a colon reports."""

    source: Spans
    cue: Spans
    content: Spans
    lemma: str = ""  # base form of the cue verb; the cue's own words where it is no verb
    score: float = 1.0  # the encoder's, from 0 to 1

    @property
    def start(self) -> int:
        """Where the report begins: the first offset of any of its spans."""
        return min(start for start, _ in (*self.source, *self.cue, *self.content))

    @property
    def end(self) -> int:
        """Where the report ends: the last offset of any of its spans."""
        return max(end for _, end in (*self.source, *self.cue, *self.content))
