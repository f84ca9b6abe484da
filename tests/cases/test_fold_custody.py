"""The lines of custody and legal basis: what moves them, and above all what does not."""

from __future__ import annotations

from datetime import date

import pytest

from claims import NOT_FACT, told
from habeas.cases.casefile import Row
from habeas.cases.fold import fold

ARREST = told("arrest/done", "2026-05-03", published="2026-05-04", document=1)
HELD = told("detention/ongoing", "", "administrative", published="2026-08-10", document=2)
ORDER = told("order/issued", "2026-05-05", "P4M", published="2026-05-06", document=3)


def custody(*claims: Row, on: str = "") -> str:
    return fold(claims, on=date.fromisoformat(on) if on else None).custody.state


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (told("release/done", "2026-08-18"), "released"),
        (told("exchange/done", "2026-08-18"), "exchanged"),
        (told("deportation/done", "2026-08-18"), "deported"),
        (told("death/done", "2026-08-18"), "dead"),
        (told("hospitalisation/admitted", "2026-08-18"), "hospital"),
        (told("order/suspended", "2026-08-18"), "order_suspended"),
        (told("detention/ongoing", "2026-08-18", "house_arrest"), "house_arrest"),
        (told("detention/ongoing", "2026-08-18", "incommunicado"), "incommunicado"),
        (told("release/ordered", "2026-08-18"), "in_custody"),
        (told("release/promised", "2026-08-18"), "in_custody"),
        (told("release/refused", "2026-08-18"), "in_custody"),
        (told("exchange/agreed", "2026-08-18"), "in_custody"),
        (told("exchange/proposed", "2026-08-18"), "in_custody"),
        (told("deportation/ordered", "2026-08-18"), "in_custody"),
        (told("order/cancelled", "2026-08-18"), "in_custody"),
        (told("order/expires", "2026-08-18"), "in_custody"),
        (told("sentence/overturned", "2026-08-18"), "in_custody"),
        (told("charge/dropped", "2026-08-18"), "in_custody"),
        (told("hunger_strike/ended", "2026-08-18"), "in_custody"),
    ],
)
def test_what_ends_custody_and_what_does_not(last: Row, state: str) -> None:
    assert custody(ARREST, HELD, last) == state


@pytest.mark.parametrize("modality", NOT_FACT)
@pytest.mark.parametrize("code", ["release/done", "exchange/done", "deportation/done", "death/done"])
def test_an_end_that_is_not_told_as_fact_is_no_end(code: str, modality: str) -> None:
    assert custody(ARREST, HELD, told(code, "2026-08-18", modality=modality)) == "in_custody"


def test_a_suspended_order_is_not_a_release_and_can_come_back() -> None:
    suspended = told("order/suspended", "2026-08-12", document=4)
    state = fold([ARREST, HELD, ORDER, suspended])
    assert state.custody.state == "order_suspended"
    assert "not a release" in state.custody.label
    assert state.basis.state == "order_suspended"
    assert state.orders[-1].state == "suspended"
    back = told("order/reinstated", "2026-08-19", document=5)
    assert custody(ARREST, HELD, ORDER, suspended, back) == "in_custody"


def test_a_suspended_order_in_hospital_says_both() -> None:
    state = fold(
        [
            ARREST,
            told("hospitalisation/admitted", "2026-08-09", place="Rahba Hospital"),
            told("order/suspended", "2026-08-12"),
        ]
    )
    assert state.custody.state == "hospital"
    assert "not a release" in state.custody.label
    assert "Rahba Hospital" in state.custody.label


def test_a_hospital_is_named_and_not_the_prison_before_it() -> None:
    prison = told("transfer/done", "2026-06-01", place="Jabal Prison", published="2026-06-02", document=4)
    hospital = told("hospitalisation/admitted", "2026-08-09", place="Rahba Hospital")
    assert fold([ARREST, prison, hospital]).custody.label == "in custody, in hospital (Rahba Hospital)"
    back = told("transfer/done", "2026-08-19", place="Jabal Prison", document=5)
    assert fold([ARREST, prison, hospital, back]).custody.label == "in custody (Jabal Prison)"


