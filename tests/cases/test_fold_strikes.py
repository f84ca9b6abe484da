"""Hunger strikes: a range of starts from day counts, phases, and denials beside them."""

from __future__ import annotations

from datetime import date

import pytest

from claims import told
from habeas.cases.casefile import Row
from habeas.cases.fold import fold

HELD = told("detention/ongoing", "", "administrative", published="2026-06-10", document=9)


def day(count: int, on: str, document: int = 1) -> Row:
    return told("hunger_strike/ongoing", on, count, published=on, document=document)


@pytest.mark.parametrize(
    ("claims", "earliest", "latest"),
    [
        ([day(47, "2026-08-02")], "2026-06-16", "2026-06-17"),
        ([day(1, "2026-08-02")], "2026-08-01", "2026-08-02"),
        ([day(47, "2026-08-02"), day(55, "2026-08-10", 2)], "2026-06-16", "2026-06-17"),
        # One source counts the first day, another does not: both fit a start on one day.
        ([day(47, "2026-08-02"), day(54, "2026-08-10", 2)], "2026-06-17", "2026-06-17"),
        ([day(47, "2026-08-02"), day(48, "2026-08-03", 2), day(56, "2026-08-04", 3)], "2026-06-16", "2026-06-17"),
    ],
)
def test_day_counts_give_a_range_and_never_a_stated_start(claims: list[Row], earliest: str, latest: str) -> None:
    (strike,) = fold([HELD, *claims]).strikes
    assert (strike.start_earliest, strike.start_latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert not strike.start_stated


def test_a_stated_start_stands_and_counts_that_do_not_fit_are_shown() -> None:
    start = told("hunger_strike/start", "2026-06-17", document=1)
    state = fold([HELD, start, day(47, "2026-08-02", 2), day(99, "2026-09-16", 3), day(60, "2026-08-10", 4)])
    (strike,) = state.strikes
    assert (strike.start_earliest, strike.start_latest, strike.start_stated) == (
        date(2026, 6, 17),
        date(2026, 6, 17),
        True,
    )
    assert [(d.day, d.fits) for d in strike.days] == [(47, True), (60, False), (99, False)]
    assert [c.label for c in state.conflicts] == ["start of the hunger strike"]
    assert state.protest.disputed


@pytest.mark.parametrize(("count", "fits"), [(86, True), (87, True), (88, True), (85, False), (89, False)])
def test_a_count_may_leave_the_first_day_out_or_be_a_day_ahead(count: int, fits: bool) -> None:
    start = told("hunger_strike/start", "2026-06-01", published="2026-06-03")
    (strike,) = fold([start, day(count, "2026-08-26", 2)]).strikes
    assert strike.days[0].fits is fits


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        ([told("hunger_strike/ended", "2026-08-18", document=2)], "ended"),
        ([told("hunger_strike/suspended", "2026-08-18", document=2)], "suspended"),
        # Both words are used for one act: the milder one stands where as many say so.
        (
            [
                told("hunger_strike/ended", "2026-08-18", document=2),
                told("hunger_strike/suspended", "2026-08-18", document=3),
            ],
            "suspended",
        ),
        ([told("hunger_strike/ended", "2026-08-18", document=2, modality="planned")], "hunger_strike"),
        ([told("hunger_strike/ended", "2026-08-18", document=2, modality="denied")], "hunger_strike"),
        ([told("hunger_strike/ended", modality="hypothetical")], "hunger_strike"),
        ([told("release/done", "2026-08-18", document=2)], "lapsed"),
        ([told("death/done", modality="hypothetical")], "hunger_strike"),
    ],
)
def test_the_protest_line(claims: list[Row], state: str) -> None:
    assert fold([HELD, day(47, "2026-08-02"), *claims]).protest.state == state


def test_a_denial_by_an_authority_stands_beside_the_strike_it_denies() -> None:
    denial = told("hunger_strike/ongoing", "2026-08-04", modality="denied", published="2026-08-04", document=2)
    state = fold([HELD, day(47, "2026-08-02"), denial])
    assert state.protest.state == "hunger_strike"
    assert "denies" in state.protest.label
    (conflict,) = [c for c in state.conflicts if c.about == "denial"]
    assert {side.holds for side in conflict.sides} == {"so", "not so"}


def test_a_denial_of_long_ago_is_not_put_beside_a_new_strike() -> None:
    old = told("hunger_strike/ongoing", "2025-01-04", modality="denied", published="2025-01-04", document=2)
    assert "denies" not in fold([HELD, old, day(47, "2026-08-02")]).protest.label


def test_only_a_denial_is_disputed_and_no_strike() -> None:
    state = fold([HELD, told("hunger_strike/ongoing", modality="denied")])
    assert state.protest.state == "disputed"
    assert state.strikes == ()


def test_a_new_strike_after_an_end_is_another_strike() -> None:
    claims = [
        HELD,
        day(20, "2026-06-20"),
        told("hunger_strike/ended", "2026-06-25", 25, published="2026-06-25", document=2),
        told("hunger_strike/start", "2026-08-01", document=3),
    ]
    first, second = fold(claims).strikes
    assert (first.state, first.length) == ("ended", "25 days")
    assert (second.state, second.start_earliest) == ("hunger_strike", date(2026, 8, 1))


def test_health_is_told_with_its_day_and_danger_of_death_is_no_death() -> None:
    health = told("health/ongoing", "2026-08-19", "critical")
    state = fold([HELD, day(47, "2026-08-02"), health, told("death/done", modality="hypothetical")])
    assert state.protest.label.endswith("health: critical (2026-08-19)")
    assert state.custody.state == "in_custody"
