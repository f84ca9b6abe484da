"""The figures of the reader on annotated reports, by name, as floors are set on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from habeas.extraction.reading import to_json
from training.reports.gold import Gold

Read = Callable[..., Any]


def figures(scorer: ModuleType, golds: Sequence[Gold], read: Read) -> dict[str, float]:
    """F1 and rates by `score_reading.py`'s names; "dated KIND" by kind, and "… translated" for that style alone."""
    guesses = {g["document"]["id"]: to_json(read(g["text"], **g["document"])) for g in golds}
    translated = [g for g in golds if "machine-translated" in (g["style"] or "")]
    out = _named(scorer, golds, guesses)
    out |= {f"{name} translated": value for name, value in _named(scorer, translated, guesses).items()}
    return out


def _named(scorer: ModuleType, golds: Sequence[Gold], guesses: dict[str, Any]) -> dict[str, float]:
    counts, rates, kinds, _ = scorer.score(golds, guesses)
    out = {name: scorer.f1(*found)[2] for name, found in counts.items()}
    out |= {name: right / of if of else 0.0 for name, (right, of) in rates.items()}
    return out | {f"dated {kind}": scorer.f1(*found)[2] for kind, found in kinds.items()}
