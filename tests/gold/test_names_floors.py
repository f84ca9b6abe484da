"""Names: the floors hold, each person judged by weights that were trained without them."""

import pytest

from gold.floors import Floors, below, floors
from training.names.evaluate import report_figures
from training.names.pairs import read_pairs
from training.names.train import cross_check


@pytest.mark.corpora
@pytest.mark.slow
def test_the_floors_of_names_hold() -> None:
    asked = floors("names")
    judged = cross_check([pair for pair in read_pairs(asked.corpus) if pair.is_core])
    assert below(report_figures(judged), asked) == []


def test_a_figure_below_its_floor_is_named() -> None:
    asked = Floors(corpus=None, least={"f1": 0.9}, most={"siblings": 0.1})  # type: ignore[arg-type]
    assert below({"f1": 0.91, "siblings": 0.1}, asked) == []
    assert below({"f1": 0.89, "siblings": 0.2}, asked) == [
        "f1 is 0.890, at least 0.9 asked",
        "siblings is 0.200, at most 0.1 allowed",
    ]
