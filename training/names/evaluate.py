"""How well names are compared: precision, recall and F1 in all and per slice, recall at 95 % precision, error kinds.

    python -m training.names.evaluate corpora/names/dev.tsv [--errors N]

"same" is what `compare` calls so, with the weights that ship. On the pairs that they were trained on the figures
flatter; `training.names.train --check` prints the same report with every person judged by weights that never saw them.
The core leaves out positives that no spelling can decide (`pairs.UNDECIDABLE`) and nomenklatura's bench.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from habeas.names import Match, compare
from training.names.pairs import LabelledPair, read_pairs

PRECISION_ASKED = 0.95
FLOORED = ("hand lat-lat", "hand cross-script", "hand ara-lat")


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what was found."""

    pair: LabelledPair
    score: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of "same" over `n` pairs."""

    n: int
    precision: float
    recall: float
    f1: float
    asked: float


def judge(pairs: Sequence[LabelledPair]) -> list[Judged]:
    """What `compare` finds for each pair."""
    found: list[Match] = [compare(pair.a, pair.b) for pair in pairs]
    return [Judged(pair, match.score, match.verdict) for pair, match in zip(pairs, found, strict=True)]


def figures(judged: Sequence[Judged]) -> Figures:
    """The figures of `judged`; precision and recall are 0 where nothing could be right."""
    called = [j for j in judged if j.verdict == "same"]
    hits = sum(j.pair.is_same for j in called)
    positives = sum(j.pair.is_same for j in judged)
    asked = sum(j.verdict == "ask" for j in judged)
    return Figures(
        len(judged),
        hits / max(1, len(called)),
        hits / max(1, positives),
        2 * hits / max(1, len(called) + positives),
        asked / max(1, len(judged)),
    )


def recall_at(judged: Sequence[Judged], precision: float) -> float:
    """The highest recall that any score threshold reaches with at least `precision`."""
    best, hits = 0.0, 0
    positives = sum(j.pair.is_same for j in judged)
    ordered = sorted(judged, key=lambda j: -j.score)
    for n, j in enumerate(ordered, 1):
        hits += j.pair.is_same
        is_last_of_score = n == len(ordered) or ordered[n].score < j.score
        if is_last_of_score and hits / n >= precision:
            best = hits / max(1, positives)
    return best


def slices_of(pair: LabelledPair) -> list[str]:
    """The slices that a pair counts in."""
    if pair.family != "hand":
        return [f"{pair.source} {pair.scripts}"]
    scripts = pair.scripts.split("-")
    where = "lat-lat" if pair.scripts == "lat-lat" else "cross-script" if len(set(scripts)) > 1 else "other one-script"
    found = [f"hand {where}"]
    if where == "cross-script" and "lat" in scripts:
        found.append(f"hand {pair.scripts}")
    return found


def false_same(judged: Sequence[Judged]) -> dict[str, tuple[int, float]]:
    """For each kind of hand-written negative: how many there are, and the share called "same"."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for j in judged:
        if not j.pair.is_same and j.pair.family == "hand":
            kinds[j.pair.relation].append(j.verdict == "same")
    return {kind: (len(found), sum(found) / len(found)) for kind, found in sorted(kinds.items())}


def _line(name: str, found: Figures) -> str:
    shares = f"P {found.precision:.3f}  R {found.recall:.3f}  F1 {found.f1:.3f}  asks {found.asked:.3f}"
    return f"{name:28} n {found.n:5}  {shares}"


def report(judged: Sequence[Judged]) -> list[str]:
    """The lines of the report."""
    core = [j for j in judged if j.pair.is_core]
    lines = [_line("core", figures(core)), f"recall at 95 % precision       {recall_at(core, PRECISION_ASKED):.3f}", ""]
    slices: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        for name in slices_of(j.pair):
            if j.pair.is_core or j.pair.family == "nk_name_bench":
                slices[name].append(j)
    lines += [
        _line(name, figures(found)) for name, found in sorted(slices.items()) if any(j.pair.is_same for j in found)
    ]
    lines += ["", "called same though they are not:"]
    lines += [f"  {kind:18} n {n:4}  {share:.2f}" for kind, (n, share) in false_same(core).items()]
    missed: dict[str, list[bool]] = defaultdict(list)
    for j in core:
        if j.pair.is_same:
            missed[j.pair.kind].append(j.verdict != "same")
    lines += ["", "one person, not called same:"]
    ordered = sorted(missed.items(), key=lambda item: -sum(item[1]))
    return lines + [f"  {kind:18} n {len(found):4}  {sum(found):3}" for kind, found in ordered[:12] if sum(found)]


def report_figures(judged: Sequence[Judged]) -> dict[str, float]:
    """The figures that have floors, by name."""
    core = [j for j in judged if j.pair.is_core]
    by_slice = {name: [j for j in core if name in slices_of(j.pair)] for name in FLOORED}
    kinds = false_same(core)
    return {
        "f1": figures(core).f1,
        "recall at 95 % precision": recall_at(core, PRECISION_ASKED),
        **{f"f1 {name}": figures(found).f1 for name, found in by_slice.items()},
        **{f"{kind} called same": share for kind, (_n, share) in kinds.items()},
    }


def main() -> None:
    """Print the report, and with --errors the worst errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="the TSV of labelled pairs")
    parser.add_argument("--errors", type=int, default=0, help="print so many of the worst errors")
    options = parser.parse_args()
    judged = judge(read_pairs(options.pairs))
    print("\n".join(report(judged)))
    wrong = [j for j in judged if j.pair.is_core and (j.verdict == "same") != j.pair.is_same]
    wrong.sort(key=lambda j: -abs(j.score - j.pair.is_same))
    for j in wrong[: options.errors]:
        print(f"{j.score:.2f} {'same' if j.pair.is_same else 'different'}\t{j.pair.kind}\t{j.pair.a}\t{j.pair.b}")


if __name__ == "__main__":
    main()
