"""The learned judge of claims, from the file of weights in the package.

Four small models: a logistic regression on the words around a trigger and a person that hears whether they belong
together; trees that tell with it how likely it is that the telling concerns the person; a logistic regression on the
words of a telling for how its event is told; and trees that weigh what all tellings say together of one claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from habeas.extraction.custody.find import Told
from habeas.extraction.custody.scene import Scene
from habeas.extraction.references import References
from habeas.extraction.weighing.people import Pair, People
from habeas.extraction.weighing.phrasing import Phrases, Phrasing
from habeas.extraction.weighing.possible import LEAST, MODALITIES, Possibilities, Possible, softmax
from habeas.extraction.weighing.telling import Signs, Telling, tellings, wording
from habeas.extraction.weighing.trees import Floats, Trees, table, written

BAR_PLAIN = 0.45  # of what the rules draft from a page of one sentence
BAR_OWN = 0.7  # of the event of a decision that the rules draft, where its words leave no modality open
DECIDED = frozenset([("release", "promised"), ("release", "refused"), ("release", "ordered")])

WEIGHTS = Path(__file__).with_name("weights") / "claims.npz"


@dataclass(frozen=True, slots=True)
class Record:
    """How often something was right in annotated reports: a rate drawn towards the whole, and how much is known."""

    rates: Mapping[str, tuple[float, float]]
    whole: float

    def signs(self, lookups: Sequence[str]) -> Signs:
        """A rate and a weight for each key."""
        out: Signs = {}
        for number, key in enumerate(lookups):
            out[f"rate {number}"], out[f"known {number}"] = self.rates.get(key, (self.whole, 0.0))
        return out


@dataclass(frozen=True, slots=True)
class Modes:
    """The judge of modality: what each sign of the wording is worth for each modality."""

    worth: Mapping[str, Floats]
    base: Floats

    def chances(self, wordings: Sequence[Sequence[str]]) -> Floats:
        """Probabilities of the modalities, a row a telling."""
        scores = np.tile(self.base, (len(wordings), 1))
        for row, signs in enumerate(wordings):
            for sign in signs:
                found = self.worth.get(sign)
                if found is not None:
                    scores[row] += found
        return softmax(scores) if len(wordings) else scores


@dataclass(frozen=True, slots=True)
class Judge:
    """All that was learned, and from which probability on a claim stands."""

    phrasing: Phrasing
    pairs: Trees
    pair_record: Record
    modes: Modes
    claims: Trees  # whether a claim is right as it is told
    claim_record: Record
    events: Trees  # whether its event is told of the person at all, in whatever way
    event_record: Record
    bar_actual: float
    price: float  # of a fact that is in no way told of the person, beside a claim that is missed
    bar_other: float

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Judge:
        """The judge in a file of weights. Raises OSError or KeyError where it is missing or broken."""
        with np.load(path) as file:
            arrays = dict(file)
        heard = zip(arrays["phrasing.names"].tolist(), arrays["phrasing.worth"].tolist(), strict=True)
        words = zip(arrays["modes.names"].tolist(), arrays["modes.worth"].astype(np.float32), strict=True)
        return cls(
            Phrasing(dict(heard), float(arrays["phrasing.base"])),
            Trees.of(arrays, "pairs"),
            _record(arrays, "pairs"),
            Modes(dict(words), arrays["modes.base"].astype(np.float32)),
            Trees.of(arrays, "claims"),
            _record(arrays, "claims"),
            Trees.of(arrays, "events"),
            _record(arrays, "events"),
            *(float(bar) for bar in arrays["bars"]),
        )

    def stands(self, possible: Possible, chance: float, event: float, *, plain: bool = False) -> bool:
        """Whether a claim stands: a fact has to be worth the risk that nothing of it is told of the person.

        `plain`: the page is one sentence, which holds nothing to weigh a draft of the rules against.
        """
        if plain and possible.signs.get("so told, kept") and min(chance, event) >= BAR_PLAIN:
            return True
        if _is_decided(possible) and event >= BAR_OWN:
            return True
        if possible.modality == "actual":
            return chance - self.bar_actual >= self.price * (1 - event)
        return chance >= self.bar_other

    def weigh(self, told: Told, references: References) -> Weighed:
        """Every possible claim of a page with its probability, from 0 to 1."""
        pairs = pairs_of(told, references)
        heard = self._heard(told.setting.scene, pairs)
        chances = likelihoods(self.pairs, self.pair_record, pairs, heard)
        modes = self._modes(told.setting.scene, pairs, chances)
        possible = list(Possibilities(pairs, chances, modes, heard).all())
        claims = likely(self.claims, self.claim_record, possible)
        return Weighed(pairs, chances, possible, claims, likely(self.events, self.event_record, possible))

    def _heard(self, scene: Scene, pairs: Sequence[Pair]) -> Floats:
        """The log odds of each pair by its words alone, (pairs)."""
        phrases, of_telling = Phrases(scene), dict[int, float]()
        found = np.full(len(pairs), self.phrasing.base, np.float32)
        for number, pair in enumerate(pairs):
            telling = pair.telling
            if id(telling) not in of_telling:
                of_telling[id(telling)] = self.phrasing.score(phrases.of_telling(telling))
            found[number] += of_telling[id(telling)] + self.phrasing.score(phrases.of_pair(telling, pair.person))
        return found

    def _modes(self, scene: Scene, pairs: Sequence[Pair], chances: Floats) -> Floats:
        """How each pair's telling is told, (pairs, modalities); rows of pairs too unlikely to matter are 0."""
        told: dict[int, Telling] = {}
        for pair, chance in zip(pairs, chances, strict=True):
            if chance >= LEAST:
                told[id(pair.telling)] = pair.telling
        rows = self.modes.chances([wording(scene, telling) for telling in told.values()])
        place = {key: number for number, key in enumerate(told)}
        found = np.zeros((len(pairs), len(MODALITIES)), np.float32)
        for number, pair in enumerate(pairs):
            if id(pair.telling) in place:
                found[number] = rows[place[id(pair.telling)]]
        return found


