"""Whose case a statement concerns: what speaks for each person and group, weighed as `vocab/en/about.toml` has it.

The weights are a logistic regression on annotated reports (`training/reader/about_fit.py`). A statement may be about
somebody of whom too little is told to count as held: "“He is no thief,” said the mother of X".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from math import log1p

from habeas import vocab
from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Member
from habeas.extraction.lexicon import words
from habeas.extraction.reading import Speaker
from habeas.extraction.references import References
from habeas.extraction.references.pronouns import OWNING

_CLIP = 4.0  # a weight of being held farther from 0 than this tells no more
_FAR = 30  # sentences: farther back is no farther

Signs = dict[str, float]


class Concerned:
    """Answers whom statements of one page are about. Built when it is known who speaks and who is held."""

    def __init__(self, references: References) -> None:
        self.references, self.page = references, references.page
        known = references.detained() or references.notes.strong or _field().search(self.page.text)
        people = [m for m in references.cast if m.kind in {"person", "group"} and m.mentions and not m.members]
        self.people = people if known else []
        self.starts = {member.id: sorted(start for start, _ in member.mentions) for member in self.people}
        self.spoken = references.speakers()
        self.itself = self._of_people()

    def by(self, report: Report, speaker: Speaker) -> tuple[str, ...]:
        """Ids of those in detention whom the statement concerns, those whom it names first before the others.

        Whose relative or lawyer speaks, of whom nothing else tells whose they are, it is whom the text is about there.
        """
        worth = weights()
        found = [
            (first, member.id)
            for member, first, signs in self.describe(report, speaker)
            if sum(worth.get(name, 0.0) * value for name, value in signs.items()) > 0
        ]
        if not found and report.content and self._is_of_somebody(report, speaker):
            return self.references.in_focus(report.content[0][0])
        return tuple(entity for _, entity in sorted(found))

    def describe(self, report: Report, speaker: Speaker) -> list[tuple[Member, int, Signs]]:
        """Everybody whom the statement may be about, where it names them first, and what speaks for and against."""
        if not report.content or not self.people:
            return []
        inside, named, meant = self._inside(report)
        held = {entity for entity in inside if self.references.is_held(entity)}
        owner, strange = self._owner(speaker), self._is_of_somebody(report, speaker)
        focus = set(self.references.in_focus(report.content[0][0])) if not held else set()
        found = []
        for member in self.people:
            one = member.id
            in_office = one == speaker.entity and (member.beside or bool(member.roles))
            if in_office and not self.references.is_held(one):
                continue  # a guard speaks of others
            signs = dict(self.itself[one]) | self._place(member, report.content[0][0])
            signs["speaks"] = one in self.spoken and one != speaker.entity
            signs["owner"], signs["owner else"] = one in owner, bool(owner - {one})
            signs["owner unknown"] = strange and not owner and bool(signs["held"])
            other = bool(held - {one})
            if one in inside:
                signs |= {"inside": True, "named": one in named, "meant": one in meant, "other": other}
                signs["named held"] = one in named and bool(signs["held"])
            else:
                signs |= {"outside": other, "other": other, "focus": one in focus and bool(signs["held"])}
            first = inside.get(one, len(self.page.text))
            found.append((member, first, {name: float(value) for name, value in signs.items() if value}))
        return found

    # -- what is looked up once ----------------------------------------------------------------------------------

    def _of_people(self) -> dict[str, Signs]:
        """What speaks for and against each of them, whatever the statement."""
        held = self.references.detained()
        mentions = sum(len(member.mentions) for member in self.people)
        free = [member for member in self.people if not member.beside]
        likeliest = max(free, key=lambda m: self.references.leaning(m.id), default=None)
        found: dict[str, Signs] = {}
        for member in self.people:
            leaning, weight = self.references.leaning(member.id), self.references.weight(member.id)
            is_held = self.references.is_held(member.id)
            found[member.id] = {
                "bias": 1.0,
                "held": float(is_held),
                "claimed": float(is_held and weight <= 0),
                "untold": float(weight < leaning),
                "likely": max(0.0, min(_CLIP, leaning)),
                "unlikely": max(0.0, min(_CLIP, -leaning)),
                "called by name": float(member.named),
                "share": len(member.mentions) / mentions,
                "aged": float(member.age is not None),
                "role": float(bool(member.roles) and not member.beside),
                "kin, free": float(member.kin and not is_held),
                "lawyer, free": float(member.lawyer and not is_held),
                "official, free": float(member.official and not is_held),
                "likeliest": float(member is likeliest),
                "main": float(held[:1] == (member.id,)),
                "nobody held": float(not held),
                "no word": float(not self.references.notes.strong),
            }
        return found

    # -- one statement -------------------------------------------------------------------------------------------

    def _inside(self, report: Report) -> tuple[dict[str, int], set[str], set[str]]:
        """Where the content first means each of those it means; whom of them by a name, whom by a pronoun."""
        found: list[tuple[int, str]] = []
        named: set[str] = set()
        meant: set[str] = set()
        references = self.references
        for start, end in report.content:
            by_name = [(max(span[0], start), one) for span, one in self._spread(references.between(start, end))]
            pronouns = [p for p in references.pronouns.between(start, end) if p.meant]
            by_word = [(p.span[0], one) for p in pronouns for one in references.spread([p.meant or ""])]
            both = references.pronouns.plurals(start, end)
            plurals = [(at, one) for at, ids in both for one in references.spread(ids)]
            named.update(one for _, one in by_name)
            meant.update(one for p in pronouns if p.word not in OWNING for one in references.spread([p.meant or ""]))
            meant.update(one for _, one in plurals)
            found += by_name + by_word + plurals
        return {one: at for at, one in sorted(found, reverse=True)}, named, meant

    def _spread(self, mentions: list[tuple[tuple[int, int], str]]) -> list[tuple[tuple[int, int], str]]:
        return [(span, one) for span, entity in mentions for one in self.references.spread([entity])]

    def _owner(self, speaker: Speaker) -> set[str]:
        """Whom the speaker is of: the lawyer's client, the mother's son."""
        member = self.references.cast.members.get(speaker.entity or "")
        return set(self.references.spread([member.owner])) if member and member.owner else set()

    def _is_of_somebody(self, report: Report, speaker: Speaker) -> bool:
        """Whether a relative, a lawyer or "his defence" speaks, whosever they are."""
        member = self.references.cast.members.get(speaker.entity or "")
        if member is not None and (member.kin or member.lawyer):
            return True
        first = self.page.tokens[self.page.token_index(report.source[0][0])].lower if report.source else ""
        return first in words().possessives

    def _place(self, member: Member, at: int) -> Signs:
        """How far before the statement somebody was last named, or how soon after."""
        starts = self.starts[member.id]
        before = bisect_left(starts, at)
        here = self.page.sentence_index(at)
        if not before:
            soon = self.page.sentence_index(starts[0]) == here
            return {"never": 1.0, "soon": float(soon), "distance": log1p(_FAR)}
        last = self.page.sentence_index(starts[before - 1])
        same = self.page.sentences[last].paragraph == self.page.sentences[here].paragraph
        return {"paragraph": float(same), "distance": log1p(min(here - last, _FAR))}


@cache
def _field() -> re.Pattern[str]:
    """Words without which nothing in a text can be about somebody held."""
    spoken = [*vocab.load("en", "detention")["weak"], *vocab.load("en", "about")["spoken"]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, spoken))})\b", re.IGNORECASE)


@cache
def weights() -> Mapping[str, float]:
    """What each sign is worth; above 0 in sum, a statement is about somebody."""
    found: Mapping[str, float] = vocab.load("en", "about")["about"]
    return found
