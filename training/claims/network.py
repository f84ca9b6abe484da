"""The head that scores claims: one score a word and label, added up over a sentence, and a modality where it peaks."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from habeas.extraction.telling import MODALITIES

MODALITY_WEIGHT = 0.3
ABSENT = -1e4


class Teller(nn.Module):
    """Which of `labels` each sentence tells, and in which modality."""

    def __init__(self, width: int, labels: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.emit = nn.Linear(width, labels)
        self.bias = nn.Parameter(torch.full((labels,), -4.0))
        self.way = nn.Linear(width, len(MODALITIES))
        nn.init.normal_(self.emit.weight, std=0.02)
        nn.init.zeros_(self.emit.bias)

    def loss(self, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
        """Mean loss of a sentence; `words` (rows, words, width)."""
        words = self.dropout(words)
        inside = batch["inside"]
        marks = self.emit(words)[:, None].masked_fill(~inside[..., None], ABSENT)
        n = inside.sum(2).clamp(min=1)
        scores = torch.logsumexp(marks, 2) - 0.5 * torch.log(n)[..., None] + self.bias
        total = F.binary_cross_entropy_with_logits(scores, batch["told"], weight=batch["weights"], reduction="sum")
        if len(batch["ways"]):
            row, sentence, label, way = batch["ways"].T
            peaks = torch.softmax(marks[row, sentence, :, label], 1)
            states = torch.einsum("nw,nwd->nd", peaks, words[row])
            total = total + MODALITY_WEIGHT * F.cross_entropy(self.way(states), way, reduction="sum")
        return total / inside.any(2).sum()
