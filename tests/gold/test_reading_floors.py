"""Reading: the floors hold, on annotated reports and on PolNeAR."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from gold.floors import below, floors
from habeas.extraction import read
from habeas.extraction.attribution.model import default_model
from training.attribution.evaluate import load_scorer, on_polnear
from training.reader.figures import figures
from training.reports import gold

pytestmark = [pytest.mark.corpora, pytest.mark.slow]


def scorer(corpora: Path, name: str) -> ModuleType:
    """The scorer that lies beside the corpora; skips where there is none."""
    try:
        return load_scorer(corpora.parent / "contract", name)
    except FileNotFoundError:
        pytest.skip("no scorers beside the corpora")


def test_the_floors_of_reading_hold() -> None:
    asked = floors("reading")
    golds = [g for g in gold.load(asked.corpus) if g["document"]["language"] == "en"]
    assert below(figures(scorer(asked.corpus.parents[1], "score_reading"), golds, read), asked) == []


def test_the_floors_of_attribution_hold() -> None:
    asked = floors("attribution")
    corpora = asked.corpus.parents[1]
    scorer(corpora, "score_attribution")
    found, _ = on_polnear(default_model(), corpora, corpora.parent / "contract")
    assert below(found, asked) == []
