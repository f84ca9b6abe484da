"""Possible claims: what all pairs of a page say together of one person, event and modality."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from habeas.extraction.reading import Modality
from habeas.extraction.weighing.people import Pair
from habeas.extraction.weighing.telling import Signs
from habeas.extraction.weighing.trees import Floats

MODALITIES: tuple[Modality, ...] = ("actual", "alleged", "planned", "demanded", "denied", "hypothetical")
LEAST = 0.12  # a pair less likely than this makes no claim possible
_SOME, _STRONG = 0.2, 0.5
_UNHEARD = -5.0  # log odds that stand for no words at all
_FROM_TELLING = (
    "place", "narration", "speaker held", "length", "years ago", "long ago", "page.held", "page.old", "page.triggers",
    "page.fiction", "page.labour", "if before", "might before", "will before", "not before", "demand before",
    "doubt before", "past before", "present before", "modality of its own", "nominal", "by a cue",
)  # fmt: skip
_FROM_PAIR = ("share", "main", "weight", "group", "chosen", "left", "right", "absent", "left far")


@dataclass(slots=True)
class Possible:
    """A claim that may stand: whom it concerns, what it is, how it is told, and the pairs it can be drawn from."""

    person: str
    kind: str
    phase: str
    modality: Modality
    pairs: Sequence[int]  # numbers of the pairs for this person and event
    best: int  # the likeliest of them
    signs: Signs = field(default_factory=dict)

    @property
    def lookups(self) -> tuple[str, ...]:
        """What it is looked up by in the tables of what was right before."""
        return f"{self.kind}/{self.phase} {self.modality}", f"{self.kind} {self.modality}"


class Possibilities:
    """All possible claims of one page.

    Of the pairs `chances` are how likely each is, `told` (pairs, modalities) how it is told, `heard` (pairs) the log
    odds of its words.
    """

    def __init__(self, pairs: Sequence[Pair], chances: Floats, told: Floats, heard: Floats) -> None:
        self.pairs, self.chances, self.told, self.heard = pairs, chances, told, heard
        self.rivals: dict[tuple[int, str, str], list[int]] = defaultdict(list)
        self.by_event: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, pair in enumerate(pairs):
            self.by_event[pair.person, *pair.telling.event].append(number)
            self.rivals[pair.telling.number, *pair.telling.event].append(number)
        self.top = {key: max(self.chances[n] for n in numbers) for key, numbers in self.by_event.items()}

    def all(self) -> Iterator[Possible]:
        """Every claim worth weighing, in a fixed order."""
        for (person, kind, phase), numbers in self.by_event.items():
            if self.top[person, kind, phase] < LEAST:
                continue
            best = max(numbers, key=lambda n: float(self.chances[n]))
            for modality in self._modalities(numbers):
                possible = Possible(person, kind, phase, modality, numbers, best)
                possible.signs = self._signs(possible)
                yield possible

    def _modalities(self, numbers: Sequence[int]) -> list[Modality]:
        """How the event may be told: as the rules have it, or as the judge of modality has it."""
        found: dict[Modality, None] = {}
        for n in numbers:
            if self.chances[n] > LEAST:
                found[self.pairs[n].telling.modality] = None
            if self.chances[n] > _SOME:
                found[MODALITIES[int(self.told[n].argmax())]] = None
        return list(found)

    def _signs(self, possible: Possible) -> Signs:
        numbers, best = possible.pairs, possible.best
        pair = self.pairs[best]
        signs = {name: pair.telling.signs.get(name, 0.0) for name in _FROM_TELLING}
        signs |= {name: pair.signs.get(name, 0.0) for name in _FROM_PAIR}
        signs |= {f"told {possible.modality}": 1.0, f"kind {possible.kind}": 1.0, f"phase {possible.phase}": 1.0}
        signs["count"] = len(numbers)
        signs["strong"] = sum(float(self.chances[n]) > _STRONG for n in numbers)
        signs["kept"] = float(any(self.pairs[n].kept for n in numbers))
        return signs | self._of_modality(possible) | self._of_others(possible)

    def _of_modality(self, possible: Possible) -> Signs:
        numbers, best = possible.pairs, possible.best
        at = MODALITIES.index(possible.modality)
        chances = [float(self.chances[n]) for n in numbers]
        told = [float(self.told[n][at]) for n in numbers]
        same = [n for n in numbers if self.pairs[n].telling.modality == possible.modality]
        other = [float(self.chances[n]) for n in numbers if n not in same]
        return {
            "chance": max(chances),
            "chance so told": max((float(self.chances[n]) for n in same), default=0.0),
            "chance told otherwise": max(other, default=0.0),
            "so told": len(same),
            "so told, kept": float(any(self.pairs[n].kept for n in same)),
            "so told at best": float(best in same),
            "modalities": len(Counter(self.pairs[n].telling.modality for n in numbers)),
            "modality at best": float(self.told[best][at]),
            "actual at best": float(self.told[best][0]),
            "modality at most": max(c * t for c, t in zip(chances, told, strict=True)),
            "modality on average": sum(c * t for c, t in zip(chances, told, strict=True))
            / max(1e-9, math.fsum(chances)),
            "both": max((float(self.chances[n] * self.told[n][at]) for n in same), default=0.0),
            "heard": float(self.heard[best]),
            "heard at most": max(float(self.heard[n]) for n in numbers),
            "heard so told": max((float(self.heard[n]) for n in same), default=_UNHEARD),
        }

    def _of_others(self, possible: Possible) -> Signs:
        """Other people at the same trigger and with the same event, and other phases for the same person."""
        person, kind, phase = possible.person, possible.kind, possible.phase
        mine = float(self.top[person, kind, phase])
        beside = [
            float(self.chances[o])
            for o in self.rivals[self.pairs[possible.best].telling.number, kind, phase]
            if self.pairs[o].person != person
        ]
        same_event = [float(c) for (p, k, ph), c in self.top.items() if (k, ph) == (kind, phase) and p != person]
        phases = [float(c) for (p, k, ph), c in self.top.items() if (p, k) == (person, kind) and ph != phase]
        return {
            "another phase": max(phases, default=0.0),
            "rival": max(beside, default=0.0),
            "rivals ahead": sum(chance > mine for chance in beside),
            "ahead on the page": sum(chance > mine for chance in same_event),
            "on the page": sum(chance > 0.4 for chance in same_event) + float(mine > 0.4),
        }


def softmax(scores: Floats) -> Floats:
    """Probabilities of each row."""
    risen = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(risen / risen.sum(axis=1, keepdims=True), np.float32)
