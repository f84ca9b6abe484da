"""How likely two aligned names are one person's: what is looked at, and the small network that weighs it."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from rapidfuzz.distance import Levenshtein
from numpy.typing import NDArray

from habeas.names.align import Alignment, Pair, unit_similarity
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
    "apart_alike",
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
)
edit_distance = Levenshtein.distance
APART_COST, SAME_GAIN = 0.15, 0.05


def _adjusted(pair: Pair) -> float:
    if pair.known > 0:
        return min(1.0, pair.alike + SAME_GAIN)
    return pair.alike + APART_COST * pair.known * (pair.alike < 1)


def _kept(units: tuple[Unit, ...], places: tuple[int, ...]) -> list[int]:
    """The left-over places that count: no titles, no single letters."""
    return [i for i in places if not units[i].is_title and not units[i].is_initial]


def _initials(found: Alignment) -> int:
    a, b = found.a.units, found.b.units
    return sum(
        1
        for i in found.left_a
        for j in found.left_b
        if (a[i].is_initial or b[j].is_initial) and a[i].full[:1] == b[j].full[:1]
    )


def _inversions(pairs: list[Pair]) -> int:
    return sum(p.at_b > q.at_b for at, q in enumerate(pairs) for p in pairs[:at])


def features(found: Alignment) -> list[float]:
    """The numbers of `FEATURES` for two aligned names; the same whichever name comes first."""
    a, b = found.a.units, found.b.units
    pairs = [p for p in found.pairs if not p.a.is_title] or list(found.pairs)
    alike = [p.alike for p in pairs] or [0.0]
    left_a, left_b = _kept(a, found.left_a), _kept(b, found.left_b)
    letters_a, letters_b = sum(len(a[i].full) for i in left_a) / 5, sum(len(b[j].full) for j in left_b) / 5
    paired = sum(len(p.a.full) + len(p.b.full) for p in pairs) / 5
    heads = (0 in left_a, 0 in left_b)
    tails = (len(a) - 1 in left_a, len(b) - 1 in left_b)
    longer, left_longer = (a, left_a) if (len(left_a), len(a)) >= (len(left_b), len(b)) else (b, left_b)
    lead = longer[0] if left_longer and left_longer[0] == 0 else None
    adjusted = [_adjusted(p) for p in pairs] or [0.0]
    rare = [(p.a.rarity + p.b.rarity) / 2 for p in pairs] or [0.0]
    apart = [p.alike for p in pairs if p.known < 0]
    rare_left = (sum(a[i].rarity for i in left_a), sum(b[j].rarity for j in left_b))
    near = max((unit_similarity(a[i], b[j]) for i in left_a for j in left_b), default=0.0) if left_a and left_b else 0.0
    edits = [edit_distance(p.a.coarse, p.b.coarse) if p.alike < 1 else 0 for p in pairs]
    return [
        len(pairs),
        min(alike),
        sum(alike) / len(alike),
        max(alike),
        math.prod(alike),
        min(adjusted),
        min(len(left_a), len(left_b)),
        max(len(left_a), len(left_b)),
        near,
        _initials(found) if found.left_a and found.left_b else 0,
        _inversions(pairs) if len(pairs) > 1 else 0,
        any(p.at_a == 0 == p.at_b for p in pairs),
        any(p.at_a == len(a) - 1 and p.at_b == len(b) - 1 for p in pairs),
        sum(heads),
        sum(tails),
        min(heads[0] + tails[0], heads[1] + tails[1]),
        found.a.script != found.b.script,
        paired,
        min(letters_a, letters_b),
        max(letters_a, letters_b),
        paired / (paired + letters_a + letters_b + 1),
        sum(p.known == 1 for p in pairs),
        sum(p.known == 0.5 for p in pairs),
        len(apart),
        max(apart, default=0.0),
        sum(p.a.mark != p.b.mark for p in pairs),
        min(len(a), len(b)),
        max(len(a), len(b)),
        sum(rare),
        min(rare),
        min(rare_left),
        lead.rarity if lead else 0.0,
        bool(lead and lead.is_lead),
        sum(p.a.is_feminine != p.b.is_feminine for p in pairs),
        found.a.folded == found.b.folded,
        pairs[0].alike if pairs and pairs[0].at_a == 0 == pairs[0].at_b else 0.0,
        pairs[-1].alike if pairs and pairs[-1].at_a == len(a) - 1 and pairs[-1].at_b == len(b) - 1 else 0.0,
        pairs[0].known if pairs and pairs[0].at_a == 0 == pairs[0].at_b else 0.0,
        max(edits, default=0),
        sum(edits),
        max((n / (1 + max(len(p.a.coarse), len(p.b.coarse))) for n, p in zip(edits, pairs, strict=True)), default=0.0),
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
