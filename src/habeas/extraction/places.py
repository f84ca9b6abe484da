"""Where in a text each of many expressions can match, by the words that no match can do without.

All ways of all expressions are followed at once, word by word from the end of the text: a bit stands for one word of
one way and is set while that word and all later ones of its way are found in the text, in order and with nothing
between that may not stand there. Where the first word of a way is reached, a match may begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from habeas.extraction.ways import ANY, Pieces, Ways, commonness

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_FOLDED = str.maketrans("İıſ", "iis")  # what matches these letters too where case does not count
_LONGEST = 5  # words of a way that are looked for; the commonest are left out
_REMEMBERED = 50_000  # words
_Steps = Sequence[tuple[Pieces, Pieces]]


class Places:
    """Tells at which words of a text each of several expressions can begin, by the ways of their matches.

    The bits of the first words of all ways stand side by side, then those of the second words, and so on, so that
    stepping to the word before is one shift for all.
    """

    def __init__(self, expressions: Iterable[Ways]) -> None:
        ways = [(number, _steps(way.steps)) for number, found in enumerate(expressions) for way in found]
        kept = list(dict.fromkeys(ways))
        self._owners = [number for number, _ in kept]
        self._width = len(kept)
        self._depth = max((len(steps) for _, steps in kept), default=0)
        words: dict[str, list[int]] = {}
        gaps: dict[str, list[int]] = {}
        for way, (_, steps) in enumerate(kept):
            for at, (gap, word) in enumerate(steps):
                for table, pieces in ((words, word), (gaps, gap)):
                    for piece in pieces:
                        table.setdefault(piece, []).append(at * self._width + way)
        self._first = (1 << self._width) - 1
        self._last = self._mask((len(steps) - 1) * self._width + way for way, (_, steps) in enumerate(kept))
        self._base = self._mask(words.pop("", ())), self._mask(gaps.pop("", ()))
        self._pieces = {piece: (words.get(piece, ()), gaps.get(piece, ())) for piece in words.keys() | gaps.keys()}
        self._most = max(map(len, self._pieces), default=0)
        self._known: dict[str, tuple[int, int]] = {}
        self._alike: dict[tuple[str, ...], tuple[int, int]] = {}

    def places(self, text: str) -> dict[int, list[int]]:
        """For each expression that can match, the offsets of the words where it can begin, in order."""
        found: dict[int, list[int]] = {}
        for at, ways in reversed(list(self._begun(text))):
            for number in self._numbers(ways):
                found.setdefault(number, []).append(at)
        return dict(sorted(found.items()))

    def _begun(self, text: str) -> Iterator[tuple[int, int]]:
        """From the last word to the first, where ways can begin, and the bits of these."""
        state = 0
        for word in reversed(list(_WORD.finditer(text))):
            written = word.group()
            here, beside = self._known[written] if written in self._known else self._learn(written)
            state = ((state >> self._width) | self._last) & here | state & beside
            if state & self._first:
                yield word.start(), state & self._first

    def _numbers(self, ways: int) -> set[int]:
        """The numbers of the expressions to which these bits belong."""
        found = set()
        while ways:
            way = ways.bit_length() - 1
            ways ^= 1 << way
            found.add(self._owners[way])
        return found

    def _learn(self, written: str) -> tuple[int, int]:
        """The bits of the words of ways that a word can be, and of those that it can stand before."""
        word = f" {_DIGIT.sub('0', folded(written))} "
        ends = range(1, len(word) + 1)
        parts = {word[start:end] for end in ends for start in range(max(0, end - self._most), end)}
        pieces = tuple(sorted(parts & self._pieces.keys()))
        found = self._alike.get(pieces)
        if found is None:
            here = self._mask(bit for piece in pieces for bit in self._pieces[piece][0])
            beside = self._mask(bit for piece in pieces for bit in self._pieces[piece][1])
            found = self._base[0] | here, self._base[1] | beside
        if len(self._known) < _REMEMBERED:
            self._known[written] = self._alike[pieces] = found
        return found

    def _mask(self, bits: Iterable[int]) -> int:
        mask = bytearray(self._width * self._depth // 8 + 1)
        for bit in bits:
            mask[bit >> 3] |= 1 << (bit & 7)
        return int.from_bytes(mask, "little")


def folded(text: str) -> str:
    """The text in small letters as pieces are written, but for its digits; of the same length where it is ASCII."""
    return text.lower() if text.isascii() else text.translate(_FOLDED).lower()


def _steps(steps: _Steps) -> tuple[tuple[Pieces, Pieces], ...]:
    """The steps that are looked for: no more than the most, and at least one, which any word is."""
    kept = list(steps) or [(frozenset(), ANY)]
    while len(kept) > _LONGEST:
        at = max(range(1, len(kept)), key=lambda number: commonness(kept[number][1]))
        gap, word = kept.pop(at)
        if at < len(kept):
            loose = gap | word | kept[at][0]
            kept[at] = (ANY if "" in loose else loose, kept[at][1])
    return tuple(kept)
