"""A sentence without what it says in passing: times between a verb and its object, ages, brackets, quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from habeas.extraction.custody.words import words
from habeas.extraction.reading import Span


@dataclass(frozen=True, slots=True)
class Plain:
    """What is left of a sentence, and where each of its code points stood; no places where nothing was left out."""

    text: str
    places: Sequence[int] = ()

    def span(self, start: int, end: int) -> Span:
        """Where words of the text stand in the sentence, with what was left out right behind them."""
        if not self.places or end <= start:
            return start, end
        return self.places[start], self.places[end] if end < len(self.places) else self.places[-1] + 1


def plain(text: str) -> Plain | None:
    """The sentence without what is said in passing; None where it says nothing so."""
    gone: list[Span] = []
    for match in words().passing.finditer(text):
        marks = match["open"], match["close"]
        if marks[0] is not None:
            gone += [match.span("open"), match.span("close")]
        else:
            gone.append(match.span())
    if not gone:
        return None
    kept = _kept(len(text), gone)
    return Plain("".join(text[i] for i in kept), kept)


def _kept(size: int, gone: Sequence[Span]) -> list[int]:
    kept: list[int] = []
    at = 0
    for start, end in gone:
        kept += range(at, start)
        at = end
    return [*kept, *range(at, size)]
