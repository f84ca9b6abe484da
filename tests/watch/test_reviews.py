"""Reviews that a law asks for: counted where words tell which law it is, and said to be an estimate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from cases.test_fold_regimes import saying
from cast import Cast, actor, cast, document
from claims import any_claims, any_day, told
from habeas.cases.by_hand import add_claim, add_sighting
from habeas.cases.casefile import Row
from habeas.cases.fold import fold
from habeas.cases.services import take_in
from habeas.extraction.reading import DocumentInfo, Reading
from habeas.vocab import load
from habeas.watch import services
from habeas.watch.models import Alert
from habeas.watch.rules import reviews

ARREST = told("arrest/done", "2026-08-01", published="2026-08-02", document=1)
HELD = told("detention/ongoing", value="administrative", published="2026-08-05", document=2)
ORDER = told("order/issued", "2026-08-05", published="2026-08-05", document=2)
OURS = replace(ORDER, actor="Israeli military court")
UPHELD = told("order/upheld", "2026-08-07", published="2026-08-07", document=3)
RENEWED = replace(told("order/renewed", "2026-12-01", published="2026-12-01", document=4), actor="Israel")
REMAND = told("detention/ongoing", value="remand", published="2026-08-05", document=2)
IRAN = replace(ORDER, actor="Iranian revolutionary court")
EGYPT = replace(ORDER, actor="Egyptian prosecution", date="2026-08-02", earliest=None, latest=None)
SAUDI = saying(ORDER, "He is held by Saudi authorities under the counter-terrorism law.")
JORDAN = replace(ORDER, actor="Jordanian authorities")  # a law that sets no day
SAFETY = saying(ORDER, "He was detained under the Public Safety Act in Kashmir.")


def due(rows: list[Row], on: str) -> list[str]:
    day = date.fromisoformat(on)
    return [clock.due.isoformat() for clock in reviews.clocks(fold(rows, on=day), day)]


@pytest.mark.parametrize(
    ("rows", "on", "expected"),
    [
        # Eight days: from the arrest for the first order, from the order itself where it came long after, or anew.
        ([ARREST, HELD, OURS], "2026-08-05", ["2026-08-07", "2026-08-09"]),
        ([ARREST, HELD, OURS], "2026-08-08", ["2026-08-07", "2026-08-09"]),
        ([ARREST, HELD, OURS], "2026-08-10", ["2026-08-09"]),
        ([HELD, OURS], "2026-08-06", ["2026-08-11", "2026-08-13"]),
        ([ARREST, HELD, OURS, RENEWED], "2026-12-01", ["2026-12-07", "2026-12-09"]),
        # Two reviews of one law.
        ([ARREST, SAFETY], "2026-08-28", ["2026-08-27", "2026-08-29", "2026-09-24", "2026-09-26"]),
        ([ARREST, REMAND, IRAN], "2026-08-29", ["2026-08-29", "2026-08-31", "2026-09-28", "2026-09-30"]),
        # A day that the first order has and no renewal; and one that each has.
        ([ARREST, REMAND, EGYPT], "2026-08-05", ["2026-08-05"]),
        ([ARREST, REMAND, EGYPT, replace(RENEWED, actor="Egyptian prosecution")], "2026-12-02", []),
        ([ARREST, SAUDI], "2026-08-20", ["2026-08-29", "2026-08-31"]),
        # A law that sets no day, a review that was told of, no word of the law, no day of the order, a release, a
        # word of long ago: nothing is counted.
        ([ARREST, HELD, saying(JORDAN, "under the Crime Prevention Law")], "2026-08-06", []),
        ([ARREST, HELD, OURS, UPHELD], "2026-08-07", []),
        ([ARREST, HELD, ORDER], "2026-08-06", []),
        ([HELD, replace(OURS, date="2026-08", earliest=None, latest=None)], "2026-08-06", []),
        ([ARREST, HELD, OURS, told("release/done", "2026-08-06", published="2026-08-06")], "2026-08-06", []),
        ([ARREST, HELD, OURS], "2026-11-06", []),
    ],
)
def test_a_review_falls_due_so_many_days_after_the_order(rows: list[Row], on: str, expected: list[str]) -> None:
    assert due(rows, on) == expected


def test_it_says_that_it_is_an_estimate_and_by_which_law_and_leads_to_the_words() -> None:
    day = date(2026, 8, 6)
    first = next(reviews.clocks(fold([ARREST, HELD, OURS], on=day), day))
    assert first.estimated
    assert first.label.startswith("review by law: A military judge within eight days")
    assert "Due by 2026-08-09 (estimated: administrative detention by Israel" in first.label
    assert {reason.claim for reason in first.reasons} == {OURS.claim, HELD.claim}


def test_a_law_says_when_its_days_were_read_or_that_none_is_verified() -> None:
    for key, entry in load(None, "regimes")["regime"].items():
        is_known = "reviews" in entry or "first_reviews" in entry
        assert not is_known or (entry["checked"] and entry["source"] and entry["caution"]), key
        assert all(0 < days < 366 for name in ("reviews", "first_reviews") for days in entry.get(name, ()))
        assert ("no verified day" in entry["review"]) is not is_known, key  # the desk shows it


@given(any_claims, any_day)
def test_no_claims_make_it_raise_and_none_is_stated(rows: list[Row], on: date) -> None:
    assert all(clock.estimated for clock in reviews.clocks(fold(rows, on=on), on))


@pytest.mark.django_db
def test_whose_authority_it_is_said_by_hand_with_its_words_starts_the_count() -> None:
    people: Cast = cast()
    text = "Tarek Oumari is held without charge. An order was issued on 5 August 2026 by the court at Camp Basit."
    made = document(people.alice, text, published="2026-08-05")
    take_in(made, Reading(DocumentInfo()), reader="test", actor=actor(people.alice))
    by, whom = actor(people.alice), add_sighting(made, [(0, 12)], actor=actor(people.alice))
    add_claim(
        made,
        {"kind": "detention", "phase": "ongoing", "value": "administrative", "evidence": [[0, 36]]},
        whom,
        actor=by,
    )
    services.tick(actor=by, on=date(2026, 8, 11))
    assert not Alert.objects.filter(rule="review_due").exists()
    order = {"kind": "order", "phase": "issued", "date": "2026-08-05", "evidence": [[37, len(text)]]}
    add_claim(made, {**order, "actor": "Israeli military court"}, whom, actor=by)
    services.tick(actor=by, on=date(2026, 8, 11))
    alert = Alert.objects.get(rule="review_due")
    assert (alert.due_on, alert.estimated) == (date(2026, 8, 11), True)
