"""The reason of a match, as a sentence for the person who judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def _left(units: Sequence[Unit], places: Sequence[int]) -> str:
    return " ".join([_shown(units[place]) for place in places if not units[place].is_title])


def _left_over(found: Alignment) -> list[str]:
    a, b = _left(found.a.units, found.left_a), _left(found.b.units, found.left_b)
    if a and b:
        first, second = sorted((a, b))
        return [f"each has parts that the other lacks ({first}; {second})"]
    return [f"only one has {a or b}"] if a or b else []


def _asides(found: Alignment) -> list[str]:
    asides = []
    if [True for pair in found.pairs if pair.a.had_article != pair.b.had_article]:
        asides.append("article aside")
    places = [pair.at_b for pair in found.pairs]
    if places != sorted(places):
        asides.append("in another order")
    if _has_title(found.a.units, found.left_a) or _has_title(found.b.units, found.left_b):
        asides.append("title aside")
    return asides


def _has_title(units: Sequence[Unit], places: Sequence[int]) -> bool:
    return True in [units[place].is_title for place in places]


def explain(found: Alignment, evidence: Evidence, alias: str = "") -> str:
    """One sentence on what two names share and lack and what their contexts add; the same whichever comes first."""
    parts = [f"by the weak alias {alias}"] if alias else []
    unread = not (found.a.units and found.b.units)
    parts += _sentence(found) or ["no name that can be read" if unread else "nothing in common"]
    return "; ".join([*parts, *_asides(found), *_left_over(found), *evidence.agreed, *evidence.disagreed])
