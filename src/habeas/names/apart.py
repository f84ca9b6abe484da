"""Which of many pairs of names are two people's for sure: seen for all at once, before any is compared in full.

Of names that share a key, two of three share one part alone. That takes a look at how their parts sound and no
weighing, and here C does it for thousands of parts in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.process import cpdist

from habeas.names.align import JOINED_LEAST, LEAST, SHARE, is_known_same, similarity
from habeas.names.parse import MOST_UNITS, Name

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
TELLING = 2  # parts that count: with fewer, one answered part is all that a name has


def surely_apart(pairs: Sequence[tuple[Name, Name]]) -> Bools:
    """For each pair, whether at most one part of either answers one of the other while each has more of its own.

    `compare` finds these different, whatever else is weighed; nothing is said of the others.
    """
    if not pairs:
        return np.zeros(0, dtype=np.bool_)
    table = _Table(name for pair in pairs for name in pair)
    a = np.array([table.number[id(one)] for one, _other in pairs])
    b = np.array([table.number[id(other)] for _one, other in pairs])
    apart: Bools = table.tells[a] & table.tells[b] & np.array([one.folded != other.folded for one, other in pairs])
    apart[apart] = table.answered(a[apart], b[apart]) < TELLING
    for own, theirs in ((a, b), (b, a)):
        apart[apart] = ~table.can_join(own[apart], theirs[apart])
    return apart


class _Cells(NamedTuple):
    """All that can be made of one of `first` and one of `second`, pair by pair: `of` is the pair, then both places."""

    of: Ints
    first: Ints
    second: Ints


def _cells(first: Ints, second: Ints) -> _Cells:
    sizes = first * second
    of = np.repeat(np.arange(len(sizes)), sizes)
    at = np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return _Cells(of, *np.divmod(at, second[of]))


class _Sounds(NamedTuple):
    """Ways to read parts, one after another; those of a part `begin` at its number and are so `many`."""

    texts: NDArray[np.object_]
    begin: Ints
    many: Ints


def _sounds(readings: Sequence[tuple[str, ...]]) -> _Sounds:
    many = np.array([len(one) for one in readings], dtype=np.int64)
    return _Sounds(np.array([text for one in readings for text in one], dtype=object), np.cumsum(many) - many, many)


class _Table:
    """The names with their parts as numbers, each different part once."""

    def __init__(self, names: Iterable[Name]) -> None:
        found = list({id(name): name for name in names}.values())
        self.number = {id(name): at for at, name in enumerate(found)}
        self.units = list({id(unit): unit for name in found for unit in name.units}.values())
        numbers = {id(unit): at for at, unit in enumerate(self.units)}
        self.parts = np.array([numbers[id(unit)] for name in found for unit in name.units], dtype=np.int64)
        self.count = np.array([len(name.units) for name in found])
        self.begin = np.cumsum(self.count) - self.count
        self.tells = np.array([sum([unit.counts for unit in name.units]) >= TELLING for name in found])
        self.size = np.array([unit.size for unit in self.units], dtype=np.int64)
        self.known = np.array([bool(unit.ids or unit.families) for unit in self.units], dtype=np.bool_)
        writings = {writing: at for at, writing in enumerate({unit.writing for unit in self.units})}
        self.writing = np.array([writings[unit.writing] for unit in self.units], dtype=np.int64)

    @cached_property
    def full(self) -> _Sounds:
        """How the parts sound."""
        return _sounds([unit.every_full for unit in self.units])

    @cached_property
    def bare(self) -> _Sounds:
        """How they sound beside those of another writing: without short vowels."""
        return _sounds([unit.every_bare for unit in self.units])

    def answered(self, a: Ints, b: Ints) -> Ints:
        """How many parts of one name can answer parts of the other at once, for each pair of names; 1 is exact."""
        cells = _cells(self.count[a], self.count[b])
        x, y = self.parts[self.begin[a][cells.of] + cells.first], self.parts[self.begin[b][cells.of] + cells.second]
        alike = self._alike(x, y)
        sides = (np.unique((cells.of * MOST_UNITS + place)[alike]) // MOST_UNITS for place in (cells[1], cells[2]))
        return np.minimum(*(np.bincount(side, minlength=len(a)) for side in sides))

    def can_join(self, own: Ints, theirs: Ints) -> Bools:
        """Whether two neighbours of a name of `own`, read as one, may answer a part of that of `theirs`."""
        cells = _cells(self.count[own] - 1, self.count[theirs])
        places = self.begin[own][cells.of] + cells.first
        one, two = self.parts[places], self.parts[places + 1]
        other = self.parts[self.begin[theirs][cells.of] + cells.second]
        fits = self.size[one] + self.size[two] <= SHARE * self.size[other]
        of, one, two, other = cells.of[fits], one[fits], two[fits], other[fits]
        found = np.zeros(len(own), dtype=np.bool_)
        for some, sounds in self._by_writing(one, other):
            both = sounds.texts[sounds.begin[one[some]]] + sounds.texts[sounds.begin[two[some]]]
            read = _cells(np.ones(len(some), dtype=np.int64), sounds.many[other[some]])
            alike = _are_alike(both[read.of], _readings(sounds, other[some], read.of, read.second), JOINED_LEAST)
            found[of[some][read.of[alike]]] = True
        return found

    def _alike(self, x: Ints, y: Ints) -> Bools:
        """Whether the parts of each pair may answer each other: by how they sound, or as one known name."""
        keys, back = np.unique(x * len(self.units) + y, return_inverse=True)
        first, second = np.divmod(keys, len(self.units))
        alike = np.zeros(len(keys), dtype=np.bool_)
        for some, sounds in self._by_writing(first, second):
            a, b = first[some], second[some]
            read = _cells(sounds.many[a], sounds.many[b])
            shown = (read.first == 0) | (read.second == 0)  # no reading but the first answers another
            of, at_a, at_b = read.of[shown], read.first[shown], read.second[shown]
            heard = _are_alike(_readings(sounds, a, of, at_a), _readings(sounds, b, of, at_b), LEAST)
            alike[some[of[heard]]] = True
        for at in np.flatnonzero(~alike & self.known[first] & self.known[second]).tolist():
            alike[at] = is_known_same(self.units[first[at]], self.units[second[at]])
        return alike[back]

    def _by_writing(self, one: Ints, other: Ints) -> Iterator[tuple[Ints, _Sounds]]:
        """The places where both parts are of one writing, and the others, with how they sound to each other."""
        same = self.writing[one] == self.writing[other]
        if same.any():
            yield np.flatnonzero(same), self.full
        if not same.all():
            yield np.flatnonzero(~same), self.bare


def _readings(sounds: _Sounds, parts: Ints, of: Ints, places: Ints) -> NDArray[np.object_]:
    found: NDArray[np.object_] = sounds.texts[sounds.begin[parts][of] + places]
    return found


def _are_alike(some: NDArray[np.object_], others: NDArray[np.object_], least: float) -> Bools:
    if not len(some):
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(cpdist(some.tolist(), others.tolist(), scorer=similarity, score_cutoff=least) > 0)
