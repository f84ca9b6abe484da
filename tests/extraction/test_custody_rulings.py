"""Whole sentences about custody, rulings and going home: what is told of whom, and what must not be told."""

from __future__ import annotations

import pytest

from habeas.extraction import read


def told(text: str) -> set[str]:
    """ "Name kind/phase modality" of every claim but profile, as the whole reader draws them."""
    reading = read(text, published="2024-05-14", language="en")
    names = {entity.id: entity.name for entity in reading.entities}
    return {
        f"{names[claim.subject]} {claim.kind}/{claim.phase} {claim.modality}"
        for claim in reading.claims
        if claim.kind != "profile"
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Yemeni teacher Adel Shaibani, held by the Houthis since 2021, regained his freedom on Monday.",
            "Adel Shaibani release/done actual",
        ),
        ("Prosecutors ordered that Nabil Karim be freed on bail.", "Nabil Karim release/ordered actual"),
        (
            "On Wednesday came the decision of the release of the captive Hamdan Awwad from the prison of the Negev.",
            "Hamdan Awwad release/ordered actual",
        ),
        ("A judge declined to shorten the order of Tareq Fadel.", "Tareq Fadel order/shortened denied"),
        (
            "A court has prolonged to 30 July the arrest of the lawyer Elvin Mammad-Zade, held since January.",
            "Elvin Mammad-Zade order/renewed actual",
        ),
        (
            "The army denies that it holds Bilal Sarsour, who vanished at a checkpoint on 11 April.",
            "Bilal Sarsour detention/ongoing denied",
        ),
        (
            "Released from the courtroom were the drivers Mikola Shpak and Oleg Lapin after months in custody.",
            "Mikola Shpak release/done actual",
        ),
        (
            "If bail is refused again, Kassem Jaber will go on hunger strike, said his lawyer.",
            "Kassem Jaber hunger_strike/start hypothetical",
        ),
    ],
)
def test_it_is_told(text: str, claim: str) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Prosecutors ordered that Nabil Karim be freed on bail.", "Nabil Karim release/done actual"),
        (
            "Two days after the release of his latest song, rapper Kaveh Rostami was arrested on 9 May.",
            "Kaveh Rostami release/done actual",
        ),
        (
            "Farida Osmanova's release was put off by a further six months by the prison board.",
            "Farida Osmanova release/ordered actual",
        ),
        (
            "Selin Oran was sentenced to three years in prison on Monday for insulting the president.",
            "Selin Oran detention/ongoing actual",
        ),
        (
            "Hassan Jubran was jailed for three months under the emergency in 2021, before he became mayor.",
            "Hassan Jubran order/issued actual",
        ),
        (
            "The embassy urged Hanoi to free all those held for their words. Maria Kolas has been in jail since 2021.",
            "Maria Kolas release/done demanded",
        ),
        (
            "The freeze was lifted on Monday and the detention order of Raed Jaradat came back into force.",
            "Raed Jaradat order/cancelled actual",
        ),
        (
            "Student Nourah Dosari was relocated from Shuar prison to a women's ward in Dhahban on 6 April.",
            "Nourah Dosari detention/ongoing actual",
        ),
        (
            "Bodies of three prisoners were transferred from Ramla prison to the morgue.",
            "three prisoners transfer/done actual",
        ),
    ],
)
def test_it_is_not_told(text: str, claim: str) -> None:
    assert claim not in told(text)


def test_what_came_after_some_days_is_dated_from_the_day_before_it() -> None:
    reading = read("Basil Nuri, detained on 2 April, was let go after 26 days without charge.", published="2024-05-14")
    assert {claim.date for claim in reading.claims if claim.kind == "release"} == {"2024-04~"}
