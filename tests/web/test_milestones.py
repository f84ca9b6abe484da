"""The days of a hunger strike beside what physicians report of such days."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cast import Cast
from habeas.cases.casefile import Strike
from habeas.web.desk.milestones import WIDTH, days_of
from web.desks import case_of_oumari
from web.pages import text_of

ON = date(2026, 4, 10)


def strike(first: str | None, last: str | None, state: str = "hunger_strike", ended: str = "") -> Strike:
    start = [date.fromisoformat(day) if day else None for day in (first, last)]
    return Strike(1, state, state, start_earliest=start[0], start_latest=start[1], ended=ended)


@pytest.mark.parametrize(
    ("told", "least", "most", "reached"),
    [
        (strike("2026-03-10", "2026-03-10"), 32, 32, 4),
        (strike("2026-03-10", "2026-03-12"), 30, 32, 4),
        (strike("2026-04-10", "2026-04-10"), 1, 1, 1),
        (strike("2026-01-01", "2026-01-01", "ended", "2026-01-20"), 20, 20, 3),
        (strike("2025-01-01", "2025-01-01"), 465, 465, 9),
    ],
)
def test_it_counts_the_first_day_and_keeps_the_range(told: Strike, least: int, most: int, reached: int) -> None:
    (days,) = days_of([told], ON)
    assert (days.least, days.most, sum(stage.reached for stage in days.stages)) == (least, most, reached)
    assert 0 <= days.x < days.x + days.width <= WIDTH + 3
    assert all(stage.x >= 0 and stage.x + stage.width <= WIDTH for stage in days.stages if stage.reached)


@pytest.mark.parametrize(
    "told",
    [
        strike(None, None),
        strike("2026-03-10", "2026-03-10", "disputed"),
        strike("2026-03-10", "2026-03-10", "ended"),
        strike("2026-05-01", "2026-05-01"),
    ],
)
def test_it_says_nothing_where_nothing_tells_its_days(told: Strike) -> None:
    assert days_of([told], ON) == []


def test_the_case_shows_it_with_its_cautions(alice: Client, people: Cast) -> None:
    shown = text_of(alice.get(f"/cases/{case_of_oumari(people).pk}"))
    assert "By the reports, on 11 April 2026 : day 33 , give or take one" in shown
    assert "They say nothing about how this person is." in shown
    assert "Peel, BMJ 1997;315:829" in shown
