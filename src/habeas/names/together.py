"""How alike the names of many pairs are: the scores that `compare_each` finds, for all pairs at once.

What the network weighs of a pair is a column here (`score.FEATURES`), with a number for each pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.process import cpdist

from habeas.names.align import SAME, SURELY_APART
from habeas.names.aligned import Aligned, Bools, Floats, Ints, Parts, align_each, numbered
from habeas.names.compare import ALIKE, ASK, CEILING, compare_each
from habeas.names.compare import SAME as SAME_NAME
from habeas.names.parse import Name
from habeas.names.score import APART_COST, FEATURES, LETTER, LITTLE, SAME_GAIN, edit_distance, weighed

MOST_PARTS = 6  # of a name; longer ones are compared one by one
TOGETHER = 8_000  # pairs: more at once are little quicker, and take memory

Columns = dict[str, Floats]


def scores_each(names: Sequence[Name], first: Sequence[int], second: Sequence[int]) -> list[float]:
    """The score of each pair as `compare_each` finds it, the same to twelve digits, in a fraction of the time.

    `first` and `second` are the places in `names` of the two of each pair.
    """
    scores: list[float] = []
    for at in range(0, len(first), TOGETHER):
        scores += _scores(names, first[at : at + TOGETHER], second[at : at + TOGETHER])
    return scores


def _scores(names: Sequence[Name], first: Sequence[int], second: Sequence[int]) -> list[float]:
    some = sorted({*first, *second}, key=lambda at: names[at].folded)  # as `align` orders the two of a pair
    few = [names[at] for at in some]
    place = {at: number for number, at in enumerate(some)}
    both = np.array([[place[at] for at in one] for one in (first, second)], dtype=np.int64)
    low, high = both.min(axis=0), both.max(axis=0)
    found = np.full(len(first), np.nan)
    folded = numbered(name.folded for name in few)
    size = np.array([len(name.units) for name in few], dtype=np.int64)
    is_plain = (size > 0) & (size <= MOST_PARTS)  # all else is compared one by one
    plain = np.flatnonzero(is_plain[low] & is_plain[high] & (folded[low] != folded[high]))
    if len(plain):
        found[plain] = _of_plain(few, low[plain], high[plain])
    left = np.flatnonzero(np.isnan(found)).tolist()
    for at, match in zip(left, compare_each([(names[first[at]], names[second[at]]) for at in left]), strict=True):
        found[at] = match.score
    scores: list[float] = found.tolist()
    return scores


def _of_plain(names: Sequence[Name], first: Ints, second: Ints) -> Floats:
    """The scores; NaN where neighbours may answer together."""
    parts = Parts(names)
    aligned = align_each(parts, first, second)
    values = _of_little(parts, aligned)
    counts_a, counts_b = ((free & parts.counts[of]).any(axis=1) for free, of in aligned.sides())
    too_little = (aligned.pairs.sum(axis=(1, 2)) <= 1) & counts_a & counts_b
    some = np.flatnonzero(~too_little & ~aligned.may_join)
    if len(some):
        values[some] = _Weighing(parts, names, aligned.of(some), first[some], second[some]).scores()
    return np.where(aligned.may_join, np.nan, values)


def _of_little(parts: Parts, found: Aligned) -> Floats:
    """As `score._of_little`."""
    a, b = parts.letters[found.a], parts.letters[found.b]
    shared = np.where(found.pairs, found.count * (a[:, :, None] + b[:, None, :]), 0.0).sum(axis=(1, 2))
    whole = np.where(found.in_a, a, 0.0).sum(axis=1) + np.where(found.in_b, b, 0.0).sum(axis=1)
    return np.asarray(LITTLE * shared / np.where(whole > 0, whole, 1.0))


class _Told:
    """What some parts of names tell by themselves, by their numbers among these; `size` and `letters` as in `Parts`."""

    def __init__(self, parts: Parts, some: Ints) -> None:
        units = [parts.units[at] for at in some.tolist()]
        self.size, self.letters, self.counts = parts.size[some], parts.letters[some], parts.counts[some]
        self.rarity = np.array([unit.rarity for unit in units], dtype=np.float64)
        self.begins = numbered(unit.full[:1] for unit in units)
        self.mark = numbered(unit.mark for unit in units)
        self.coarse = numbered(unit.coarse for unit in units)
        self.consonants = np.array([unit.coarse for unit in units], dtype=object)
        flags = [(u.is_title, u.is_initial, u.is_feminine, u.is_lead) for u in units]
        self.is_title, self.is_initial, self.is_feminine, self.is_lead = np.array(flags, dtype=np.bool_).T


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left over of one name of each pair (`score._Left`); `places` hold the parts that count."""

    places: Bools
    number: Floats
    first: Floats
    last: Floats
    letters: Floats
    rarity: Floats


