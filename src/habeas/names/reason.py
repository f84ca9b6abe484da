"""The reason of a match, as a sentence for the person who judges."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from habeas.names.align import Alignment, Pair
from habeas.names.context import Evidence
from habeas.names.units import Unit

SOUNDS_SAME = 0.9
SPELLED, SOUNDS, KNOWN, APART, NEAR = (
    "same spelling ",
    "same consonants ",
    "known as spellings of one name: ",
    "known as different names: ",
    "alike but not the same: ",
)


def _shown(unit: Unit) -> str:
    return f"{unit.mark} {unit.text}" if unit.mark else unit.text


def _consonants(pair: Pair) -> str:
    return max(pair.a.consonants or pair.a.text, pair.b.consonants or pair.b.text)


def _sentence(found: Alignment) -> list[str]:
    """What is said of the parts that answer each other, those of one kind together."""
    said: dict[str, list[str]] = {}
    for pair in found.pairs:
        kind = _kind(pair)
        said.setdefault(kind, []).append(WORDED[kind](pair))
    return [f"{kind}{', '.join(said[kind])}" for kind in WORDED if kind in said]


def _kind(pair: Pair) -> str:
    if pair.alike == 1.0 and pair.a.text == pair.b.text:
        return SPELLED
    if pair.known < 0:
        return APART
    if pair.alike >= SOUNDS_SAME:
        return SOUNDS
    return KNOWN if pair.known > 0 else NEAR


def _both(pair: Pair) -> str:
    first, second = sorted((_shown(pair.a), _shown(pair.b)))
    return f"{first} / {second}"


WORDED: dict[str, Callable[[Pair], str]] = {
    SPELLED: lambda pair: _shown(pair.a),
    SOUNDS: _consonants,
    KNOWN: _both,
    APART: _both,
    NEAR: _both,
}


def _left(found: Alignment) -> list[str]:
    a = [_shown(found.a.units[i]) for i in found.left_a if not found.a.units[i].is_title]
    b = [_shown(found.b.units[j]) for j in found.left_b if not found.b.units[j].is_title]
    if a and b:
        first, second = sorted((" ".join(a), " ".join(b)))
        return [f"each has parts that the other lacks ({first}; {second})"]
    return [f"only one has {' '.join(a or b)}"] if a or b else []


def _asides(found: Alignment) -> list[str]:
    pairs = found.pairs
    asides = []
    if any(p.a.had_article != p.b.had_article for p in pairs):
        asides.append("article aside")
    if any(p.at_b > q.at_b for p, q in pairwise(pairs)):
        asides.append("in another order")
    if any(found.a.units[i].is_title for i in found.left_a) or any(found.b.units[j].is_title for j in found.left_b):
        asides.append("title aside")
    return asides


def explain(found: Alignment, evidence: Evidence, alias: str = "") -> str:
    """One sentence on what two names share and lack and what their contexts add; the same whichever comes first."""
    parts = [f"by the weak alias {alias}"] if alias else []
    unread = not (found.a.units and found.b.units)
    parts += _sentence(found) or ["no name that can be read" if unread else "nothing in common"]
    parts += _asides(found) + _left(found) + list(evidence.agreed) + list(evidence.disagreed)
    return "; ".join(parts)
