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
from habeas.extraction.references_held import describe, regime
from habeas.extraction.references_speakers import Speakers
from habeas.extraction.segment import analyse
from training.reader.entities_dev import load_scorer, plain

RIDGE = 0.5  # pull of every weight towards 0
STEPS = 3000


def examples(scorer: Any, data: dict[str, Any]) -> list[tuple[str, dict[str, float], float]]:
    """Regime, features and whether held, of every person and group of one gold document."""
    gold, page = from_json(data), analyse(data["text"])
    references = References(page, cast := find_cast(page))
    Speakers(page, cast, references).all([Report(s.speaker.spans, s.cue, s.content) for s in gold.statements])
    match = scorer.match_entities(data, {"entities": [plain(member.frozen()) for member in cast]})
    claims = [c for c in data["claims"] if c["kind"] != "profile"]
    needed = {match.get(c["subject"]) for c in claims if not c["optional"]}
    spared = {match.get(c["subject"]) for c in claims} - needed
    found = describe(page, cast, references.places, references.speakers())
    return [(regime(cast.members[e]), f, float(e in needed)) for e, f in found.items() if e not in spared]


def fit(rows: list[tuple[dict[str, float], float]]) -> dict[str, float]:
    """Weights by name of the feature, by gradient descent on the logistic loss."""
    names = sorted({name for features, _ in rows for name in features})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    y = np.array([held for _, held in rows])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-x @ weights)) - y
        weights -= 0.5 * (x.T @ error + RIDGE * weights) / len(rows)
    return dict(zip(names, weights.round(2).tolist(), strict=True))


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
