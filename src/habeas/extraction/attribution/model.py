"""Source, cue and content of every attribution in an English text, by the fine-tuned encoder in `weights/`.

ONNX Runtime on one thread, int8. Windows of whole paragraphs, like lengths together in a batch; a batch never holds two
texts, so that a text gives the same attributions whatever else is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from habeas.extraction.attribution.continued import continued
from habeas.extraction.attribution.decode import (
    CUE,
    N_LEVELS,
    N_TAGS,
    SOURCE,
    Floats,
    Group,
    Heads,
    Ints,
    Segment,
    best_tags,
    chance_of,
    group,
    is_likely,
    likely,
    role_chances,
    segments,
    widened,
)
from habeas.extraction.attribution.reports import Attribution
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
from habeas.extraction.reading import Spans

WEIGHTS = Path(__file__).with_name("weights")
WINDOW, BATCH = 128, 8
"""Pieces in a window and windows in a batch; docs/attribution.md has what other sizes give."""
_AT_ONCE = 64
"""Windows held in memory together, so that the longest text needs no more than a long one."""


@dataclass(frozen=True, slots=True)
class _Window:
    """One row for the encoder, and the words it stands for."""

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]
    words: list[Word]
    paragraphs: list[int]


def find_attributions(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """Attributions in the `paragraphs` of `text`, in order of content; none raises, the same text gives the same.

    `paragraphs` are spans in code points, in order and apart from each other.
    """
    return default_model().find(text, paragraphs)


@cache
def default_model() -> Model:
    """The model whose weights are in the package, loaded once."""
    return Model.load(WEIGHTS)


class Model:
    """Tokeniser, encoder and heads of one folder of weights."""

    def __init__(
        self, wordpiece: WordPiece, session: Any, heads: Heads, window: int = WINDOW, batch: int = BATCH
    ) -> None:
        self.wordpiece, self.session, self.heads = wordpiece, session, heads
        self.window, self.batch = window, batch

    @classmethod
    def load(cls, folder: Path, window: int = WINDOW, batch: int = BATCH, encoder: str = "encoder.onnx") -> Model:
        """The model in `folder`. Raises OSError or onnxruntime's errors where its files are missing or broken."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(folder / encoder), options, providers=["CPUExecutionProvider"])
        with np.load(folder / "heads.npz") as arrays:
            heads = Heads.of(arrays)
        return cls(WordPiece.load(folder / "vocab.txt"), session, heads, window, batch)

    def find(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
        """As `find_attributions`."""
        words = (self.wordpiece.words(text, start, end) for start, end in paragraphs)
        rows = [_window(parts) for parts in windows([w for w in words if w], self.window)]
        out: list[Attribution] = []
        for start in range(0, len(rows), _AT_ONCE):
            out += self._read(rows[start : start + _AT_ONCE])
        return continued(text, out)

    def _read(self, rows: Sequence[_Window]) -> Iterator[Attribution]:
        """The attributions of some windows of one text."""
        states = self._states(rows)
        emissions = _emissions(states, self.heads)
        lengths = np.array([len(row.words) for row in rows], np.int64)
        tags = best_tags(emissions, lengths, self.heads.start, self.heads.steps)
        chances = role_chances(emissions, lengths, self.heads.start, self.heads.steps)
        for i, row in enumerate(rows):
            n = len(row.words)
            for found in self._groups(tags[i, :, :n], chances[i, :, :n], states[i], row):
                if is_likely(found, chances[i]):
                    yield _attribution(found, row, chances[i])

    def _groups(self, tags: Ints, chances: Floats, states: Floats, row: _Window) -> list[Group]:
        """The attributions of one window.

        Where a content has no cue, or a cue no source, words that are half likely one are asked too.
        """
        found = widened(segments(tags), chances)
        groups = group(found, states, row.paragraphs, self.heads)
        if not all(one.cue for one in groups) and (more := likely(CUE, chances[0], found)):
            groups = group([*found, *more], states, row.paragraphs, self.heads)
            used = {cue for one in groups for cue in one.cue}
            found += [cue for cue in more if cue in used]
        if not all(one.source or not one.cue for one in groups) and (more := likely(SOURCE, chances[0], found)):
            groups = group([*found, *more], states, row.paragraphs, self.heads)
        return groups

    def _states(self, rows: Sequence[_Window]) -> list[Floats]:
        """The encoder's state of each word, (words, width) a window."""
        out: list[Floats] = [np.zeros((0, 0), np.float32)] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: (len(rows[i].pieces), i))
        for start in range(0, len(order), self.batch):
            chosen = order[start : start + self.batch]
            length = len(rows[chosen[-1]].pieces)
            pieces, shapes = (np.full((len(chosen), length), fill, np.int64) for fill in (PAD, SPECIAL_SHAPE))
            for j, i in enumerate(chosen):
                pieces[j, : len(rows[i].pieces)] = rows[i].pieces
                shapes[j, : len(rows[i].shapes)] = rows[i].shapes
            states = self.session.run(None, {"pieces": pieces, "shapes": shapes})[0]
            for j, i in enumerate(chosen):
                out[i] = states[j, rows[i].firsts]
        return out


def _window(parts: Sequence[Sequence[Word]]) -> _Window:
    row = _Window([START], [SPECIAL_SHAPE], [], [], [])
    for number, part in enumerate(parts):
        for word in part:
            row.firsts.append(len(row.pieces))
            row.pieces.extend(word.pieces)
            row.shapes.append(word.shape)
            row.shapes.extend([INNER_PIECE_SHAPE] * (len(word.pieces) - 1))
        row.words.extend(part)
        row.paragraphs.extend([number] * len(part))
        row.pieces.append(SEPARATOR)
        row.shapes.append(SPECIAL_SHAPE)
    return row


def _emissions(states: Sequence[Floats], heads: Heads) -> Floats:
    """Tag scores (rows, levels, words, tags), zero past the end of a row."""
    longest = max(len(s) for s in states)
    out = np.zeros((len(states), longest, N_LEVELS * N_TAGS), np.float32)
    for i, row in enumerate(states):
        out[i, : len(row)] = row @ heads.emit + heads.emit_bias
    return out.reshape(len(states), longest, N_LEVELS, N_TAGS).transpose(0, 2, 1, 3)


def _attribution(found: Group, row: _Window, chances: Floats) -> Attribution:
    score = round(chance_of(found, chances), 4)
    return Attribution(_spans(found.source, row), _spans(found.cue, row), _spans(found.content, row), score)


def _spans(parts: Sequence[Segment], row: _Window) -> Spans:
    """The places of the parts in reading order; parts of two levels that overlap are one."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted((part.first, part.last) for part in parts):
        if runs and first <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(last, runs[-1][1])
        else:
            runs.append((first, last))
    return tuple((row.words[first].start, row.words[last].end) for first, last in runs)
