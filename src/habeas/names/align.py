"""Which part of one name answers which part of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, is_
from typing import NamedTuple

from rapidfuzz.distance import Indel

from habeas.names.parse import MOST_UNITS, Name
from habeas.names.units import Unit, join_units

LEAST = 0.62  # parts less alike than this do not answer each other, unless they are known as one name
KNOWN_LEAST = 0.7  # how alike two known spellings of one name count at least (Jacob, יעקב)
JOINED_LEAST = 0.8  # two neighbours answer one part of the other name only if this alike
JOINED_GAIN = 0.03
SHARE = 1.5  # two neighbours that are longer than this times a part are less alike to it than JOINED_LEAST
SAME, KIN, NOTHING, APART, SURELY_APART = 1.0, 0.5, 0.0, -1.0, -2.0
ORDER = {SAME: 0.1, KIN: 0.05, NOTHING: 0.0, APART: -0.15, SURELY_APART: -0.3}  # who answers whom, of equals

similarity = Indel.normalized_similarity
size_of = attrgetter("size")
PLACES = list(range(MOST_UNITS))


class Pair(NamedTuple):
    """Two parts that answer each other: their places, how alike they sound, what the lists of names say.

    `known` is 1 for the same known name, .5 for names that share a spelling, -1 for two different known names, -2 for
    two that given.toml tells apart, else 0.
    """

    at_a: int
    at_b: int
    alike: float
    known: float
    a: Unit
    b: Unit


class Alignment(NamedTuple):
    """The pairs of two names in the order of the first, and the places of what is left over on each side."""

    a: Name
    b: Name
    pairs: Sequence[Pair]
    left_a: Sequence[int]
    left_b: Sequence[int]


def unit_similarity(a: Unit, b: Unit) -> float:
    """How alike two parts sound, 0 to 1; 0 below `LEAST`."""
    alike: float
    if a.writing == b.writing:
        alike = similarity(a.full, b.full, score_cutoff=LEAST)
    else:
        alike = similarity(a.bare or a.bared(), b.bare or b.bared(), score_cutoff=LEAST)
    return _read_otherwise(a, b, alike) if a.others or b.others else alike


def _read_otherwise(a: Unit, b: Unit, best: float) -> float:
    """How alike two parts are, where another reading of one is more like the other as it is shown than its first."""
    if a.writing == b.writing:
        first, second, firsts, seconds = a.full, b.full, a.other_full, b.other_full
    else:
        first, second, firsts, seconds = a.bare, b.bare, a.other_bare, b.other_bare
    for reading in firsts:
        if (alike := similarity(reading, second, score_cutoff=LEAST)) > best:
            best = alike
    for reading in seconds:
        if (alike := similarity(first, reading, score_cutoff=LEAST)) > best:
            best = alike
    return best


def known_relation(a: Unit, b: Unit) -> float:
    """What the lists of known names say of two parts: see `Pair.known`. Umm Hani is not Hani."""
    if (a.mark == "umm") != (b.mark == "umm"):
        return APART
    if a.families and b.families:
        return SURELY_APART if a.families.isdisjoint(b.families) else SAME
    ids, others = a.ids, b.ids
    if not ids or not others:
        return NOTHING
    if ids[0] in others or others[0] in ids:
        return SAME
    return APART if set(ids).isdisjoint(others) else KIN


def is_known_same(a: Unit, b: Unit) -> bool:
    """Whether the lists of known names say that two parts are one name."""
    if (a.mark == "umm") != (b.mark == "umm"):
        return False
    if a.families and b.families:
        return not a.families.isdisjoint(b.families)
    return bool(a.ids and b.ids) and (a.ids[0] in b.ids or b.ids[0] in a.ids)


def align(a: Name, b: Name) -> Alignment:
    """The best answers between the parts of two names; neighbours are joined where that helps.

    The name that is first in the alphabet is `a` of the alignment, so that it is the same whichever comes first.
    """
    if b.folded < a.folded:
        a, b = b, a
    units_a, units_b = a.units, b.units
    free_a, free_b = PLACES[: len(units_a)], PLACES[: len(units_b)]
    pairs: list[Pair] = []
    if any(map(is_, units_a, units_b)):
        _pair_words(units_a, units_b, free_a, free_b, pairs)
    for _, i, j, alike, known in _candidates(units_a, units_b, free_a, free_b):
        if i in free_a and j in free_b:
            free_a.remove(i)
            free_b.remove(j)
            pairs.append(Pair(i, j, alike, known, units_a[i], units_b[j]))
    if free_a and len(units_a) > 1 and units_b:
        _join(units_a, units_b, free_a, free_b, pairs, False)
    if free_b and len(units_b) > 1 and units_a:
        _join(units_b, units_a, free_b, free_a, pairs, True)
    if len(pairs) > 1:
        pairs.sort()  # by their places in a: no place has two
    return Alignment(a, b, tuple(pairs), tuple(free_a), tuple(free_b))


def _pair_words(
    units_a: tuple[Unit, ...], units_b: tuple[Unit, ...], free_a: list[int], free_b: list[int], pairs: list[Pair]
) -> None:
    """Pairs the same word in the same place: no other part answers either of them better."""
    for at, (x, y) in enumerate(zip(units_a, units_b, strict=False)):
        if x is y:
            free_a.remove(at)
            free_b.remove(at)
            pairs.append(Pair(at, at, 1.0, known_relation(x, y), x, y))


Candidate = tuple[float, int, int, float, float]  # minus what it is ordered by, its places, how alike, what is known


def _candidates(
    units_a: tuple[Unit, ...], units_b: tuple[Unit, ...], free_a: list[int], free_b: list[int]
) -> list[Candidate]:
    """The pairs of free parts that may answer each other, best first."""
    found: list[Candidate] = []
    for i in free_a:
        x = units_a[i]
        writing, full, others, ids, families = x.writing, x.full, x.others, x.ids, x.families
        for j in free_b:
            y = units_b[j]
            # `unit_similarity`, written out: this is where comparing spends its time
            if writing == y.writing:
                alike = similarity(full, y.full, score_cutoff=LEAST)
            else:
                alike = similarity(x.bare or x.bared(), y.bare or y.bared(), score_cutoff=LEAST)
            if others or y.others:
                alike = _read_otherwise(x, y, alike)
            if alike:
                known = known_relation(x, y)
                if known == SAME and alike < KNOWN_LEAST:
                    alike = KNOWN_LEAST
            elif ((ids and y.ids) or (families and y.families)) and is_known_same(x, y):
                alike, known = KNOWN_LEAST, SAME
            else:
                continue
            found.append((0.01 * abs(i - j) - alike - ORDER[known], i, j, alike, known))
    if len(found) > 1:
        found.sort()
    return found


def _join(
    own: tuple[Unit, ...],
    theirs: tuple[Unit, ...],
    free: list[int],
    their_free: list[int],
    pairs: list[Pair],
    swapped: bool,
) -> None:
    """Makes all joins of two neighbours of `own` that help: where one part of `theirs` is long enough for both."""
    longest = SHARE * max(map(size_of, theirs))
    for first in range(len(own) - 1):
        one, two = own[first], own[first + 1]
        if one.size + two.size > longest:
            continue
        if first in free and first + 1 in free:
            best, at = _best_join(one, two, theirs, their_free)
            if best >= JOINED_LEAST:
                _Joining(own, theirs, free, their_free, pairs, swapped).make(first, at, best)
        elif first in free or first + 1 in free:
            held = _held(pairs, first + 1 if first in free else first, swapped)
            if held and held.alike + JOINED_GAIN <= 1.0:
                _Joining(own, theirs, free, their_free, pairs, swapped).join(first, held)


def _held(pairs: list[Pair], place: int, swapped: bool) -> Pair | None:
    """The pair that has the part at `place`, of b where `swapped`."""
    for pair in pairs:
        if pair[swapped] == place:
            return pair
    return None


@dataclass(slots=True)
class _Joining:
    """Left-over parts of `own` joined to a neighbour, where one part of `theirs` answers both. `swapped`: own is b."""

    own: tuple[Unit, ...]
    theirs: tuple[Unit, ...]
    free: list[int]
    their_free: list[int]
    pairs: list[Pair]
    swapped: bool

    def join(self, first: int, held: Pair) -> None:
        """Joins the parts at `first` and after it where that helps: one is left over, the other answers in `held`."""
        targets = sorted([*self.their_free, held.at_a if self.swapped else held.at_b])
        best, at = _best_join(self.own[first], self.own[first + 1], self.theirs, targets)
        if best >= JOINED_LEAST and best >= held.alike + JOINED_GAIN:
            self.pairs.remove(held)
            self.their_free[:] = targets
            self.make(first, at, best)

    def make(self, first: int, at: int, alike: float) -> None:
        """Joins the parts at `first` and after it as the answer to the one at `at`."""
        self.free[:] = [place for place in self.free if place not in (first, first + 1)]
        self.their_free.remove(at)
        joined, other = join_units(self.own[first], self.own[first + 1]), self.theirs[at]
        known = known_relation(joined, other)
        if self.swapped:
            self.pairs.append(Pair(at, first, alike, known, other, joined))
        else:
            self.pairs.append(Pair(first, at, alike, known, joined, other))


def _best_join(one: Unit, two: Unit, theirs: tuple[Unit, ...], targets: list[int]) -> tuple[float, int]:
    """How alike two neighbours, read as one part, and the best of `targets` sound, and its place.

    0 below `JOINED_LEAST`, and where all are too short for both.
    """
    best, at, size, letters = 0.0, -1, one.size + two.size, one.letters + two.letters
    for j in targets:
        other = theirs[j]
        if SHARE * other.size < size:
            continue
        if one.writing == other.writing:
            if letters > SHARE * other.letters and not other.others:
                continue  # of two texts one of which is so much longer, no more than JOINED_LEAST can be shared
            both, whole, readings = one.full + two.full, other.full, other.other_full
        else:
            both, whole, readings = one.bared() + two.bared(), other.bared(), other.other_bare
        for reading in (whole, *readings):
            alike = similarity(both, reading, score_cutoff=JOINED_LEAST)
            if alike > best:
                best, at = alike, j
    return best, at
