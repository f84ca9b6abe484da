"""The chain of orders, what is due, and the places."""

from __future__ import annotations

from datetime import date

import pytest

from claims import told
from habeas.cases.fold import fold
from habeas.cases.fold.orders import end_by_length

ARREST = told("arrest/done", "2026-07-27", published="2026-07-28", document=1)
ISSUED = told("order/issued", "2026-08-05", "P4M", published="2026-08-06", document=2)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-07-27", "P4M", "2026-11-26"),
        ("2026-01-31", "P1M", "2026-02-27"),
        ("2026-03-01", "P1Y", "2027-02-28"),
        ("2026-03-01", "P2W", "2026-03-14"),
        ("2026-03-01", "P90D", "2026-05-29"),
        ("2026-03-01", "life", None),
        ("2026-03-01", "P", None),
    ],
)
def test_an_order_of_that_length_ends_on(start: str, length: str, end: str | None) -> None:
    assert end_by_length(date.fromisoformat(start), length) == (date.fromisoformat(end) if end else None)


def test_an_estimated_end_allows_for_counting_from_the_arrest_and_says_its_rule() -> None:
    (order,) = fold([ARREST, ISSUED]).orders
    assert (order.expires, order.estimated) == ("2026-11-26/2026-12-04", True)
    assert "from the arrest" in order.rule
    assert "from the day of the order" in order.rule


def test_a_stated_end_goes_before_any_estimate() -> None:
    stated = told("order/expires", "2026-11-26", modality="planned", document=3)
    state = fold([ARREST, ISSUED, stated])
    assert (state.orders[0].expires, state.orders[0].estimated) == ("2026-11-26", False)
    assert [(due.on, due.kind, due.estimated) for due in state.upcoming] == [("2026-11-26", "order", False)]


def test_a_renewal_is_the_next_order_and_a_planned_one_is_none() -> None:
    renewed = told("order/renewed", "2026-11-26", "P4M", published="2026-11-26", document=3)
    first, second = fold([ARREST, ISSUED, renewed]).orders
    assert (first.number, first.state, second.number, second.state) == (1, "issued", 2, "renewed")
    assert second.estimated
    planned = told("order/renewed", "2026-11-26", "P4M", modality="planned", document=3)
    assert len(fold([ARREST, ISSUED, planned], on=date(2026, 12, 30)).orders) == 1


@pytest.mark.parametrize("phase", ["suspended", "cancelled", "upheld", "shortened", "reinstated"])
def test_what_happens_to_an_order_happens_to_the_last_one(phase: str) -> None:
    later = told(f"order/{phase}", "2026-08-18", "P2M" if phase == "shortened" else None, document=3)
    (order,) = fold([ARREST, ISSUED, later]).orders
    assert order.state == phase
    assert later in order.rows
    if phase == "shortened":
        assert order.length == "P2M"


def test_two_lengths_of_one_order_are_a_conflict_with_both_words() -> None:
    other = told("order/issued", "2026-08-05", "P6M", published="2026-08-07", document=3)
    state = fold([ARREST, ISSUED, other])
    (conflict,) = state.conflicts
    assert conflict.label == "length of order 1"
    assert {side.holds: side.rows[0].passage.words for side in conflict.sides} == {
        "4 months": ISSUED.passage.words,
        "6 months": other.passage.words,
    }
    assert state.basis.disputed


def test_a_hearing_that_was_put_off_is_not_due() -> None:
    hearing = told("hearing/scheduled", "2026-09-10", modality="planned", document=3)
    off = told("hearing/postponed", "2026-08-30", published="2026-08-30", document=4)
    assert [due.on for due in fold([ARREST, hearing]).upcoming] == ["2026-09-10"]
    assert fold([ARREST, hearing, off]).upcoming == ()


def test_a_release_that_is_due_is_due_and_not_done() -> None:
    state = fold([ARREST, told("release/done", "2026-09-20", modality="planned")])
    assert [(due.on, due.kind) for due in state.upcoming] == [("2026-09-20", "release")]
    assert fold(
        [ARREST, told("release/done", "2026-09-20", modality="planned")], on=date(2026, 10, 1)
    ).custody.state == ("in_custody")


def test_places_follow_each_other() -> None:
    moves = [
        told("detention/ongoing", "2026-08-01", place="Basit Prison", published="2026-08-01", document=3),
        told("transfer/done", "2026-08-10", place="Ofra Camp", published="2026-08-10", document=4),
    ]
    assert [(stay.what, stay.since, stay.ongoing) for stay in fold([ARREST, *moves]).places] == [
        ("Basit Prison", "", False),
        ("Ofra Camp", "2026-08-10", True),
    ]
