"""How likely two aligned names are one person's: what is looked at, and the small network that weighs it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from habeas.names.align import SAME, SURELY_APART, Alignment, Pair, unit_similarity
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
LITTLE = 0.1
LOWEST = -50.0  # log-odds below which the score is 0


class _Paired(NamedTuple):
    """What the parts that answer each other add up to."""

    alike: list[float]
    least_adjusted: float = 0.0
    letters: float = 0.0
    marks_differ: int = 0
    rarity: float = 0.0
    least_rarity: float = 0.0
    same: int = 0
    kin: int = 0
    apart: int = 0
    surely: int = 0
    apart_alike: float = 0.0
    renown: float = 0.0
    feminine: int = 0
    worst: int = 0
    edits: int = 0
    share: float = 0.0


NOTHING_PAIRED = _Paired([0.0])


def _paired(pairs: Sequence[Pair]) -> _Paired:
    if not pairs:
        return NOTHING_PAIRED
    least_adjusted = least_rarity = 2.0
    letters = marks = same = kin = surely = feminine = worst = edits = 0
    rarity = share = renown = 0.0
    every, apart = [], []
    for _, _, alike, known, a, b in pairs:
        every.append(alike)
        adjusted = alike
        if known > 0:
            adjusted = min(1.0, alike + SAME_GAIN)
            if known == SAME:
                same += 1
            else:
                kin += 1
        elif known < 0:
            apart.append(alike)
            surely += known == SURELY_APART
            renown = max(renown, 1.0 - max(a.rarity, b.rarity))
            adjusted += APART_COST * known * (alike < 1)
        least_adjusted = min(least_adjusted, adjusted)
        letters += len(a.full[0]) + len(b.full[0])
        marks += a.mark != b.mark
        rare = a.rarity + b.rarity
        rarity += rare
        least_rarity = min(least_rarity, rare)
        if alike < 1.0:
            feminine += a.is_feminine != b.is_feminine
            mine, theirs = a.coarse, b.coarse
            if mine != theirs:
                changed = edit_distance(mine, theirs)
                edits += changed
                worst = max(worst, changed)
                share = max(share, changed / (1 + max(len(mine), len(theirs))))
    return _Paired(
        every,
        least_adjusted,
        letters / LETTER,
        marks,
        rarity / 2,
        least_rarity / 2,
        same,
        kin,
        len(apart),
        surely,
        max(apart, default=0.0),
        renown,
        feminine,
        worst,
        edits,
        share,
    )


class _Left(NamedTuple):
    """What is left over of one name: the places that count (no titles, no single letters) and what they add up to."""

    places: Sequence[int] = ()
    first: bool = False
    last: bool = False
    letters: float = 0.0
    rarity: float = 0.0


NOTHING_LEFT = _Left()


def _left(units: tuple[Unit, ...], places: tuple[int, ...]) -> _Left:
    kept = [i for i in places if not units[i].is_title and len(units[i].text) > 1]
    if not kept:
        return NOTHING_LEFT
    return _Left(
        kept,
        kept[0] == 0,
        kept[-1] == len(units) - 1,
        sum([len(units[i].full[0]) for i in kept]) / LETTER,
        sum([units[i].rarity for i in kept]),
    )


def _initials(found: Alignment) -> int:
    a, b = found.a.units, found.b.units
    return sum(
        1
        for i in found.left_a
        for j in found.left_b
        if (a[i].is_initial or b[j].is_initial) and a[i].full[0][:1] == b[j].full[0][:1]
    )


def _inversions(pairs: Sequence[Pair]) -> int:
    return sum([p.at_b > q.at_b for at, q in enumerate(pairs) for p in pairs[:at]])


def _contested(pairs: Sequence[Pair], a: _Left, b: _Left) -> int:
    """How many gaps between two pairs hold a left-over part of each name."""
    gaps_a = {sum([p.at_a < i for p in pairs]) for i in a.places}
    gaps_b = {sum([p.at_b < j for p in pairs]) for j in b.places}
    return len((gaps_a & gaps_b) - {0, len(pairs)})


def features(found: Alignment) -> list[float]:
    """The numbers of `FEATURES` for two aligned names; the same whichever name comes first."""
    a, b = found.a.units, found.b.units
    pairs: Sequence[Pair] = [p for p in found.pairs if not p.a.is_title] or found.pairs
    paired = _paired(pairs)
    left_a = _left(a, found.left_a) if found.left_a else NOTHING_LEFT
    left_b = _left(b, found.left_b) if found.left_b else NOTHING_LEFT
    n_a, n_b, size_a, size_b = len(left_a.places), len(left_b.places), len(a), len(b)
    units, left = (a, left_a) if (n_a, size_a) >= (n_b, size_b) else (b, left_b)
    lead = units[0] if left.first else None
    first = pairs[0] if pairs and pairs[0].at_a == 0 == pairs[0].at_b else None
    last = pairs[-1] if pairs and pairs[-1].at_a == size_a - 1 and pairs[-1].at_b == size_b - 1 else None
    alike = paired.alike
    return [
        len(pairs),
        min(alike),
        sum(alike) / len(alike),
        max(alike),
        math.prod(alike),
        paired.least_adjusted,
        n_a if n_a < n_b else n_b,
        n_b if n_a < n_b else n_a,
        _nearest(a, b, left_a, left_b) if n_a and n_b else 0.0,
        _initials(found) if found.left_a and found.left_b else 0,
        _inversions(pairs) if len(pairs) > 1 else 0,
        first is not None,
        last is not None,
        left_a.first + left_b.first,
        left_a.last + left_b.last,
        min(left_a.first + left_a.last, left_b.first + left_b.last),
        found.a.script != found.b.script,
        paired.letters,
        min(left_a.letters, left_b.letters),
        max(left_a.letters, left_b.letters),
        paired.letters / (paired.letters + left_a.letters + left_b.letters + 1),
        paired.same,
        paired.kin,
        paired.apart,
        paired.surely,
        paired.apart_alike,
        paired.renown,
        paired.marks_differ,
        size_a if size_a < size_b else size_b,
        size_b if size_a < size_b else size_a,
        paired.rarity,
        paired.least_rarity,
        min(left_a.rarity, left_b.rarity),
        lead.rarity if lead else 0.0,
        lead.is_lead if lead else False,
        paired.feminine,
        found.a.folded == found.b.folded,
        first.alike if first else 0.0,
        last.alike if last else 0.0,
        first.known if first else 0.0,
        paired.worst,
        paired.edits,
        paired.share,
        _contested(pairs, left_a, left_b) if n_a and n_b else 0,
    ]


def _nearest(a: tuple[Unit, ...], b: tuple[Unit, ...], left_a: _Left, left_b: _Left) -> float:
    return max([unit_similarity(a[i], b[j]) for i in left_a.places for j in left_b.places])


class _Network(NamedTuple):
    """tanh(hidden . clipped + hidden_bias) . out + out_bias is the log-odds that two names are one person's."""

    hidden: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]
    out: NDArray[np.float64]
    out_bias: float
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@cache
def _network() -> _Network:
    with as_file(files("habeas.names").joinpath("weights.npz")) as path, np.load(path) as data:
        table = {key: data[key].astype(np.float64) for key in data}
    table["hidden"] = np.ascontiguousarray(table["hidden"].T)
    return _Network(**table | {"out_bias": float(table["out_bias"][0])})