@dataclass(frozen=True, slots=True)
class Weighed:
    """The pairs of a page and its possible claims, with their probabilities."""

    pairs: Sequence[Pair]
    pair_chances: Floats
    possible: Sequence[Possible]
    chances: Floats  # of the possible claims
    events: Floats  # of their events, in whatever way they are told


def _is_decided(possible: Possible) -> bool:
    """Whether the rules draft a decision from words that tell it as done themselves: "agreed to release X".

    The modality of what is decided, which is still to come, is not that of the decision.
    """
    own = possible.signs.get("modality of its own") and possible.signs.get("so told, kept")
    return bool(own) and possible.modality == "actual" and (possible.kind, possible.phase) in DECIDED


def likely(trees: Trees, record: Record, possible: Sequence[Possible]) -> Floats:
    """The probability of each possible claim."""
    return trees.chances(table([p.signs | record.signs(p.lookups) for p in possible], trees.names))


def pairs_of(told: Told, references: References) -> list[Pair]:
    """Every telling of a page with everybody whom it may concern."""
    found = tellings(told)
    people = People(told, references, found)
    return [pair for telling in found for pair in people.pairs(telling)]


def likelihoods(trees: Trees, record: Record, pairs: Sequence[Pair], heard: Floats) -> Floats:
    """The probability of each pair, (pairs), from its signs, what is known of its trigger, and its words."""
    shared: dict[tuple[int, bool], int] = {}  # of everybody whom a telling may concern: written once
    of_telling: list[Signs] = []
    for pair in pairs:
        if shared.setdefault((id(pair.telling), pair.kept), len(of_telling)) == len(of_telling):
            of_telling.append(pair.telling.signs | record.signs(lookups(pair)))
    rows = table(of_telling, trees.names)[[shared[id(pair.telling), pair.kept] for pair in pairs]]
    own = [pair.signs | {"heard": float(odds)} for pair, odds in zip(pairs, heard, strict=True)]
    return trees.chances(written(rows, own, trees.names))


def lookups(pair: Pair) -> tuple[str, ...]:
    """What a pair is looked up by in the tables of what was right before."""
    telling = pair.telling
    event, by_rules = f"{telling.kind}/{telling.phase}", "kept" if pair.kept else "not kept"
    return (
        f"{telling.trigger} {by_rules}",
        f"{telling.trigger} {event} {telling.modality}",
        f"{event} {by_rules}",
    )


@cache
def default_judge() -> Judge:
    """The judge whose weights are in the package, loaded once."""
    return Judge.load()


def _record(arrays: Mapping[str, Any], which: str) -> Record:
    keys, rates = arrays[f"{which}.keys"].tolist(), arrays[f"{which}.rates"].tolist()
    return Record(
        {key: (rate, known) for key, (rate, known) in zip(keys, rates, strict=True)}, float(arrays[f"{which}.whole"])
    )
