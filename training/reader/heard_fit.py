"""Fits the weights that tell whom "he" means as a source, from annotated reports, and prints them for the vocabulary.

usage: python -m training.reader.heard_fit GOLD.jsonl|FOLDER… --scorer CONTRACT/score_reading.py [--folds 5]

A ranking regression: among the people before each pronoun, the one that gold names shall have the highest score. With
`--folds`, how often it has on documents that it was not fitted to. Paste what is printed into
`src/habeas/vocab/en/speakers.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from habeas.extraction.attribution.reports import Report
from habeas.extraction.cast import Member
from habeas.extraction.entities import find_cast
from habeas.extraction.references import References
from habeas.extraction.references.heard import Heard
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.segment import analyse
from training.reader.acts_dev import gold_reports
from training.reader.entities_dev import load_scorer, plain
from training.reports.gold import Gold, load

RIDGE = 3.0  # pull of every weight towards 0, or what is known of it beforehand
BEFOREHAND = {"voice0_goes_on": 1.0}  # too few reports tell it: "he added" is mostly who spoke last
STEPS = 400
Choice = tuple[list[dict[str, float]], int]  # the features of each candidate, and which one is meant


class Watched(Speakers):
    """Speakers that are told who spoke, and note what each pronoun could have meant."""

    def __init__(self, data: Gold, scorer: Any) -> None:
        self.data, page = data, analyse(data["text"])
        super().__init__(page, find_cast(page), None)  # type: ignore[arg-type]
        self.references = References(page, self.cast)
        self.heard = Heard(page, self.references)
        self.choices: list[Choice] = []
        match = scorer.match_entities(data, {"entities": [plain(member.frozen()) for member in self.cast]})
        self.asked = [
            self.cast.members.get(match.get(s["speaker"]["entity"], ""))
            for s in data["statements"]
            if s["content"]["spans"]
        ]
        self.reports = gold_reports(page, data)

    def _person(self, word: str, at: int, report: Report) -> Member | None:
        asked = self.asked[self.reports.index(report)]
        asked = self.cast.now(asked) if asked is not None else None
        found = self.heard.describe(word, report, self.voices)
        meant = next((n for n, (member, _) in enumerate(found) if member is asked), None)
        if meant is not None and len(found) > 1:
            self.choices.append(([features for _, features in found], meant))
        if asked is not None and asked.id in self.cast.members:
            self.references.settle(at, asked.id)
            return asked
        return super()._person(word, at, report)


def choices(data: Gold, scorer: Any) -> list[Choice]:
    """What each pronoun that is a source in a gold document can mean, and does."""
    watched = Watched(data, scorer)
    watched.all(watched.reports)
    return watched.choices


def fit(found: Sequence[Choice], names: Sequence[str]) -> dict[str, float]:
    """Weights by name of the feature: softmax over the candidates, by gradient descent with momentum."""
    rows = [(_matrix(features, names), meant) for features, meant in found]
    known = np.array([BEFOREHAND.get(name, 0.0) for name in names])
    weights, speed = known, np.zeros(len(names))
    for _ in range(STEPS):
        slope = RIDGE * (weights - known)
        for x, meant in rows:
            score = x @ weights
            chance = np.exp(score - score.max())
            slope = slope + x.T @ (chance / chance.sum()) - x[meant]
        speed = 0.9 * speed - 0.3 * slope / max(1, len(rows))
        weights = weights + speed
    return dict(zip(names, weights.round(2).tolist(), strict=True))


def _matrix(features: Sequence[dict[str, float]], names: Sequence[str]) -> np.ndarray:
    return np.array([[one.get(name, 0.0) for name in names] for one in features])


def right(weights: dict[str, float], found: Sequence[Choice]) -> int:
    """How many choices the weights make as gold has them."""
    scores = [[sum(weights.get(n, 0.0) * v for n, v in one.items()) for one in features] for features, _ in found]
    return sum(score.index(max(score)) == meant for score, (_, meant) in zip(scores, found, strict=True))


def _folds(documents: Sequence[Sequence[Choice]], count: int) -> Iterator[tuple[list[Choice], list[Choice]]]:
    for fold in range(count):
        yield (
            [choice for n, found in enumerate(documents) if n % count != fold for choice in found],
            [choice for n, found in enumerate(documents) if n % count == fold for choice in found],
        )


def main() -> None:
    """Cross-validates, then fits everything and prints it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--check", type=Path, help="annotated reports that are only measured")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    golds = [gold for path in args.gold for gold in load(path) if gold["document"]["language"] == "en"]
    documents = [choices(gold, scorer) for gold in golds]
    everything = [choice for found in documents for choice in found]
    names = sorted({name for features, _ in everything for one in features for name in one})
    hits = sum(right(fit(seen, names), unseen) for seen, unseen in _folds(documents, args.folds))
    print(f"# unseen documents: {hits} of {len(everything)}")
    weights = fit(everything, names)
    print(f"# seen: {right(weights, everything)} of {len(everything)}")
    if args.check:
        other = [c for gold in load(args.check) if gold["document"]["language"] == "en" for c in choices(gold, scorer)]
        print(f"# {args.check.name}: {right(weights, other)} of {len(other)}")
    for name, weight in sorted(weights.items(), key=lambda pair: -abs(pair[1])):
        if abs(weight) >= 0.05:
            print(f"{name} = {weight}")


if __name__ == "__main__":
    main()
