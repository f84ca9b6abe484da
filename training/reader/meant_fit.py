"""Fits the weights that tell whom "he" or "she" means, from annotated reports, and prints them for the vocabulary.

usage: python -m training.reader.meant_fit GOLD.jsonl|FOLDER… --scorer CONTRACT/score_reading.py [--check GOLD.jsonl]

Gold does not say whom pronouns mean; claims do. Where the evidence of a claim does not mention its subject, and all its
pronouns are of one gender, these mean the subject. A ranking regression: among the people before each pronoun, the one
meant shall have the highest score. Prints how often it has on reports held out; paste what is printed into
`src/habeas/vocab/en/pronouns.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from habeas.extraction.document import Page
from habeas.extraction.entities import find_cast
from habeas.extraction.references import References
from habeas.extraction.references.pronouns import SINGULAR, Pronoun, Pronouns
from habeas.extraction.references.speakers import Speakers
from habeas.extraction.segment import analyse
from training.reader.acts_dev import gold_reports
from training.reader.entities_dev import load_scorer, plain
from training.reports.gold import Gold, load

FOLDS, PULL, STEPS, RATE = 5, 0.002, 400, 0.03
Choice = tuple[list[dict[str, float]], list[bool]]  # the signs of each candidate, and which of them are meant


def choices(data: Gold, scorer: Any) -> Iterator[Choice]:
    """What each pronoun whose meaning is known could mean, and does."""
    page = analyse(data["text"])
    references = References(page, cast := find_cast(page))
    Speakers(page, cast, references).all(gold_reports(page, data))
    match = scorer.match_entities(data, {"entities": [plain(member.frozen()) for member in cast]})
    for pronoun, meant in known(data, references.pronouns):
        found = candidates(page, references.pronouns, pronoun)
        right = [entity == match.get(meant) for entity, _ in found]
        if any(right) and not all(right):
            yield [signs for _, signs in found], right


def known(data: Gold, pronouns: Pronouns) -> Iterator[tuple[Pronoun, str]]:
    """Pronouns with the gold entity that they mean, where the claims agree on one."""
    meant: dict[Pronoun, set[str]] = {}
    mentions = {e["id"]: e["mentions"] for e in data["entities"]}
    for claim in data["claims"]:
        for start, end in claim["evidence"] if claim["kind"] != "profile" else ():
            told = any(a < end and start < b for a, b in mentions[claim["subject"]])
            here = [p for p in pronouns.between(start, end) if p.word in SINGULAR]
            if not told and len({SINGULAR[p.word] for p in here}) == 1:
                for pronoun in here:
                    meant.setdefault(pronoun, set()).add(claim["subject"])
    yield from ((pronoun, next(iter(found))) for pronoun, found in meant.items() if len(found) == 1)


def candidates(page: Page, pronouns: Pronouns, pronoun: Pronoun) -> list[tuple[str, dict[str, float]]]:
    """Everybody whom a pronoun may mean, mention by mention, with the signs of each."""
    at = pronoun.span[0]
    sentence, told = page.sentence_index(at), pronouns.told_at(at)
    return [
        (
            seen.member.id,
            dict(pronouns.standing(seen.member, told))
            | dict(pronouns.place(seen, pronoun.word, at, sentence))
            | {"mention": float(rank)},
        )
        for seen, rank in pronouns.candidates(SINGULAR[pronoun.word], pronouns.count_before(at), sentence)
    ]


def fit(found: Sequence[Choice], names: Sequence[str]) -> dict[str, float]:
    """Weights by name of the sign, by gradient ascent (Adam) on the likelihood that a right candidate comes first."""
    rows = [(_matrix(signs, names), np.array(right)) for signs, right in found]
    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        slope = -PULL * len(rows) * weights
        for x, right in rows:
            chance = np.exp(x @ weights - (x @ weights).max())
            slope = slope + x.T @ (chance * right / (chance * right).sum() - chance / chance.sum())
        slope /= len(rows)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights + RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, weights.round(2).tolist(), strict=True))


def _matrix(signs: Sequence[dict[str, float]], names: Sequence[str]) -> np.ndarray:
    return np.array([[one.get(name, 0.0) for name in names] for one in signs])


def hits(weights: dict[str, float], found: Sequence[Choice]) -> int:
    """How many choices the weights make rightly."""
    scores = [[sum(weights.get(n, 0.0) * v for n, v in one.items()) for one in signs] for signs, _ in found]
    return sum(right[score.index(max(score))] for score, (_, right) in zip(scores, found, strict=True))


def main() -> None:
    """Cross-validates, then fits everything and prints it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--check", type=Path, help="annotated reports that are only measured")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)

    def read(path: Path) -> list[list[Choice]]:
        return [list(choices(gold, scorer)) for gold in load(path) if gold["document"]["language"] == "en"]

    reports = [found for path in args.gold for found in read(path)]
    everything = [choice for found in reports for choice in found]
    names = sorted({name for signs, _ in everything for one in signs for name in one})
    fold = np.random.default_rng(0).permutation(len(reports)) % FOLDS
    unseen = 0
    for number in range(FOLDS):
        learned = fit([c for n, found in enumerate(reports) if fold[n] != number for c in found], names)
        unseen += hits(learned, [c for n, found in enumerate(reports) if fold[n] == number for c in found])
    print(f"# held out: {unseen} of {len(everything)}")
    weights = fit(everything, names)
    if args.check:
        other = [choice for found in read(args.check) for choice in found]
        print(f"# {args.check.name}: {hits(weights, other)} of {len(other)}")
    for name, weight in sorted(weights.items(), key=lambda pair: -abs(pair[1])):
        if abs(weight) >= 0.05:
            print(f'"{name}" = {weight}' if not name.isalpha() else f"{name} = {weight}")


if __name__ == "__main__":
    main()
