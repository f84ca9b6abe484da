"""The exact words of a passage."""

from __future__ import annotations

from collections.abc import Iterable

GAP = " … "  # between the pieces of a passage that is not in one piece


def words_of(text: str, spans: Iterable[Iterable[int]]) -> str:
    """The exact words at the spans, with " … " between pieces."""
    return GAP.join(text[start:end] for start, end in spans)
