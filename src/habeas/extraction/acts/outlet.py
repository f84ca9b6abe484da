"""The news outlet that a statement was made to: "in exclusive statements to Ma'an"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from habeas import vocab
from habeas.extraction.acts.find import is_authority, is_beside
from habeas.extraction.attribution.reports import Report
from habeas.extraction.document import Page
from habeas.extraction.reading import Span, Speaker
from habeas.extraction.references.find import References

_MARK = "[\"'“”«»‘’]?"
_CAPITAL = r"[^\W\d_a-z][\w'’.\-/]*[\w]"
_JOIN = r"(?:of|de|del|la|le|al|and)"
_SPACE = re.compile(" ")
_QUOTES = "\"'“”«»‘’ ."
_SHORTEST = 3
_FAR = 160  # code points: a lead farther from its cue speaks of something else


class Outlets:
    """Finds the outlet of each statement on a page, in text order."""

    def __init__(self, page: Page, references: References, reports: Sequence[Report]) -> None:
        self.page, self.references = page, references
        self.cues = sorted(span for report in reports for span in report.cue[:1])
        self.last: tuple[int, str, str] | None = None  # paragraph, speaker and outlet of the statement before

    def find(self, report: Report, speaker: Speaker) -> str | None:
        """The outlet as the text has it, without article, kind and quotation marks; None where none is named.

        Social networks are none. Looked for beside the cue, not in what is said; what the same speaker goes on to say
        in the same paragraph was said to the same outlet.
        """
        paragraph = self.page.sentence_at(report.start).paragraph
        found = self._beside(report) or self._gone_on(paragraph, speaker)
        self.last = (paragraph, speaker.entity, found) if found and speaker.entity else None
        return found

    def _gone_on(self, paragraph: int, speaker: Speaker) -> str | None:
        if self.last and self.last[1] == speaker.entity and paragraph == self.last[0]:
            return self.last[2]
        return None

    def _beside(self, report: Report) -> str | None:
        for start, end in self._stretches(report):
            for lead, sure in _leads():
                for match in lead.finditer(self.page.text, start, end):
                    name = self._outlet(match, sure)
                    if name:
                        return name
        return None

    def _stretches(self, report: Report) -> list[Span]:
        """The parts of the cue's sentence that are not content, up to the cues of others."""
        anchor = report.cue or report.source
        if not anchor:
            return []
        first, last = self.page.sentence_at(anchor[0][0]), self.page.sentence_at(anchor[-1][1] - 1)
        at = bisect_left(self.cues, anchor[0])
        before = self.cues[at - 1][1] if at else 0
        after = next((cue[0] for cue in self.cues[at:] if cue[0] >= anchor[-1][1]), len(self.page.text))
        start, end = max(first.start, before, anchor[0][0] - _FAR), min(last.end, after, anchor[-1][1] + _FAR)
        pieces = []
        for left, right in report.content:
            if left < end and right > start:
                pieces.append((start, left))
                start = right
        return [(a, b) for a, b in (*pieces, (start, end)) if b - a > _SHORTEST]

    def _outlet(self, match: re.Match[str], sure: bool) -> str | None:
        if match["own"]:
            return match["own"]
        bare = match["name"].strip(_QUOTES)
        words = bare.casefold().split()
        if words[0] in _table("networks") or (len(words) > 1 and words[-1] in _table("networks")):
            return None
        known = match["kind"] or bare in _known() or any(word in _table("nouns") for word in words)
        return bare if known or (sure and self._may_be(match.span("name"), bare)) else None

    def _may_be(self, span: Span, bare: str) -> bool:
        """Whether a name that no list has may be an outlet's: no person's, place's, authority's or rights group's."""
        kinds = {self.references.cast.members[entity].kind for _, entity in self.references.between(*span)}
        return kinds <= {"organisation"} and not is_authority(bare) and not is_beside(bare)


@cache
def _leads() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Each pattern, and whether it leads to nothing but outlets."""
    table = vocab.load("en", "outlets")
    nouns = "|".join(table["nouns"])
    own = "|".join(table["own"])
    name = (
        f"(?:(?P<own>(?i:{own}))\\b|(?:(?:{'|'.join(table['before'])}) )*"
        f"(?P<kind>(?:news |press |satellite )?(?:(?:{nouns})(?: of)? )+)?{_MARK}"
        f"(?P<name>{_CAPITAL}(?:(?: {_JOIN})? {_CAPITAL})*(?: (?:{'|'.join(table['after'])})\\b)?){_MARK})"
    )
    return tuple(
        (re.compile(_SPACE.sub(r"\\s+", lead["words"].replace("<name>", name))), lead.get("sure", False))
        for lead in table["leads"]
    )


@cache
def _table(key: str) -> frozenset[str]:
    return frozenset(vocab.load("en", "outlets")[key])


@cache
def _known() -> frozenset[str]:
    return _table("known")
