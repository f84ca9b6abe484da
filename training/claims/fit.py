"""Fits the judge of claims on annotated reports, measures it by cross-validation over reports, and writes its weights.

    python -m training.claims.fit CORPORA/reports-invented/train.jsonl training/reports/raw --scorer SCORE_READING.py

Writes `src/habeas/extraction/weighing/weights/claims.npz`, or the file that `--out` names;
three minutes of processor time. Fit again whenever triggers, references or the encoder change: the judge learns how far
they are to be trusted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from habeas.extraction.weighing.judge import WEIGHTS, Judge, Modes, Record, likelihoods, likely, lookups
from habeas.extraction.weighing.phrasing import Phrasing
from habeas.extraction.weighing.possible import MODALITIES, Possibilities, Possible
from habeas.extraction.weighing.trees import PARTS, Floats, Trees
from training.claims import models
from training.claims.data import SPARED, Page, examples, figures
from training.reader.entities_dev import load_scorer
from training.reports.gold import load

FOLDS = 5
PAIR_TREES, CLAIM_TREES = 90, 70


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--actual", type=float, default=0.25, help="bar of a claim told as fact whose event is certain")
    parser.add_argument("--price", type=float, default=1.0, help="what a fact costs that is in no way in a report")
    parser.add_argument("--other", type=float, default=0.3, help="bar of all other claims")
    parser.add_argument("--like", nargs="*", default=[""], help="measure on reports whose id begins so: own-3 own-4")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    golds = [gold for path in args.gold for gold in load(path) if gold["document"]["language"] == "en"]
    pages = [examples(scorer, gold) for gold in golds]
    shown = [n for n, gold in enumerate(golds) if gold["document"]["id"].startswith(tuple(args.like))]
    print(f"{len(pages)} reports, {sum(len(page.pairs) for page in pages)} pairs; {len(shown)} measured", flush=True)
    judge = fit(pages, (args.actual, args.price, args.other), shown)
    write(judge, args.out)


def fit(pages: Sequence[Page], bars: tuple[float, float, float], shown: Sequence[int]) -> Judge:
    """The judge that these pages teach; prints what it reaches on those `shown`, each held out in its turn."""
    stated = held_out(pages)
    every = np.arange(len(pages))
    claims, events = second(pages, stated, every), second(pages, stated, every, anyhow=True)
    fitted = first(pages, every)
    judge = Judge(fitted.phrasing, fitted.trees, fitted.record, fitted.modes, *claims, *events, *bars)
    measure(pages, stated, judge, shown)
    return judge


def held_out(pages: Sequence[Page]) -> list[list[Possible]]:
    """The possible claims of every page as models see it that learned from other pages: the mean over `BAGS` cuts."""
    weighed: list[list[tuple[Floats, Floats, Floats]]] = [[] for _ in pages]
    for cut in range(models.BAGS):
        for learned, held in folds(len(pages), cut):
            fitted = first(pages, learned, [cut])
            for n in held:
                weighed[n].append(fitted.weigh(pages[n]))
        print(f"held out, cut {cut + 1} of {models.BAGS}", flush=True)
    means = ([np.mean(part, axis=0) for part in zip(*found, strict=True)] for found in weighed)
    return [list(Possibilities(page.pairs, *parts).all()) for page, parts in zip(pages, means, strict=True)]


def folds(count: int, cut: int = 0) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Numbers of the pages to learn from and of those held out, every page held out once; each cut deals them anew."""
    mixed = np.random.default_rng(cut).permutation(count)
    for number in range(FOLDS):
        yield np.delete(mixed, np.s_[number::FOLDS]), mixed[number::FOLDS]


@dataclass(frozen=True, slots=True)
class First:
    """The models that weigh pairs, before anything is weighed together."""

    phrasing: Phrasing
    trees: Trees
    record: Record
    modes: Modes

    def weigh(self, page: Page) -> tuple[Floats, Floats, Floats]:
        """How likely each pair of a page is, how it is told, (pairs, modalities), and the log odds of its words."""
        heard = _odds(self.phrasing, page)
        told = self.modes.chances(page.wordings) if page.pairs else np.zeros((0, len(MODALITIES)), np.float32)
        return likelihoods(self.trees, self.record, page.pairs, heard), told, heard


def first(pages: Sequence[Page], numbers: np.ndarray, seeds: Sequence[int] = range(models.BAGS)) -> First:
    """The models of pairs and of modality, from the pages with these numbers."""
    heard = np.concatenate(_heard_by_others([pages[n] for n in numbers]))
    pairs = [(number, pair) for number in numbers for pair in pages[number].pairs]
    labels = np.concatenate([pages[number].labels() for number in numbers])
    use = np.flatnonzero(labels != SPARED)
    keys, of = [lookups(pairs[i][1]) for i in use], np.array([pairs[i][0] for i in use])
    signs = [pairs[i][1].telling.signs | pairs[i][1].signs | {"heard": float(heard[i])} for i in use]
    signs = [a | b for a, b in zip(signs, models.recorded(keys, labels[use], of), strict=True)]
    told = [(pages[n].wordings[i], label, weight) for n in numbers for i, label, weight in pages[n].told()]
    modes = models.modes(*(list(column) for column in zip(*told, strict=True)))
    trees = models.trees(signs, labels[use], PAIR_TREES, seeds)
    return First(_phrasing([pages[n] for n in numbers]), trees, models.record(keys, labels[use]), modes)


