"""Whether two personal names may be one person's, with the reason in words; and the keys names are looked up by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from habeas.core.folding import fold

Verdict = Literal["same", "different", "ask"]

_PARTICLES = frozenset({
    "al", "el", "ul", "as", "ash", "ad", "an", "ar", "at", "az", "bin", "ben", "ibn", "bint",
    "de", "del", "della", "di", "da", "dos", "das", "van", "von", "der", "y",
})  # fmt: skip
_DESCRIBING = frozenset({
    "a", "an", "the", "one", "another", "some", "each", "this", "that", "these", "those",
    "his", "her", "their", "its", "our", "my",
})  # fmt: skip
_SPELLINGS = {
    "kh": "h", "gh": "g", "sh": "s", "ch": "c", "th": "t", "dh": "d", "zh": "j", "dj": "j", "ph": "f",
    "ck": "k", "q": "k", "c": "k", "w": "v", "z": "s", "g": "j",
}  # fmt: skip
_VOWELS = re.compile(r"[aeiouyəh]+")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are (0 to 1), what follows from it, and why."""

    score: float
    verdict: Verdict
    reason: str


def is_name(text: str) -> bool:
    """Whether the words name somebody ("Sami Darwish"), rather than describe somebody ("a former cellmate")."""
    words = text.split()
    if not words or words[0].casefold() in _DESCRIBING or any(c.isdigit() for c in text):
        return False
    cased = [word for word in words if word[0].isupper() or word[0].islower()]
    capital = [word for word in cased if word[0].isupper()]
    small = [word for word in cased if word[0].islower() and not _is_particle(word)]
    return not cased or (bool(capital) and not small)


def compare(a: str, b: str) -> Match:
    """How the two names relate. Articles and particles are left aside; spelling is compared by consonants."""
    first, second = _parts(a), _parts(b)
    if not first or not second:
        return Match(0.0, "different", "nothing in common that can be compared")
    if fold(a) == fold(b):
        return Match(1.0, "same", "the same name, letter by letter")
    shared = [x for x in first if any(_alike(x, y) for y in second)]
    if len(shared) < min(len(first), len(second)):
        return Match(0.2, "different", "a part of the shorter name is not in the other")
    reason = "same consonants " + ", ".join(_skeleton(part) or part for part in shared) + "; articles aside"
    if len(shared) == 1:
        return Match(0.6, "ask", f"one part only: {reason}")
    if any(len(part) == 1 for part in shared):
        return Match(0.75, "ask", f"an initial stands for a name: {reason}")
    return Match(0.9, "same", reason)


def keys(name: str) -> frozenset[str]:
    """The keys of a name: two names that may be one person's share at least one. Empty for nothing readable."""
    parts = _parts(name)
    if len(parts) == 1:
        return frozenset({_skeleton(parts[0]) or parts[0]})
    bones = [_skeleton(part) or part for part in parts]
    pairs = {" ".join(sorted(pair)) for pair in combinations(bones, 2)}
    given = parts[0][0]
    initials = {f"{given}. {bone}" for bone in bones[1:]}
    return frozenset(key[:80] for key in pairs | initials)


def _is_particle(word: str) -> bool:
    return fold(word) in _PARTICLES or "-" in word or "'" in word or "’" in word


@lru_cache(maxsize=50_000)
def _parts(name: str) -> tuple[str, ...]:
    words = fold(name).split()
    joined = [word for word in words if word not in _PARTICLES]
    return tuple(word.removeprefix("ال") if len(word) > 4 else word for word in joined or words)


@lru_cache(maxsize=50_000)
def _skeleton(part: str) -> str:
    """The consonants of a Latin word in one spelling; other scripts stay as they are folded."""
    for written, sound in _SPELLINGS.items():
        part = part.replace(written, sound)
    return _DOUBLE.sub(r"\1", part[:1] + _VOWELS.sub("", part[1:]))


def _alike(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return _skeleton(a) == _skeleton(b)
