"""What holds for the fold whatever the claims are."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims import NOT_FACT, TAKEN_IN, any_claim, any_claims, any_day, judged, told
from habeas.cases.casefile import Row, State
from habeas.cases.fold import fold

known_then = st.integers(-1, 6).map(lambda days: TAKEN_IN + timedelta(days=days))


@given(any_claims, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims: list[Row], chance: random.Random) -> None:
    shuffled = chance.sample(claims, len(claims))
    assert fold(shuffled) == fold(claims)


@given(any_claims, known_then, any_day)
def test_what_was_known_then_is_what_the_claims_of_then_say(claims: list[Row], then: datetime, on: date) -> None:
    assert fold(claims, known_at=then, on=on) == fold([row for row in claims if row.known_at <= then], on=on)


@given(any_claims, st.lists(any_claim(NOT_FACT), max_size=6), any_day)
def test_what_is_not_told_as_fact_changes_no_state(claims: list[Row], more: list[Row], on: date) -> None:
    before, after = fold(claims, on=on), fold([*claims, *more], on=on)
    assert standing(after) == standing(before)


def standing(state: State) -> object:
    """The states themselves and since when; a denial that anything was may only be where nobody tells of it."""
    custody, basis, protest = ((line.state, line.since) for line in state.lines)
    nothing = {("none_given", ""): ("unknown", ""), ("disputed", ""): ("none", "")}
    return custody, nothing.get(basis, basis), nothing.get(protest, protest), len(state.strikes), len(state.orders)


@given(any_claims, any_day)
def test_every_line_rests_on_claims_that_are_there(claims: list[Row], on: date) -> None:
    state = fold(claims, on=on)
    there = {row.claim for row in claims}
    used = [row for line in state.lines for row in line.rows]
    used += [row for order in state.orders for row in order.rows]
    used += [row for strike in state.strikes for row in (*strike.phases, *(day.row for day in strike.days))]
    used += [row for conflict in state.conflicts for side in conflict.sides for row in side.rows]
    used += [row for entry in (*state.timeline, *state.health) for row in entry.rows]
    used += [row for due in state.upcoming for row in due.rows]
    assert {row.claim for row in used} <= there
    for line in state.lines:
        assert line.rows or line.state in {"unknown", "none"}
        assert line.as_of is None or line.as_of <= on
    for conflict in state.conflicts:
        assert len(conflict.sides) > 1
        assert all(side.rows for side in conflict.sides)


@given(any_claims, any_day)
def test_day_counts_alone_never_state_a_start(claims: list[Row], on: date) -> None:
    counts = [row for row in claims if (row.kind, row.phase) != ("hunger_strike", "start")]
    for strike in fold(counts, on=on).strikes:
        assert not strike.start_stated
        assert (strike.start_earliest is None) == (strike.start_latest is None)
        if strike.start_earliest and strike.start_latest:
            assert strike.start_earliest <= strike.start_latest


@given(any_claims, any_day)
def test_a_rejected_claim_is_as_if_it_were_not_there(claims: list[Row], on: date) -> None:
    rejected, kept = claims[::2], claims[1::2]
    assert fold(claims, [judged(row, "reject") for row in rejected], on=on) == fold(kept, on=on)


@given(any_claims, any_day)
def test_what_is_still_to_come_changes_nothing_today(claims: list[Row], on: date) -> None:
    later = [
        told("release/done", (on + timedelta(days=40)).isoformat(), published=(on + timedelta(days=41)).isoformat())
    ]
    before, after = fold(claims, on=on), fold([*claims, *later], on=on)
    assert before.lines == after.lines


def test_no_claims_tell_nothing() -> None:
    state = fold([])
    assert [line.state for line in state.lines] == ["unknown", "unknown", "none"]
    assert all(line.as_of is None for line in state.lines)


def test_a_judgement_taken_back_counts_no_more() -> None:
    row = told("death/done", "2026-08-01")
    rejected = judged(row, "reject", at=TAKEN_IN)
    back = TAKEN_IN + timedelta(days=2)
    assert fold([row], [rejected]).custody.state == "unknown"
    assert fold([row], [replace(rejected, undone_at=back)]).custody.state == "dead"
    assert fold([row], [replace(rejected, undone_at=back)], known_at=TAKEN_IN).custody.state == "unknown"
    assert fold([row], [rejected], known_at=TAKEN_IN - timedelta(days=1)).custody.state == "unknown"  # not known yet


def test_the_newest_judgement_counts_and_a_mended_claim_is_what_it_was_mended_to() -> None:
    row = told("hunger_strike/ended", "2026-08-01", document=2)
    right = replace(row, phase="suspended")
    later = TAKEN_IN + timedelta(hours=1)
    state = fold([row], [judged(row, "reject"), judged(row, "mend", at=later, mended=right)])
    assert state.protest.state == "suspended"
    assert state.protest.rows[0].judged == "mended"
    assert state.protest.rows[0].claim == row.claim
