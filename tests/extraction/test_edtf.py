from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.extraction import edtf


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-07-27", date(2020, 7, 27), date(2020, 7, 27)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-07~", date(2020, 7, 1), date(2020, 7, 31)),
        ("2020?", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-21", date(2020, 3, 1), date(2020, 5, 31)),
        ("2020-24", date(2020, 12, 1), date(2021, 2, 28)),
        ("2020-07-27/2020-11-06", date(2020, 7, 27), date(2020, 11, 6)),
        ("2020-07/2021", date(2020, 7, 1), date(2021, 12, 31)),
        ("2020-07/..", date(2020, 7, 1), date.max),
        ("2020-07/", date(2020, 7, 1), date.max),
        ("../2020-07-27", date.min, date(2020, 7, 27)),
    ],
)
def test_bounds_are_the_days_a_date_can_mean(value: str, first: date, last: date) -> None:
    assert edtf.bounds(value) == (first, last)
    assert (edtf.earliest(value), edtf.latest(value)) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "..",
        "/",
        "../..",
        "2020-13",
        "2020-02-30",
        "20",
        "July 2020",
        "2020-07-27T10:00",
        "2021/2020",
        "0000",
        "x/y",
    ],
)
def test_what_is_no_date_has_no_bounds(value: str) -> None:
    assert edtf.bounds(value) is None
    assert not edtf.is_edtf(value)
    assert edtf.earliest(value) is edtf.latest(value) is None


def test_as_day_is_for_single_days() -> None:
    assert edtf.as_day("2020-07-27") == date(2020, 7, 27)
    assert edtf.as_day("2020-07-27/2020-07-27") == date(2020, 7, 27)
    assert edtf.as_day("2020-07") is None
    assert edtf.as_day(None) is None


def test_months_run_over_into_years() -> None:
    assert edtf.of_month(2020, 14) == "2021-02"
    assert edtf.of_month(2020, 0, approximate=True) == "2019-12~"
    assert edtf.add_months(date(2021, 1, 31), 1) == date(2021, 2, 28)
    assert edtf.add_months(date(2021, 1, 31), -11) == date(2020, 2, 29)


def test_interval_joins_two_dates() -> None:
    assert edtf.interval("2020-07~", "2020-09-01") == "2020-07~/2020-09-01"
    assert edtf.interval("2020-07", "2020-07") == "2020-07"


def test_days_stay_within_the_calendar() -> None:
    assert edtf.add_days(date.max, 5) == date.max
    assert edtf.add_days(date.min, -5) == date.min


@given(st.dates(), st.dates())
def test_intervals_hold_both_their_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert edtf.bounds(edtf.interval(first.isoformat(), last.isoformat())) == (first, last)


@given(st.text(alphabet="0123456789-/~?%. x", max_size=24))
def test_any_text_has_bounds_in_order_or_none(value: str) -> None:
    found = edtf.bounds(value)
    assert found is None or found[0] <= found[1]


@given(st.dates(), st.integers(-20_000, 20_000))
def test_adding_months_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    moved = edtf.add_months(day, months)
    assert moved.day == day.day or edtf.add_days(moved, 1).day == 1
