"""Clocks from claims: when each falls due, what it rests on, and what starts none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from claims import any_claims, any_day, told
from habeas.cases.casefile import CaseFile, Passage, Row, Said
from habeas.cases.fold import fold
from habeas.vocab import load
from habeas.watch import rules
from habeas.watch.clock import Clock
from habeas.watch.rules.strikes import is_dry

HELD = told("detention/ongoing", "2026-06-10", "administrative", published="2026-06-10", document=9)
ARREST = told("arrest/done", "2026-06-01", published="2026-06-02", document=8)


def file_of(rows: list[Row], on: date, said: tuple[Said, ...] = ()) -> CaseFile:
    return CaseFile(1, 1, "Tarek Oumari", on, None, fold(rows, on=on), statements=said)


def clocks(rows: list[Row], on: str, before: dict[str, str] | None = None, said: tuple[Said, ...] = ()) -> list[Clock]:
    day = date.fromisoformat(on)
    file = file_of(rows, day, said)
    return list(rules.clocks(file, day, rules.lines(file) if before is None else before))


def due(rows: list[Row], on: str, rule: str) -> list[tuple[str, str]]:
    return [(clock.step, clock.due.isoformat()) for clock in clocks(rows, on) if clock.rule == rule]


def said(by: str, *acts: str, condition: str = "", published: str = "2026-07-01", number: int = 1) -> Said:
    passage = Passage(7, "Basit Post", published, ((0, 5),), "They will answer.")
    return Said(number, by, by, "", "", acts, "indirect", "said", passage, condition=condition)


START = told("hunger_strike/start", "2026-06-10", published="2026-06-11", document=2)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-06-11", [("72 hours", "2026-06-13"), ("day 7", "2026-06-16")]),
        ("2026-06-13", [("72 hours", "2026-06-13"), ("day 7", "2026-06-16")]),
        ("2026-06-17", [("day 7", "2026-06-16"), ("day 14", "2026-06-23")]),
        ("2026-07-08", [("day 28", "2026-07-07"), ("day 35", "2026-07-14")]),
    ],
)
def test_the_days_of_a_strike_fall_due_one_after_the_other(on: str, expected: list[tuple[str, str]]) -> None:
    assert due([HELD, START, told("hunger_strike/ongoing", on, published=on)], on, "strike_day")[:2] == expected


def test_a_range_of_starts_gives_the_earliest_day_and_says_that_it_is_worked_out() -> None:
    counted = told("hunger_strike/ongoing", "2026-06-29", 20, published="2026-06-29")
    (day21,) = [c for c in clocks([HELD, counted], "2026-06-29") if c.step == "day 21"]
    assert (day21.due, day21.estimated) == (date(2026, 6, 29), True)  # began on the 9th or the 10th


@pytest.mark.parametrize("modality", ["denied", "hypothetical", "demanded", "planned", "alleged"])
def test_what_was_not_told_as_fact_starts_no_clock_of_a_strike(modality: str) -> None:
    row = told("hunger_strike/start", "2026-06-10", published="2026-06-11", modality=modality)
    assert not [c for c in clocks([HELD, row], "2026-06-20") if c.rule.startswith("strike")]


def test_a_strike_without_a_start_is_watched_for_silence_only() -> None:
    rows = [HELD, told("hunger_strike/ongoing", published="2026-06-20")]
    assert due(rows, "2026-06-21", "strike_day") == []
    assert due(rows, "2026-06-21", "strike_silence") == [("", "2026-06-27")]


def test_the_time_after_a_strike_is_counted_from_its_end() -> None:
    rows = [HELD, START, told("hunger_strike/suspended", "2026-07-01", published="2026-07-01", document=3)]
    assert due(rows, "2026-07-02", "after_strike") == [
        ("14 days on", "2026-07-15"), ("30 days on", "2026-07-31"), ("90 days on", "2026-09-29"),
    ]  # fmt: skip
    assert due(rows, "2026-07-02", "strike_day") == []


ORDER = told("order/issued", "2026-06-05", "P4M", published="2026-06-06", document=3)
EXPIRY = told("order/expires", "2026-09-25", modality="planned", published="2026-06-06", document=3)


def test_an_order_ends_on_the_day_that_is_stated() -> None:
    rows = [ARREST, ORDER, EXPIRY]
    assert due(rows, "2026-07-01", "order_expiry") == [("7 days before", "2026-09-18"), ("that day", "2026-09-25")]
    assert due(rows, "2026-09-20", "order_expiry") == [("7 days before", "2026-09-18"), ("that day", "2026-09-25")]
    assert due(rows, "2026-09-26", "order_expiry") == [("that day", "2026-09-25")]
    assert due(rows, "2026-09-26", "order_silence") == [("", "2026-09-28")]


def test_an_order_that_ends_on_another_day_or_whose_end_is_stated_rests_on_other_facts() -> None:
    """So that an alert that was put away returns."""
    told_to_end = [
        told("order/expires", day, modality="planned", published="2026-07-02") for day in ("2026-09-24", "2026-09-25")
    ]
    facts = [
        {
            fact
            for clock in clocks([ARREST, ORDER, *more], "2026-07-03")
            if clock.rule == "order_expiry"
            for fact in clock.facts
        }
        for more in ([], *([row] for row in told_to_end))
    ]
    assert all(facts)
    assert not facts[0] & facts[1]
    assert not facts[1] & facts[2]


def test_an_end_that_was_worked_out_gives_its_earliest_day_and_says_so() -> None:
    made = [c for c in clocks([ARREST, ORDER], "2026-07-01") if c.rule == "order_expiry"]
    assert [(c.due.isoformat(), c.estimated) for c in made] == [("2026-09-23", True), ("2026-09-30", True)]
    assert "estimated" in made[0].label


def test_an_order_of_no_told_length_is_due_by_the_last_day_that_its_law_allows() -> None:
    order = replace(
        told("order/issued", "2026-06-05", published="2026-06-06", document=3), actor="Israeli military court"
    )
    held = told("detention/ongoing", value="administrative", published="2026-06-06", document=3)
    assert due([ARREST, order], "2026-07-01", "order_expiry") == []
    made = [c for c in clocks([ARREST, held, order], "2026-07-01") if c.rule == "order_expiry"]
    assert [(c.due.isoformat(), c.estimated) for c in made] == [("2026-11-27", True), ("2026-12-04", True)]
    assert "by 2026-12-04 (estimated: at the latest" in made[0].label


def test_remand_ends_as_an_order_does_and_its_renewal_is_awaited() -> None:
    held = told("detention/ongoing", value="remand", published="2026-06-06", document=3)
    remand = [ARREST, held, told("order/renewed", "2026-06-05", "P15D", published="2026-06-06", document=3)]
    (before, end) = [c for c in clocks(remand, "2026-06-10") if c.rule == "order_expiry"]
    assert (before.step, end.step, end.estimated) == ("7 days before", "that day", True)
    assert date(2026, 6, 19) <= end.due <= date(2026, 6, 20)  # people count with or without the first day
    assert due(remand, "2026-06-30", "order_silence") != []


def test_a_renewal_that_was_told_ends_the_silence() -> None:
    renewed = told("order/renewed", "2026-09-26", "P4M", published="2026-09-26", document=4)
    assert due([ARREST, ORDER, EXPIRY, renewed], "2026-09-30", "order_silence") == [("", "2027-01-28")]


def test_a_suspended_order_still_ends_and_a_release_ends_its_clock() -> None:
    suspended = told("order/suspended", "2026-08-01", published="2026-08-01", document=4)
    rows = [ARREST, ORDER, EXPIRY, suspended]
    assert due(rows, "2026-08-02", "order_expiry")
    assert not due([*rows, told("release/done", "2026-08-05", published="2026-08-05")], "2026-08-06", "order_expiry")


def test_a_hearing_is_told_a_week_a_day_and_on_the_day_and_not_where_it_was_put_off() -> None:
    hearing = told("hearing/scheduled", "2026-07-20", published="2026-07-01", modality="planned")
    assert due([HELD, hearing], "2026-07-02", "hearing") == [
        ("7 days before", "2026-07-13"), ("the day before", "2026-07-19"), ("that day", "2026-07-20"),
    ]  # fmt: skip
    put_off = told("hearing/postponed", "2026-07-10", published="2026-07-10", document=4)
    assert due([HELD, hearing, put_off], "2026-07-11", "hearing") == []


def test_a_promised_release_that_nobody_tells_of_is_due_the_day_after() -> None:
    promised = told("release/done", "2026-07-20", published="2026-07-01", modality="planned")
    assert due([HELD, promised], "2026-07-02", "promise_passed") == [("release", "2026-07-21")]
    assert due([HELD, promised], "2026-07-25", "promise_passed") == [("release", "2026-07-21")]
    done = told("release/done", "2026-07-20", published="2026-07-20", document=5)
    assert due([HELD, promised, done], "2026-07-25", "promise_passed") == []


def test_isolation_is_counted_from_its_start() -> None:
    rows = [HELD, told("isolation/start", "2026-06-10", published="2026-06-12")]
    assert due(rows, "2026-06-13", "isolation")[0] == ("more than 15 days", "2026-06-25")


def test_detention_without_contact_is_counted_from_the_disappearance() -> None:
    rows = [told("disappearance/ongoing", "2026-06-10", published="2026-06-11")]
    assert due(rows, "2026-06-11", "no_contact")[0] == ("48 hours", "2026-06-12")


def test_a_case_that_nobody_tells_of_is_due_after_a_month() -> None:
    assert due([HELD], "2026-06-11", "unheard") == [("", "2026-07-10")]


def test_grave_health_and_force_feeding_are_due_at_once() -> None:
    rows = [HELD, told("health/ongoing", "2026-06-20", "critical", published="2026-06-20")]
    assert due(rows, "2026-06-21", "health") == [("critical", "2026-06-20")]
    assert (
        due([*rows, told("health/ongoing", "2026-06-25", "stable", published="2026-06-25")], "2026-06-26", "health")
        == []
    )
    fed = told("ill_treatment/done", "2026-06-21", "force_feeding", published="2026-06-20", modality="planned")
    assert due([HELD, fed], "2026-06-21", "force_feeding") == [("planned", "2026-06-21")]


def test_a_line_that_changed_is_news_once() -> None:
    rows = [HELD, told("hospitalisation/admitted", "2026-06-12", published="2026-06-12", document=3)]
    before = {"custody": "in_custody", "basis": "administrative_order", "protest": "none"}
    assert [c.step for c in clocks(rows, "2026-06-13", before) if c.rule == "changed"] == ["custody: hospital"]
    assert not [c for c in clocks(rows, "2026-06-13") if c.rule == "changed"]


STRIKING = told("hunger_strike/ongoing", published="2026-07-01")
REFUSED = told("release/refused", published="2026-07-01", document=3)
THREAT = said("Hala Basiti", "threaten", condition="if he dies")


def test_escalation_needs_all_three_and_names_each_with_its_words() -> None:
    (found,) = [c for c in clocks([HELD, STRIKING, REFUSED], "2026-07-02", said=(THREAT,)) if c.rule == "escalation"]
    assert [reason.label for reason in found.reasons] == [
        "on hunger strike", "conditional threat by Hala Basiti", "release refused",
    ]  # fmt: skip
    assert all(reason.claim or reason.statement for reason in found.reasons)


@pytest.mark.parametrize(
    ("rows", "statements"),
    [
        ([HELD, STRIKING], (THREAT,)),
        ([HELD, REFUSED], (THREAT,)),
        ([HELD, STRIKING, REFUSED], ()),
        ([HELD, STRIKING, REFUSED], (said("Hala Basiti", "condemn"),)),
        ([HELD, STRIKING, REFUSED], (said("", "threaten"),)),
        ([HELD, STRIKING, REFUSED], (said("Hala Basiti", "threaten", published="2026-05-01"),)),
    ],
)
def test_two_of_three_are_no_escalation(rows: list[Row], statements: tuple[Said, ...]) -> None:
    assert not [c for c in clocks(rows, "2026-07-02", said=statements) if c.rule == "escalation"]


@given(any_claims, any_day)
def test_any_claims_give_clocks_that_rest_on_them(rows: list[Row], on: date) -> None:
    file = file_of(rows, on)
    made = rules.clocks(file, on, {})
    keys = {row.claim for row in rows}
    assert all(reason.claim in keys for clock in made for reason in clock.reasons)
    assert all(clock.rule in load(None, "clocks") for clock in made)
    assert made == rules.clocks(file_of(list(reversed(rows)), on), on, {})


def test_every_rule_says_where_it_comes_from_and_what_it_does_not_say() -> None:
    for name, rule in load(None, "clocks").items():
        assert rule["label"], name
        assert rule["source"], name
        assert rule["caution"], name


@pytest.mark.parametrize(
    ("words", "dry"),
    [
        ("He began a dry hunger strike on Monday.", True),
        ("Tarek Oumari escalated to a hunger and thirst strike.", True),
        ("She has refused food and water since Sunday.", True),
        ("He stopped drinking water.", True),
        ("أعلن إضرابه عن الطعام والماء", True),
        ("He refuses food and takes only water.", False),
        ("He refuses all food and drinks only water and salt.", False),
        ("He has been on hunger strike for 20 days.", False),
        ("The strike enters a dry season.", False),
        ("", False),
    ],
)
def test_which_words_say_that_fluids_are_refused_too(words: str, dry: bool) -> None:
    assert is_dry(words) is dry


def in_words(row: Row, words: str) -> Row:
    return replace(row, passage=replace(row.passage, words=words))


def test_a_strike_without_fluids_is_counted_by_the_day_until_somebody_tells_of_water() -> None:
    start = in_words(START, "began a dry hunger strike")
    day3 = told("hunger_strike/ongoing", "2026-06-12", 3, published="2026-06-12", document=3)
    assert due([HELD, start, day3], "2026-06-12", "dry_strike")[:2] == [
        ("48 hours", "2026-06-12"),
        ("72 hours", "2026-06-13"),
    ]
    assert due([HELD, start, in_words(day3, "he takes only water")], "2026-06-12", "dry_strike") == []
    denied = in_words(told("hunger_strike/start", "2026-06-10", modality="denied"), "a dry hunger strike")
    assert due([HELD, START, denied], "2026-06-12", "dry_strike") == []
    assert due([HELD, start], "2026-09-12", "dry_strike") == []  # nothing heard for months
