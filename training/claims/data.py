"""Annotated reports as windows of sentences with the claims told in them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from habeas.extraction.attribution.tokens import (
    INNER_PIECE_SHAPE,
    PAD,
    SEPARATOR,
    SPECIAL_SHAPE,
    START,
    Word,
    WordPiece,
    windows,
)
from habeas.extraction.document import Page
from habeas.extraction.segment import analyse
from habeas.extraction.telling import MODALITIES, label_of
from training.reports import gold

RARE = 3
"""A label that fewer claims have is not learned."""
ELSEWHERE = 0.3
"""Weight of "not here" for what the report tells in another sentence: a gold claim stands at its first telling only."""


@dataclass(slots=True)
class Report:
    """A report's text with the claims of each sentence: `told` label → modality, `optional` and `anywhere` labels."""

    page: Page
    told: dict[int, dict[str, str]] = field(default_factory=dict)
    optional: dict[int, set[str]] = field(default_factory=dict)
    anywhere: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Row:
    """One window: as the encoder reads it, the sentence of each word, and what is known of each sentence."""

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]
    sentences: list[int]
    report: Report


def reports(path: Path) -> list[Report]:
    """The English reports of a file or folder; see `training.reports.gold`."""
    return [report_of(one) for one in gold.load(path) if one["document"]["language"] == "en"]


def report_of(reading: dict[str, Any]) -> Report:
    """A gold reading as what each of its sentences tells."""
    out = Report(analyse(reading["text"]))
    for claim in reading["claims"]:
        if claim["kind"] == "profile":
            continue
        label = label_of(claim["kind"], claim["phase"], claim["value"])
        out.anywhere.add(label)
        sentence = _sentence(out.page, claim["evidence"][0][0], claim["evidence"][-1][1])
        if claim.get("optional"):
            out.optional.setdefault(sentence, set()).add(label)
        else:
            out.told.setdefault(sentence, {}).setdefault(label, claim["modality"])
    return out


def _sentence(page: Page, start: int, end: int) -> int:
    """The sentence that shares most with a stretch of text."""
    shared = [min(end, s.end) - max(start, s.start) for s in page.sentences]
    return max(range(len(shared)), key=lambda i: shared[i])


def labels(of: Iterable[Report]) -> list[str]:
    """The labels to learn, in alphabetical order."""
    counts = Counter(label for report in of for told in report.told.values() for label in told)
    return sorted(label for label, n in counts.items() if n >= RARE)


def rows(report: Report, wordpiece: WordPiece, limit: int) -> Iterator[Row]:
    """Windows of at most `limit` pieces over the whole report."""
    page = report.page
    paragraphs = [wordpiece.words(page.text, start, end) for start, end in page.paragraphs]
    for window in windows([p for p in paragraphs if p], limit):
        yield _row(window, report)


def _row(window: Sequence[Sequence[Word]], report: Report) -> Row:
    row = Row([START], [SPECIAL_SHAPE], [], [], report)
    for part in window:
        for word in part:
            row.firsts.append(len(row.pieces))
            row.sentences.append(report.page.sentence_index(word.start))
            row.pieces += word.pieces
            row.shapes += [word.shape] + [INNER_PIECE_SHAPE] * (len(word.pieces) - 1)
        row.pieces.append(SEPARATOR)
        row.shapes.append(SPECIAL_SHAPE)
    return row


@dataclass(slots=True)
class Batch:
    """Arrays of a step: `inside` (rows, sentences, words) says which word is whose; `told`, `weights` (…, labels)."""

    pieces: np.ndarray
    shapes: np.ndarray
    firsts: np.ndarray
    inside: np.ndarray
    told: np.ndarray
    weights: np.ndarray
    ways: np.ndarray
    """(n, 4): row, sentence, label, modality of each claim that is told."""


def collate(chosen: Sequence[Row], names: Sequence[str]) -> Batch:
    """Rows side by side, padded to the longest."""
    index = {name: i for i, name in enumerate(names)}
    n, pieces, words = len(chosen), max(len(r.pieces) for r in chosen), max(len(r.firsts) for r in chosen)
    numbers = [sorted(set(r.sentences)) for r in chosen]
    sentences = max(map(len, numbers))
    batch = Batch(
        pieces=np.full((n, pieces), PAD, np.int64),
        shapes=np.full((n, pieces), SPECIAL_SHAPE, np.int64),
        firsts=np.zeros((n, words), np.int64),
        inside=np.zeros((n, sentences, words), bool),
        told=np.zeros((n, sentences, len(names)), np.float32),
        weights=np.zeros((n, sentences, len(names)), np.float32),
        ways=np.zeros((0, 4), np.int64),
    )
    ways: list[tuple[int, int, int, int]] = []
    for i, row in enumerate(chosen):
        batch.pieces[i, : len(row.pieces)] = row.pieces
        batch.shapes[i, : len(row.shapes)] = row.shapes
        batch.firsts[i, : len(row.firsts)] = row.firsts
        for j, number in enumerate(numbers[i]):
            batch.inside[i, j, : len(row.firsts)] = np.array(row.sentences) == number
            ways += [(i, j, *way) for way in _fill(batch, i, j, row.report, number, index)]
    batch.ways = np.array(ways, np.int64).reshape(-1, 4)
    return batch


def _fill(
    batch: Batch, i: int, j: int, report: Report, number: int, index: dict[str, int]
) -> Iterator[tuple[int, int]]:
    batch.weights[i, j] = 1
    for label in report.anywhere & index.keys():
        batch.weights[i, j, index[label]] = ELSEWHERE
    for label in report.optional.get(number, set()) & index.keys():
        batch.weights[i, j, index[label]] = 0
    for label, modality in report.told.get(number, {}).items():
        if label in index:
            batch.told[i, j, index[label]] = 1
            batch.weights[i, j, index[label]] = 2
            yield index[label], MODALITIES.index(modality)


def batches(chosen: Sequence[Row], tokens: int, rng: random.Random) -> list[list[Row]]:
    """Rows in batches of about `tokens` pieces, padding included: like lengths together, order shuffled."""
    out: list[list[Row]] = [[]]
    for row in sorted(chosen, key=lambda r: len(r.pieces) + rng.randint(0, 8)):
        if out[-1] and (len(out[-1]) + 1) * len(row.pieces) > tokens:
            out.append([])
        out[-1].append(row)
    rng.shuffle(out)
    return out
