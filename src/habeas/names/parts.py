"""The different parts of all names of an index, and which of them sound like one that is asked for."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from habeas.names.align import KNOWN_LEAST, LEAST
from habeas.names.tables import coarse
from habeas.names.units import Unit

MOST_HEARD = 1_000  # rows that share a key with one part and are compared with it
SHORTEST_CUT = 3  # consonants that a part must have for one to be left out
BITS = 64

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float32]
Masks = NDArray[np.uint64]


def _known(unit: Unit) -> set[str]:
    """The keys of the names that a part is known to spell."""
    return {f"#{number}" for number in unit.ids} | {f"+{number}" for number in unit.families}


def _cut(spoken: str) -> set[str]:
    """The consonants of a part, and the same with each left out in turn."""
    if len(spoken) < SHORTEST_CUT:
        return {spoken}
    return {spoken} | {spoken[:at] + spoken[at + 1 :] for at in range(len(spoken))}


@cache
def _bit(feature: str, time: int) -> int:
    return 1 << crc32(f"{feature}{time}".encode("utf-8", "surrogatepass")) % BITS


def _mask(features: str) -> int:
    """A bit for each feature, another for its second time, and so on: two masks share about what two parts do."""
    found = 0
    for feature, times in Counter(features).items():
        for time in range(times):
            found |= _bit(feature, time)
    return found


class Parts:
    """The different parts of all names, numbered, and the keys to look them up by: a row for each way to read one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_row = array("I")  # the part that each row is
        self._full: list[str] = []
        self._bare: list[str] = []
        self._full_masks = array("Q")
        self._bare_masks = array("Q")
        self._writings = array("B")
        self._known_writings: dict[str, int] = {}
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
        full, bare = unit.every_full, unit.every_bare
        self._full += full
        self._bare += bare
        self._full_masks.extend(map(_mask, full))
        self._bare_masks.extend(map(_mask, bare))
        for row, reading in enumerate(unit.readings, first):
            self._of_row.append(number)
            self._writings.append(self._writing(unit))
            spoken = reading.translate(coarse())
            self._keep(row, (spoken,), _cut(spoken))
        self._keep(first, _known(unit), ())
        return number

    def _writing(self, unit: Unit) -> int:
        return self._known_writings.setdefault(unit.writing, len(self._known_writings))

    def _keep(self, row: int, exact: Iterable[str], near: Iterable[str]) -> None:
        for table, keys in ((self._exact, exact), (self._near, near)):
            for key in keys:
                table.setdefault(key, array("I")).append(row)

    def like(self, unit: Unit) -> tuple[Ints, Floats]:
        """The numbers of the parts that sound like `unit` or are known as the same name, the least alike first.

        A part that is read in two ways, or both sounds so and is known, may stand twice.
        """
        spoken = {reading.translate(coarse()) for reading in unit.readings}
        near = set[str]().union(*map(_cut, spoken))
        known = _joined(self._exact, _known(unit))
        heard = np.zeros(len(self._of_row), dtype=np.bool_)
        heard[_joined(self._exact, spoken)] = heard[_joined(self._near, near)] = True
        rows = np.concatenate([self._nearest(unit, np.flatnonzero(heard)), known])
        alike = self._alike(unit, rows)
        by_list = slice(len(rows) - len(known), None)
        alike[by_list] = np.maximum(alike[by_list], KNOWN_LEAST)
        kept = np.flatnonzero(alike >= LEAST)
        kept = kept[np.argsort(alike[kept], kind="stable")]
        return np.frombuffer(self._of_row, dtype=np.uint32)[rows[kept]], alike[kept]

    def _bare_rows(self, unit: Unit, rows: Ints) -> NDArray[np.bool_]:
        """Which of `rows` are written in another way than `unit`, so that vowels do not count."""
        own = self._known_writings.get(unit.writing, -1)
        return np.not_equal(np.frombuffer(self._writings, dtype=np.uint8)[rows], own)

    def _nearest(self, unit: Unit, rows: Ints) -> Ints:
        """Those of `rows` whose masks share most with those of `unit`, `MOST_HEARD` at most."""
        if len(rows) <= MOST_HEARD:
            return rows
        bare = self._bare_rows(unit, rows)
        full, without = (np.frombuffer(masks, dtype=np.uint64)[rows] for masks in (self._full_masks, self._bare_masks))
        masks = np.where(bare, without, full)
        sizes = np.bitwise_count(masks).astype(np.float32)
        best = np.zeros(len(rows), dtype=np.float32)
        for one, other in zip(map(_mask, unit.every_full), map(_mask, unit.every_bare), strict=True):
            asked = np.where(bare, np.uint64(other), np.uint64(one))
            shared = np.bitwise_count(masks & asked) / (sizes + np.bitwise_count(asked) + 1)
            best = np.maximum(best, shared)
        return rows[np.argpartition(best, -MOST_HEARD)[-MOST_HEARD:]]

    def _alike(self, unit: Unit, rows: Ints) -> Floats:
        out = np.zeros(len(rows), dtype=np.float32)
        bare = self._bare_rows(unit, rows)
        for chosen, texts, readings in ((bare, self._bare, unit.every_bare), (~bare, self._full, unit.every_full)):
            places = np.flatnonzero(chosen)
            if len(places):
                found = cdist(
                    readings,
                    list(map(texts.__getitem__, rows[places].tolist())),
                    scorer=Indel.normalized_similarity,
                    score_cutoff=LEAST,
                    dtype=np.float32,
                )
                out[places] = found.max(axis=0)
        return out


def _joined(table: dict[str, array[int]], keys: Iterable[str]) -> Ints:
    return np.frombuffer(b"".join([table[key] for key in keys if key in table]), dtype=np.uint32)
