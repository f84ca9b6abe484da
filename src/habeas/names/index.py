"""Which of a million names is it: an index of names that is asked in any spelling or script.

Names are looked up by their parts. Each different part is kept once, under keys that its other spellings share: its
consonants, the same with one left out, the names that it is known to spell. A question finds the parts that sound like
its own, adds up for each name how much of the question it has, rare parts for more, and compares the best in full.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from habeas.names.align import KNOWN_LEAST, LEAST
from habeas.names.compare import Match, compare_each
from habeas.names.parse import parse
from habeas.names.tables import coarse
from habeas.names.text import ARABIC, CYRILLIC, HEBREW, LATIN, OTHER
from habeas.names.units import Unit

SHORTLIST = 60  # names that are compared in full
COMMON = 10_000  # names that share a part; of a commoner part only names that share another one too are looked at
ALWAYS, MOST_READ = 2, 60_000  # parts that are looked up for the names that have them, and names that all others have
MOST_KEPT = 400  # parts of other names that may answer one part of the question
SHORTEST_CUT = 3  # consonants that a part must have for one to be left out
SHARPNESS = 4  # the power to which likeness counts: one part in the same sounds speaks for more than two alike ones
UNANSWERED = 0.1  # what a part of the other name that answers nothing costs, in parts
CONTESTED = 0.5  # what it costs more where a part that was asked for is not answered either

SCRIPTS = (LATIN, CYRILLIC, ARABIC, HEBREW, OTHER)

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float32]


class Found(NamedTuple):
    """A name of the index and how it compares."""

    key: int
    name: str
    match: Match


def _known(unit: Unit) -> set[str]:
    """The keys of the names that a part is known to spell."""
    return {f"#{number}" for number in unit.ids} | {f"+{number}" for number in unit.families}


def _cut(spoken: str) -> set[str]:
    """The consonants of a part, and the same with each left out in turn."""
    if len(spoken) < SHORTEST_CUT:
        return {spoken}
    return {spoken} | {spoken[:at] + spoken[at + 1 :] for at in range(len(spoken))}


class Index:
    """Names with the keys of whose they are. A key may have several names; all are found under it."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._owners = array("q")
        self._sizes = array("B")
        self._parts = _Parts()
        self._of_part: list[array[int]] = []  # the names that have each part
        self._parts_of = array("I")  # the parts of each name, from its place in `_starts` on
        self._starts = array("I")
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
        self._starts.append(len(self._parts_of))
        self._parts_of.extend(parts)
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
        matches = compare_each([(asked, self._names[n]) for n in numbers])
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
        """The numbers of the names that have most of the parts `units`, `SHORTLIST` at most."""
        answers = self._answers([unit for unit in units if not unit.is_title] or units)
        if not answers:
            return []
        names, rank = self._ranked(answers)
        if len(names) > SHORTLIST:
            names = names[np.argpartition(-rank, SHORTLIST)[:SHORTLIST]]
        return [int(number) for number in names]

    def _ranked(self, answers: Sequence[_Answers]) -> tuple[Ints, Floats]:
        """The names that have one of the rarer parts that were asked for, and how much speaks for each."""
        names = self._having(answers)
        sizes = np.frombuffer(self._sizes, dtype=np.uint8)[names]
        ends = np.cumsum(sizes, dtype=np.int64)
        begins = ends - sizes
        first = np.frombuffer(self._starts, dtype=np.uint32)[names]
        places = np.repeat(first - begins, sizes) + np.arange(ends[-1])
        parts = np.frombuffer(self._parts_of, dtype=np.uint32)[places]
        alike = np.zeros((len(self._of_part), len(answers)), dtype=np.float32)
        for at, one in enumerate(answers):
            alike[one.parts, at] = one.alike  # of two readings of one part, the more alike is written last
        found = np.maximum.reduceat(alike[parts], begins)
        weights = np.array([one.weight for one in answers], dtype=np.float32)
        answered = (found > 0).sum(axis=1)
        left = np.maximum(sizes - answered, 0)
        cost = UNANSWERED * left + CONTESTED * np.minimum(left, len(answers) - answered)
        return names, (found * weights).sum(axis=1) - weights.mean() * cost

    def _having(self, answers: Sequence[_Answers]) -> Ints:
        """The numbers of the names that have two of the parts asked for or a rare one, else of those with the rarest.

        Two parts are looked up however common they are, more where they are few.
        """
        ordered = sorted(answers, key=lambda one: one.names)
        sums = list(accumulate(one.names for one in ordered))
        used = [one for at, one in enumerate(ordered) if at < ALWAYS or sums[at] <= MOST_READ]
        has = np.zeros(len(self._names), dtype=np.uint16)  # a bit for each of the parts
        for at, one in enumerate(used):
            names = [np.frombuffer(self._of_part[part], dtype=np.uint32) for part in one.parts.tolist()]
            has[np.concatenate(names)] |= 1 << at
        rare = sum([1 << at for at, one in enumerate(used) if one.names <= COMMON])
        some = np.flatnonzero(has)
        bits = has[some]
        enough = ((bits & rare) | (bits & (bits - 1))) > 0
        return some[enough if enough.any() else (bits & 1) > 0]

    def _answers(self, units: Sequence[Unit]) -> list[_Answers]:
        """For each of `units` that any name has, the parts that are like it."""
        found = []
        for unit in units:
            parts, alike = self._parts.like(unit)
            if len(parts):
                names = sum([len(self._of_part[part]) for part in parts.tolist()])
                found.append(_Answers(parts, alike**SHARPNESS, names, math.log1p(len(self._names) / names)))
        return found


