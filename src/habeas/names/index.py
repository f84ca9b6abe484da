"""Which of a million names is it: an index of names that is asked in any spelling or script.

Names are looked up by their parts. Each different part is kept once, under keys that its other spellings share: its
consonants, the same with one left out, the names that it is known to spell. A question finds the parts that sound like
its own, adds up for each name how much of the question it has, rare parts for more, and compares the best in full.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from habeas.names.align import KNOWN_LEAST, LEAST
from habeas.names.compare import Match, compare_all
from habeas.names.parse import parse
from habeas.names.text import ARABIC, CYRILLIC, HEBREW, LATIN, OTHER
from habeas.names.units import Unit

SHORTLIST = 100  # names that are compared in full
COMMON = 60_000  # names that share a part; a commoner part counts, but brings no name in where a rarer one does
MOST_KEPT = 400  # parts of other names that may answer one part of the question
SHORTEST_CUT = 3  # consonants that a part must have for one to be left out
UNANSWERED = 0.25  # what a part of the other name that answers nothing costs, in parts

SCRIPTS = (LATIN, CYRILLIC, ARABIC, HEBREW, OTHER)

Keys = frozenset[str]
Ints = NDArray[np.intp]
Floats = NDArray[np.float32]


class Found(NamedTuple):
    """A name of the index and how it compares."""

    key: int
    name: str
    match: Match


def keys_of(unit: Unit) -> tuple[Keys, Keys]:
    """The keys of a part: those that mean the same sounds or the same name, and those with a sound left out."""
    exact = {unit.coarse} | {f"#{number}" for number in unit.ids} | {f"+{number}" for number in unit.families}
    near = {unit.coarse}
    if len(unit.coarse) >= SHORTEST_CUT:
        near |= {unit.coarse[:at] + unit.coarse[at + 1 :] for at in range(len(unit.coarse))}
    return frozenset(exact), frozenset(f"-{key}" for key in near)


class Index:
    """Names with the keys of whose they are. A key may have several names; all are found under it."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._owners = array("q")
        self._sizes = array("B")
        self._parts = _Parts()
        self._of_part: list[array[int]] = []  # the names that have each part
        self._of_owner: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._of_owner.values()))

    def add(self, key: int, name: str) -> None:
        """Keeps `name` as one of the names of `key`."""
        number = len(self._names)
        parts = {self._parts.number(unit) for unit in parse(name).units if not unit.is_title}
        self._names.append(name)
        self._owners.append(key)
        self._sizes.append(len(parts))
        self._of_owner.setdefault(key, []).append(number)
        for part in parts:
            while part >= len(self._of_part):
                self._of_part.append(array("I"))
            self._of_part[part].append(number)

    def remove(self, key: int) -> None:
        """Forgets all names of `key`; nothing happens where it has none."""
        for number in self._of_owner.pop(key, ()):
            self._names[number] = ""

    def find(self, name: str, k: int = 10) -> list[Found]:
        """The `k` names most like `name`, the most alike first; fewer where fewer share anything with it."""
        asked = parse(name)
        numbers = [n for n in self._shortlist(asked.units) if self._names[n]]
        matches = compare_all(asked, [self._names[n] for n in numbers])
        found = [Found(self._owners[n], self._names[n], m) for n, m in zip(numbers, matches, strict=True)]
        found.sort(key=lambda one: (-one.match.score, one.key, one.name))
        return found[:k]

    def save(self, path: Path) -> None:
        """Writes the index to a file that `load` reads in seconds."""
        alive = [number for number, name in enumerate(self._names) if name]
        lines = "\n".join(" ".join(self._names[number].split()) for number in alive)
        owners = np.array([self._owners[number] for number in alive], dtype=np.int64)
        with path.open("wb") as file:
            np.savez(file, owners=owners, names=np.frombuffer(lines.encode("utf-8", "surrogatepass"), dtype=np.uint8))

    @classmethod
    def load(cls, path: Path) -> Index:
        """The index that `save` wrote."""
        with np.load(path) as data:
            owners, lines = data["owners"].tolist(), data["names"].tobytes().decode("utf-8", "surrogatepass")
        index = cls()
        for key, name in zip(owners, lines.split("\n") if owners else [], strict=True):
            index.add(key, name)
        return index

    def _shortlist(self, units: Sequence[Unit]) -> list[int]:
        """The numbers of the names that have most of the parts `units`, about 100 at most."""
        answers = [self._answers(unit) for unit in units if not unit.is_title or len(units) == 1]
        answers = sorted((one for one in answers if len(one.names)), key=lambda one: len(one.names))
        if not answers:
            return []
        has_part = np.zeros(len(self._names), dtype=bool)
        for at, one in enumerate(answers):
            if at == 0 or len(one.names) <= COMMON:
                has_part[one.names] = True
        names = np.flatnonzero(has_part)
        best = np.zeros(len(self._names), dtype=np.float32)
        total, answered = np.zeros(len(names), dtype=np.float32), np.zeros(len(names), dtype=np.float32)
        weights = [math.log1p(len(self._names) / len(one.names)) for one in answers]
        for one, weight in zip(answers, weights, strict=True):
            best[names] = 0.0
            best[one.names] = one.alike  # of two parts of one name, the more alike is written last
            total += best[names] * weight
            answered += best[names] > 0
        sizes = np.frombuffer(self._sizes, dtype=np.uint8)[names]
        total -= UNANSWERED * (sum(weights) / len(weights)) * np.maximum(sizes - answered, 0)
        if len(names) > SHORTLIST:
            names = names[np.argpartition(-total, SHORTLIST)[:SHORTLIST]]
        return [int(number) for number in names]

    def _answers(self, unit: Unit) -> _Answers:
        """The names that have a part like `unit`, the most alike last."""
        parts, alike = self._parts.like(unit)
        postings = [np.frombuffer(self._of_part[part], dtype=np.uint32) for part in parts]
        names = np.concatenate(postings).astype(np.intp) if postings else np.empty(0, dtype=np.intp)
        return _Answers(names, np.repeat(alike, [len(one) for one in postings]))


