"""Whose case a statement concerns, in texts of a few sentences; everybody is invented."""

import pytest

from habeas.extraction import read


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (
            "Soldiers took the baker Samir Khalaf from his shop on Monday. His brother said the shop was sacked.",
            "Samir Khalaf",
        ),
        ("Nadia Rahimi has been given eight years. “They broke no one,” her lawyer said.", "Nadia Rahimi"),
        ("Omar Qasim was put in solitary confinement last week. The prison service declined to comment.", "Omar Qasim"),
        (
            "Police picked up Brayan Estiven Roca at a march. The police say no such person appears in their books.",
            "Brayan Estiven Roca",
        ),
        ("The court extended the remand of Selim Korkut by ten days. Prosecutors want life.", "Selim Korkut"),
        (
            "Her lawyer called the porridge story an invention. Alevtina Sorokina stopped eating on 3 May.",
            "Alevtina Sorokina",
        ),
        (
            "His defence had asked for his immediate release. The judge sent Porfirio Calix to prison for ten days.",
            "Porfirio Calix",
        ),
        ("Iman Zaid is back in isolation, her cell was searched on Sunday. The union spoke of revenge.", "Iman Zaid"),
        (
            "“He is nearer to a coffin each hour,” said Dr Lena Marsh, who saw Majed Turki in hospital.",
            "Majed Turki",
        ),
        (
            "The ministry refused to talk of an exchange. Noha Samir's mother called it a disgrace.",
            "Noha Samir",
        ),
        ("“We will not abandon Selma Aydin,” the co-chair of her party wrote.", "Selma Aydin"),
        ("Nobody among the prisoners knows the date. Farid Amini's mother said she had brought socks.", "Farid Amini"),
    ],
)
def test_about(text: str, about: str) -> None:
    reading = read(text, published="2026-05-12", language="en")
    names = {entity.id: entity.name for entity in reading.entities}
    assert [names[entity] for said in reading.statements[-1:] for entity in said.about] == [about]


@pytest.mark.parametrize(
    "text",
    [
        "Samir Khalaf's mother said she had sold her house.",
        "The minister Hani Delwan said the harvest was good.",
        "Hani Delwan, a prison guard, said that it had rained.",
    ],
)
def test_about_nobody(text: str) -> None:
    assert [said.about for said in read(text, language="en").statements] == [()]
