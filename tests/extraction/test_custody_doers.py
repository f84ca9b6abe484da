"""Who does something to somebody, or is the victim of it, is not told of as held, and a thing is nobody."""

from __future__ import annotations

import pytest

from habeas.extraction import read

PUBLISHED = "2026-11-20"
DOERS = """
Judge Petra Lindqvist sentenced Omar Qasim to seven years in prison on 12 November. | Omar Qasim sentence
Detective Joan Harper, who arrested Michael Obi in 2019, retired on Friday. | Michael Obi arrest
Inspector Paul Dunne later arrested Kevin Byrne at the port. | Kevin Byrne arrest
Captain Karim Aziz detained Samir Khalaf and Adel Nasser on Sunday. | Samir Khalaf arrest; Adel Nasser arrest
Magistrate Rosa Vidal, 51, remanded Tomas Ibarra for 30 days on Monday. | Tomas Ibarra detention; Tomas Ibarra order
Samir Khalaf, whom Captain Karim Aziz arrested in May, was released. | Samir Khalaf arrest; Samir Khalaf release
The court sentenced Samir Khalaf to six years and Adel Nasser to two years on Monday. | Samir Khalaf sentence
"""
APPOSED = """
The victim, Ines Robles, was found dead; her partner, Raul Ortega, was arrested. | Ines Robles death; Raul Ortega arrest
The brother of Samir Khalaf, Adel Khalaf, was released on Sunday. | Adel Khalaf release
The portrait of Elias Moreau, which was seized on Tuesday, hangs in the museum. | -
Mother of two Samar Jaber, 34, has been on hunger strike since 1 November. | Samar Jaber hunger_strike
Samir Khalaf and his wife, Nadia Omari, were arrested on Monday. | Samir Khalaf arrest; Nadia Omari arrest
"""
VICTIMS = """
Craig Hollis was sentenced to life for the murder of Emily Warne. | Craig Hollis sentence; Craig Hollis charge
Ben Carter was jailed for 12 years for killing Lucy Moss. | Ben Carter detention; Ben Carter sentence; Ben Carter charge
Craig Hollis was charged with attacking the officer Paul Dunne on Monday. | Craig Hollis charge
"""


@pytest.mark.parametrize("row", [line for table in (DOERS, APPOSED, VICTIMS) for line in table.strip().splitlines()])
def test_only_whom_it_happened_to_is_told_of(row: str) -> None:
    text, _, asked = row.partition(" | ")
    reading = read(text, published=PUBLISHED, language="en")
    names = {entity.id: entity.name for entity in reading.entities}
    facts = [claim for claim in reading.claims if claim.kind != "profile" and claim.modality == "actual"]
    told = {f"{names[claim.subject]} {claim.kind}" for claim in facts}
    assert told == (set() if asked == "-" else set(asked.split("; "))), {claim.why for claim in facts}
