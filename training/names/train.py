"""Train the weights of `habeas.names.score` on labelled pairs and write them into the package.

    python -m training.names.train corpora/names/dev.tsv          # train, write weights.npz
    python -m training.names.train corpora/names/dev.tsv --check  # cross-check only, write nothing

Seeded: same file, same weights. The log-odds are shifted so that .5 is the threshold with the best F1 at 96 % precision
when each person is judged by a network that never saw them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from habeas.names.align import align
from habeas.names.parse import parse
from habeas.names.score import features
from training.names.evaluate import Judged, report
from training.names.network import Array, Network, train
from training.names.pairs import LabelledPair, person_folds, read_pairs
from training.names.relatives import made_relatives

OUT = Path(__file__).parents[2] / "src/habeas/names/weights.npz"
FOLDS = 5
RELATIVES = 200
PRECISION_ASKED = 0.95
PRECISION_KEPT = 0.96  # a wrong "same" hurts more than a question to the desk


def rows_of(pairs: Sequence[tuple[str, str]]) -> Array:
    """The features of each pair."""
    return np.array([features(align(parse(a), parse(b))) for a, b in pairs], dtype=np.float64)


def easy_negatives(pairs: Sequence[LabelledPair]) -> list[tuple[str, str]]:
    """Random pairs of names from different lines, so that names with nothing in common are seen too."""
    random = np.random.default_rng(0)
    order = random.permutation(len(pairs))
    return [(pairs[i].a, pairs[j].b) for i, j in zip(order, np.roll(order, 1), strict=True)]


@dataclass(frozen=True, slots=True)
class _Table:
    """What a network learns from: the features and labels of pairs, and made-up pairs of different people."""

    x: Array
    y: Array
    made: Array

    @classmethod
    def of(cls, pairs: Sequence[LabelledPair]) -> _Table:
        made = easy_negatives(pairs) + made_relatives(pairs, RELATIVES)
        return cls(rows_of([(p.a, p.b) for p in pairs]), np.array([p.is_same for p in pairs], float), rows_of(made))

    def network(self, held: Array | None = None) -> Network:
        """The network trained on all rows but those `held` out."""
        kept = np.ones(len(self.y), bool) if held is None else ~held
        x, y = np.vstack([self.x[kept], self.made]), np.concatenate([self.y[kept], np.zeros(len(self.made))])
        return train(x, y)

    def out_of_fold(self, folds: Array) -> Array:
        """The log-odds of each row from a network that was trained on the other folds."""
        found = np.zeros(len(self.y))
        for fold in np.unique(folds):
            held = folds == fold
            found[held] = self.network(held).log_odds(self.x[held])
        return found


def best_threshold(log_odds: Array, y: Array) -> tuple[float, float, float]:
    """The log-odds with the best F1 at 96 % precision, that F1, and the best recall at 95 % precision."""
    order = np.argsort(-log_odds)
    hits = np.cumsum(y[order])
    called = np.arange(1, len(y) + 1)
    f1 = 2 * hits / (called + y.sum())
    precise = hits / called >= PRECISION_ASKED
    at = int((f1 * (hits / called >= PRECISION_KEPT)).argmax())
    return float(log_odds[order][at]), float(f1[at]), float((hits[precise] / y.sum()).max(initial=0.0))


def write(network: Network, shift: float) -> None:
    """Write the weights, `shift` taken off the log-odds."""
    np.savez_compressed(
        OUT,
        hidden=network.hidden.astype(np.float32),
        hidden_bias=network.hidden_bias.astype(np.float32),
        out=network.out.astype(np.float32),
        out_bias=(network.out_bias - shift).astype(np.float32),
        low=network.low.astype(np.float32),
        high=network.high.astype(np.float32),
    )


def main() -> None:
    """Cross-check, then train on everything and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="the TSV of labelled pairs")
    parser.add_argument("--check", action="store_true", help="cross-check only, write nothing")
    options = parser.parse_args()
    pairs = [pair for pair in read_pairs(options.pairs) if pair.is_core]
    table = _Table.of(pairs)
    by_source = table.out_of_fold(np.unique([p.family for p in pairs], return_inverse=True)[1])
    _, f1, recall = best_threshold(by_source, table.y)
    print(f"sources unseen: F1 {f1:.3f}  recall at P .95 {recall:.3f}")
    by_person = table.out_of_fold(np.array(person_folds(pairs, FOLDS)))
    threshold, f1, recall = best_threshold(by_person, table.y)
    print(f"people unseen:  F1 {f1:.3f}  recall at P .95 {recall:.3f}  threshold {threshold:+.2f}\n")
    print("\n".join(report([_judged(p, odds - threshold) for p, odds in zip(pairs, by_person, strict=True)])))
    if not options.check:
        write(table.network(), threshold)
        print(f"\nwritten: {OUT}")


def cross_check(pairs: Sequence[LabelledPair]) -> list[Judged]:
    """What is found for each pair by a network that was trained without the people in it."""
    table = _Table.of(pairs)
    odds = table.out_of_fold(np.array(person_folds(list(pairs), FOLDS)))
    threshold = best_threshold(odds, table.y)[0]
    return [_judged(pair, value - threshold) for pair, value in zip(pairs, odds, strict=True)]


def _judged(pair: LabelledPair, log_odds: float) -> Judged:
    return Judged(pair, float(1 / (1 + np.exp(-log_odds))), "same" if log_odds >= 0 else "different")


if __name__ == "__main__":
    main()
