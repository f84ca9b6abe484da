"""Which part of one name answers which part of the other."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from habeas.names.parse import Name
from habeas.names.units import Unit, join_units

LEAST = 0.62  # parts less alike than this do not answer each other
JOINED_LEAST = 0.8  # two neighbours answer one part of the other name only if this alike
JOINED_GAIN = 0.03

similarity = Indel.normalized_similarity


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts that answer each other: their places, how alike they sound, what the list of known names says.

    `known` is 1 for the same known name, .5 for names that share a spelling, -1 for two different known names, else 0.
    """

    at_a: int
    at_b: int
    alike: float
    known: float
    a: Unit
    b: Unit


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs of two names in the order of the first, and the places of what is left over on each side."""

    a: Name
    b: Name
    pairs: tuple[Pair, ...]
    left_a: tuple[int, ...]
    left_b: tuple[int, ...]


def unit_similarity(a: Unit, b: Unit) -> float:
    """How alike two parts sound, 0 to 1; 0 below `LEAST`."""
    if a.text == b.text and a.mark == b.mark:
        return 1.0
    bare = (a.abjad or b.abjad) and a.script != b.script
    if not (a.others or b.others):
        return float(
            similarity(a.bare, b.bare, score_cutoff=LEAST) if bare else similarity(a.full, b.full, score_cutoff=LEAST)
        )
    best = similarity(a.bare, b.bare, score_cutoff=LEAST) if bare else similarity(a.full, b.full, score_cutoff=LEAST)
    for x in a.others:
        best = max(best, similarity(x.bare, b.bare) if bare else similarity(x.full, b.full))
    for x in b.others:
        best = max(best, similarity(a.bare, x.bare) if bare else similarity(a.full, x.full))
    return float(best) if best >= LEAST else 0.0


def known_relation(a: Unit, b: Unit) -> float:
    """What the list of known names says of two parts: see `Pair.known`."""
    if not a.ids or not b.ids:
        return 0.0
    if a.ids[0] in b.ids or b.ids[0] in a.ids:
        return 1.0
    return -1.0 if set(a.ids).isdisjoint(b.ids) else 0.5


def align(a: Name, b: Name) -> Alignment:
    """The best answers between the parts of two names, the most alike first; neighbours are joined where that helps."""
    found: list[tuple[float, int, int, float, float]] = []
    for i, x in enumerate(a.units):
        for j, y in enumerate(b.units):
            alike = unit_similarity(x, y)
            if alike >= LEAST:
                known = known_relation(x, y)
                order = alike + (0.1 * known if known > 0 else 0.15 * known) - 0.01 * abs(i - j)
                found.append((order, -i, -j, alike, known))
    found.sort(reverse=True)
    free_a, free_b = set(range(len(a.units))), set(range(len(b.units)))
    pairs: list[Pair] = []
    for _, i, j, alike, known in found:
        if -i in free_a and -j in free_b:
            free_a.remove(-i)
            free_b.remove(-j)
            pairs.append(Pair(-i, -j, alike, known, a.units[-i], b.units[-j]))
    if free_a and len(a.units) > 1:
        pairs = _join(a.units, b.units, free_a, free_b, pairs, False)
    if free_b and len(b.units) > 1:
        pairs = _join(b.units, a.units, free_b, free_a, pairs, True)
    pairs.sort(key=_place)
    return Alignment(a, b, tuple(pairs), tuple(sorted(free_a)), tuple(sorted(free_b)))


def _place(pair: Pair) -> tuple[int, int]:
    return (pair.at_a, pair.at_b)


def _join(
    own: tuple[Unit, ...],
    theirs: tuple[Unit, ...],
    free: set[int],
    their_free: set[int],
    pairs: list[Pair],
    swapped: bool,
) -> list[Pair]:
    """`pairs` after joining each free part of `own` to a neighbour where one part of `theirs` answers both."""
    for i in sorted(free):
        for first in (i - 1, i):
            if i not in free or first < 0 or first + 1 >= len(own):
                continue
            neighbour = first if first != i else i + 1
            held = next((p for p in pairs if (p.at_b if swapped else p.at_a) == neighbour), None)
            targets = set(their_free) | ({held.at_a if swapped else held.at_b} if held else set())
            if held is None and neighbour not in free:
                continue
            joined = join_units(own[first], own[first + 1])
            best, at = max(((unit_similarity(joined, theirs[j]), -j) for j in targets), default=(0.0, 0))
            if best < JOINED_LEAST or (held and best < held.alike + JOINED_GAIN):
                continue
            if held:
                pairs = [p for p in pairs if p is not held]
                their_free.add(held.at_a if swapped else held.at_b)
            free -= {i, neighbour}
            their_free.discard(-at)
            known = known_relation(joined, theirs[-at])
            pair = (
                Pair(-at, first, best, known, theirs[-at], joined)
                if swapped
                else Pair(first, -at, best, known, joined, theirs[-at])
            )
            pairs = [*pairs, pair]
    return pairs
