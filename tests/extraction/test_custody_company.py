"""Who shares what happened to somebody: invented people, told with them or as of their number."""

from __future__ import annotations

import pytest

from habeas.extraction.custody import find_claims
from habeas.extraction.reading import Entity
from habeas.extraction.segment import analyse
from tests.extraction.test_custody_claims import PUBLISHED, Held, told


def of(text: str, kind: str) -> set[str]:
    """Whom the text tells an event of."""
    return {who for who, k, phase, modality, _, _ in told(text) if f"{k}/{phase}" == kind and modality == "actual"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Samir Khalaf was released from Ramat prison on Sunday along with Nadim Qasim.", "release/done"),
        ("Samir Khalaf was arrested on Monday together with Nadim Qasim and 12 others.", "arrest/done"),
        ("Samir Khalaf was sentenced to five years, as well as Nadim Qasim.", "sentence/passed"),
        ("The army released Samir Khalaf on Monday, as well as Nadim Qasim.", "release/done"),
        ("Samir Khalaf was moved to Ramat prison along with the teacher Nadim Qasim.", "transfer/done"),
        ("The army released Samir Khalaf, a poet who fell ill in prison, together with Nadim Qasim.", "release/done"),
        ("Samir Khalaf ended his hunger strike on Sunday together with Nadim Qasim.", "hunger_strike/ended"),
        ("Police arrested Samir Khalaf at his home in Ramat, together with his neighbour Nadim Qasim.", "arrest/done"),
    ],
)
def test_who_is_told_of_together_shares_the_event(text: str, kind: str) -> None:
    assert {"e1", "e2"} <= of(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Samir Khalaf was arrested on Monday; together with Nadim Qasim he had run a newspaper.", "arrest/done"),
        ("Samir Khalaf was released on Sunday, said his lawyer, who spoke along with Nadim Qasim.", "release/done"),
        ("Samir Khalaf was arrested after he wrote a song together with Nadim Qasim.", "arrest/done"),
        ("Samir Khalaf was freed while the court, along with Nadim Qasim, heard six others.", "release/done"),
    ],
)
def test_who_is_together_in_something_else_does_not(text: str, kind: str) -> None:
    assert of(text, kind) == {"e1"}


@pytest.mark.parametrize(
    "text",
    [
        "Eleven prisoners were moved to Ramat prison on Monday, among them Samir Khalaf.",
        "Eleven prisoners were moved to Ramat prison at dawn on Monday, notably the poet Samir Khalaf.",
        "Eleven prisoners were transferred to a camp in the desert, including the poet Samir Khalaf.",
        "Eleven prisoners were moved to Ramat prison on Monday, Samir Khalaf among them.",
        "Eleven prisoners moved to Ramat prison on Monday were named as Samir Khalaf and ten teachers.",
        "Eleven prisoners were moved to Ramat prison. They were identified as Samir Khalaf and ten teachers.",
    ],
)
def test_names_of_a_number_share_its_event(text: str) -> None:
    page, at = analyse(text), text.index("Samir Khalaf")
    people = [
        Entity("g1", "group", "Eleven prisoners", ((0, len("Eleven prisoners")),)),
        Entity("e1", "person", "Samir Khalaf", ((at, at + len("Samir Khalaf")),)),
    ]
    found = find_claims(page, people, (), published=PUBLISHED, resolve=Held(page, people))
    assert "e1" in {c.subject for c in found if (c.kind, c.phase) == ("transfer", "done")}
