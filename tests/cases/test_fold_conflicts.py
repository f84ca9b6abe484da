"""Conflicts: both sides, each with its words; and what is no conflict."""

from __future__ import annotations

import pytest

from claims import told
from habeas.cases.casefile import Row
from habeas.cases.fold import fold


def conflicts(*claims: Row) -> dict[str, list[str]]:
    return {c.label: sorted(side.holds for side in c.sides) for c in fold(claims).conflicts}


ARREST = told("arrest/done", "2026-05-03", published="2026-05-04", document=1)


@pytest.mark.parametrize(
    ("claims", "label", "sides"),
    [
        ([told("arrest/done", "2026-05-05", document=2)], "date of the arrest", ["2026-05-03", "2026-05-05"]),
        (
            [told("release/done", "2026-08-01", document=2), told("release/done", "2026-08-03", document=3)],
            "date of the release",
            ["2026-08-01", "2026-08-03"],
        ),
        (
            [
                told("sentence/passed", "2026-08-01", "P2Y", document=2),
                told("sentence/passed", "2026-08-01", "P3Y", document=3),
            ],
            "length of the sentence",
            ["2 years", "3 years"],
        ),
        (
            [
                told("health/ongoing", "2026-08-18", "critical", document=2),
                told("health/ongoing", "2026-08-19", "stable", document=3),
            ],
            "state of health",
            ["critical", "stable"],
        ),
        (
            [
                told("release/done", "2026-08-18", document=2),
                told("release/done", "2026-08-18", modality="denied", document=3),
            ],
            "release",
            ["not so", "so"],
        ),
        (
            [
                told("ill_treatment/done", "2026-08-18", "beating", document=2),
                told("ill_treatment/done", "2026-08-18", "beating", modality="denied", document=3),
            ],
            "beating",
            ["not so", "so"],
        ),
        (
            [
                told("profile/age", "", 34, published="2026-08-18", document=2),
                told("profile/age", "", 36, published="2026-08-19", document=3),
            ],
            "age",
            ["34 on 2026-08-18", "36 on 2026-08-19"],
        ),
    ],
)
def test_what_cannot_all_be_true_stands_side_by_side(claims: list[Row], label: str, sides: list[str]) -> None:
    assert conflicts(ARREST, *claims)[label] == sides


@pytest.mark.parametrize(
    "claims",
    [
        [told("arrest/done", "2026-05", document=2)],  # the month allows the day
        [told("arrest/done", "", document=2)],
        [told("arrest/done", "2026-05-05", modality="alleged", document=2)],
        [told("profile/age", "", 34, published="2026-08-18"), told("profile/age", "", 35, published="2026-11-19")],
        [told("profile/age", "", 34, published="2026-08-18"), told("profile/age", "", 50, published="")],
        [told("health/ongoing", "2026-08-01", "critical"), told("health/ongoing", "2026-08-19", "stable", document=3)],
        [told("release/done", "2026-09-18", modality="demanded"), told("release/done", modality="denied", document=3)],
        [told("release/promised", "2026-08-01"), told("release/refused", "2026-08-02", document=3)],
    ],
)
def test_what_can_all_be_true_is_no_conflict(claims: list[Row]) -> None:
    assert conflicts(ARREST, *claims) == {}


def test_a_conflict_keeps_its_key_while_its_sides_are_the_same_claims() -> None:
    other = told("arrest/done", "2026-05-05", document=2)
    (first,) = fold([ARREST, other]).conflicts
    (second,) = fold([other, told("health/ongoing", "2026-08-19", "stable"), ARREST]).conflicts
    assert first.key == second.key
    (third,) = fold([ARREST, other, told("arrest/done", "2026-05-07", document=3)]).conflicts
    assert third.key != first.key
