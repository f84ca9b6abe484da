"""To whom it is done: who is blamed, condemned, threatened, asked, thanked (READING, `target`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from habeas import vocab
from habeas.extraction.acts import expanded, is_authority
from habeas.extraction.attribution.cues import addressee_of
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Cast
from habeas.extraction.document import Page
from habeas.extraction.reading import Span, Speaker
from habeas.extraction.references import References

_HELD_PRONOUN = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)
_LEAD = re.compile(r"^(?:\s|[\"“”«»‘’:,]|(?:that|to that)\s)*")


class Targets:
    """Finds the target of each statement on a page."""

    def __init__(self, page: Page, cast: Cast, references: References) -> None:
        self.page, self.cast, self.references = page, cast, references

    def find(self, report: Report, speaker: Speaker, acts: tuple[str, ...], who: str) -> str | None:
        """Id of the entity that the acts are done to, the main one's first; None where there is none or nothing tells."""
        for act in acts:
            if act in _patterns():
                found = self._named(report, act, speaker) or self._meant(report, act, speaker, who)
                if found:
                    return found
        return None

    def _named(self, report: Report, act: str, speaker: Speaker) -> str | None:
        """Whoever a pattern of this act points at."""
        for span in self._pointed_at(report, act):
            for entity in self.references.meaning(*span):
                if entity != speaker.entity:
                    return entity
        return None

    def _pointed_at(self, report: Report, act: str) -> Iterator[Span]:
        for pattern in _patterns()[act]:
            for start, end in report.content:
                text = self.page.text[start:end]
                lead = _LEAD.match(text)
                at = lead.end() if lead else 0
                match = pattern.search(text[at:])
                if match:
                    yield start + at + match.start("who"), start + at + match.end("who")

    def _meant(self, report: Report, act: str, speaker: Speaker, who: str) -> str | None:
        """Whoever the act must mean where no pattern points: the one told, the one accused of doing it."""
        if act in {"demand", "appeal", "threaten"}:
            told = addressee_of(self.page, report)
            if told and told[1] <= report.content[0][0]:
                return next((i for i in self.references.meaning(*told) if i != speaker.entity), None)
            return None
        if act == "accuse" and is_authority(who):
            return self._held(report, speaker)
        if act in {"accuse", "condemn", "hold_responsible"}:
            return self._doer(report, speaker)
        return None

    def _held(self, report: Report, speaker: Speaker) -> str | None:
        """Whom an authority speaks against: somebody held."""
        for start, end in report.content:
            for _, entity in self.references.between(start, end):
                if self.references.is_held(entity) and entity != speaker.entity:
                    return entity
            pronoun = _HELD_PRONOUN.search(self.page.text, start, end)
            if pronoun:
                meant = self.references.meaning(*pronoun.span())
                return next((i for i in meant if i != speaker.entity), None)
        return None

    def _doer(self, report: Report, speaker: Speaker) -> str | None:
        """Who did what is complained of: the organisation or group in what is said, or that "they" means."""
        for start, end in report.content:
            for _, entity in self.references.between(start, end):
                member = self.cast.members[entity]
                if entity == speaker.entity or self.references.is_held(entity):
                    continue
                if member.kind in {"organisation", "group"} or member.official:
                    return entity
            they = _THEY.search(self.page.text, start, end)
            if they:
                return next((i for i in self.references.meaning(*they.span()) if i != speaker.entity), None)
        return None


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = vocab.load("en", "acts")
    return {
        act: tuple(re.compile(expanded(table["blocks"], pattern), re.IGNORECASE) for pattern in patterns)
        for act, patterns in table["targets"].items()
    }
