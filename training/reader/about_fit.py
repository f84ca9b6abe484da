"""Fits the weights that tell whom a statement is about, and prints them as the vocabulary has them.

usage: about_fit.py GOLD… --scorer CONTRACT/score_reading.py [--bar CHANCE]

`GOLD` are files of JSON lines or folders of reports with anchors. Their statements are given; who is held and all else
is read. Prints what is found on reports held out, then the weights: paste them into
`src/habeas/vocab/en/about.toml`. `--bar` is the chance from which on a statement is taken to be about somebody.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from habeas.extraction.about import Concerned, Signs
from habeas.extraction.read import people_and_statements
from habeas.extraction.segment import analyse
from habeas.extraction.weighing import weighed_claims
from training.reader.acts_dev import gold_reports, in_order
from training.reader.entities_dev import load_scorer, plain
from training.reports.gold import Gold, load

FOLDS, PULL = 5, 0.3


class Row(NamedTuple):
    """Somebody whom a statement of a report may be about, and whether it is."""

    report: int
    signs: Signs
    meant: bool


def rows(scorer: Any, number: int, gold: Gold) -> Iterator[Row]:
    """Everybody whom each statement of one gold report may be about; those whom nothing found are left out."""
    page = analyse(gold["text"])
    reports = gold_reports(page, gold)
    entities, statements, references = people_and_statements(page, reports)
    published = gold["document"]["published"]
    claims = weighed_claims(page, entities, statements, published=published, references=references)
    references.hold(claim.subject for claim in claims if claim.kind != "profile")
    match = scorer.match_entities(gold, {"entities": [plain(entity) for entity in entities]})
    concerned = Concerned(references)
    for asked, report, said in zip(in_order(gold), reports, statements, strict=True):
        wanted = {match.get(entity) for entity in asked["about"]}
        for member, _, signs in concerned.describe(report, said.speaker):
            yield Row(number, signs, member.id in wanted)


def fit(found: Sequence[Row]) -> dict[str, float]:
    """What each sign is worth in log odds, "bias" included."""
    names = sorted({name for row in found for name in row.signs if name != "bias"})
    x = np.array([[row.signs.get(name, 0.0) for name in names] for row in found])
    model = LogisticRegression(C=PULL, max_iter=3000).fit(x, [row.meant for row in found])
    return {"bias": float(model.intercept_[0]), **dict(zip(names, model.coef_[0].tolist(), strict=True))}


def held_out(found: Sequence[Row], bar: float) -> str:
    """Precision, recall and F1 over people whom the reader has found, each report held out in its turn."""
    fold = np.random.default_rng(0).permutation(max(row.report for row in found) + 1) % FOLDS
    right = guessed = 0
    for number in range(FOLDS):
        weights = fit([row for row in found if fold[row.report] != number])
        for row in (row for row in found if fold[row.report] == number):
            told = sum(weights.get(name, 0.0) * value for name, value in row.signs.items()) > bar
            guessed += told
            right += told and row.meant
    asked = sum(row.meant for row in found)
    return f"precision {right / guessed:.3f}, recall {right / asked:.3f}, F1 {2 * right / (guessed + asked):.3f}"


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--bar", type=float, default=0.4)
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    golds = [gold for path in args.gold for gold in load(path) if gold["document"]["language"] == "en"]
    found = [row for number, gold in enumerate(golds) for row in rows(scorer, number, gold)]
    bar = float(np.log(args.bar / (1 - args.bar)))
    print(f"# {held_out(found, bar)}\n[about]")
    worth = fit(found)
    worth["bias"] -= bar
    for name, weight in sorted(worth.items(), key=lambda pair: -abs(pair[1])):
        print(f'"{name}" = {weight:.2f}' if " " in name else f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
