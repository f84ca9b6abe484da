"""Whom whole short reports are told of, by the reader as it is shipped: invented people of many places and styles."""

from __future__ import annotations

import pytest

from habeas.extraction.read import read


def facts(text: str) -> set[tuple[str, str]]:
    """What the text tells as fact: of whom, by name, and which event."""
    reading = read(text, published="2026-11-20")
    claims = [claim for claim in reading.claims if claim.modality == "actual" and claim.kind != "profile"]
    return {(reading.entity(claim.subject).name, f"{claim.kind}/{claim.phase}") for claim in claims}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The 52-year-old doctor was taken from his clinic in Namangan on 3 November. His family had no news.\n\n"
            "Dr. Sherzod Umarbekov was charged with distributing leaflets on Thursday.",
            [("Sherzod Umarbekov", "arrest/done"), ("Sherzod Umarbekov", "charge/brought")],
        ),
        (
            "A prominent Tunisian lawyer began a hunger strike in Mornaguia prison on Sunday over his detention.\n\n"
            "According to the committee, Walid Ferjaoui has been held in solitary confinement since 2 November.",
            [("Walid Ferjaoui", "hunger_strike/start")],
        ),
        (
            "Egyptian authorities on Thursday released a cartoonist after two years in pretrial detention.\n\n"
            "The artist, Ashraf Sobhy, was arrested at his home in July 2024.",
            [("Ashraf Sobhy", "release/done"), ("Ashraf Sobhy", "arrest/done")],
        ),
        (
            "A pastor and a farmer were arrested in Mbeya on Saturday. The pastor, Elia Mwakalinga, was released "
            "the next day. The farmer, Juma Sanga, remains in custody.",
            [("Elia Mwakalinga", "arrest/done"), ("Elia Mwakalinga", "release/done"), ("Juma Sanga", "arrest/done")],
        ),
    ],
)
def test_a_description_in_the_lead_is_who_is_named_after_it(text: str, told: list[tuple[str, str]]) -> None:
    assert set(told) <= facts(text)
    assert {name for name, _ in facts(text)} == {name for name, _ in told}
