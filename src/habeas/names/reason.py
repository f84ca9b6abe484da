"""The reason of a match, as a sentence for the person who judges."""

from __future__ import annotations

from itertools import pairwise

from habeas.names.align import Alignment, Pair
from habeas.names.context import Evidence
from habeas.names.units import Unit

SOUNDS_SAME = 0.9


def _shown(unit: Unit) -> str:
    prefix = {"abd": "abd ", "abu": "abu ", "umm": "umm "}.get(unit.mark, "")
    return prefix + unit.text


def _consonants(unit: Unit) -> str:
    return unit.consonants or unit.text


def _sentence(found: Alignment) -> list[str]:
    pairs = found.pairs
    spelled = [p for p in pairs if p.alike == 1.0 and p.a.text == p.b.text]
    sounds = [p for p in pairs if p not in spelled and p.alike >= SOUNDS_SAME and p.known >= 0]
    known = [p for p in pairs if p not in spelled and p not in sounds and p.known > 0]
    apart = [p for p in pairs if p not in spelled and p.known < 0]
    near = [p for p in pairs if p not in spelled and p not in sounds and p.known == 0]
    out: list[str] = []
    if spelled:
        out.append("same spelling " + ", ".join(_shown(p.a) for p in spelled))
    if sounds:
        out.append("same consonants " + ", ".join(max(_consonants(p.a), _consonants(p.b)) for p in sounds))
    if known:
        out.append("known as spellings of one name: " + ", ".join(_both(p) for p in known))
    if apart:
        out.append("known as different names: " + ", ".join(_both(p) for p in apart))
    if near:
        out.append("alike but not the same: " + ", ".join(_both(p) for p in near))
    return out


def _both(pair: Pair) -> str:
    first, second = sorted((_shown(pair.a), _shown(pair.b)))
    return f"{first} / {second}"


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
    parts += _sentence(found) or ["nothing in common"]
    parts += _asides(found) + _left(found) + list(evidence.agreed) + list(evidence.disagreed)
    return "; ".join(parts)
