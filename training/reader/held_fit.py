"""Fits the weights that tell who is held, from annotated reports, and prints them as the vocabulary has them.

usage: held_fit.py GOLD.jsonl… --scorer CONTRACT/score_reading.py [--half 0|1]

Somebody is held who is the subject of a gold claim, profile aside; subjects of optional claims only are left out.
Paste what is printed into `src/habeas/vocab/en/detention.toml`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from habeas.extraction.attribution.reports import Report
from habeas.extraction.entities import find_cast
from habeas.extraction.reading import from_json
from habeas.extraction.references import References
from habeas.extraction.references.held import describe, regime
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.segment import analyse
from training.reader.entities_dev import load_scorer, plain

RIDGE = 0.5  # pull of every weight towards 0
STEPS = 3000
# What may only speak for being held, and what only against it: chance must not turn a sign round.
FOR = {
    "called",
    "after",
    "before",
    "modifier",
    "left_out",
    "owned",
    "by_pronoun",
    "near",
    "aged",
    "clients",
    "relatives",
}
AGAINST = {"kin", "lawyer", "official", "speaks"}


def examples(scorer: Any, data: dict[str, Any]) -> list[tuple[str, dict[str, float], float]]:
    """Regime, features and whether held, of every person and group of one gold document."""
    gold, page = from_json(data), analyse(data["text"])
    references = References(page, cast := find_cast(page))
    Speakers(page, cast, references).all([Report(s.speaker.spans, s.cue, s.content) for s in gold.statements])
    match = scorer.match_entities(data, {"entities": [plain(member.frozen()) for member in cast]})
    claims = [c for c in data["claims"] if c["kind"] != "profile"]
    needed = {match.get(c["subject"]) for c in claims if not c["optional"]}
    spared = {match.get(c["subject"]) for c in claims} - needed
    found = describe(references.notes, cast, references.places, references.speakers())
    return [(regime(cast.members[e]), f, float(e in needed)) for e, f in found.items() if e not in spared]


def fit(rows: list[tuple[dict[str, float], float]]) -> dict[str, float]:
    """Weights by name of the feature, by gradient descent on the logistic loss."""
    names = sorted({name for features, _ in rows for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    y = np.array([held for _, held in rows])
    low = np.array([0.0 if name in FOR else -9.0 for name in names])
    high = np.array([0.0 if name in AGAINST else 9.0 for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-x @ weights)) - y
        weights = np.clip(weights - 0.5 * (x.T @ error + RIDGE * weights) / len(rows), low, high)
    found = dict(zip(names, weights.round(2).tolist(), strict=True))
    found["bias"] = round(found["bias"] + _shift(x @ weights, y), 2)
    return {name: weight for name, weight in found.items() if abs(weight) >= 0.05}


def _shift(scores: np.ndarray, held: np.ndarray) -> float:
    """What to add to every score so that "above 0" gives the best F1."""

    def f1(shift: float) -> float:
        guessed = scores + shift > 0
        return float(2 * (guessed * held).sum() / max(1.0, guessed.sum() + held.sum()))

    return max((round(step / 10, 1) for step in range(-10, 16)), key=lambda shift: (f1(shift), -abs(shift)))


def main() -> None:
    """Fit both kinds and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--half", type=int, choices=(0, 1))
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    rows: dict[str, list[tuple[dict[str, float], float]]] = {"person": [], "stranger": [], "group": []}
    for path in args.gold:
        golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        golds = [g for g in golds if g["document"]["language"] == "en"]
        for data in golds if args.half is None else golds[args.half :: 2]:
            for kind, features, held in examples(scorer, data):
                rows[kind].append((features, held))
    for kind, found in rows.items():
        print(f"\n[held.{kind}]")
        for name, weight in sorted(fit(found).items(), key=lambda pair: -abs(pair[1])):
            print(f"{name} = {weight}")


if __name__ == "__main__":
    main()