class _Answers(NamedTuple):
    """The names that have a part like one that was asked for, and how alike it is in each; a name may stand twice."""

    names: Ints
    alike: Floats


class _Parts:
    """The different parts of all names, numbered, and the keys they are looked up by."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._full: list[str] = []
        self._bare: list[str] = []
        self._scripts = array("B")
        self._abjads = array("B")
        self._exact: dict[str, array[int]] = {}
        self._near: dict[str, array[int]] = {}

    def number(self, unit: Unit) -> int:
        """The number of a part, a new one where it is not known yet."""
        text = f"{unit.mark} {unit.text}"
        found = self._numbers.get(text)
        if found is not None:
            return found
        number = self._numbers[text] = len(self._full)
        self._full.append(unit.full[0])
        self._bare.append(unit.bare[0])
        self._scripts.append(SCRIPTS.index(unit.script))
        self._abjads.append(unit.is_abjad)
        exact, near = keys_of(unit)
        for table, keys in ((self._exact, exact), (self._near, near)):
            for key in keys:
                table.setdefault(key, array("I")).append(number)
        return number

    def like(self, unit: Unit) -> tuple[Ints, Floats]:
        """The numbers of the parts that sound like `unit` or are known as the same name, the least alike first."""
        exact, near = keys_of(unit)
        known = _joined(self._exact, (key for key in exact if key[:1] in "#+"))
        numbers = np.unique(np.concatenate([known, _joined(self._exact, (unit.coarse,)), _joined(self._near, near)]))
        alike = self._alike(unit, numbers)
        alike[np.searchsorted(numbers, known)] = np.maximum(alike[np.searchsorted(numbers, known)], KNOWN_LEAST)
        kept = np.flatnonzero(alike >= LEAST)
        kept = kept[np.argsort(alike[kept], kind="stable")][-MOST_KEPT:]
        return numbers[kept], alike[kept]

    def _alike(self, unit: Unit, numbers: Ints) -> Floats:
        out = np.zeros(len(numbers), dtype=np.float32)
        bare = np.frombuffer(self._scripts, dtype=np.uint8)[numbers] != SCRIPTS.index(unit.script)
        if not unit.is_abjad:
            bare &= np.frombuffer(self._abjads, dtype=bool)[numbers]
        for chosen, texts, readings in ((bare, self._bare, unit.bare), (~bare, self._full, unit.full)):
            places = np.flatnonzero(chosen)
            if len(places):
                found = cdist(
                    readings,
                    [texts[n] for n in numbers[places]],
                    scorer=Indel.normalized_similarity,
                    score_cutoff=LEAST,
                    dtype=np.float32,
                )
                out[places] = found.max(axis=0)
        return out


def _joined(table: dict[str, array[int]], keys: Iterable[str]) -> Ints:
    found = [np.frombuffer(table[key], dtype=np.uint32) for key in keys if key in table]
    return np.concatenate(found).astype(np.intp) if found else np.empty(0, dtype=np.intp)
