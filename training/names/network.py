"""A small two-layer network, trained with numpy alone: same data and seed, same weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECAY_1, DECAY_2 = 0.9, 0.999  # Adam (Kingma and Ba 2015)
RANGE = (0.5, 99.5)  # values beyond these percentiles are clipped


@dataclass(frozen=True, slots=True)
class Network:
    """tanh(clip(x) @ hidden + hidden_bias) @ out + out_bias is the log-odds of "same"."""

    hidden: Array
    hidden_bias: Array
    out: Array
    out_bias: Array
    low: Array
    high: Array

    def log_odds(self, x: Array) -> Array:
        """One number per row of `x`."""
        found: Array = (
            np.tanh(np.clip(x, self.low, self.high) @ self.hidden + self.hidden_bias) @ self.out + self.out_bias
        )
        return found


def _train_one(x: Array, y: Array, width: int, epochs: int, decay: float, seed: int) -> list[Array]:
    random = np.random.default_rng(seed)
    rows, columns = x.shape
    weights = [
        random.normal(0, columns**-0.5, (columns, width)),
        np.zeros(width),
        random.normal(0, width**-0.5, width),
        np.zeros(1),
    ]
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    step = 0
    for epoch in range(epochs):
        rate = 0.005 * (1 + np.cos(np.pi * epoch / epochs))
        order = random.permutation(rows)
        for start in range(0, rows, 256):
            at = order[start : start + 256]
            step += 1
            for n, slope in enumerate(_slopes(weights, x[at], y[at], decay)):
                first[n] = DECAY_1 * first[n] + (1 - DECAY_1) * slope
                second[n] = DECAY_2 * second[n] + (1 - DECAY_2) * slope**2
                spread = np.sqrt(second[n] / (1 - DECAY_2**step)) + 1e-8
                weights[n] = weights[n] - rate * first[n] / (1 - DECAY_1**step) / spread
    return weights


def _slopes(weights: list[Array], x: Array, y: Array, decay: float) -> list[Array]:
    hidden, hidden_bias, out, out_bias = weights
    active = np.tanh(x @ hidden + hidden_bias)
    error = (1 / (1 + np.exp(-(active @ out + out_bias))) - y) / len(y)
    back = np.outer(error, out) * (1 - active**2)
    return [x.T @ back + decay * hidden, back.sum(0), active.T @ error + decay * out, error.sum(keepdims=True)]


def train(x: Array, y: Array, *, members: int = 3, width: int = 16, epochs: int = 60, decay: float = 1e-3) -> Network:
    """The mean of `members` networks trained from different seeds, as one wide network on raw values."""
    low, high = np.percentile(x, RANGE[0], axis=0), np.percentile(x, RANGE[1], axis=0)
    high = np.where(high > low, high, x.max(axis=0))
    clipped = np.clip(x, low, high)
    mean, spread = clipped.mean(axis=0), clipped.std(axis=0) + 1e-6
    scaled = (clipped - mean) / spread
    found = [_train_one(scaled, y, width, epochs, decay, seed) for seed in range(members)]
    hidden = np.hstack([w[0] for w in found]) / spread[:, None]
    bias = np.concatenate([w[1] for w in found]) - mean @ hidden
    out = np.concatenate([w[2] for w in found]) / members
    return Network(hidden, bias, out, np.mean([w[3] for w in found], axis=0), low, high)
