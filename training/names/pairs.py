"""The labelled pairs of `corpora/names`, what counts as core, and which pairs speak of the same people."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

UNDECIDABLE = frozenset(["alias-other", "nick", "mt", "pinyin", "dim"])  # positives that no spelling can decide
BENCH = "nk_name_bench"


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, whether they are one person's, and where the pair is from."""

    a: str
    b: str
    is_same: bool
    kind: str
    source: str

    @property
    def is_core(self) -> bool:
        """Whether the pair counts: not of the bench, not a positive that spelling cannot decide."""
        return self.source != BENCH and not (self.is_same and self.relation in UNDECIDABLE)

    @property
    def relation(self) -> str:
        """The first half of the kind: spell, xscript, sibling, …"""
        return self.kind.partition("/")[0]

    @property
    def scripts(self) -> str:
        """The second half of the kind: lat-lat, ara-lat, …"""
        return self.kind.partition("/")[2]

    @property
    def family(self) -> str:
        """The source, all hand-written ones as one."""
        return self.source.partition(":")[0]


def read_pairs(path: Path) -> list[LabelledPair]:
    """The pairs of a TSV with name_a, name_b, same, kind, source."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [LabelledPair(r["name_a"], r["name_b"], r["same"] == "1", r["kind"], r["source"]) for r in rows]


def person_folds(pairs: list[LabelledPair], folds: int) -> list[int]:
    """A fold for each pair so that no two names of one person are in different folds through a positive pair."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for pair in pairs:
        if pair.is_same:
            leader[find(pair.a)] = find(pair.b)
    return [int(hashlib.sha1(find(p.a).encode(), usedforsecurity=False).hexdigest(), 16) % folds for p in pairs]