class _Weighing:
    """Pairs of names that were aligned, and what is weighed of each."""

    def __init__(self, parts: Parts, names: Sequence[Name], found: Aligned, first: Ints, second: Ints) -> None:
        some, places = np.unique([found.a, found.b], return_inverse=True)  # only what their parts tell is asked for
        a, b = places.reshape(2, *found.a.shape)
        self.told, self.found, self.rows = _Told(parts, some), replace(found, a=a, b=b), np.arange(len(first))
        self.size_a, self.size_b = parts.count[first], parts.count[second]
        is_one_part = np.array([name.is_one_part for name in names], dtype=np.bool_)
        self.one_part_a, self.one_part_b = is_one_part[first], is_one_part[second]
        script = numbered(name.script for name in names)
        self.cross_script = script[first] != script[second]
        kept = found.pairs & ~self.told.is_title[a][:, :, None]
        self.kept: Bools = np.where(kept.any(axis=(1, 2))[:, None, None], kept, found.pairs)
        self.left_a = self._left(a, found.free_a, self.size_a)
        self.left_b = self._left(b, found.free_b, self.size_b)
        self.pairs = found.pairs.sum(axis=(1, 2))

    def scores(self) -> Floats:
        """The score of each pair of names, by the names alone."""
        columns = self._paired() | self._between() | self._ends()
        columns |= self._sides(columns["letters_paired"])
        values = weighed(np.column_stack([columns[name] for name in FEATURES]))
        return self._bounded(values)

    def _left(self, units: Ints, free: Bools, size: Ints) -> _Left:
        places, told = free & self.told.counts[units], self.told
        return _Left(
            places,
            places.sum(axis=1).astype(np.float64),
            places[:, 0].astype(np.float64),
            places[self.rows, size - 1].astype(np.float64),
            np.where(places, told.letters[units], 0.0).sum(axis=1) / LETTER,
            np.where(places, told.rarity[units], 0.0).sum(axis=1),
        )

    def _paired(self) -> Columns:
        """The columns of `score.PAIRED`."""
        told, cells = self.told, _Cells(self.kept)
        x, y = self.found.a[cells.of, cells.i], self.found.b[cells.of, cells.j]
        alike, known = self.found.count[self.kept], self.found.known[self.kept]
        apart, rare = known < 0, told.rarity[x] + told.rarity[y]
        adjusted = np.where(known > 0, np.minimum(alike + SAME_GAIN, 1.0), alike)
        adjusted += np.where(apart & (alike < 1), APART_COST * known, 0.0)
        edits = _edits(told, x, y, alike)
        number = cells.sum(np.ones(len(x)))
        return {
            "pairs": number,
            "least_alike": cells.least(alike),
            "mean_alike": cells.sum(alike) / np.maximum(number, 1),
            "most_alike": cells.most(alike),
            "product_alike": cells.product(alike),
            "adjusted_least": cells.least(adjusted),
            "letters_paired": cells.sum(told.letters[x] + told.letters[y]) / LETTER,
            "known_same": cells.sum(known == SAME),
            "known_kin": cells.sum((known > 0) & (known != SAME)),
            "known_apart": cells.sum(apart),
            "surely_apart": cells.sum(known == SURELY_APART),
            "apart_alike": cells.most(np.where(apart, alike, 0.0)),
            "apart_renown": cells.most(np.where(apart, 1.0 - np.maximum(told.rarity[x], told.rarity[y]), 0.0)),
            "marks_differ": cells.sum(told.mark[x] != told.mark[y]),
            "rarity_paired": cells.sum(rare) / 2,
            "rarity_least_paired": cells.least(rare) / 2,
            "feminine_differs": cells.sum((alike < 1) & (told.is_feminine[x] != told.is_feminine[y])),
            "skeleton_edits": cells.most(edits),
            "skeleton_edits_all": cells.sum(edits),
            "skeleton_share": cells.most(edits / (1 + np.maximum(told.size[x], told.size[y]))),
        }

    def _between(self) -> Columns:
        """The columns of what stands between the pairs, and of what is left over on both sides."""
        found, told, most = self.found, self.told, self.kept.shape[1]
        both = self.left_a.places[:, :, None] & self.left_b.places[:, None, :]
        initial = told.is_initial[found.a][:, :, None] | told.is_initial[found.b][:, None, :]
        begins = told.begins[found.a][:, :, None] == told.begins[found.b][:, None, :]
        free = found.free_a[:, :, None] & found.free_b[:, None, :]
        in_pair_a, in_pair_b = _any(self.kept, 2), _any(self.kept, 1)
        before_a: Ints = np.cumsum(in_pair_a, axis=1) - in_pair_a
        before_b: Ints = np.cumsum(in_pair_b, axis=1) - in_pair_b
        contested, inversions = np.zeros(len(self.rows)), np.zeros(len(self.rows))
        place = self.kept.argmax(axis=2)
        for at in range(1, most):
            gap_a = (self.left_a.places & (before_a == at)).any(axis=1)
            gap_b = (self.left_b.places & (before_b == at)).any(axis=1)
            contested += gap_a & gap_b & (in_pair_a.sum(axis=1) > at)
            earlier = in_pair_a[:, :at] & in_pair_a[:, at, None] & (place[:, :at] > place[:, at, None])
            inversions += earlier.sum(axis=1)
        return {
            "nearest_left": np.where(both, found.alike, 0.0).max(axis=(1, 2)),
            "initials": (free & initial & begins).sum(axis=(1, 2)).astype(np.float64),
            "contested": contested,
            "inversions": inversions,
        }

    def _ends(self) -> Columns:
        """The columns of the first and the last parts."""
        found, rows, last_a, last_b = self.found, self.rows, self.size_a - 1, self.size_b - 1
        first, last = self.kept[:, 0, 0], self.kept[rows, last_a, last_b]
        return {
            "firsts_meet": first.astype(np.float64),
            "lasts_meet": last.astype(np.float64),
            "first_pair_alike": np.where(first, found.count[:, 0, 0], 0.0),
            "first_pair_known": np.where(first, found.known[:, 0, 0], 0.0),
            "last_pair_alike": np.where(last, found.count[rows, last_a, last_b], 0.0),
        }

    def _sides(self, letters: Floats) -> Columns:
        """The columns of the side with fewer parts left over, and of that with more."""
        a, b = self.left_a, self.left_b
        fewer = a.number < b.number
        a_is_longer = (a.number > b.number) | ((a.number == b.number) & (self.size_a >= self.size_b))
        lead = np.where(a_is_longer, self.found.a[:, 0], self.found.b[:, 0])
        is_lead = np.where(a_is_longer, a.first, b.first) > 0
        few_ends, many_ends = (
            np.where(fewer, one.first + one.last, other.first + other.last) for one, other in ((a, b), (b, a))
        )
        least, most = np.minimum(a.number, b.number), np.maximum(a.number, b.number)
        return {
            "left_fewer": least,
            "left_more": most,
            "firsts_left": a.first + b.first,
            "lasts_left": a.last + b.last,
            "ends_left_fewer": np.where(least > 0, np.minimum(few_ends, many_ends), 0.0),
            "letters_left_fewer": np.minimum(a.letters, b.letters),
            "letters_left_more": np.maximum(a.letters, b.letters),
            "share_paired": letters / (letters + a.letters + b.letters + 1),
            "rarity_left_fewer": np.minimum(a.rarity, b.rarity),
            "rarity_left_first": np.where(is_lead, self.told.rarity[lead], 0.0),
            "lead_left": (is_lead & self.told.is_lead[lead]).astype(np.float64),
            "units_fewer": np.minimum(self.size_a, self.size_b).astype(np.float64),
            "units_more": np.maximum(self.size_a, self.size_b).astype(np.float64),
            "cross_script": self.cross_script.astype(np.float64),
            "same_text": np.zeros(len(self.rows)),
        }

    def _bounded(self, values: Floats) -> Floats:
        """As `compare._bounded`."""
        found = self.found
        free = found.free_a[:, :, None] & found.free_b[:, None, :]
        free[:, 0, :] = free[:, :, 0] = False
        free[self.rows, self.size_a - 1, :] = free[self.rows, :, self.size_b - 1] = False
        two_names = ((found.pairs | free) & (found.known == SURELY_APART)).any(axis=(1, 2))
        values = np.where((values >= SAME_NAME) & two_names, CEILING, values)
        return np.where((values < ASK) & (self.pairs == 1) & self._is_end_of_other(), ASK, values)

    def _is_end_of_other(self) -> Bools:
        """As `compare._is_end_of_other`, of names with one pair."""
        found = self.found
        is_like = (found.pairs & (found.known >= 0) & (found.count >= ALIKE)).any(axis=(1, 2))
        in_pair_a, in_pair_b = _any(found.pairs, 2), _any(found.pairs, 1)
        end_of_a = in_pair_a[:, 0] | in_pair_a[self.rows, self.size_a - 1]
        end_of_b = in_pair_b[:, 0] | in_pair_b[self.rows, self.size_b - 1]
        a_alone = self.one_part_a & ~found.free_a.any(axis=1) & ~self.one_part_b & end_of_b
        b_alone = ~self.one_part_a & self.one_part_b & ~found.free_b.any(axis=1) & end_of_a
        return np.asarray(is_like & (a_alone | b_alone))


