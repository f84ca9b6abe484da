"""Quality floors: figures that may not fall, measured on corpora that cannot be in the repository.

`floors.json` holds, for each part of the product, the file that is measured, its hash and the floors. A floor is only
lowered by editing that file, with a line in CHANGELOG that says why.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

FLOORS = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Floors:
    """The corpus file of one part of the product, and the least (or, for shares of errors, the most) of each figure."""

    corpus: Path
    least: Mapping[str, float]
    most: Mapping[str, float]


def floors(part: str) -> Floors:
    """The floors of `part`; skips the test without a corpus, fails where it is another one than was measured."""
    table = json.loads(FLOORS.read_text(encoding="utf-8"))[part]
    folder = os.environ.get("HABEAS_CORPORA")
    corpus = Path(folder or ".") / table["corpus"]
    if not folder or not corpus.is_file():
        pytest.skip("no corpus")
    found = hashlib.sha256(corpus.read_bytes()).hexdigest()
    assert found == table["sha256"], f"{corpus} is not the file that the floors were set on; measure and set them anew"
    return Floors(corpus, table.get("least", {}), table.get("most", {}))


def below(found: Mapping[str, float], asked: Floors) -> list[str]:
    """What falls short, a sentence each; empty where every floor holds."""
    short = [
        f"{name} is {found[name]:.3f}, at least {floor} asked"
        for name, floor in asked.least.items()
        if found[name] < floor
    ]
    over = [
        f"{name} is {found[name]:.3f}, at most {top} allowed" for name, top in asked.most.items() if found[name] > top
    ]
    return short + over