def _sigmoid(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds)) if log_odds > LOWEST else 0.0


def _too_little(found: Alignment) -> bool:
    """Whether one part at most is shared, while each name has another that counts: nothing is left to weigh."""
    if len(found.pairs) > 1 or not (found.left_a and found.left_b):
        return False
    return _has_counting(found.a.units, found.left_a) and _has_counting(found.b.units, found.left_b)


def _has_counting(units: tuple[Unit, ...], places: tuple[int, ...]) -> bool:
    return any(not units[i].is_title and len(units[i].text) > 1 for i in places)


def _of_little(found: Alignment) -> float:
    """A score that only ranks names that share one part at most: 0 to .1, by the share of what is shared."""
    paired = sum([p.alike * (len(p.a.full[0]) + len(p.b.full[0])) for p in found.pairs])
    whole = sum([len(unit.full[0]) for unit in found.a.units + found.b.units])
    return LITTLE * paired / max(1, whole)


def score(found: Alignment) -> float:
    """0 to 1: from .5 on the two names are taken for one person's (trained by training/names/train.py)."""
    if _too_little(found):
        return _of_little(found)
    net = _network()
    values = np.frombuffer(array("d", features(found)))
    values = np.minimum(np.maximum(values, net.low), net.high)
    hidden = net.hidden.dot(values)
    hidden += net.hidden_bias
    return _sigmoid(float(np.tanh(hidden, hidden).dot(net.out)) + net.out_bias)


def scores(found: Sequence[Alignment]) -> list[float]:
    """`score` of each, all at once."""
    net = _network()
    out = [_of_little(one) if _too_little(one) else -1.0 for one in found]
    weighed = [at for at, value in enumerate(out) if value < 0]
    rows = np.array([features(found[at]) for at in weighed], dtype=np.float64).reshape(len(weighed), len(FEATURES))
    hidden = np.tanh(np.minimum(np.maximum(rows, net.low), net.high) @ net.hidden.T + net.hidden_bias)
    for at, odds in zip(weighed, (hidden @ net.out + net.out_bias).tolist(), strict=True):
        out[at] = _sigmoid(odds)
    return out
