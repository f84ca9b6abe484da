"""Names of bodies that begin with what they are, and people exchanged for one."""

import pytest

from habeas.extraction.read import read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The NGO Open Wells protested against the arrest of Samir Khalaf.", "NGO Open Wells"),
        ("Fundación Abrigo said that Samir Khalaf was ill.", "Fundación Abrigo"),
        ("Movimiento Costa called for the release of Samir Khalaf.", "Movimiento Costa"),
    ],
)
def test_a_name_that_begins_with_what_a_body_is_names_a_body(text: str, name: str) -> None:
    kinds = {entity.name: entity.kind for entity in read(text, published="2024-05-10").entities}
    assert kinds[name] == "organisation"


def test_those_exchanged_for_somebody_are_told_apart_from_them() -> None:
    reading = read("Israel exchanged 120 prisoners for a soldier held in Gaza.", published="2024-05-10")
    names = {entity.id: entity.name for entity in reading.entities}
    assert "120 prisoners" in names.values()
    assert not [claim for claim in reading.claims if claim.kind == "detention" and "120" in names[claim.subject]]


def test_the_end_of_a_strike_that_is_announced_is_not_its_start() -> None:
    text = "Samir Khalaf's family announced that Samir Khalaf ended his strike in Ramat prison on Monday."
    told = {(claim.kind, claim.phase) for claim in read(text, published="2024-05-10").claims}
    assert ("hunger_strike", "start") not in told


@pytest.mark.parametrize(
    "text",
    [
        "FSIN of Russia did not answer. The deputy director of FSIN Omar Odeh told that Samir Khalaf was ill.",
        "PPS of Ramat kept silent on Monday. A PPS spokesman said that Samir Khalaf was ill.",
    ],
)
def test_initials_alone_are_the_body_that_was_named_with_its_place(text: str) -> None:
    reading = read(text, published="2024-05-10")
    (body,) = [entity for entity in reading.entities if entity.kind == "organisation"]
    assert len(body.mentions) == 2
    assert {said.speaker.organisation for said in reading.statements} == {body.name}
