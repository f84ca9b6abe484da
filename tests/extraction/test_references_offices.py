"""Offices told sentences before their holder speaks, or whose body is named elsewhere. Everybody is invented."""

import pytest

from tests.extraction.test_references_speakers import Heard


@pytest.mark.parametrize(
    ("text", "source", "role", "organisation"),
    [
        ("The director of the Sirin Institute is Beata Nunel. Nunel said so.", "Nunel", "director", "Sirin Institute"),
        (
            "The director of the Sirin Institute, in Port Dorvat, is Beata Nunel. Nunel said so.",
            "Nunel",
            "director",
            "Sirin Institute",
        ),
        ("Sana Quresh heads the Sirin Coalition. Quresh said so.", "Quresh", "head", "Sirin Coalition"),
        ("Sana Quresh has led the Sirin Coalition for years. Quresh said so.", "Quresh", "leader", "Sirin Coalition"),
        ("Sana Quresh led the march through Dorvat. Quresh said so.", "Quresh", None, None),
        ("The Sirin Movement was angry. Movement leader Adam Prel said so.", "Adam Prel", "leader", "Sirin Movement"),
        (
            "The organisation of the Sons of Dorvat denied it. A source in the organisation said so.",
            "A source in the organisation",
            "source",
            "organisation of the Sons of Dorvat",
        ),
        (
            "The Sirin Movement's secretary for legal affairs, Tendo Moyel, said so.",
            "Tendo Moyel",
            "secretary for legal affairs",
            "Sirin Movement",
        ),
        ("Kanel's editor at the Sirin Gazette, Baris Oranel, said so.", "Baris Oranel", "editor", "Sirin Gazette"),
        ("Police Inspector General Mosi Phirel said so.", "Mosi Phirel", "Inspector General", "Police"),
        ("The WHO's representative, Isla Marshel, said so.", "Isla Marshel", "representative", "WHO"),
        ("Labour Minister Goran Vidor said so.", "Goran Vidor", "Labour Minister", None),
        ("The spokesman of the General Staff, Major Ilir Demal, said so.", "Ilir Demal", "spokesman", "General Staff"),
        ("Bishop Tomas Arriel of Santa Dorva said so.", "Bishop Tomas Arriel of Santa Dorva", "Bishop", None),
        (
            "His pastor, the Rev. Luka Adey of Grace Chapel, said so.",
            "His pastor, the Rev. Luka Adey of Grace Chapel",
            "pastor",
            "Grace Chapel",
        ),
        (
            "The Sirin Network's deputy Asia director, Priya Ramal, said so.",
            "Priya Ramal",
            "deputy Asia director",
            "Sirin Network",
        ),
        ("The advocate of the club, the professor Yunis Qarnel, said so.", "Yunis Qarnel", "advocate", "club"),
    ],
)
def test_an_office_is_told_once_and_holds_for_what_is_said_later(
    text: str, source: str, role: str | None, organisation: str | None
) -> None:
    speaker = Heard(text, text[text.rindex(source) : text.rindex(source) + len(source)]).speakers[-1]
    assert (speaker.role, speaker.organisation) == (role, organisation)


def test_initials_of_two_words_mean_what_they_stand_for() -> None:
    heard = Heard("The European Union called for talks. The EU said so.", "The EU")
    assert heard.name() == "European Union"


def test_what_a_group_does_is_nobody() -> None:
    names = {m.name for m in Heard("The Sirin Project, which monitors political prisoners, said so.").references.cast}
    assert not any(name.startswith("monitors") for name in names)
