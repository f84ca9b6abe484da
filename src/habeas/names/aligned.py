"""Which parts answer each other in many pairs of names: what `align` finds for one pair, found for all at once.

A place in an array is (pair, part of a, part of b), and each different part is looked at once, so that C goes through
thousands of pairs in one step. Where two neighbours might answer one part together, `align` itself must say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.process import cpdist

from habeas.names.align import JOINED_LEAST, KNOWN_LEAST, LEAST, ORDER, SAME, SHARE, known_relation, similarity
from habeas.names.parse import Name
from habeas.names.units import Unit

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
NEVER = np.inf
KINDS = np.array([ORDER.get(number / 2, 0.0) for number in range(-4, 3)])  # `ORDER` by twice what is known, and four


class _Sounds(NamedTuple):
    """Ways to read parts, one after another; those of a part `begin` at its number and are so `many`."""

    texts: NDArray[np.object_]
    begin: Ints
    many: Ints


def numbered(values: Iterable[object]) -> Ints:
    """A number for each value; the same for the same."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


def _sounds(readings: Sequence[tuple[str, ...]]) -> _Sounds:
    many = np.array([len(one) for one in readings], dtype=np.int64)
    return _Sounds(np.array([*chain.from_iterable(readings)], dtype=object), np.cumsum(many) - many, many)


