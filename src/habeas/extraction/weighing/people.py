"""Whom a telling may concern, and the signs that it concerns each of them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from habeas.extraction.cast import Member
from habeas.extraction.custody.find import Told
from habeas.extraction.custody.hits import Hit
from habeas.extraction.custody.scene import Candidate, Scene
from habeas.extraction.custody.subjects import of_some
from habeas.extraction.custody.words import words
from habeas.extraction.lexicon import words as clause_words
from habeas.extraction.references import References
from habeas.extraction.references.pronouns import SINGULAR, SUBJECTS
from habeas.extraction.weighing.telling import Signs, Telling

_VERBAL = re.compile(
    r"\b(?:who|which|that|said|says|told|was|were|is|are|has|have|had|will|would|after|because|while|when|but|if|"
    r"since|until|before|where|as)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"(?<!for)(?<!to)(?<!by)\s(?:him|her|them)\b", re.IGNORECASE)
_BAR = re.compile(r"[;:]")
_CROWD = 16  # people of two sentences, from which on only the nearest are weighed
_NEAR = 50  # signs between a name and a trigger whose subject it opens
_MOST = 3  # of the people held, the most prominent ones may be meant anywhere


_OF_THE_WORDS = frozenset({"within", "adjacent", "object"})  # "the isolated prisoners", "200 people are still held"


@dataclass(frozen=True, slots=True)
class Pair:
    """A telling and somebody it may concern."""

    telling: Telling
    person: str
    signs: Signs

    @property
    def kept(self) -> bool:
        """Whether the rules draft this very claim."""
        return self.person in self.telling.kept


class People:
    """Makes the pairs of one page."""

    def __init__(self, told: Told, references: References, found: Sequence[Telling]) -> None:
        self.told = told
        self.scene: Scene = told.setting.scene
        self.references = references
        self.given = Counter((p, *telling.event) for telling in found for p in telling.kept)
        self.given_kind = Counter((p, telling.kind) for telling in found for p in telling.kept)
        self.given_any = Counter(p for telling in found for p in telling.kept)
        self.share = _shares(self.scene, references)
        self._around: dict[int, tuple[str, ...]] = {}
        self._ends = sorted((last, first, e.id) for e in self.scene.entities.values() for first, last in e.mentions)

    def pairs(self, telling: Telling) -> list[Pair]:
        """A pair for everybody whom the telling may concern."""
        return [Pair(telling, person, self._signs(telling, person)) for person in self._who(telling)]

    def _who(self, telling: Telling) -> list[str]:
        """Whom a telling may concern. What the words themselves tell of a group is never told of somebody in it."""
        if telling.how in _OF_THE_WORDS and telling.chosen and all(map(self._is_group, telling.chosen)):
            return list(telling.chosen)
        said = telling.said
        ids = dict.fromkeys((*telling.chosen, *telling.kept, *self._nearest(telling.hit)))
        ids.update(dict.fromkeys((*telling.focus, *self.references.in_focus(telling.hit.span[0]))))
        if said:
            ids.update(dict.fromkeys((*said.about, *filter(None, [said.speaker.entity]))))
        entities = self.scene.entities
        ids.pop(self._owner(telling.hit), None)
        clause = self.told.setting.clause(telling.hit)
        ids = {i: None for i in ids if i in telling.chosen or clause.may_mean(i)}
        gender = self._gender(telling.hit)
        ids = {i: None for i in ids if i not in entities or self.references.cast.members[i].fits(gender)}
        kinds = ("group",) if of_some(self.scene, telling.hit.sentence, telling.hit.span) else ("person", "group")
        return [i for i in ids if i in entities and entities[i].kind in kinds]

    def _gender(self, hit: Hit) -> str | None:
        """The gender of the pronoun whose verb a trigger is: "She [was let go]"; None where it is no pronoun's."""
        page = self.scene.page
        at = page.token_index(hit.span[0]) - 1
        if hit.trigger.who[0] == "object" or _OBJECT.match(self.scene.text, hit.span[1]):
            return None  # "She sentenced him"
        while at > 0 and page.tokens[at].lower in clause_words().adverbs | clause_words().auxiliaries:
            at -= 1
        return SINGULAR.get(page.tokens[at].lower) if page.tokens[at].lower in SUBJECTS else None

    def _owner(self, hit: Hit) -> str:
        """Who stands before a trigger only to tell whose relative somebody is, "the brother of X was …"; or ""."""
        start, text = hit.span[0], self.scene.text
        near = slice(bisect_left(self._ends, (start - _NEAR,)), bisect_left(self._ends, (start + 1,)))
        for last, first, name in self._ends[near]:
            between = words().tied_after.fullmatch(text, last, start)
            if between and (between["tie"] or words().tied_before.search(text[max(0, first - 60) : first])):
                return name
        return ""

    def _is_group(self, entity: str) -> bool:
        found = self.scene.entities.get(entity)
        return found is not None and found.kind == "group"

    def _nearest(self, hit: Hit) -> Sequence[str]:
        """Who is beside a trigger; in a crowd those named nearest to it, so that a list of hundreds stays readable."""
        beside = self._beside(hit.sentence.start)
        if len(beside) <= _CROWD:
            return beside
        by_distance = sorted(hit.sentence.people, key=lambda person: abs(person.start - hit.span[0]))
        return tuple(dict.fromkeys(i for person in by_distance for i in person.ids))[:_CROWD]

    def _beside(self, start: int) -> tuple[str, ...]:
        """Who is meant in the sentence that begins at `start` and in the one before, and who is held above all."""
        if start not in self._around:
            number = self.scene.page.sentence_index(start)
            sentence = self.scene.sentences[number]
            near = self.scene.sentences[max(0, number - 1)].people
            ids = [i for candidate in (*sentence.people, *near) for i in candidate.ids]
            ids += self.references.meant_in(sentence.start, sentence.end)
            self._around[start] = tuple(dict.fromkeys((*ids, *self.references.detained()[:_MOST])))
        return self._around[start]

    def _signs(self, telling: Telling, person: str) -> Signs:
        signs = self._choice(telling, person) | self._itself(person) | self._others(telling, person)
        people = telling.hit.sentence.people
        start, end = telling.hit.span
        mine = [c for c in people if person in c.ids]
        left = [c for c in mine if c.end <= start]
        right = [c for c in mine if c.start >= end]
        if left:
            signs |= self._beyond("left", telling, left[-1], (left[-1].end, start))
        if right:
            signs |= self._beyond("right", telling, right[0], (end, right[0].start))
        if len(mine) > len(left) + len(right):
            signs["within"] = 1.0
        if not mine:
            signs |= self._absent(telling, person)
        elif all(set(c.ids) <= {person} for c in people):
            signs["alone"] = 1.0
        return signs

    def _choice(self, telling: Telling, person: str) -> Signs:
        """What the rules say."""
        if person in telling.kept:
            signs = {"kept": 1.0, f"kept {telling.how}": 1.0, "kept with": min(4.0, len(telling.kept))}
        elif person in telling.chosen:
            signs = {"chosen, not kept": 1.0}
        else:
            signs = {"another chosen" if telling.chosen else "nobody chosen": 1.0}
        signs["chosen"] = float(person in telling.chosen)
        signs["in focus"] = float(person in telling.focus)
        said = telling.said
        if said:
            signs["speaker"] = float(said.speaker.entity == person)
            signs["about"] = float(person in said.about)
            signs["target"] = float(said.target == person)
        return signs

    def _itself(self, person: str) -> Signs:
        member: Member = self.references.cast.members[person]
        held = self.references.detained()
        return {
            "group": float(member.kind == "group"),
            "held": float(self.references.is_held(person)),
            "weight": max(-2.0, min(4.0, self.references.weight(person))) / 2,
            "named": float(member.named),
            "kin": float(member.kin),
            "lawyer": float(member.lawyer),
            "official": float(member.official),
            "sums": float(member.sums),
            "owned": float(member.owner is not None),
            "share": self.share.get(person, 0.0),
            "main": float(held[:1] == (person,)),
        }

    def _others(self, telling: Telling, person: str) -> Signs:
        """What the rules tell of the person elsewhere."""
        return {
            "given": math.log1p(self.given[person, *telling.event]),
            "given kind": math.log1p(self.given_kind[person, telling.kind]),
            "given any": math.log1p(self.given_any[person]),
        }

    def _beyond(self, side: str, telling: Telling, candidate: Candidate, gap: tuple[int, int]) -> Signs:
        """A mention before or after the trigger, with what stands between."""
        between = self.scene.text[slice(*gap)]
        count = len(between.split())
        others = sum(gap[0] <= c.start and c.end <= gap[1] for c in telling.hit.sentence.people)
        return {
            side: 1.0,
            f"{side} far": min(3.0, count / 8),
            f"{side} near": float(count <= 2),
            f"{side} others": min(3.0, others),
            f"{side} bar": float(bool(_BAR.search(between))),
            f"{side} comma": float("," in between),
            f"{side} verb": float(bool(_VERBAL.search(between))),
            f"{side} opens": float(candidate.start - telling.hit.sentence.start < 6),
            f"{side} named": float(candidate.named),
            f"{side} possessive": float(candidate.possessive),
            f"{side} modifier": float(candidate.modifier),
            f"{side} oblique": float(candidate.oblique),
            f"{side} cited": float(candidate.cited),
            f"{side} group": float(candidate.group),
        }

    def _absent(self, telling: Telling, person: str) -> Signs:
        number = self.scene.page.sentence_index(telling.hit.sentence.start)
        before = self.scene.sentences[max(0, number - 1)].people
        return {
            "absent": 1.0,
            "absent, before": float(any(person in c.ids for c in before)),
            "absent, nobody": float(not any(c.ids for c in telling.hit.sentence.people)),
        }


def _shares(scene: Scene, references: References) -> dict[str, float]:
    """How much of all mentions and pronouns for people is each one's."""
    counts = Counter(place.member.id for place in references.places)
    total = sum(counts[i] for i in scene.entities) or 1
    return {i: counts[i] / total for i in scene.entities}