def _any(places: Bools, axis: int) -> Bools:
    return np.asarray(places.any(axis=axis))


class _Cells:
    """The places of the pairs, in order: of which names, and of which parts."""

    def __init__(self, pairs: Bools) -> None:
        self.many = len(pairs)
        self.of, self.i, self.j = np.nonzero(pairs)
        self.none = ~pairs.any(axis=(1, 2))

    def sum(self, values: Floats | Bools) -> Floats:
        """By the pair of names: what the values add up to."""
        return np.asarray(np.bincount(self.of, values, self.many), dtype=np.float64)

    def least(self, values: Floats) -> Floats:
        """The least of them, 0 where there is none."""
        found = np.full(self.many, np.inf)
        np.minimum.at(found, self.of, values)
        return np.where(self.none, 0.0, found)

    def most(self, values: Floats) -> Floats:
        """The most, at least 0."""
        found = np.zeros(self.many)
        np.maximum.at(found, self.of, values)
        return found

    def product(self, values: Floats) -> Floats:
        """What they make multiplied, 0 where there is none."""
        found = np.ones(self.many)
        np.multiply.at(found, self.of, values)
        return np.where(self.none, 0.0, found)


def _edits(told: _Told, x: Ints, y: Ints, alike: Floats) -> Floats:
    """How many consonants must change, where two parts do not sound the same."""
    found = np.zeros(len(x))
    some = np.flatnonzero((alike < 1) & (told.coarse[x] != told.coarse[y]))
    if len(some):
        a, b = told.consonants[x[some]].tolist(), told.consonants[y[some]].tolist()
        found[some] = cpdist(a, b, scorer=edit_distance)
    return found
