"""To whom it is done: who is blamed, condemned, threatened, asked, thanked (READING, `target`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from habeas import vocab
from habeas.extraction.acts.find import expanded, is_authority
from habeas.extraction.attribution.cues import addressee_of
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Cast
from habeas.extraction.document import Page
from habeas.extraction.entities.states import acting
from habeas.extraction.reading import Span, Speaker
from habeas.extraction.references.find import References

_HELD_PRONOUN = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)
_MEANT = re.compile(
    r"\w+|(?:both|all|the|these|those)(?: of)?(?: (?:two|three|four|five|pair|latter|them|men|women))+", re.IGNORECASE
)
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)
_OF_HOLDERS = frozenset(["demand", "hold_responsible"])
_COURT = frozenset(["court", "tribunal", "bench", "chamber"])
_HEARS = 3  # sentences: a court is pleaded before that was named so shortly before
_LEAD = re.compile(r"^(?:\s|[\"“”«»‘’:,]|(?:that|to that)\s)*")


class Targets:
    """Finds the target of each statement on a page."""

    def __init__(self, page: Page, cast: Cast, references: References) -> None:
        self.page, self.cast, self.references = page, cast, references

    def find(self, report: Report, speaker: Speaker, acts: tuple[str, ...], who: str) -> str | None:
        """Id of the entity that the acts are done to, the main one's first; None where nothing tells."""
        for act in acts:
            if act in _patterns():
                found = self._named(report, act, speaker, who) or self._meant(report, act, speaker, who)
                if found:
                    return found
        return None

    def _named(self, report: Report, act: str, speaker: Speaker, who: str) -> str | None:
        """Whoever a pattern of this act points at."""
        for span, last in self._pointed_at(report, act):
            found = self._named_in(span, last)
            if found and found != speaker.entity and self._may_be(found, act, who):
                return acting(self.cast, self.cast.members[found]).id
        return None

    def _may_be(self, entity: str, act: str, who: str) -> bool:
        """Whether this act may be done to an entity: nobody but who holds them blames those who are held for it."""
        if act == "condemn":
            return self._does(entity)
        return act not in _OF_HOLDERS or is_authority(who) or not self.references.is_held(entity)

    def _named_in(self, span: Span, last: bool) -> str | None:
        """The first or last name in a phrase that does not only own something; whom it means where it has none."""
        names = [pair for pair in self.references.between(*span) if not self._owns(pair[0])]
        if names:
            return names[-1][1] if last else names[0][1]
        return next(iter(self.references.meaning(*span)), None) if _MEANT.fullmatch(self.page.text, *span) else None

    def _owns(self, span: Span) -> bool:
        return self.page.text[span[1] : span[1] + 2] in {"'s", "’s", "s'", "s’"}

    def _pointed_at(self, report: Report, act: str) -> Iterator[tuple[Span, bool]]:
        """Phrases that name the target, and whether it is the last name in them."""
        for pattern in _patterns()[act]:
            for start, end in report.content:
                text = self.page.text[start:end]
                lead = _LEAD.match(text)
                at = lead.end() if lead else 0
                match = pattern.search(text[at:])
                if match:
                    group = "subject" if "subject" in match.groupdict() else "who"
                    yield (start + at + match.start(group), start + at + match.end(group)), group == "subject"

    def _meant(self, report: Report, act: str, speaker: Speaker, who: str) -> str | None:
        """Whoever the act must mean where no pattern points: the one told, the one accused of doing it."""
        if act in {"demand", "appeal", "threaten", "propose"}:
            told = addressee_of(self.page, report)
            if told and told[1] <= report.content[0][0]:
                return next((i for i in self.references.meaning(*told) if i != speaker.entity), None)
            return self._court(report, speaker) if act == "demand" else None
        if act == "accuse" and is_authority(who):
            return self._held(report, speaker)
        if act in {"accuse", "condemn", "hold_responsible"}:
            return self._doer(report, speaker)
        return None

    def _court(self, report: Report, speaker: Speaker) -> str | None:
        """The court named last before somebody who pleads in one asks for something, and names nobody to ask it of."""
        if not report.source or not set((speaker.role or "").lower().split()) & _pleading():
            return None
        here = self.page.sentence_index(report.start)
        start = self.page.sentences[max(0, here - _HEARS)].start
        for _, entity in reversed(self.references.between(start, report.start)):
            member = self.cast.members[entity]
            if member.kind == "organisation" and _COURT & set(member.name.lower().split()):
                return entity
        return None

    def _held(self, report: Report, speaker: Speaker) -> str | None:
        """Whom an authority speaks against: somebody held, by name, else by a pronoun."""
        for start, end in report.content:
            for _, entity in self.references.between(start, end):
                if self.references.is_held(entity) and entity != speaker.entity:
                    return entity
        start, end = report.content[0]
        if not _HELD_PRONOUN.search(self.page.text, start, end):
            return None
        return next((entity for entity in self.references.in_focus(start) if entity != speaker.entity), None)

    def _doer(self, report: Report, speaker: Speaker) -> str | None:
        """Who did what is complained of: the authority in what is said, or whom "they" means if that is one."""
        for start, end in report.content:
            they = _THEY.search(self.page.text, start, end)
            named = [entity for _, entity in self.references.between(start, end)]
            for entity in (*named, *(self.references.meaning(*they.span()) if they else ())):
                if entity != speaker.entity and not self.references.is_held(entity) and self._does(entity):
                    return entity
        return None

    def _does(self, entity: str) -> bool:
        member = self.cast.members[entity]
        return member.kind in {"organisation", "group", "person"} and is_authority(member.name)


@cache
def _pleading() -> frozenset[str]:
    return frozenset(vocab.load("en", "acts_targets")["pleading"])


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    blocks = vocab.load("en", "acts")["blocks"]
    return {
        act: tuple(re.compile(expanded(blocks, pattern), re.IGNORECASE) for pattern in patterns)
        for act, patterns in vocab.load("en", "acts_targets")["targets"].items()
    }