class Parts:
    """The parts of some names as numbers, each different part once, and what is asked of them."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.units = list({id(unit): unit for name in names for unit in name.units}.values())
        numbers = {id(unit): at for at, unit in enumerate(self.units)}
        self.count = np.array([len(name.units) for name in names], dtype=np.int64)
        self.begin = np.cumsum(self.count) - self.count
        self.parts = np.array([numbers[id(unit)] for name in names for unit in name.units], dtype=np.int64)
        self.writing = numbered(unit.writing for unit in self.units)
        self.size = np.array([unit.size for unit in self.units], dtype=np.int64)
        self.letters = np.array([unit.letters for unit in self.units], dtype=np.float64)
        self.counts = np.array([unit.counts for unit in self.units], dtype=np.bool_)
        # Parts of one kind are one to the lists of known names.
        self.kind = numbered((unit.mark == "umm", unit.families, unit.ids) for unit in self.units)

    @cached_property
    def full(self) -> _Sounds:
        """How the parts sound."""
        return _sounds([unit.every_full for unit in self.units])

    @cached_property
    def bare(self) -> _Sounds:
        """How they sound beside those of another writing: without short vowels."""
        return _sounds([unit.every_bare for unit in self.units])

    def alike(self, x: Ints, y: Ints) -> Floats:
        """`unit_similarity` of the parts in each place."""
        keys, back = np.unique(x * len(self.units) + y, return_inverse=True)
        first, second = np.divmod(keys, len(self.units))
        found = np.zeros(len(keys))
        same = self.writing[first] == self.writing[second]
        for some, sounds in ((np.flatnonzero(same), "full"), (np.flatnonzero(~same), "bare")):
            if len(some):
                found[some] = _most_alike(getattr(self, sounds), first[some], second[some])
        return np.asarray(found[back])

    def known(self, x: Ints, y: Ints) -> Floats:
        """`known_relation` of the parts in each place."""
        many = int(self.kind.max()) + 1
        keys, back = np.unique(self.kind[x] * many + self.kind[y], return_inverse=True)
        one: dict[int, Unit] = dict(zip(self.kind.tolist(), self.units, strict=True))
        found = np.array([known_relation(one[key // many], one[key % many]) for key in keys.tolist()])
        return np.asarray(found[back])

    def joined(self, one: Ints, two: Ints, other: Ints) -> Bools:
        """Whether two neighbours, read as one, may answer the other part, in each place."""
        found = np.zeros(len(one), dtype=np.bool_)
        same = self.writing[one] == self.writing[other]
        for some, sounds in ((np.flatnonzero(same), "full"), (np.flatnonzero(~same), "bare")):
            if len(some):
                read: _Sounds = getattr(self, sounds)
                both = read.texts[read.begin[one[some]]] + read.texts[read.begin[two[some]]]
                cells = _cells(np.ones(len(some), dtype=np.int64), read.many[other[some]])
                theirs = read.texts[read.begin[other[some]][cells.of] + cells.second]
                found[some[cells.of[_similar(both[cells.of], theirs, JOINED_LEAST) > 0]]] = True
        return found


@dataclass(frozen=True, slots=True)
class Aligned:
    """Many pairs of names aligned: of each the parts of `a` and `b` by their numbers, and which places hold one.

    By the place: how `alike` the parts are, what is `known` of both, how much they `count` as a pair, and whether they
    are one of the `pairs`. `free_a` and `free_b` answer none. Where `may_join`, neighbours may answer together, and
    the pairs may be others.
    """

    a: Ints
    b: Ints
    in_a: Bools
    in_b: Bools
    alike: Floats
    known: Floats
    count: Floats
    pairs: Bools
    free_a: Bools
    free_b: Bools
    may_join: Bools

    def of(self, some: Ints) -> Aligned:
        """These alone."""
        return Aligned(*(getattr(self, one.name)[some] for one in fields(self)))

    def sides(self) -> tuple[tuple[Bools, Ints], tuple[Bools, Ints]]:
        """The parts that answer none, and all parts: of a, and of b."""
        return (self.free_a, self.a), (self.free_b, self.b)


def align_each(parts: Parts, first: Ints, second: Ints) -> Aligned:
    """The pairs of names with these numbers; the first of each is before the second in the alphabet."""
    (a, in_a), (b, in_b) = (
        _places(parts, names, int(max(parts.count[first].max(), parts.count[second].max())))
        for names in (first, second)
    )
    there = in_a[:, :, None] & in_b[:, None, :]
    alike, known = np.zeros(there.shape), np.zeros(there.shape)
    of, i, j = np.nonzero(there)
    x, y = a[of, i], b[of, j]
    alike[there], known[there] = parts.alike(x, y), parts.known(x, y)
    count = np.where((known == SAME) & there, np.maximum(alike, KNOWN_LEAST), alike)
    same_word = np.zeros_like(there)
    same_word[of, i, j] = (x == y) & (i == j)
    pairs = _best(count, known, same_word)
    free_a, free_b = in_a & ~pairs.any(axis=2), in_b & ~pairs.any(axis=1)
    may_join = np.zeros(len(a), dtype=np.bool_)
    may_join[_joined(parts, (a, in_a, free_a), (b, in_b))] = True
    may_join[_joined(parts, (b, in_b, free_b), (a, in_a))] = True
    return Aligned(a, b, in_a, in_b, alike, known, count, pairs, free_a, free_b, may_join)


def _places(parts: Parts, names: Ints, most: int) -> tuple[Ints, Bools]:
    """The parts of each name, a row each, and which places of a row hold one."""
    held = np.arange(most) < parts.count[names][:, None]
    places = parts.begin[names][:, None] + np.arange(most)
    return np.where(held, parts.parts[np.minimum(places, len(parts.parts) - 1)], 0), held


def _best(count: Floats, known: Floats, same_word: Bools) -> Bools:
    """The pairs: the same word in the same place, then what is left, the best first."""
    most = count.shape[1]
    apart = np.abs(np.arange(most)[:, None] - np.arange(most))
    order = np.where(count > 0, 0.01 * apart - count - KINDS[(2 * known).astype(np.int64) + 4], NEVER)
    order[same_word.any(axis=2)] = NEVER
    order.transpose(0, 2, 1)[same_word.any(axis=1)] = NEVER
    pairs, rows = same_word.copy(), np.arange(len(count))
    for _ in range(most):
        at = order.reshape(len(count), -1).argmin(axis=1)
        i, j = np.divmod(at, most)
        some = order[rows, i, j] < NEVER
        rows_there, i, j = rows[some], i[some], j[some]
        pairs[rows_there, i, j] = True
        order[rows_there, i, :] = NEVER
        order[rows_there, :, j] = NEVER
    return pairs


def _joined(parts: Parts, side: tuple[Ints, Bools, Bools], other_side: tuple[Ints, Bools]) -> Ints:
    """The pairs of names where two neighbours of one side, of which one is free, may answer a part of the other."""
    (own, in_own, free), (theirs, in_theirs) = side, other_side
    one, two = own[:, :-1], own[:, 1:]
    near = in_own[:, 1:] & (free[:, :-1] | free[:, 1:])
    fits = (parts.size[one] + parts.size[two])[:, :, None] <= SHARE * parts.size[theirs][:, None, :]
    of, at, other = np.nonzero(near[:, :, None] & in_theirs[:, None, :] & fits)
    return np.asarray(of[parts.joined(one[of, at], two[of, at], theirs[of, other])])


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


def _most_alike(sounds: _Sounds, a: Ints, b: Ints) -> Floats:
    """How alike the readings of the parts are that are most alike, one of which is the first of its part."""
    cells = _cells(sounds.many[a], sounds.many[b])
    shown = (cells.first == 0) | (cells.second == 0)
    of, at_a, at_b = cells.of[shown], cells.first[shown], cells.second[shown]
    heard = _similar(sounds.texts[sounds.begin[a][of] + at_a], sounds.texts[sounds.begin[b][of] + at_b], LEAST)
    return np.asarray(np.maximum.reduceat(heard, np.flatnonzero(np.diff(of, prepend=-1))))


def _similar(some: NDArray[np.object_], others: NDArray[np.object_], least: float) -> Floats:
    if not len(some):
        return np.zeros(0)
    return np.asarray(cpdist(some.tolist(), others.tolist(), scorer=similarity, score_cutoff=least, dtype=np.float64))
