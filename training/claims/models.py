"""Fits the parts of the judge and hands them over as the reader has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from habeas.extraction.weighing.judge import Modes, Record
from habeas.extraction.weighing.phrasing import Phrasing
from habeas.extraction.weighing.possible import MODALITIES
from habeas.extraction.weighing.telling import Signs
from habeas.extraction.weighing.trees import Trees, table

BAGS = 3  # fits that are averaged: two fits of the same reports differ by .01 in event F1
RARE = 3  # a sign of the wording that stands with fewer pairs is left out
PULL = 0.1  # inverse strength of the pull towards 0 of the judge of modality
FAINT = 0.02  # words worth less than this are left out, a third of them
PULL_PHRASING = 0.15  # the same of the words around a trigger and somebody


def record(keys: Sequence[Sequence[str]], labels: np.ndarray) -> Record:
    """How often each key was right, drawn towards the whole as if it had been seen once more."""
    seen, right = _counts(keys, labels)
    whole = float(labels.mean()) if len(labels) else 0.5
    rates = {key: ((right[key] + whole) / (n + 1), float(np.log1p(n))) for key, n in seen.items()}
    return Record(rates, whole)


def recorded(keys: Sequence[Sequence[str]], labels: np.ndarray, pages: np.ndarray) -> list[Signs]:
    """The signs of the record for each example, as the other pages alone have it."""
    seen, right = _counts(keys, labels)
    whole = float(labels.mean())
    out: list[Signs] = [{} for _ in keys]
    for page in np.unique(pages):
        mine = np.flatnonzero(pages == page)
        here, here_right = _counts([keys[i] for i in mine], labels[mine])
        for i in mine:
            for number, key in enumerate(keys[i]):
                n = seen[key] - here[key]
                out[i][f"rate {number}"] = (right[key] - here_right[key] + whole) / (n + 1) if n else whole
                out[i][f"known {number}"] = float(np.log1p(n))
    return out


def _counts(keys: Sequence[Sequence[str]], labels: np.ndarray) -> tuple[Counter[str], Counter[str]]:
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for found, label in zip(keys, labels, strict=True):
        seen.update(found)
        if label:
            right.update(found)
    return seen, right


def trees(signs: Sequence[Signs], labels: np.ndarray, count: int, seeds: Sequence[int] = range(BAGS)) -> Trees:
    """Boosted trees that tell the labels from the signs: the mean of a fit for each seed."""
    names = tuple(sorted({name for found in signs for name in found}))
    rows = table(list(signs), names)
    return _exported([_boosted(rows, labels, count, seed) for seed in seeds], names)


def _boosted(rows: np.ndarray, labels: np.ndarray, count: int, seed: int) -> HistGradientBoostingClassifier:
    model = HistGradientBoostingClassifier(
        max_iter=count, learning_rate=0.08, max_leaf_nodes=12, max_depth=6, min_samples_leaf=15,
        l2_regularization=5, max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    return model.fit(rows, labels)


def _exported(fits: Sequence[HistGradientBoostingClassifier], names: tuple[str, ...]) -> Trees:
    """All trees of several fits side by side, each worth its share of the mean score."""
    parts: dict[str, list[np.ndarray]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}
    roots, at, depth = [], 0, 0
    for predictor in (predictor for fit in fits for (predictor,) in fit._predictors):
        nodes = predictor.nodes
        own = np.arange(at, at + len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, 0, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, own, nodes["left"] + at))
        parts["right"].append(np.where(leaf, own, nodes["right"] + at))
        parts["value"].append(np.where(leaf, nodes["value"] / len(fits), 0))
        roots.append(at)
        at += len(nodes)
        depth = max(depth, int(nodes["depth"].max()))
    floats = {"threshold", "value"}
    flat = {k: np.concatenate(v).astype(np.float32 if k in floats else np.int32) for k, v in parts.items()}
    base = float(np.mean([np.ravel(fit._baseline_prediction)[0] for fit in fits]))
    return Trees(names, **flat, roots=np.array(roots, np.int32), depth=depth, base=base)


def modes(wordings: Sequence[Sequence[str]], labels: Sequence[int], weights: Sequence[float]) -> Modes:
    """The judge of modality, from wordings and the numbers of their modalities."""
    names, x = _sparse(wordings)
    model = LogisticRegression(C=PULL, max_iter=60).fit(x, labels, sample_weight=weights)
    worth = np.zeros((len(names), len(MODALITIES)), np.float32)
    base = np.full(len(MODALITIES), -9.0, np.float32)
    worth[:, model.classes_], base[model.classes_] = model.coef_.T, model.intercept_
    return Modes(dict(zip(names, worth, strict=True)), base)


def phrasing(phrases: Sequence[Sequence[str]], labels: np.ndarray) -> Phrasing:
    """What the words around a trigger and somebody are worth, from phrases and whether they belong together."""
    names, x = _sparse(phrases)
    model = LogisticRegression(C=PULL_PHRASING, max_iter=100, solver="liblinear").fit(x, labels)
    worth = zip(names, model.coef_[0].tolist(), strict=True)
    return Phrasing({name: w for name, w in worth if abs(w) >= FAINT}, float(model.intercept_[0]))


def _sparse(found: Sequence[Sequence[str]]) -> tuple[list[str], csr_matrix]:
    """The signs that are not rare, and a row of them for each of the lists."""
    counts = Counter(sign for signs in found for sign in signs)
    names = sorted(sign for sign, n in counts.items() if n >= RARE)
    column = {name: number for number, name in enumerate(names)}
    pairs = [(row, column[s]) for row, signs in enumerate(found) for s in signs if s in column]
    rows, columns = zip(*pairs, strict=True)
    return names, csr_matrix((np.ones(len(pairs)), (rows, columns)), (len(found), len(names)))
