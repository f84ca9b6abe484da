"""How likely two aligned names are one person's: what is looked at, and the small network that weighs it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from habeas.names.align import KIN, SAME, SURELY_APART, Alignment, Pair, unit_similarity
from habeas.names.units import Unit

FEATURES = (
    "pairs",  # parts that answer each other, titles left out
    "least_alike",
    "mean_alike",
    "most_alike",
    "product_alike",
    "adjusted_least",  # with the known names' word on it
    "left_fewer",  # parts left over on the side with fewer, on the side with more
    "left_more",
    "nearest_left",  # how alike the nearest left-over parts are
    "initials",  # left-over single letters that begin a left-over part of the other side
    "inversions",
    "firsts_meet",
    "lasts_meet",
    "firsts_left",  # sides whose first, whose last part is left over
    "lasts_left",
    "ends_left_fewer",
    "cross_script",
    "letters_paired",
    "letters_left_fewer",
    "letters_left_more",
    "share_paired",
    "known_same",
    "known_kin",
    "known_apart",
    "surely_apart",
    "apart_alike",
    "apart_renown",  # how well known the two names are that are known as different
    "marks_differ",
    "units_fewer",
    "units_more",
    "rarity_paired",
    "rarity_least_paired",
    "rarity_left_fewer",
    "rarity_left_first",  # of a first part that only the longer name has
    "lead_left",  # that part is one that is often put before the given name (Mohammad, Sayed)
    "feminine_differs",
    "same_text",
    "first_pair_alike",
    "last_pair_alike",
    "first_pair_known",
    "skeleton_edits",  # consonants that must change, the worst pair and all pairs
    "skeleton_edits_all",
    "skeleton_share",  # of the worst pair, as a share of its consonants
    "contested",  # places between the same neighbours where each name has a part of its own (Khalil Mahmoud Awad)
)
edit_distance = Levenshtein.distance
APART_COST, SAME_GAIN = 0.15, 0.05
LETTER = 5  # features of sounds a letter, about


class _Pairs:
    """What the pairs of an alignment add up to."""

    __slots__ = (
        "adjusted", "alike", "apart", "edits", "feminine", "inversions", "kin", "letters", "marks", "product", "rare",
        "rare_least", "renown", "same", "share", "surely", "worst", "apart_alike",
    )  # fmt: skip

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.alike = [p.alike for p in pairs] or [0.0]
        self.adjusted = min([_adjusted(p) for p in pairs], default=0.0)
        self.letters = sum([len(p.a.full[0]) + len(p.b.full[0]) for p in pairs]) / LETTER
        rare = [p.a.rarity + p.b.rarity for p in pairs] or [0.0]
        self.rare, self.rare_least = sum(rare) / 2, min(rare) / 2
        self.same = self.kin = self.apart = self.surely = self.marks = self.feminine = 0
        self.apart_alike = self.renown = self.share = 0.0
        self.edits = self.worst = 0
        for p in pairs:
            if p.alike < 1.0 or p.known < 0:
                self._differing(p)
            elif p.known > 0:
                self.same += 1
            self.marks += p.a.mark != p.b.mark

    def _differing(self, p: Pair) -> None:
        if p.known == SAME:
            self.same += 1
        elif p.known == KIN:
            self.kin += 1
        elif p.known < 0:
            self.apart += 1
            self.surely += p.known == SURELY_APART
            self.apart_alike = max(self.apart_alike, p.alike)
            self.renown = max(self.renown, 1.0 - max(p.a.rarity, p.b.rarity))
        self.feminine += p.a.is_feminine != p.b.is_feminine
        edits = edit_distance(p.a.coarse, p.b.coarse)
        self.edits += edits
        self.worst = max(self.worst, edits)
        self.share = max(self.share, edits / (1 + max(len(p.a.coarse), len(p.b.coarse))))


def _adjusted(pair: Pair) -> float:
    if pair.known > 0:
        return min(1.0, pair.alike + SAME_GAIN)
    return pair.alike + APART_COST * pair.known * (pair.alike < 1)


class _Left:
    """What is left over of one name: the places that count (no titles, no single letters) and what they add up to."""

    __slots__ = ("first", "last", "letters", "places", "rarity", "units")

    def __init__(self, units: tuple[Unit, ...], places: tuple[int, ...]) -> None:
        self.units = units
        self.places = [i for i in places if not units[i].is_title and not units[i].is_initial] if places else []
        self.first = bool(self.places) and self.places[0] == 0
        self.last = bool(self.places) and self.places[-1] == len(units) - 1
        self.letters = sum([len(units[i].full[0]) for i in self.places]) / LETTER
        self.rarity = sum([units[i].rarity for i in self.places])


def _initials(found: Alignment) -> int:
    a, b = found.a.units, found.b.units
    return sum(
        1
        for i in found.left_a
        for j in found.left_b
        if (a[i].is_initial or b[j].is_initial) and a[i].full[0][:1] == b[j].full[0][:1]
    )


def _inversions(pairs: Sequence[Pair]) -> int:
    return sum(p.at_b > q.at_b for at, q in enumerate(pairs) for p in pairs[:at])


def _contested(pairs: Sequence[Pair], a: _Left, b: _Left) -> int:
    """How many gaps between two pairs hold a left-over part of each name."""
    gaps_a = {sum(p.at_a < i for p in pairs) for i in a.places}
    gaps_b = {sum(p.at_b < j for p in pairs) for j in b.places}
    return len((gaps_a & gaps_b) - {0, len(pairs)})


def features(found: Alignment) -> list[float]:
    """The numbers of `FEATURES` for two aligned names; the same whichever name comes first."""
    a, b = found.a.units, found.b.units
    pairs = [p for p in found.pairs if not p.a.is_title] or found.pairs
    sums = _Pairs(pairs)
    left_a, left_b = _Left(a, found.left_a), _Left(b, found.left_b)
    n_a, n_b = len(left_a.places), len(left_b.places)
    longer = left_a if (n_a, len(a)) >= (n_b, len(b)) else left_b
    lead = longer.units[0] if longer.first else None
    both_left = n_a and n_b
    near = max([unit_similarity(a[i], b[j]) for i in left_a.places for j in left_b.places]) if both_left else 0.0
    first = pairs[0] if pairs and pairs[0].at_a == 0 == pairs[0].at_b else None
    last = pairs[-1] if pairs and pairs[-1].at_a == len(a) - 1 and pairs[-1].at_b == len(b) - 1 else None
    alike = sums.alike
    return [
        len(pairs),
        min(alike),
        sum(alike) / len(alike),
        max(alike),
        math.prod(alike),
        sums.adjusted,
        min(n_a, n_b),
        max(n_a, n_b),
        near,
        _initials(found) if found.left_a and found.left_b else 0,
        _inversions(pairs) if len(pairs) > 1 else 0,
        first is not None,
        last is not None,
        left_a.first + left_b.first,
        left_a.last + left_b.last,
        min(left_a.first + left_a.last, left_b.first + left_b.last),
        found.a.script != found.b.script,
        sums.letters,
        min(left_a.letters, left_b.letters),
        max(left_a.letters, left_b.letters),
        sums.letters / (sums.letters + left_a.letters + left_b.letters + 1),
        sums.same,
        sums.kin,
        sums.apart,
        sums.surely,
        sums.apart_alike,
        sums.renown,
        sums.marks,
        min(len(a), len(b)),
        max(len(a), len(b)),
        sums.rare,
        sums.rare_least,
        min(left_a.rarity, left_b.rarity),
        lead.rarity if lead else 0.0,
        bool(lead and lead.is_lead),
        sums.feminine,
        found.a.folded == found.b.folded,
        first.alike if first else 0.0,
        last.alike if last else 0.0,
        first.known if first else 0.0,
        sums.worst,
        sums.edits,
        sums.share,
        _contested(pairs, left_a, left_b) if both_left else 0,
    ]


@cache
def _weights() -> tuple[NDArray[np.float64], ...]:
    with as_file(files("habeas.names").joinpath("weights.npz")) as path, np.load(path) as data:
        return tuple(
            data[key].astype(np.float64) for key in ("hidden", "hidden_bias", "out", "out_bias", "low", "high")
        )


def score(found: Alignment) -> float:
    """0 to 1: from .5 on the two names are taken for one person's (trained by training/names/train.py)."""
    hidden, hidden_bias, out, out_bias, low, high = _weights()
    values = np.minimum(np.maximum(features(found), low), high)
    total = float(np.tanh(values @ hidden + hidden_bias) @ out + out_bias[0])
    return 1.0 / (1.0 + math.exp(-total)) if total > -50 else 0.0
