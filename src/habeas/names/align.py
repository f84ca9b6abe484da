"""Which part of one name answers which part of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from habeas.names.parse import Name
from habeas.names.units import Unit, join_units

LEAST = 0.62  # parts less alike than this do not answer each other, unless they are known as one name
KNOWN_LEAST = 0.7  # how alike two known spellings of one name count at least (Jacob, יעקב)
JOINED_LEAST = 0.8  # two neighbours answer one part of the other name only if this alike
JOINED_GAIN = 0.03
SHARE = 1.5  # two neighbours that are longer than this times a part are less alike to it than JOINED_LEAST
SAME, KIN, NOTHING, APART, SURELY_APART = 1.0, 0.5, 0.0, -1.0, -2.0
ORDER = {SAME: 0.1, KIN: 0.05, NOTHING: 0.0, APART: -0.15, SURELY_APART: -0.3}  # who answers whom, of equals

similarity = Indel.normalized_similarity


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
    pairs: tuple[Pair, ...]
    left_a: tuple[int, ...]
    left_b: tuple[int, ...]


def unit_similarity(a: Unit, b: Unit) -> float:
    """How alike two parts sound, 0 to 1; 0 below `LEAST`."""
    if a.script != b.script and (a.is_abjad or b.is_abjad):
        first, second = a.bare, b.bare
    elif a.text == b.text and a.mark == b.mark:
        return 1.0
    else:
        first, second = a.full, b.full
    shown, other = first[0], second[0]
    best: float = similarity(shown, other, score_cutoff=LEAST)
    for reading in first[1:] if len(first) > 1 else ():
        if (alike := similarity(reading, other, score_cutoff=LEAST)) > best:
            best = alike
    for reading in second[1:] if len(second) > 1 else ():
        if (alike := similarity(shown, reading, score_cutoff=LEAST)) > best:
            best = alike
    return best


def known_relation(a: Unit, b: Unit) -> float:
    """What the lists of known names say of two parts: see `Pair.known`. Umm Hani is not Hani."""
    if (a.mark == "umm") != (b.mark == "umm"):
        return APART
    if a.families and b.families:
        return SURELY_APART if a.families.isdisjoint(b.families) else SAME
    if not a.ids or not b.ids:
        return NOTHING
    if a.ids[0] in b.ids or b.ids[0] in a.ids:
        return SAME
    return APART if set(a.ids).isdisjoint(b.ids) else KIN


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
    free_a, free_b = set(range(len(units_a))), set(range(len(units_b)))
    pairs = _answers(_candidates(units_a, units_b), units_a, units_b, free_a, free_b)
    if free_a and len(units_a) > 1:
        _join(units_a, units_b, free_a, free_b, pairs, False)
    if free_b and len(units_b) > 1:
        _join(units_b, units_a, free_b, free_a, pairs, True)
    if len(pairs) > 1:
        pairs.sort()  # by their places in a: no place has two
    return Alignment(a, b, tuple(pairs), tuple(sorted(free_a)), tuple(sorted(free_b)))


Candidate = tuple[float, int, int, float, float]  # what it is ordered by, minus its places, how alike, what is known


def _candidates(units_a: tuple[Unit, ...], units_b: tuple[Unit, ...]) -> list[Candidate]:
    """The pairs of parts that may answer each other, best first."""
    found: list[Candidate] = []
    for i, x in enumerate(units_a):
        text, script, _, _, full, bare, _, families, ids, _, is_abjad, *_ = x
        for j, y in enumerate(units_b):
            # `unit_similarity`, written out for most parts: this is where comparing spends its time
            if script != y.script and (is_abjad or y.is_abjad):
                first, second = bare, y.bare
            else:
                first, second = full, y.full
            if len(first) == 1 == len(second) and text != y.text:
                alike = similarity(first[0], second[0], score_cutoff=LEAST)
            else:
                alike = unit_similarity(x, y)
            if alike:
                known = known_relation(x, y)
                if known == SAME and alike < KNOWN_LEAST:
                    alike = KNOWN_LEAST
            elif ((families and y.families) or (ids and y.ids)) and is_known_same(x, y):
                alike, known = KNOWN_LEAST, SAME
            else:
                continue
            found.append((alike + ORDER[known] - 0.01 * abs(i - j), -i, -j, alike, known))
    if len(found) > 1:
        found.sort(reverse=True)
    return found


def _answers(
    candidates: list[Candidate],
    units_a: tuple[Unit, ...],
    units_b: tuple[Unit, ...],
    free_a: set[int],
    free_b: set[int],
) -> list[Pair]:
    """The best pairs such that no part answers twice; their places are taken from the free ones."""
    pairs = []
    for _, i, j, alike, known in candidates:
        if -i in free_a and -j in free_b:
            free_a.remove(-i)
            free_b.remove(-j)
            pairs.append(Pair(-i, -j, alike, known, units_a[-i], units_b[-j]))
    return pairs


def _join(
    own: tuple[Unit, ...],
    theirs: tuple[Unit, ...],
    free: set[int],
    their_free: set[int],
    pairs: list[Pair],
    swapped: bool,
) -> None:
    """Makes all joins of two neighbours of `own` that help: where one part of `theirs` is long enough for both."""
    longest = SHARE * max([len(unit.coarse) for unit in theirs], default=0)
    sizes = [len(unit.coarse) for unit in own]
    joining = None
    for first in range(len(own) - 1):
        if sizes[first] + sizes[first + 1] <= longest and (first in free or first + 1 in free):
            joining = joining or _Joining(own, theirs, free, their_free, pairs, swapped)
            joining.join(first, first + 1 if first in free else first)


@dataclass(slots=True)
class _Joining:
    """Left-over parts of `own` joined to a neighbour, where one part of `theirs` answers both. `swapped`: own is b."""

    own: tuple[Unit, ...]
    theirs: tuple[Unit, ...]
    free: set[int]
    their_free: set[int]
    pairs: list[Pair]
    swapped: bool

    def join(self, first: int, neighbour: int) -> None:
        """Joins the parts at `first` and after it where that helps: one is left over, `neighbour` is the other."""
        targets, held, answered = self.their_free, None, -1
        if neighbour not in self.free:
            held = next((pair for pair in self.pairs if self._place(pair) == neighbour), None)
            if held is None:
                return
            answered = held.at_a if self.swapped else held.at_b
            targets = targets | {answered}
        best, at = self._best(first, targets)
        if best < JOINED_LEAST or (held and best < held.alike + JOINED_GAIN):
            return
        if held:
            self.pairs.remove(held)
            self.their_free.add(answered)
        self.free -= {first, first + 1}
        self.their_free.discard(at)
        self.pairs.append(self._pair(first, at, best))

    def _best(self, first: int, targets: set[int]) -> tuple[float, int]:
        """How alike the two parts from `first` and the best of `targets` are, and its place; 0 if all are short."""
        one, two = self.own[first], self.own[first + 1]
        least = len(one.coarse) + len(two.coarse)
        best, at = 0.0, -1
        for j in sorted(targets):
            other = self.theirs[j]
            if SHARE * len(other.coarse) >= least and (alike := _joined(one, two, other)) > best:
                best, at = alike, j
        return best, at

    def _place(self, pair: Pair) -> int:
        return pair.at_b if self.swapped else pair.at_a

    def _pair(self, first: int, at: int, alike: float) -> Pair:
        joined, other = join_units(self.own[first], self.own[first + 1]), self.theirs[at]
        known = known_relation(joined, other)
        if self.swapped:
            return Pair(at, first, alike, known, other, joined)
        return Pair(first, at, alike, known, joined, other)


def _joined(first: Unit, second: Unit, other: Unit) -> float:
    """How alike two neighbours, read as one part, and `other` sound; 0 below `JOINED_LEAST`."""
    if first.script != other.script and (first.is_abjad or other.is_abjad):
        one, two, theirs = first.bare[0], second.bare[0], other.bare
    else:
        one, two, theirs = first.full[0], second.full[0], other.full
    if SHARE * max(map(len, theirs)) < len(one) + len(two):
        return 0.0
    return max([similarity(one + two, reading, score_cutoff=JOINED_LEAST) for reading in theirs])
