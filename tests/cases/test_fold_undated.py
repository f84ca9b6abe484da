"""What undated pages, pages without a day of publication, and sums may not do to a state."""

from __future__ import annotations

from datetime import date

from claims import told
from habeas.cases.fold import fold

ARREST = told("arrest/done", "2026-03-02", published="2026-03-03", document=1)
ISSUED = told("order/issued", "2026-03-10", "P4M", published="2026-03-11", document=2)
ADMINISTRATIVE = told("detention/ongoing", "", "administrative", published="2026-03-11", document=2)
SUSPENDED = told("order/suspended", "2026-05-20", published="2026-05-21", document=3)
HELD = [ARREST, ISSUED, ADMINISTRATIVE, SUSPENDED]


def test_an_order_told_again_without_a_date_brings_no_suspended_order_back() -> None:
    again = told("order/issued", "", "P4M", published="2026-06-02", document=4)
    state = fold([*HELD, again])
    assert [line.state for line in state.lines[:2]] == ["order_suspended", "order_suspended"]
    assert len(state.orders) == 1
    back = told("order/reinstated", "2026-06-01", published="2026-06-02", document=5)
    assert [line.state for line in fold([*HELD, again, back]).lines[:2]] == ["in_custody", "administrative_order"]


def test_a_suspension_told_on_no_day_changes_no_order_that_has_days() -> None:
    somewhen = told("order/suspended", "", published="", document=4)
    state = fold([ARREST, ISSUED, ADMINISTRATIVE, somewhen])
    assert [line.state for line in state.lines[:2]] == ["in_custody", "administrative_order"]
    (order,) = state.orders
    assert (order.state, somewhen in order.rows) == ("issued", True)


def test_an_order_told_on_no_day_is_the_one_of_that_length() -> None:
    same, other = (told("order/issued", "", length, published="", document=4) for length in ("P4M", "P6M"))
    assert [order.length for order in fold([*HELD, same]).orders] == ["P4M"]
    assert [order.length for order in fold([*HELD, other]).orders] == ["P6M", "P4M"]


def test_an_end_told_on_no_day_ends_no_strike_but_tells_how_long_it_was_once_it_is_over() -> None:
    start = told("hunger_strike/start", "2026-03-02", published="2026-03-03", document=1)
    lasted = told("hunger_strike/ended", "", 80, published="", document=4)
    going_on = fold([ARREST, start, lasted], on=date(2026, 4, 1))
    assert (going_on.protest.state, going_on.strikes[0].length) == ("hunger_strike", "")
    over = told("hunger_strike/suspended", "2026-05-20", published="2026-05-21", document=3)
    state = fold([ARREST, start, lasted, over])
    assert (state.protest.state, state.protest.since, state.strikes[0].length) == ("suspended", "2026-05-20", "80 days")
    assert "over or going on" not in str([conflict.label for conflict in state.conflicts])


def test_a_strike_told_on_no_day_is_shown_and_is_no_state() -> None:
    state = fold([ARREST, told("hunger_strike/ongoing", "", published="", document=4)])
    assert state.protest.state == "none"
    assert "no day that a document tells" in state.protest.label
    assert len(state.protest.rows) == len(state.strikes) == 1


def test_days_that_take_in_an_earlier_strike_start_none() -> None:
    first = told("hunger_strike/start", "2026-02-10", published="2026-02-11", document=1)
    broke_off = told("hunger_strike/suspended", "2026-04-20", 70, published="2026-04-21", document=2)
    again = told("hunger_strike/start", "2026-05-01", published="2026-05-02", document=3)
    over = told("hunger_strike/ended", "2026-06-01", 102, published="2026-06-01", document=4)
    one, two = fold([first, broke_off, again, over]).strikes
    assert (one.length, one.ended) == ("70 days", "2026-04-20")
    assert (two.start_earliest, two.ended) == (date(2026, 5, 1), "2026-06-01")
    assert two.length == "102 days with the strikes before"
    assert [(day.day, day.fits, day.over_phases) for day in two.days] == [(102, False, True)]


def test_a_length_that_ends_in_a_month_and_reaches_no_stated_start_is_a_conflict() -> None:
    start = told("hunger_strike/start", "2026-01", published="2026-06-03", document=1)
    over = told("hunger_strike/suspended", "2026-05", 60, published="2026-06-02", document=2)
    (conflict,) = fold([start, over]).conflicts
    assert [side.holds for side in conflict.sides] == ["2026-01", "60 days by 2026-05, so not before 2026-03-02"]


def test_several_places_without_a_date_tell_where_they_were() -> None:
    ward = told("hospitalisation/admitted", "2026-05-01", place="Basit Hospital", published="2026-05-02", document=2)
    moves = [told("transfer/done", "", published="2026-05-09", document=3, place=place) for place in ("Ofra", "Selm")]
    assert fold([ARREST, ward, *moves]).custody.state == "hospital"
    assert fold([ARREST, ward, moves[0]]).custody.state == "in_custody"


def test_two_sentences_are_two_and_serving_one_is_since_it_was_passed() -> None:
    first = told("sentence/passed", "2026-03-04", "P5Y", published="2026-03-04", document=1)
    serving = told("detention/ongoing", "", "sentence", published="2026-03-05", document=2)
    state = fold([ARREST, first, serving])
    assert (state.basis.state, state.basis.since) == ("sentence", "2026-03-04")
    second = told("sentence/passed", "2026-08-01", "P1Y", published="2026-08-02", document=3)
    assert fold([ARREST, first, serving, second]).basis.since == "2026-08-01"
