"""The three lines that a person would draw for real cases, from what public pages tell of them, errors included.

The pages are read from $HABEAS_CORPORA; a case is addressed by the hash of its id.
"""

from __future__ import annotations

import random
from datetime import date

import pytest

from cases.corpus import needs_corpus, rows_of
from habeas.cases.casefile import State
from habeas.cases.fold import fold

pytestmark = [pytest.mark.corpora, needs_corpus]

FOUR_MONTHS = "28558aac"  # arrest, a four-month order counted from it, a strike of 103 days, suspension, release
TEN_TO_ONE = "f75d6cd8"  # an order renewed again and again, a strike of 141 days, wrong day counts on the way
TWO_PHASES = "a121d3f3"  # 111 days, a break on a promise, 61 days more; pages add them up
COLONY = "76799c20"  # a sentence in place of a suspended one, a strike of 24 days
AT_HOME = "907d1c21"  # arrest, sentence, let out under monitoring, second sentence, release


def at(case: str, day: str) -> State:
    return fold(rows_of(case), on=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("case", "day", "custody", "basis", "protest"),
    [
        (FOUR_MONTHS, "2020-07-30", "in_custody", "administrative_order", "hunger_strike"),
        (FOUR_MONTHS, "2020-08-20", "in_custody", "administrative_order", "hunger_strike"),
        (FOUR_MONTHS, "2020-10-05", "hospital", "order_suspended", "hunger_strike"),
        (FOUR_MONTHS, "2020-10-30", "hospital", "order_suspended", "hunger_strike"),
        (FOUR_MONTHS, "2020-11-10", "hospital", "order_suspended", "suspended"),
        (FOUR_MONTHS, "2020-11-25", "hospital", "order_suspended", "suspended"),
        (FOUR_MONTHS, "2020-11-26", "released", "ended", "suspended"),
        (TEN_TO_ONE, "2021-11-10", "in_custody", "administrative_order", "hunger_strike"),
        (TEN_TO_ONE, "2022-01-02", "hospital", "administrative_order", "hunger_strike"),
        (TEN_TO_ONE, "2022-01-05", "hospital", "administrative_order", "ended"),
        (TWO_PHASES, "2022-05-01", "in_custody", "order", "hunger_strike"),
        (TWO_PHASES, "2022-07-01", "in_custody", "order", "suspended"),
        (TWO_PHASES, "2022-08-15", "in_custody", "order", "hunger_strike"),
        (TWO_PHASES, "2022-08-25", "order_suspended", "order_suspended", "hunger_strike"),
        (TWO_PHASES, "2022-09-01", "order_suspended", "order_suspended", "suspended"),
        (COLONY, "2021-02-05", "in_custody", "unknown", "none"),
        (COLONY, "2021-04-05", "in_custody", "sentence", "hunger_strike"),
        (COLONY, "2021-04-24", "in_custody", "sentence", "ended"),
        (AT_HOME, "2016-06-01", "in_custody", "unknown", "none"),
        (AT_HOME, "2018-01-01", "in_custody", "sentence", "none"),
        (AT_HOME, "2020-04-01", "house_arrest", "sentence", "none"),
        (AT_HOME, "2021-05-01", "house_arrest", "sentence", "none"),
        (AT_HOME, "2022-03-16", "released", "ended", "none"),
    ],
)
def test_the_three_lines_on_a_day(case: str, day: str, custody: str, basis: str, protest: str) -> None:
    assert [line.state for line in at(case, day).lines] == [custody, basis, protest]


def test_four_months_run_from_the_arrest_and_the_sources_disagree_beside_it() -> None:
    state = at(FOUR_MONTHS, "2020-11-25")
    (strike,) = state.strikes
    assert (strike.start_earliest, strike.start_latest, strike.start_stated) == (date(2020, 7, 27),) * 2 + (True,)
    assert (strike.ended, strike.length) == ("2020-11-06", "103 days")
    order = state.orders[0]
    assert (order.issued, order.length, order.expires, order.estimated) == ("2020-08-07", "P4M", "2020-11-26", False)
    assert state.custody.since == "2020-07-27"
    assert {conflict.label for conflict in state.conflicts} >= {
        "date of order 1",
        "order suspended",
        "start of the hunger strike",
        "hunger strike ended or only suspended",
    }
    assert at(FOUR_MONTHS, "2020-11-26").custody.since == "2020-11-26"


def test_without_the_stated_end_the_estimate_holds_it() -> None:
    rows = [row for row in rows_of(FOUR_MONTHS) if row.phase != "expires"]
    order = fold(rows, on=date(2020, 11, 25)).orders[0]
    assert order.estimated
    assert order.expires.split("/")[0] == "2020-11-26"
    assert "from the arrest" in order.rule


def test_wrong_day_counts_move_no_start() -> None:
    (strike,) = at(TEN_TO_ONE, "2022-01-05").strikes
    assert (strike.start_earliest, strike.start_latest, strike.length) == (date(2021, 8, 17),) * 2 + ("141 days",)
    assert {(day.day, day.fits) for day in strike.days} >= {(57, False), (106, False), (80, True), (141, True)}


def test_two_phases_are_two_strikes_and_their_sum_is_no_start() -> None:
    state = at(TWO_PHASES, "2022-09-01")
    first, second = state.strikes
    assert (first.state, first.ended, first.length) == ("suspended", "2022-06", "111 days")
    assert (second.state, second.start_earliest, second.ended) == ("suspended", date(2022, 7, 2), "2022-08-31")
    assert "172 days with the strikes before" in second.length
    assert all(day.over_phases and not day.fits for day in second.days)
    starts = next(c for c in state.conflicts if c.label == "start of the hunger strike")
    assert [side.holds for side in starts.sides] == ["2021-12", "111 days by 2022-06, so not before 2022-02-10"]


def test_a_second_sentence_is_another_one() -> None:
    first, second = at(AT_HOME, "2018-01-01"), at(AT_HOME, "2021-05-01")
    assert (first.basis.since, first.basis.label) == ("2016-09", "sentence: 5 years")
    assert (second.basis.since, second.basis.label) == ("2021-04-26", "sentence: 1 year")
    assert second.custody.since == "2016-04-03"


@pytest.mark.parametrize("case", [FOUR_MONTHS, TEN_TO_ONE, TWO_PHASES, COLONY, AT_HOME])
def test_the_pages_may_come_in_any_order(case: str) -> None:
    rows = rows_of(case)
    shuffled = random.Random(7).sample(rows, len(rows))  # noqa: S311 - any order will do
    assert fold(shuffled) == fold(rows)
