"""How likely two aligned names are one person's: what is looked at, and the small network that weighs it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from habeas.names.align import SAME, SURELY_APART, Alignment, Pair, unit_similarity
from habeas.names.units import Unit

PAIRED = (  # of the parts that answer each other, titles left out
    "pairs",
    "least_alike",
    "mean_alike",
    "most_alike",
    "product_alike",
    "adjusted_least",  # with the known names' word on it
    "letters_paired",
    "known_same",
    "known_kin",
    "known_apart",
    "surely_apart",
    "apart_alike",
    "apart_renown",  # how well known the two names are that are known as different
    "marks_differ",
    "rarity_paired",
    "rarity_least_paired",
    "feminine_differs",
    "skeleton_edits",  # consonants that must change, the worst pair and all pairs
    "skeleton_edits_all",
    "skeleton_share",  # of the worst pair, as a share of its consonants
)
FEATURES = (
    *PAIRED,
    "left_fewer",  # parts left over on the side with fewer, on the side with more
    "left_more",
    "nearest_left",  # how alike the nearest left-over parts are
    "initials",  # left-over single letters that begin a left-over part of the other side
    "contested",  # places between the same neighbours where each name has a part of its own (Khalil Mahmoud Awad)
    "inversions",
    "firsts_meet",
    "lasts_meet",
    "first_pair_alike",
    "first_pair_known",
    "last_pair_alike",
    "firsts_left",  # sides whose first, whose last part is left over
    "lasts_left",
    "ends_left_fewer",
    "letters_left_fewer",
    "letters_left_more",
    "share_paired",
    "rarity_left_fewer",
    "rarity_left_first",  # of a first part that only the longer name has
    "lead_left",  # that part is one that is often put before the given name (Mohammad, Sayed)
    "units_fewer",
    "units_more",
    "cross_script",
    "same_text",
)
edit_distance = Levenshtein.distance
APART_COST, SAME_GAIN = 0.15, 0.05
LETTER = 5  # features of sounds a letter, about
LITTLE = 0.1
IN_A_ROW = Struct(f"{len(FEATURES)}d")
LOWEST = -50.0  # log-odds below which the score is 0


NOTHING_PAIRED = [0.0] * len(PAIRED)
LETTERS = PAIRED.index("letters_paired")


def _paired(pairs: Sequence[Pair]) -> list[float]:
    """The numbers of `PAIRED`."""
    least = least_adjusted = least_rarity = 2.0
    total = most = apart_alike = rarity = share = renown = 0.0
    product = 1.0
    letters = marks = same = kin = apart = surely = feminine = worst = edits = 0
    for _, _, alike, known, a, b in pairs:
        total += alike
        product *= alike
        most = alike if alike > most else most
        least = alike if alike < least else least
        adjusted = alike
        if known > 0:
            adjusted = alike + SAME_GAIN if alike + SAME_GAIN < 1.0 else 1.0
            same += known == SAME
            kin += known != SAME
        elif known < 0:
            apart += 1
            surely += known == SURELY_APART
            apart_alike = max(apart_alike, alike)
            renown = max(renown, 1.0 - max(a.rarity, b.rarity))
            adjusted += APART_COST * known * (alike < 1)
        least_adjusted = adjusted if adjusted < least_adjusted else least_adjusted
        letters += a.letters + b.letters
        marks += a.mark != b.mark
        rare = a.rarity + b.rarity
        rarity += rare
        least_rarity = rare if rare < least_rarity else least_rarity
        if alike < 1.0:
            feminine += a.is_feminine != b.is_feminine
            if a.coarse != b.coarse:
                changed = edit_distance(a.coarse, b.coarse)
                edits += changed
                worst = max(worst, changed)
                share = max(share, changed / (1 + max(a.size, b.size)))
    return [
        len(pairs), least, total / len(pairs), most, product, least_adjusted, letters / LETTER,
        same, kin, apart, surely, apart_alike, renown,
        marks, rarity / 2, least_rarity / 2, feminine, worst, edits, share,
    ]  # fmt: skip


@dataclass(slots=True)
class _Left:
    """What is left over of one name: the places that count (no titles, no single letters) and what they add up to."""

    places: Sequence[int] = ()
    number: int = 0
    first: bool = False
    last: bool = False
    letters: float = 0.0
    rarity: float = 0.0


NOTHING_LEFT = _Left()


def _left(units: tuple[Unit, ...], places: Sequence[int]) -> _Left:
    kept = []
    letters = rarity = 0.0
    for i in places:
        unit = units[i]
        if unit.counts:
            kept.append(i)
            letters += unit.letters
            rarity += unit.rarity
    if not kept:
        return NOTHING_LEFT
    return _Left(kept, len(kept), kept[0] == 0, kept[-1] == len(units) - 1, letters / LETTER, rarity)


def _initials(found: Alignment) -> int:
    a, b = found.a.units, found.b.units
    return sum(
        1
        for i in found.left_a
        for j in found.left_b
        if (a[i].is_initial or b[j].is_initial) and a[i].full[:1] == b[j].full[:1]
    )


def _inversions(pairs: Sequence[Pair]) -> int:
    places = [pair.at_b for pair in pairs]
    if places == sorted(places):  # as most are
        return 0
    return sum([before > place for at, place in enumerate(places) for before in places[:at]])


def _contested(pairs: Sequence[Pair], a: _Left, b: _Left) -> int:
    """How many gaps between two pairs hold a left-over part of each name."""
    gaps_a = {sum([p.at_a < i for p in pairs]) for i in a.places}
    gaps_b = {sum([p.at_b < j for p in pairs]) for j in b.places}
    return len((gaps_a & gaps_b) - {0, len(pairs)})


def features(found: Alignment) -> list[float]:
    """The numbers of `FEATURES` for two aligned names; the same whichever name comes first."""
    name_a, name_b, pairs, places_a, places_b = found
    a, b = name_a.units, name_b.units
    pairs = [pair for pair in pairs if not pair.a.is_title] or pairs
    paired = _paired(pairs) if pairs else NOTHING_PAIRED
    left_a = _left(a, places_a) if places_a else NOTHING_LEFT
    left_b = _left(b, places_b) if places_b else NOTHING_LEFT
    size_a, size_b, letters = len(a), len(b), paired[LETTERS]
    few, many = (left_a, left_b) if left_a.number < left_b.number else (left_b, left_a)
    longer, left = (a, left_a) if (left_a.number, size_a) >= (left_b.number, size_b) else (b, left_b)
    lead = longer[0] if left.first else None
    first = pairs[0] if pairs and pairs[0].at_a == 0 == pairs[0].at_b else None
    last = pairs[-1] if pairs and pairs[-1].at_a == size_a - 1 and pairs[-1].at_b == size_b - 1 else None
    return [
        *paired,
        few.number,
        many.number,
        _nearest(a, b, left_a, left_b) if few.number else 0.0,
        _initials(found) if places_a and places_b else 0,
        _contested(pairs, left_a, left_b) if few.number else 0,
        _inversions(pairs) if len(pairs) > 1 else 0,
        first is not None,
        last is not None,
        first.alike if first else 0.0,
        first.known if first else 0.0,
        last.alike if last else 0.0,
        few.first + many.first,
        few.last + many.last,
        min(few.first + few.last, many.first + many.last) if few.number else 0,
        few.letters if few.letters < many.letters else many.letters,
        many.letters if few.letters < many.letters else few.letters,
        letters / (letters + few.letters + many.letters + 1),
        few.rarity if few.rarity < many.rarity else many.rarity,
        lead.rarity if lead else 0.0,
        lead.is_lead if lead else False,
        size_a if size_a < size_b else size_b,
        size_b if size_a < size_b else size_a,
        name_a.script != name_b.script,
        name_a.folded == name_b.folded,
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


def _has_counting(units: tuple[Unit, ...], places: Sequence[int]) -> bool:
    for i in places:  # noqa: SIM110 (twice as quick as any())
        if units[i].counts:
            return True
    return False


def _of_little(found: Alignment) -> float:
    """A score that only ranks names that share one part at most: 0 to .1, by the share of what is shared."""
    if not found.pairs:
        return 0.0
    whole = found.a.letters + found.b.letters
    return LITTLE * sum([p.alike * (p.a.letters + p.b.letters) for p in found.pairs]) / (whole or 1)


def score(found: Alignment) -> float:
    """0 to 1: from .5 on the two names are taken for one person's (trained by training/names/train.py)."""
    if _too_little(found):
        return _of_little(found)
    net = _network()
    values = np.frombuffer(IN_A_ROW.pack(*features(found)))
    values = np.minimum(np.maximum(values, net.low), net.high)
    hidden = net.hidden.dot(values)
    hidden += net.hidden_bias
    return _sigmoid(float(np.tanh(hidden, hidden).dot(net.out)) + net.out_bias)


def scores(found: Sequence[Alignment]) -> list[float]:
    """`score` of each, all at once."""
    out = [_of_little(one) if _too_little(one) else -1.0 for one in found]
    some = [at for at, value in enumerate(out) if value < 0]
    rows = np.array([features(found[at]) for at in some], dtype=np.float64).reshape(len(some), len(FEATURES))
    for at, value in zip(some, weighed(rows).tolist(), strict=True):
        out[at] = value
    return out


def weighed(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the network makes of the numbers of `FEATURES`, a row for each two names: 0 to 1."""
    net = _network()
    hidden = np.tanh(np.minimum(np.maximum(rows, net.low), net.high) @ net.hidden.T + net.hidden_bias)
    odds = hidden @ net.out + net.out_bias
    return np.where(odds > LOWEST, 1.0 / (1.0 + np.exp(-np.maximum(odds, LOWEST))), 0.0)
