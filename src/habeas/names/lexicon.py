"""Which words are known to be spellings of one name, and which names are known to be different ones.

`known.npz` is a long list drawn from Wikidata (docs/names.md tells how); `given.toml` is a short one written by hand,
whose word counts first.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple
from zlib import crc32

import numpy as np

from habeas.names.tables import folded_word, read_table

UNKNOWN_RARITY = 1.0
NO_FAMILY: frozenset[int] = frozenset()
HALF = 16  # bits
GROUPS = math.log1p(100_000)  # names are numbered from the one with the most spellings down


class _Table(NamedTuple):
    """Sorted hashes of spellings, where the ids of each begin, the ids, and where the hashes of each first half begin.

    Ids are in order: the name with the most spellings first.
    """

    hashes: array[int]
    starts: array[int]
    ids: array[int]
    halves: array[int]


@cache
def _table() -> _Table:
    with as_file(files("habeas.vocab").joinpath("names", "known.npz")) as path, np.load(path) as data:
        hashes = np.cumsum(data["hash_steps"], dtype=np.uint32)
        starts = np.concatenate([[0], np.cumsum(data["counts"])])
        ids = data["ids"]
    halves = np.searchsorted(hashes >> HALF, np.arange((1 << HALF) + 1))
    return _Table(*(array("I", column.astype(np.uint32).tobytes()) for column in (hashes, starts, ids, halves)))


@cache
def _families() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    entries = (words for section in read_table("given").values() for words in section.values())
    for number, words in enumerate(entries):
        for word in words:
            found.setdefault(folded_word(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def spelling_hash(text: str) -> int:
    """The 32-bit hash by which the list knows a folded spelling."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def known_ids(text: str) -> tuple[int, ...]:
    """The known names that the folded word `text` spells, the most-spelled first; empty where it is in no list."""
    hashes, starts, ids, halves = _table()
    wanted = crc32(text.encode("utf-8", "surrogatepass"))
    half = wanted >> HALF
    end = halves[half + 1]
    at = bisect_left(hashes, wanted, halves[half], end)
    if at == end or hashes[at] != wanted:
        return ()
    first, after = starts[at], starts[at + 1]
    return (ids[first],) if after == first + 1 else tuple(ids[first:after])


def families(text: str) -> frozenset[int]:
    """The names of given.toml that the folded word `text` spells; empty where it is in none."""
    return _families().get(text, NO_FAMILY)


def rarity(ids: tuple[int, ...]) -> float:
    """0 for the most widely spelled name, towards 1 for a rare or unknown one."""
    return math.log1p(ids[0]) / GROUPS if ids else UNKNOWN_RARITY
