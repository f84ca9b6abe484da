"""Which names are known to be spellings of one another: see vocab/names/KNOWN.md for where the list is from."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

UNKNOWN_RARITY = 1.0
GROUPS = 100_000  # names are numbered from the one with the most spellings down


@cache
def _table() -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """Sorted hashes of spellings, where the ids of each begin, and the ids, most-spelled name first."""
    with as_file(files("habeas.vocab").joinpath("names", "known.npz")) as path, np.load(path) as data:
        hashes = np.cumsum(data["hash_steps"], dtype=np.uint32)
        starts = np.concatenate([[0], np.cumsum(data["counts"])]).astype(np.uint32)
        return hashes, starts, data["ids"].astype(np.uint32)


def spelling_hash(text: str) -> int:
    """The 32-bit hash by which the list knows a folded spelling."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def known_ids(text: str) -> tuple[int, ...]:
    """The known names that the folded word `text` spells, the most-spelled first; empty where it is in no list."""
    hashes, starts, ids = _table()
    wanted = np.uint32(spelling_hash(text))
    at = int(hashes.searchsorted(wanted))
    if at == len(hashes) or hashes[at] != wanted:
        return ()
    return tuple(ids[starts[at] : starts[at + 1]].tolist())


def rarity(ids: tuple[int, ...]) -> float:
    """0 for the most widely spelled name, towards 1 for a rare or unknown one."""
    return float(np.log1p(ids[0]) / np.log1p(GROUPS)) if ids else UNKNOWN_RARITY