def _heard_by_others(pages: Sequence[Page]) -> list[Floats]:
    """The log odds of the words of each page's pairs, as learned from other pages."""
    found: dict[int, Floats] = {}
    for learned, held in folds(len(pages)):
        phrasing = _phrasing([pages[n] for n in learned])
        found |= {n: _odds(phrasing, pages[n]) for n in held}
    return [found[n] for n in range(len(pages))]


def _phrasing(pages: Sequence[Page]) -> Phrasing:
    rows = [row for page in pages for row in zip(page.phrases, page.told_here(), strict=True) if row[1] != SPARED]
    return models.phrasing([signs for signs, _ in rows], np.array([label for _, label in rows]))


def _odds(phrasing: Phrasing, page: Page) -> Floats:
    return np.array([phrasing.base + phrasing.score(signs) for signs in page.phrases], np.float32)


def second(
    pages: Sequence[Page], stated: Sequence[Sequence[Possible]], numbers: np.ndarray, *, anyhow: bool = False
) -> tuple[Trees, Record]:
    """The model of claims, from the pages with these numbers; with `anyhow` of events, however told."""
    rows = [(n, p, _label(pages[n], p, anyhow)) for n in numbers for p in stated[n]]
    rows = [row for row in rows if row[2] != SPARED]
    labels = np.array([label for _, _, label in rows])
    keys = [possible.lookups for _, possible, _ in rows]
    known = models.recorded(keys, labels, np.array([n for n, _, _ in rows]))
    signs = [possible.signs | more for (_, possible, _), more in zip(rows, known, strict=True)]
    return models.trees(signs, labels, CLAIM_TREES), models.record(keys, labels)


def _label(page: Page, possible: Possible, anyhow: bool) -> int:
    key = (possible.person, possible.kind, possible.phase)
    return abs(page.label(key)) if anyhow else page.label(key, possible.modality)  # what is optional is not invented


def measure(pages: Sequence[Page], stated: Sequence[Sequence[Possible]], judge: Judge, shown: Sequence[int]) -> None:
    """Prints what the rules alone, and the judge by the price of a wrong fact, reach on the pages `shown`, held out."""
    print("rules alone       ", _line(figures([pages[n] for n in shown], [_by_rules(pages[n]) for n in shown])))
    weighed: dict[int, tuple[Floats, Floats]] = {}
    for learned, held in folds(len(pages)):
        of_claims, of_events = second(pages, stated, learned), second(pages, stated, learned, anyhow=True)
        weighed |= {n: (likely(*of_claims, stated[n]), likely(*of_events, stated[n])) for n in held}
    for price in sorted({0.0, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, judge.price}):
        surer = replace(judge, price=price)
        kept = [
            [p for p, c, e in zip(stated[n], *weighed[n], strict=True) if surer.stands(p, float(c), float(e))]
            for n in shown
        ]
        print(f"judge, price {price:.2f} ", _line(figures([pages[n] for n in shown], kept)), flush=True)


def _by_rules(page: Page) -> list[Possible]:
    keys = {(p.person, *p.telling.event, p.telling.modality) for p in page.pairs if p.kept}
    return [Possible(*key, pairs=(), best=0) for key in sorted(keys)]


def _line(found: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in found.items())


def write(judge: Judge, path: Path) -> None:
    """Writes the weights of a judge."""
    arrays: dict[str, np.ndarray] = {"bars": np.array([judge.bar_actual, judge.price, judge.bar_other])}
    for which, trees, record in (
        ("pairs", judge.pairs, judge.pair_record),
        ("claims", judge.claims, judge.claim_record),
        ("events", judge.events, judge.event_record),
    ):
        arrays |= {f"{which}.{part}": getattr(trees, part) for part in PARTS}
        arrays[f"{which}.names"] = np.array(trees.names)
        arrays[f"{which}.size"] = np.array([trees.depth, trees.base])
        arrays[f"{which}.keys"] = np.array(list(record.rates))
        arrays[f"{which}.rates"] = np.array(list(record.rates.values()), np.float32)
        arrays[f"{which}.whole"] = np.array(record.whole)
    arrays["phrasing.names"] = np.array(list(judge.phrasing.worth))
    arrays["phrasing.worth"] = np.array(list(judge.phrasing.worth.values()), np.float16)
    arrays["phrasing.base"] = np.array(judge.phrasing.base)
    arrays["modes.names"] = np.array(list(judge.modes.worth))
    arrays["modes.worth"] = np.array(list(judge.modes.worth.values()), np.float16)
    arrays["modes.base"] = judge.modes.base
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
