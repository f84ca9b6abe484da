"""Pairs of relatives made from labelled pairs: hand-written ones are too few to learn from, and they hurt most.

A child is the parent's name after a given name; a cousin has another grandfather inside the same chain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from habeas.names.parse import parse
from habeas.names.tables import read_table
from training.names.pairs import LabelledPair

TOO_COMMON = frozenset(["muhammad", "ahmad"])  # left out or put before a name without changing who is meant
SHORTEST = 4


def given_names() -> list[str]:
    """Common given names in Latin letters, two spellings of each."""
    families: dict[str, list[str]] = read_table("given")["arabic"]
    return [
        word.title()
        for name, spellings in families.items()
        if name not in TOO_COMMON
        for word in spellings[:2]
        if word.isascii()
    ]


def made_relatives(pairs: Sequence[LabelledPair], most: int) -> list[tuple[str, str]]:
    """Up to `most` pairs of different people, made from the one-person pairs of `pairs`."""
    random = np.random.default_rng(1)
    given = given_names()
    positives = [pair for pair in pairs if pair.is_same and len(parse(pair.b).units) > 1]
    found = []
    for at in random.permutation(len(positives))[:most]:
        pair, name = positives[at], given[int(random.integers(len(given)))]
        words = pair.b.split()
        inner = [n for n in range(1, len(words) - 1) if _is_name(words[n])]
        if inner and random.random() < 0.5:
            words[inner[int(random.integers(len(inner)))]] = name
        else:
            words.insert(0, name)
        found.append((pair.a, " ".join(words)))
    return found


def _is_name(word: str) -> bool:
    units = parse(word).units
    return bool(units) and len(units[0].text) >= SHORTEST
