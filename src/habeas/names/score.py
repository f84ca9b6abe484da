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
LITTLE = 0.1
LOWEST = -50.0  # log-odds below which the score is 0


class _Differences(NamedTuple):
    """What the pairs of an alignment that are not spelled alike add up to."""

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


NO_DIFFERENCES = _Differences()


def _differences(pairs: Sequence[Pair]) -> _Differences:
    same = kin = surely = feminine = 0
    edits = [0]
    share = renown = 0.0
    apart = []
    for _, _, alike, known, a, b in pairs:
        if known == SAME:
            same += 1
        elif known == KIN:
            kin += 1
        elif known < 0:
            apart.append(alike)
            surely += known == SURELY_APART
            renown = max(renown, 1.0 - max(a.rarity, b.rarity))
        if alike < 1.0:
            feminine += a.is_feminine != b.is_feminine
            changed = edit_distance(a.coarse, b.coarse)
            edits.append(changed)
            share = max(share, changed / (1 + max(len(a.coarse), len(b.coarse))))
    return _Differences(
        same, kin, len(apart), surely, max(apart, default=0.0), renown, feminine, max(edits), sum(edits), share
    )


def _adjusted(pair: Pair) -> float:
    if pair.known > 0:
        return min(1.0, pair.alike + SAME_GAIN)
    return pair.alike + APART_COST * pair.known * (pair.alike < 1)


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
    differences = _differences(pairs)
    left_a = _left(a, found.left_a) if found.left_a else NOTHING_LEFT
    left_b = _left(b, found.left_b) if found.left_b else NOTHING_LEFT
    n_a, n_b, size_a, size_b = len(left_a.places), len(left_b.places), len(a), len(b)
    units, left = (a, left_a) if (n_a, size_a) >= (n_b, size_b) else (b, left_b)
    lead = units[0] if left.first else None
    first = pairs[0] if pairs and pairs[0].at_a == 0 == pairs[0].at_b else None
    last = pairs[-1] if pairs and pairs[-1].at_a == size_a - 1 and pairs[-1].at_b == size_b - 1 else None
    alike = [p.alike for p in pairs] or [0.0]
    letters = sum([len(p.a.full[0]) + len(p.b.full[0]) for p in pairs]) / LETTER
    rare = [p.a.rarity + p.b.rarity for p in pairs] or [0.0]
    return [
        len(pairs),
        min(alike),
        sum(alike) / len(alike),
        max(alike),
        math.prod(alike),
        min([_adjusted(p) for p in pairs]) if pairs else 0.0,
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
        letters,
        min(left_a.letters, left_b.letters),
        max(left_a.letters, left_b.letters),
        letters / (letters + left_a.letters + left_b.letters + 1),
        differences.same,
        differences.kin,
        differences.apart,
        differences.surely,
        differences.apart_alike,
        differences.renown,
        sum([p.a.mark != p.b.mark for p in pairs]),
        size_a if size_a < size_b else size_b,
        size_b if size_a < size_b else size_a,
        sum(rare) / 2,
        min(rare) / 2,
        min(left_a.rarity, left_b.rarity),
        lead.rarity if lead else 0.0,
        lead.is_lead if lead else False,
        differences.feminine,
        found.a.folded == found.b.folded,
        first.alike if first else 0.0,
        last.alike if last else 0.0,
        first.known if first else 0.0,
        differences.worst,
        differences.edits,
        differences.share,
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
    return (
        len(found.pairs) < 2
        and (not found.pairs or bool(found.left_a and found.left_b))
        and bool(_left(found.a.units, found.left_a).places and _left(found.b.units, found.left_b).places)
    )


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
    return _sigmoid(float(np.tanh(net.hidden.dot(values) + net.hidden_bias).dot(net.out)) + net.out_bias)


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
