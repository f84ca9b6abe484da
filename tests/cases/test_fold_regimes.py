"""Under which law somebody is held, and until when an order without a told length may last at the latest."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from claims import any_claims, any_day, told
from habeas.cases.casefile import Row
from habeas.cases.fold import fold
from habeas.cases.fold.orders import end_by_length
from habeas.vocab import load

ARREST = told("arrest/done", "2026-07-27", published="2026-07-28", document=1)
ORDER = told("order/issued", "2026-08-05", published="2026-08-06", document=2)
HELD = told("detention/ongoing", value="administrative", published="2026-08-06", document=2)


def saying(row: Row, words: str, actor: str = "") -> Row:
    return replace(row, passage=replace(row.passage, words=words), actor=actor)


def regime_of(*rows: Row) -> str:
    found = fold(rows).regime
    return found.key if found else ""


@pytest.mark.parametrize(
    ("words", "actor", "key"),
    [
        ("An Israeli military court ordered that he be held without charge.", "", "israel_west_bank"),
        ("He was ordered to be held without charge.", "Israel", "israel_west_bank"),
        ("He was ordered to be held without charge.", "Israeli occupation forces", "israel_west_bank"),
        ("أصدرت سلطات الاحتلال الإسرائيلي أمرًا بحقه", "", "israel_west_bank"),
        ("The Palestinian Preventive Security holds him by an order.", "", "palestinian_governor"),
        ("The Jordanian governor's police hold him by an order.", "Jordanian police", "jordan_crime_prevention"),
        # Whose citizen somebody is does not tell who holds them.
        ("The Jordanian weaver is held by an order without charge.", "", ""),
        ("The Israeli weaver is held by an order without charge.", "", ""),
        ("An order was issued against him in the court of a town.", "", ""),
        # Two authorities: nobody knows which.
        ("Israeli forces and the Palestinian Authority hold him by an order.", "", ""),
    ],
)
def test_a_law_is_told_by_the_kind_of_detention_and_whose_authority_it_is(words: str, actor: str, key: str) -> None:
    assert regime_of(ARREST, HELD, saying(ORDER, words, actor)) == key
    assert regime_of(ARREST, saying(ORDER, words, actor)) == ""  # no kind of detention is told


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("He was ordered held under the Public Safety Act in Srinagar.", "kashmir_public_safety"),
        ("An Israeli military court issued an administrative detention order against her.", "israel_west_bank"),
        ("أصدرت محكمة عسكرية إسرائيلية أمر اعتقال إداري بحقه", "israel_west_bank"),
        ("An administrative detention order was issued against her.", ""),
        ("She was held under the Public Safety Act by an order.", ""),  # other places have acts of that name
        ("A Sri Lankan court was told of an order under the Prevention of Terrorism Act.", "sri_lanka_terrorism"),
        ("Indian police ordered him held under the National Security Act.", "india_national_security"),
        ("Ordered into residential surveillance at a designated location.", "china_designated"),
    ],
)
def test_a_law_is_told_by_its_name(words: str, key: str) -> None:
    assert regime_of(ARREST, saying(ORDER, words)) == key


@pytest.mark.parametrize(
    ("orders", "ends"),
    [
        ([("issued", "2026-08-05", None)], ["../2027-02-04"]),
        ([("issued", "2026-08", None)], ["../2027-02-27"]),
        ([("issued", "", None)], [""]),
        ([("issued", "2026-08/..", None)], [""]),
        ([("issued", "2026-08-05", "P4M")], ["2026-11-26/2026-12-04"]),  # a told length goes before the law's
        (
            [("issued", "2026-08-05", "P4M"), ("renewed", "2026-11-20", None)],
            ["2026-11-26/2026-12-04", "../2027-06-04"],
        ),
        ([("issued", "2026-08-05", None), ("renewed", "2027-01-30", None)], ["../2027-02-04", "../2027-08-04"]),
    ],
)
def test_an_order_of_no_told_length_ends_when_its_law_says_at_the_latest(
    orders: list[tuple[str, str, str | None]], ends: list[str]
) -> None:
    rows = [
        saying(told(f"order/{phase}", on, length, published=on or "2026-08-06", document=number), "Israeli court order")
        for number, (phase, on, length) in enumerate(orders, start=2)
    ]
    chain = fold([ARREST, HELD, *rows], on=date(2027, 3, 1)).orders
    assert [order.expires for order in chain] == ends
    assert all(order.estimated == bool(order.expires) for order in chain)
    assert all("at the latest" in order.rule for order in chain if order.expires.startswith(".."))


def test_without_a_known_law_there_is_no_estimate_and_a_released_person_has_no_law() -> None:
    order = saying(ORDER, "Israeli military court")
    assert [o.expires for o in fold([ARREST, ORDER]).orders] == [""]
    assert regime_of(ARREST, HELD, order, told("release/done", "2026-08-19", published="2026-08-19")) == ""
    said = fold([ARREST, HELD, order, replace(HELD, modality="denied"), saying(ARREST, "Egyptian prosecutors")])
    assert said.regime is not None
    assert said.regime.key == "israel_west_bank"
    assert {row.claim for row in said.regime.rows} == {HELD.claim, order.claim}


def test_what_is_due_counts_the_latest_day_and_a_suspended_order_counts_none() -> None:
    order = saying(ORDER, "Israeli military court")
    assert [(d.on, d.estimated) for d in fold([ARREST, HELD, order]).upcoming] == [("../2027-02-04", True)]
    assert fold([ARREST, HELD, order], on=date(2027, 2, 4)).upcoming == ()
    suspended = told("order/suspended", "2026-08-18", published="2026-08-18", document=3)
    assert fold([ARREST, HELD, order, suspended]).upcoming == ()


@given(any_claims, any_day)
def test_no_claims_without_words_of_a_law_have_one(rows: list[Row], on: date) -> None:
    assert fold(rows, on=on).regime is None


def test_the_table_is_whole() -> None:
    table = load(None, "regimes")["regime"]
    for key, entry in table.items():
        assert all(entry[part] for part in ("name", "renewal", "review", "caution", "source")), key
        assert entry.get("detention") or entry.get("law"), key
        assert not entry["longest"] or end_by_length(date(2026, 1, 1), entry["longest"]), key
        for pattern in (*entry.get("law", ()), *entry.get("bodies", ())):
            re.compile(pattern)