class _Answers(NamedTuple):
    """The parts that are like one that was asked for, and what the likeness of each counts, the most alike last.

    `names` is how many names have them; `weight` is the greater the fewer they are.
    """

    parts: Ints
    alike: Floats
    names: int
    weight: float


class _Parts:
    """The different parts of all names, numbered, and the keys to look them up by: a row for each way to read one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_row = array("I")  # the part that each row is
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
        number = self._numbers[text] = len(self._numbers)
        first = len(self._full)
        self._full += unit.full
        self._bare += unit.bare
        for row, reading in enumerate(unit.readings, first):
            self._of_row.append(number)
            self._scripts.append(SCRIPTS.index(unit.script))
            self._abjads.append(unit.is_abjad)
            spoken = reading.translate(coarse())
            self._keep(row, (spoken,), _cut(spoken))
        self._keep(first, _known(unit), ())
        return number

    def _keep(self, row: int, exact: Iterable[str], near: Iterable[str]) -> None:
        for table, keys in ((self._exact, exact), (self._near, near)):
            for key in keys:
                table.setdefault(key, array("I")).append(row)

    def like(self, unit: Unit) -> tuple[Ints, Floats]:
        """The numbers of the parts that sound like `unit` or are known as the same name, the least alike first.

        A part that is read in two ways may stand twice.
        """
        spoken = {reading.translate(coarse()) for reading in unit.readings}
        near = set[str]().union(*map(_cut, spoken))
        known = _joined(self._exact, _known(unit))
        rows = np.unique(np.concatenate([known, _joined(self._exact, spoken), _joined(self._near, near)]))
        alike = self._alike(unit, rows)
        places = np.searchsorted(rows, known)
        alike[places] = np.maximum(alike[places], KNOWN_LEAST)
        kept = np.flatnonzero(alike >= LEAST)
        kept = kept[np.argsort(alike[kept], kind="stable")][-MOST_KEPT:]
        return np.frombuffer(self._of_row, dtype=np.uint32)[rows[kept]], alike[kept]

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
                    list(map(texts.__getitem__, numbers[places].tolist())),
                    scorer=Indel.normalized_similarity,
                    score_cutoff=LEAST,
                    dtype=np.float32,
                )
                out[places] = found.max(axis=0)
        return out


def _joined(table: dict[str, array[int]], keys: Iterable[str]) -> Ints:
    found = [np.frombuffer(table[key], dtype=np.uint32) for key in keys if key in table]
    return np.concatenate(found).astype(np.intp) if found else np.empty(0, dtype=np.intp)
