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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Police arrested five members of the teachers' union in Kisumu on Monday. The five were charged with "
            "unlawful assembly and freed on bail on Wednesday.",
            {"arrest/done", "charge/brought", "release/done"},
        ),
        (
            "Two farmers were arrested near Mbeya on Sunday. The two men were charged with theft on Monday.",
            {"arrest/done", "charge/brought"},
        ),
    ],
)
def test_the_five_are_the_group_of_that_number(text: str, told: set[str]) -> None:
    found = facts(text)
    assert {event for _, event in found} == told
    assert len({name for name, _ in found}) == 1


@pytest.mark.parametrize(
    ("text", "event", "who"),
    [
        (
            "Four students were arrested during the march. Two of them, Hery Rakoto and Lala Razafy, were released "
            "on Saturday; the other two are still held.",
            "detention/ongoing",
            {"the other two"},
        ),
        (
            "Anton Reznik, Pavel Sotnik and Ihar Kulesh were arrested in Hrodna on Friday. Reznik was freed. "
            "The other two were released on Sunday.",
            "release/done",
            {"Anton Reznik", "Pavel Sotnik", "Ihar Kulesh"},
        ),
        (
            "Orders were issued for Hira Dost, Gul Marri and Sami Rind on Friday, the jail said. Dr Asma Khetran has "
            "been held since March. Nadia Khetran, the detained doctor's sister, said so. The four ended a hunger "
            "strike of five days on 28 April.",
            "hunger_strike/ended",
            {"Hira Dost", "Gul Marri", "Sami Rind", "Asma Khetran"},
        ),
    ],
)
def test_a_number_of_people_is_who_was_named_and_the_others_are_not(text: str, event: str, who: set[str]) -> None:
    assert {name for name, told in facts(text) if told == event} == who


def terms(text: str) -> dict[str, str | int | None]:
    """The sentence that each is told to have been given."""
    reading = read(text, published="2026-11-20")
    return {reading.entity(c.subject).name: c.value for c in reading.claims if c.kind == "sentence"}


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (
            "Viktor Lanin was sentenced to five years and Oleg Bratsev to three; both were taken into custody.",
            {"Viktor Lanin": "P5Y", "Oleg Bratsev": "P3Y"},
        ),
        (
            "Ana Ruiz was jailed for six years, Pablo Sol to four years and Rita Mora to 18 months.",
            {"Ana Ruiz": "P6Y", "Pablo Sol": "P4Y", "Rita Mora": "P18M"},
        ),
        (
            "A court sentenced Lin Haoran and Zhou Wenjie to a total of 14 years in prison.",
            {"Lin Haoran": None, "Zhou Wenjie": None},
        ),
    ],
)
def test_each_has_their_own_term_and_nobody_a_joint_total(text: str, given: dict[str, str | None]) -> None:
    assert terms(text) == given


def test_who_is_excepted_is_not_told_of() -> None:
    text = (
        "Deng Machar, Akol Ring and Nyandeng Kuol were arrested in Juba on Sunday. They were released on Tuesday, "
        "except Kuol, who was charged with defamation."
    )
    assert {name for name, event in facts(text) if event == "release/done"} == {"Deng Machar", "Akol Ring"}
    assert {name for name, event in facts(text) if event == "charge/brought"} == {"Nyandeng Kuol"}
