"""Fits the weights that tell which named person a description means, and prints them as the vocabulary has them.

usage: described_fit.py GOLD… [--bar CHANCE]

`GOLD` are files of JSON lines or folders of reports with anchors. A description and a name are one where their first
mentions belong to one gold entity. Prints what is found on reports held out, then the weights: paste them into
`src/habeas/vocab/en/described.toml`. `--bar` is the chance from which on two are taken for one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from habeas.extraction.cast import Member
from habeas.extraction.entities import find_cast
from habeas.extraction.entities.described import Order, Signs, candidates
from habeas.extraction.reading import Span
from habeas.extraction.segment import analyse
from training.reports.gold import load

FOLDS, PULL = 5, 0.3
BESIDE = ("stranger beside", "named beside", "both beside")


class Row(NamedTuple):
    """A description and a name of a report: whether they are one."""

    report: int
    stranger: Span
    order: Order
    signs: Signs
    one: bool


def rows(report: int, data: dict[str, Any]) -> Iterator[Row]:
    """The pairs of one gold report; descriptions that the gold does not list tell nothing."""
    page = analyse(data["text"])
    for order, stranger, named, signs in candidates(page, find_cast(page, described=False)):
        meant = _entity(data, stranger)
        if meant is not None:
            told = signs | _beside(stranger, named)
            yield Row(report, min(stranger.mentions), order, told, meant == _entity(data, named))


def _beside(stranger: Member, named: Member) -> Signs:
    """Signs of relatives, lawyers and officials, whom the reader leaves out but whom there is much to learn from."""
    found = {BESIDE[0]: stranger.beside, BESIDE[1]: named.beside, BESIDE[2]: stranger.beside and named.beside}
    return {name: 1.0 for name, told in found.items() if told}


def _entity(data: dict[str, Any], member: Member) -> str | None:
    """The gold entity that the member's first mention overlaps most."""
    start, end = min(member.mentions)
    found = [(min(end, b) - max(start, a), e["id"]) for e in data["entities"] for a, b in e["mentions"]]
    size, entity = max(found, default=(0, None))
    return entity if size > 0 else None


def fit(found: Sequence[Row]) -> dict[str, float]:
    """What each sign is worth in log odds, "bias" included."""
    names = sorted({name for row in found for name in row.signs if name != "bias"})
    x = np.array([[row.signs.get(name, 0.0) for name in names] for row in found])
    model = LogisticRegression(C=PULL, max_iter=1000).fit(x, [row.one for row in found])
    return {"bias": float(model.intercept_[0]), **dict(zip(names, model.coef_[0].tolist(), strict=True))}


def score(weights: dict[str, float], row: Row) -> float:
    """Log odds that the two are one."""
    return sum(weights.get(name, 0.0) * value for name, value in row.signs.items())


def held_out(found: Sequence[Row], bar: float) -> str:
    """How many descriptions are given their name, each report held out in its turn."""
    fold = np.random.default_rng(0).permutation(max(row.report for row in found) + 1) % FOLDS
    best: dict[tuple[int, Span], tuple[float, bool]] = {}
    for number in range(FOLDS):
        weights = fit([row for row in found if fold[row.report] != number])
        for row in (row for row in found if fold[row.report] == number):
            key, value = (row.report, row.stranger), score(weights, row)
            best[key] = max(best.get(key, (bar, False)), (value, row.one))
    given = [one for value, one in best.values() if value > bar]
    asked = len({(row.report, row.stranger) for row in found if row.one})
    return f"{sum(given)} right of {len(given)} given, {asked} have one"


def main() -> None:
    """Fit both orders and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--bar", type=float, default=0.4)
    args = parser.parse_args()
    golds = [gold for path in args.gold for gold in load(path) if gold["document"]["language"] == "en"]
    found = [row for number, data in enumerate(golds) for row in rows(number, data)]
    bar = float(np.log(args.bar / (1 - args.bar)))
    for order in ("ahead", "behind"):
        mine = [row for row in found if row.order == order]
        print(f"\n# {held_out(mine, bar)}\n[{order}]")
        worth = fit(mine)
        worth["bias"] -= bar
        for name, weight in sorted(worth.items(), key=lambda pair: -abs(pair[1])):
            if abs(weight) >= 0.1 and name not in BESIDE:
                print(f'"{name}" = {weight:.2f}' if " " in name else f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
