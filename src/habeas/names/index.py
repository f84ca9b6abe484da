"""Which of a million names is it: an index of names that is asked in any spelling or script.

Names are looked up by their parts. Each different part is kept once, under keys that its other spellings share: its
consonants, the same with one left out, the names that it is known to spell. A question finds the parts that sound like
its own (`parts`), adds up for each name how much of the question it has, what few names are as like for more, and
compares the best in full.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from habeas.names.compare import Match, compare_each
from habeas.names.parse import parse
from habeas.names.parts import Floats, Ints, Parts
from habeas.names.units import Unit

SHORTLIST = 80  # names that are compared in full
CONSIDERED = 4_000  # names that are looked at with all their parts
ALWAYS, MOST_READ = 2, 60_000  # parts that are looked up for all names that have them, and names that others have
UNANSWERED = 0.1  # what a part of the other name that answers nothing costs, in parts
SHARPNESS = 3  # the power to which likeness counts
CONTESTED = 0.25  # what it costs more where a part that was asked for is not answered either


class Found(NamedTuple):
    """A name of the index and how it compares."""

    key: int
    name: str
    match: Match


class Index:
    """Names with the keys of whose they are. A key may have several names; all are found under it."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._owners = array("q")
        self._sizes = array("B")
        self._parts = Parts()
        self._of_part: list[array[int]] = []  # the names that have each part, and how many
        self._counts = array("I")
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
                self._counts.append(0)
            self._of_part[part].append(number)
            self._counts[part] += 1

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
        names = self._having(answers)
        rank = self._ranked(names, answers)
        if len(names) > SHORTLIST:
            names = names[np.argpartition(-rank, SHORTLIST)[:SHORTLIST]]
        return [int(number) for number in names]

    def _answers(self, units: Sequence[Unit]) -> list[_Answers]:
        """For each of `units` that any name has, the parts that are like it, those that fewest names have first.

        What a part counts is its likeness times the log of one in how many names has a part as like.
        """
        found = []
        counts = np.frombuffer(self._counts, dtype=np.uint32)
        for unit in units:
            parts, alike = self._parts.like(unit)
            if len(parts):
                names = counts[parts]
                as_like = np.cumsum(names[::-1], dtype=np.float64)[::-1]
                values = alike**SHARPNESS * np.log1p(len(self._names) / as_like)
                found.append(_Answers(parts, names, values.astype(np.float32), int(as_like[0])))
        return sorted(found, key=lambda one: one.total)

    def _having(self, answers: Sequence[_Answers]) -> Ints:
        """The numbers of the names that have most of the parts asked for, `CONSIDERED` at most, in order."""
        worth = np.zeros(len(self._names), dtype=np.float32)
        read = []
        for at, one in enumerate(answers):
            first = 0 if at < ALWAYS else int(np.searchsorted(-np.cumsum(one.names[::-1])[::-1], -MOST_READ))
            if first == len(one.parts):
                continue
            names = np.frombuffer(b"".join(map(self._of_part.__getitem__, one.parts[first:].tolist())), dtype=np.uint32)
            worth[names] += np.repeat(
                one.values[first:], one.names[first:]
            )  # the most alike of a name's is written last
            read.append(names)
        some = np.concatenate(read)
        if len(some) > CONSIDERED:
            some = some[np.argpartition(worth[some], -CONSIDERED)[-CONSIDERED:]]
        return np.unique(some)

    def _ranked(self, names: Ints, answers: Sequence[_Answers]) -> Floats:
        """How much speaks for each of `names`, all its parts being looked at."""
        sizes = np.frombuffer(self._sizes, dtype=np.uint8)[names]
        ends = np.cumsum(sizes, dtype=np.int64)
        begins = ends - sizes
        first = np.frombuffer(self._starts, dtype=np.uint32)[names]
        places = np.repeat(first - begins, sizes) + np.arange(ends[-1])
        parts = np.frombuffer(self._parts_of, dtype=np.uint32)[places]
        found = np.empty((len(names), len(answers)), dtype=np.float32)
        value = np.zeros(len(self._of_part), dtype=np.float32)
        for at, one in enumerate(answers):
            value[one.parts] = one.values  # of two readings of one part, the more alike is written last
            found[:, at] = np.maximum.reduceat(value[parts], begins)
            value[one.parts] = 0
        answered = (found > 0).sum(axis=1)
        left = np.maximum(sizes - answered, 0)
        cost = UNANSWERED * left + CONTESTED * np.minimum(left, len(answers) - answered)
        return np.asarray(found.sum(axis=1) - np.mean([one.values[-1] for one in answers]) * cost, dtype=np.float32)


class _Answers(NamedTuple):
    """The parts that are like one that was asked for, the most alike last.

    `names` is how many names have each, `total` any; `values` is what having it counts.
    """

    parts: Ints
    names: Ints
    values: Floats
    total: int
