"""What the encoder says a sentence tells: kinds and phases with a score, the words where each peaks, how it is told.

A label is `kind/phase`, and `kind/phase/value` for kinds whose value is a code. A label's score is added up over the
words of a sentence (multiple-instance learning, Dietterich et al. 1997), so that annotated sentences were enough to
learn where the telling words stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from habeas.extraction.reading import Modality, Span

MODALITIES: tuple[Modality, ...] = ("actual", "alleged", "planned", "demanded", "denied", "hypothetical")
LEAST = 0.05
"""Labels that score less in a sentence are not told at all."""
_CODED = frozenset({"detention", "denial", "ill_treatment", "health"})
_HEALTH = frozenset({"critical", "serious", "deteriorating", "stable", "improving"})
_BESIDE = 1.5  # a word belongs to the peak where its score is this near to the best one's (log-odds)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Told:
    """One label of one sentence: `score` from 0 to 1, `span` the words where it peaks, and the chance of each modality.

    `sentence` is its index on the page; `chances` are in the order of `MODALITIES` and add up to 1.
    """

    sentence: int
    kind: str
    phase: str
    value: str | None
    score: float
    span: Span
    chances: tuple[float, ...]

    @property
    def modality(self) -> Modality:
        """The likeliest one."""
        return MODALITIES[max(range(len(MODALITIES)), key=self.chances.__getitem__)]


def label_of(kind: str, phase: str, value: int | str | None) -> str:
    """The label that a claim of this kind, phase and value is learned under."""
    if kind not in _CODED:
        return f"{kind}/{phase}"
    code = value if kind != "health" or value in _HEALTH else "text"
    return f"{kind}/{phase}/{code}"


@dataclass(frozen=True, slots=True)
class Teller:
    """The weights that turn the encoder's states into what sentences tell."""

    labels: tuple[tuple[str, str, str | None], ...]
    emit: Floats
    emit_bias: Floats
    bias: Floats
    way: Floats
    way_bias: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Teller:
        """The weights in `arrays`, named as `training.attribution.export` names them."""
        names = ("emit", "emit_bias", "bias", "way", "way_bias")
        parts = [str(label).split("/") for label in arrays["teller.labels"]]
        labels = tuple((p[0], p[1], p[2] if len(p) == 3 else None) for p in parts)
        return cls(labels, *(np.asarray(arrays[f"teller.{name}"], np.float32) for name in names))

    def tell(self, states: Floats, spans: Sequence[Span], sentences: Sequence[int]) -> list[Told]:
        """What the words of one window tell, a label a sentence once, in order of sentence.

        `states` (words, width) are the encoder's, `spans` the places of the words, `sentences` the sentence of each.
        """
        marks = states @ self.emit + self.emit_bias
        numbers = np.asarray(sentences)
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        stops = np.append(starts[1:], len(numbers))
        summed = np.logaddexp.reduceat(marks, starts, axis=0)
        logits = summed - 0.5 * np.log(stops - starts)[:, None] + self.bias
        scores = 1 / (1 + np.exp(-logits))
        return [
            self._told(
                states, spans, marks, int(numbers[starts[i]]), int(starts[i]), int(stops[i]), label, scores[i, label]
            )
            for i, label in zip(*np.nonzero(scores >= LEAST), strict=True)
        ]

    def _told(
        self,
        states: Floats,
        spans: Sequence[Span],
        marks: Floats,
        sentence: int,
        start: int,
        stop: int,
        label: int,
        score: float,
    ) -> Told:
        column = marks[start:stop, label]
        peak = int(column.argmax())
        first, last = peak, peak
        while first and column[first - 1] > column[peak] - _BESIDE:
            first -= 1
        while last + 1 < len(column) and column[last + 1] > column[peak] - _BESIDE:
            last += 1
        weights = np.exp(column - column[peak])
        state = (weights / weights.sum()) @ states[start:stop]
        ways = state @ self.way + self.way_bias
        chances = np.exp(ways - ways.max())
        span = (spans[start + first][0], spans[start + last][1])
        return Told(
            sentence, *self.labels[label], round(float(score), 4), span, tuple((chances / chances.sum()).tolist())
        )
