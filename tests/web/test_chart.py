"""The three lines as a drawing."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings

from claims import any_claims, any_day, told
from habeas.cases.casefile import Entry, Row, State
from habeas.cases.fold import fold
from habeas.web.desk import chart, wording

patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def drawing(*rows: Row, on: str = "2026-08-20") -> chart.Chart | None:
    return chart.draw(fold(rows, on=date.fromisoformat(on)), wording.family, label)


def label(entry: Entry) -> str:
    return entry.label


def test_nothing_is_drawn_of_one_day_or_none() -> None:
    assert drawing() is None
    assert drawing(told("release/done", "2026-03-01")) is None


def test_what_lasts_is_a_bar_and_what_happened_a_dot() -> None:
    drawn = drawing(
        told("arrest/done", "2026-03-01"),
        told("order/issued", "2026-03-05", "P4M"),
        told("hunger_strike/start", "2026-04-01"),
        told("hunger_strike/ended", "2026-05-01"),
        told("release/done", "2026-09-01", modality="planned"),
    )
    assert drawn is not None
    assert [(bar.stretch.family, bar.stretch.first, bar.stretch.last) for bar in drawn.bars] == [
        ("custody", date(2026, 3, 1), date(2026, 8, 20)),
        ("basis", date(2026, 3, 5), date(2026, 7, 4)),
        ("protest", date(2026, 4, 1), date(2026, 5, 1)),
    ]
    assert {(dot.stretch.family, dot.stretch.told) for dot in drawn.dots} == {
        ("custody", True), ("basis", True), ("protest", True), ("custody", False),
    }  # fmt: skip
    assert not drawn.earlier


def test_a_strike_that_goes_on_is_open() -> None:
    drawn = drawing(told("arrest/done", "2026-03-01"), told("hunger_strike/start", "2026-08-01"),
                    told("hunger_strike/ongoing", "2026-08-20", 20))  # fmt: skip
    assert drawn is not None
    assert [(bar.stretch.family, bar.stretch.last, bar.stretch.open) for bar in drawn.bars] == [
        ("custody", date(2026, 8, 20), True),
        ("protest", date(2026, 8, 20), True),
    ]


def test_a_strike_whose_end_nobody_tells_is_drawn_to_its_last_report() -> None:
    drawn = drawing(told("hunger_strike/start", "2026-03-01"),
                    told("hunger_strike/ongoing", "2026-03-20", 20, published="2026-03-20"),
                    told("release/done", "2026-08-01"))  # fmt: skip
    assert drawn is not None
    assert [(bar.stretch.last, bar.stretch.open) for bar in drawn.bars] == [(date(2026, 3, 20), False)]


def test_a_month_is_drawn_at_its_first_day_and_no_date_not_at_all() -> None:
    drawn = drawing(told("arrest/done", "2026-03"), told("transfer/done", ""), told("release/done", "2026-04-02"))
    assert drawn is not None
    assert [dot.stretch.first for dot in drawn.dots] == [date(2026, 3, 1), date(2026, 4, 2)]


def test_what_lies_years_before_is_in_the_table_alone() -> None:
    drawn = drawing(told("arrest/done", "2009-02-01"), told("release/done", "2009-04-01"),
                    told("arrest/done", "2026-03-01"), told("transfer/done", "2026-04-01"))  # fmt: skip
    assert drawn is not None
    assert (len(drawn.dots), drawn.earlier, len(drawn.stretches)) == (2, 2, 5)
    assert drawn.ticks[0].label >= "2026"


def test_a_short_time_has_days_beneath_it() -> None:
    drawn = drawing(told("arrest/done", "2026-03-02"), told("transfer/done", "2026-03-04"), on="2026-03-05")
    assert drawn is not None
    assert [tick.label for tick in drawn.ticks] == ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]


def test_dots_of_one_day_do_not_hide_each_other() -> None:
    drawn = drawing(*(told(code, "2026-03-01") for code in ("arrest/done", "transfer/done")),
                    told("release/done", "2026-08-01"))  # fmt: skip
    assert drawn is not None
    places = [(dot.x, dot.y) for dot in drawn.dots]
    assert len(places) == len(set(places)) == 3


@patient
@given(any_claims, any_day)
def test_everything_drawn_lies_inside_and_in_the_table(rows: list[Row], on: date) -> None:
    state: State = fold(rows, on=on)
    drawn = chart.draw(state, wording.family, label)
    if drawn is None:
        return
    for mark in (*drawn.bars, *drawn.dots):
        assert 0 <= mark.x <= mark.x + mark.width <= chart.WIDTH
        assert 0 <= mark.y <= chart.HEIGHT
        assert mark.stretch in drawn.stretches
    assert len(drawn.stretches) == len(drawn.bars) + len(drawn.dots) + drawn.earlier
    assert 0 <= drawn.now <= chart.WIDTH
    assert len(drawn.ticks) <= chart.MOST_TICKS + 1
