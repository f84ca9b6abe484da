"""What the judge of claims learns from: the tellings of annotated reports, each with what the gold says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from habeas.extraction.attribution.find import reports_of
from habeas.extraction.attribution.model import find_attributions
from habeas.extraction.custody.find import Told, find_told
from habeas.extraction.read import people_and_statements
from habeas.extraction.references import References
from habeas.extraction.relevance import may_tell
from habeas.extraction.segment import analyse
from habeas.extraction.weighing.judge import pairs_of
from habeas.extraction.weighing.people import Pair
from habeas.extraction.weighing.phrasing import Phrases
from habeas.extraction.weighing.possible import MODALITIES, Possible
from habeas.extraction.weighing.telling import wording

Gold = dict[str, Any]
Key = tuple[str | None, str, str]
RIGHT, WRONG, SPARED = 1, 0, -1
"""A gold claim has it; none has it; only an optional one, which is neither learned from nor counted."""


@dataclass(frozen=True, slots=True)
class Page:
    """One report: its pairs and their wordings, and its gold claims with the ids of the people as they were read."""

    pairs: Sequence[Pair]
    wordings: Sequence[Sequence[str]]  # one a pair
    phrases: Sequence[Sequence[str]]  # one a pair
    gold: Sequence[tuple[Key, str, bool, list[list[int]]]]  # event, modality, optional, evidence

    def labels(self) -> np.ndarray:
        """Whether each pair's person and event are in the gold, however told."""
        return np.array([self.label((pair.person, *pair.telling.event)) for pair in self.pairs], np.int8)

    def told_here(self) -> np.ndarray:
        """Whether the gold has each pair's person and event by evidence in the telling's own sentence."""
        return np.array([self._told_here(pair) for pair in self.pairs], np.int8)

    def _told_here(self, pair: Pair) -> int:
        key, sentence = (pair.person, *pair.telling.event), pair.telling.hit.sentence
        found = [
            spare
            for k, _, spare, evidence in self.gold
            if k == key and any(a < sentence.end and sentence.start < b for a, b in evidence)
        ]
        return WRONG if not found else SPARED if all(found) else RIGHT

    def label(self, key: Key, modality: str | None = None) -> int:
        """What the gold says of a person and event, told so where a modality is given."""
        found = [spare for k, m, spare, _ in self.gold if k == key and modality in (None, m)]
        return WRONG if not found else SPARED if all(found) else RIGHT

    def told(self) -> Iterator[tuple[int, int, float]]:
        """Number of a pair, number of its modality and weight, for every pair in the gold: its own words first."""
        for number, pair in enumerate(self.pairs):
            key, sentence = (pair.person, *pair.telling.event), pair.telling.hit.sentence
            found = [(m, evidence) for k, m, _, evidence in self.gold if k == key]
            here = [m for m, evidence in found if any(a < sentence.end and sentence.start < b for a, b in evidence)]
            if found:
                yield number, MODALITIES.index((here or [found[0][0]])[0]), 1.0 if here else 0.3


def examples(scorer: ModuleType, data: Gold) -> Page:
    """The page of one gold document, read as the reader reads it."""
    told, references, match = told_of(scorer, data)
    gold = [
        ((match.get(c["subject"]), c["kind"], c["phase"]), c["modality"], c["optional"], c["evidence"])
        for c in data["claims"]
        if c["kind"] != "profile"
    ]
    pairs = pairs_of(told, references) if told else []
    if told is None:
        return Page([], [], [], gold)
    phrases, tellings = Phrases(told.setting.scene), {id(pair.telling): pair.telling for pair in pairs}
    words = {key: wording(told.setting.scene, telling) for key, telling in tellings.items()}
    around = {key: phrases.of_telling(telling) for key, telling in tellings.items()}
    return Page(
        pairs,
        [words[id(pair.telling)] for pair in pairs],
        [[*around[id(pair.telling)], *phrases.of_pair(pair.telling, pair.person)] for pair in pairs],
        gold,
    )


def told_of(scorer: ModuleType, data: Gold) -> tuple[Told | None, References, dict[str, str]]:
    """The triggers of one gold document as it is read, its references, and gold entity -> the entity read for it."""
    text = data["text"]
    page = analyse(text)
    reports = reports_of(page, find_attributions(page.text, page.paragraphs))
    entities, statements, references = people_and_statements(page, reports)
    plain = {"entities": [{"id": e.id, "name": e.name, "mentions": [list(m) for m in e.mentions]} for e in entities]}
    match: dict[str, str] = scorer.match_entities(data, plain)
    published = data["document"]["published"]
    told = find_told(page, entities, statements, published=published, resolve=references) if may_tell(text) else None
    return told, references, match


def figures(pages: Sequence[Page], stand: Sequence[Sequence[Possible]]) -> dict[str, float]:
    """Precision, recall and F1 of events, and wrong facts a report, of the claims that stand on each page."""
    right = guessed = asked = invented = 0
    for page, found in zip(pages, stand, strict=True):
        events = {key for key, *_ in page.gold}
        asked += sum(not spare for _, _, spare, _ in page.gold)
        for possible in found:
            key = (possible.person, possible.kind, possible.phase)
            label = page.label(key, possible.modality)
            right += label == RIGHT
            guessed += label != SPARED
            invented += possible.modality == "actual" and key not in events
    p, r = right / max(1, guessed), right / max(1, asked)
    f1 = 2 * p * r / max(1e-9, p + r)
    return {"precision": p, "recall": r, "event F1": f1, "invented per report": invented / max(1, len(pages))}
