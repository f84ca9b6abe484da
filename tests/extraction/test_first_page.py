"""The page that the project began with, a literal translation: who says what, and what becomes of the prisoner."""

import pytest

from habeas.extraction import read
from habeas.extraction.reading import Reading
from seed import needs_seed, words

pytestmark = [pytest.mark.corpora, needs_seed]


@pytest.fixture(scope="module")
def page() -> Reading:
    return read(words(), published="2020-10-20", language="en")


def test_everybody_says_what_the_page_has_them_say(page: Reading) -> None:
    names = {entity.id: entity.name for entity in page.entities}
    said = [(names[s.speaker.entity or ""], s.speaker.role, s.speaker.organisation, s.acts[0]) for s in page.statements]
    qassem = ("Hazem Qassem", "spokesman", "Hamas")
    assert said == [
        ("the Palestinian factions", "factions", None, "support"),
        ("the leaders of the factions", "leaders", "factions", "threaten"),
        ("Khader Habib", "leader", "Islamic Jihad", "threaten"),
        ("Khader Habib", "leader", "Islamic Jihad", "condemn"),
        ("Khader Habib", "leader", "Islamic Jihad", "hold_responsible"),
        (*qassem, "support"),
        (*qassem, "state"),
        (*qassem, "state"),
        (*qassem, "state"),
        (*qassem, "demand"),
        (*qassem, "state"),
        (*qassem, "demand"),
    ]
    assert {names[entity] for s in page.statements for entity in s.about} == {"Maher Al-Akhras"}
    assert names[page.statements[4].target or ""] == "the occupation"


def test_what_is_told_of_the_prisoner_is_told_as_it_was_meant(page: Reading) -> None:
    names = {entity.id: entity.name for entity in page.entities}
    assert {(names[c.subject], c.kind, c.phase, c.modality) for c in page.claims} == {
        ("Maher Al-Akhras", "detention", "ongoing", "actual"),
        ("Maher Al-Akhras", "hunger_strike", "ongoing", "actual"),
        ("Maher Al-Akhras", "release", "refused", "actual"),
        ("Maher Al-Akhras", "release", "done", "demanded"),
        ("Maher Al-Akhras", "death", "done", "hypothetical"),
        ("Maher Al-Akhras", "exchange", "proposed", "planned"),
    }


def test_his_movement_is_the_one_that_he_speaks_for(page: Reading) -> None:
    text = words()
    bodies = {e.name: [text[start:end].lower() for start, end in e.mentions] for e in page.entities}
    assert "his movement" in bodies["Islamic Jihad"]
    assert bodies["Hamas"].count("his movement") == 2
    assert "the isolated prisoners in the occupation prisons" in bodies