def test_the_state_is_that_of_the_day_asked_for() -> None:
    claims = [ARREST, HELD, told("release/done", "2026-08-18")]
    assert [custody(*claims, on=on) for on in ("2026-05-02", "2026-05-03", "2026-08-17", "2026-08-18")] == [
        "unknown", "in_custody", "in_custody", "released",
    ]  # fmt: skip
    assert fold(claims, on=date(2026, 8, 17)).custody.since == "2026-05-03"


def test_still_held_soon_after_a_release_is_a_conflict_and_no_new_arrest() -> None:
    freed = told("release/done", "2026-08-10", document=4)
    state = fold([ARREST, HELD, freed, told("detention/ongoing", "2026-08-15", "unknown", document=5)])
    assert state.custody.state == "released"
    assert state.custody.disputed
    (conflict,) = state.conflicts
    assert [side.holds for side in conflict.sides] == ["released", "still held"]


def test_a_new_arrest_after_a_release_is_a_new_detention() -> None:
    freed = told("release/done", "2026-06-10", document=4, published="2026-06-10")
    again = told("arrest/done", "2026-08-18", document=5)
    state = fold([ARREST, freed, again])
    assert (state.custody.state, state.custody.since) == ("in_custody", "2026-08-18")
    assert state.conflicts == ()


def test_nobody_is_held_again_after_their_death() -> None:
    state = fold([ARREST, told("death/done", "2026-08-10"), told("detention/ongoing", "2026-08-19", document=9)])
    assert state.custody.state == "dead"
    assert state.custody.disputed


def test_a_report_of_unknown_date_never_reopens_a_detention() -> None:
    undated = told("detention/ongoing", "", "administrative", published="", document=8)
    state = fold([ARREST, told("release/done", "2026-06-10", published="2026-06-11", document=4), undated])
    assert state.custody.state == "released"
    assert state.conflicts == ()
    alone = fold([undated])
    assert (alone.custody.state, alone.custody.as_of) == ("in_custody", None)
    assert alone.on == undated.known_at.date()


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (told("detention/ongoing", "2026-08-18", "unknown", place="Ofra Camp"), "in_custody"),
        (told("transfer/done", "2026-08-18", place="Ofra Camp"), "in_custody"),
        (told("detention/ongoing", "2026-08-18", "remand"), "in_custody"),
        (told("detention/ongoing", "2026-08-18", "unknown"), "disappeared"),
        (told("disappearance/ended", "2026-08-18"), "unknown"),
    ],
)
def test_who_disappeared_is_found_where_a_place_or_a_basis_is_told(found: Row, state: str) -> None:
    gone = told("disappearance/ongoing", "2026-05-03/2026-06-01", published="2026-06-01", document=2)
    assert custody(gone) == "disappeared"
    assert custody(gone, found) == state


@pytest.mark.parametrize(
    ("claims", "state", "label"),
    [
        ([HELD], "administrative_order", "administrative detention"),
        ([ARREST], "unknown", "not told"),
        ([ARREST, told("charge/brought", modality="denied")], "none_given", "no charge, as far as told"),
        (
            [HELD, told("charge/brought", modality="denied")],
            "administrative_order",
            "administrative detention, without charge",
        ),
        ([ARREST, told("charge/brought", "2026-08-01", "membership")], "charge", "charged: membership"),
        (
            [
                ARREST,
                told("charge/brought", "2026-07-01", "membership", published="2026-07-01"),
                told("detention/ongoing", "", "remand"),
            ],
            "remand",
            "remand, charged: membership",
        ),
        ([ARREST, told("sentence/passed", "2026-08-01", "P2Y6M")], "sentence", "sentence: 2 years 6 months"),
        ([ARREST, told("sentence/passed", "2026-08-01", "P2Y", modality="demanded")], "unknown", "not told"),
        (
            [
                ARREST,
                told("sentence/passed", "2026-07-01", "P2Y", published="2026-07-01", document=2),
                told("sentence/overturned", "2026-08-01"),
            ],
            "sentence_overturned",
            "the sentence is overturned",
        ),
        ([HELD, told("release/done", "2026-08-18")], "ended", "ended: released"),
    ],
)
def test_the_legal_basis(claims: list[Row], state: str, label: str) -> None:
    line = fold(claims).basis
    assert (line.state, line.label) == (state, label)
