"""Decides cheaply whether a text can concern people in detention, so that a stream of general news costs little."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from habeas import vocab
from habeas.extraction.reading import Span

_SHORT = 400  # code points of a sentence or two


@dataclass(frozen=True, slots=True)
class _Scan:
    """Beginnings of words compiled into one pattern; `weights` by beginning."""

    pattern: re.Pattern[str]
    weights: dict[str, int]
    stretch: int
    enough: int
    around: int


def may_tell(text: str) -> bool:
    """Whether a claim about somebody held can stand in the text at all: it has some word of custody.

    In a sentence or two any word of courts, guards, families or going home is enough: "X was charged with theft".
    """
    return (_telling_alone() if len(text) <= _SHORT else _telling()).search(text.lower()) is not None


def is_relevant(text: str) -> bool:
    """Whether some stretch of the text speaks of detention; a text that does not is not worth reading for cases."""
    return next(_stretches(text), None) is not None


def relevant_parts(text: str) -> list[Span]:
    """The parts of the text that are worth the encoder: each stretch that speaks of detention and what is around it.

    In order and apart from each other; [] where the text is not relevant. Offsets are those of the text in small
    letters, which a rare letter makes longer: near enough for choosing paragraphs.
    """
    around = _scan().around
    parts: list[Span] = []
    for start, end in _stretches(text):
        if parts and start - around <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(end + around, parts[-1][1])
        else:
            parts.append((max(0, start - around), end + around))
    return parts


def _stretches(text: str) -> Iterator[Span]:
    """From first to last beginning, the stretches whose beginnings weigh enough.

    One pass of one pattern over the text; every beginning counts once in a stretch, however often it stands there.
    """
    scan = _scan()
    window: deque[tuple[int, str]] = deque()
    counts: Counter[str] = Counter()
    weight = 0
    for match in scan.pattern.finditer(text.lower()):
        word, at = match.group(), match.start()
        while window and window[0][0] < at - scan.stretch:
            gone = window.popleft()[1]
            counts[gone] -= 1
            weight -= scan.weights[gone] if not counts[gone] else 0
        weight += scan.weights[word] if not counts[word] else 0
        counts[word] += 1
        window.append((at, word))
        if weight >= scan.enough:
            yield window[0][0], match.end()


@cache
def _scan() -> _Scan:
    table = vocab.load("en", "relevance")
    weights = {word: int(weight) for weight, words in table["weights"].items() for word in words}
    return _Scan(re.compile(_one_of(weights)), weights, table["stretch"], table["enough"], table["around"])


@cache
def _telling() -> re.Pattern[str]:
    table = vocab.load("en", "relevance")
    words = [word for weight, group in table["weights"].items() if int(weight) >= table["telling"] for word in group]
    return re.compile(_one_of(words))


@cache
def _telling_alone() -> re.Pattern[str]:
    return re.compile(rf"{_scan().pattern.pattern}|{_one_of(vocab.load('en', 'relevance')['alone'])}")


def _one_of(words: Iterable[str]) -> str:
    """A pattern of the words, longest first, sorted into branches by their first letter."""
    branches = []
    for letter, group in groupby(sorted(words), key=lambda word: word[0]):
        rest = sorted((re.escape(word[1:]) for word in group), key=len, reverse=True)
        branches.append(f"{letter}(?:{'|'.join(rest)})")
    return rf"\b(?:{'|'.join(branches)})"
