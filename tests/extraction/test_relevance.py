"""Which texts are worth reading."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.extraction import read
from habeas.extraction.relevance import is_relevant, may_tell, relevant_parts

STRIKE = "Marzouq al-Khayyat, an administrative detainee, has been on hunger strike in his prison cell for 34 days."
ARREST = (
    "Two men were taken away by the police at dawn; their lawyer says they are being held in custody without charge."
)
STORM = (
    "The storm cost the city its last tram. The mayor said that repairs would take a week, and that nobody was hurt. "
    * 20
)
MATCH = (
    "The striker was released by his club after the trial match; the court of arbitration will hear the appeal. " * 20
)


@pytest.mark.parametrize("text", [STRIKE, ARREST, STORM + "\n\n" + STRIKE, STRIKE.upper()])
def test_a_text_about_detention_is_relevant(text: str) -> None:
    assert is_relevant(text)
    assert may_tell(text)


@pytest.mark.parametrize("text", ["", STORM, MATCH, "The court of arbitration."])
def test_other_news_is_not(text: str) -> None:
    assert not is_relevant(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Samir Khalaf was charged with theft.", True),
        ("Samir Khalaf has been missing since Sunday.", True),
        ("Samir Khalaf came out on Monday after three years.", True),
        ("Another four months for Samir Khalaf: the commander signed on Monday.", True),
        ("Samir Khalaf opened a shop.", False),
        ("Samir Khalaf was charged with theft. " + STORM, False),  # in a long text such a word alone is not enough
    ],
)
def test_in_a_sentence_or_two_a_word_of_courts_is_enough(text: str, expected: bool) -> None:
    assert may_tell(text) is expected


def test_words_far_apart_do_not_add_up() -> None:
    parts = ["The court sat.", "A lawyer spoke.", "He was arrested.", "She was sentenced.", "A hostage came home."]
    assert is_relevant(" ".join(parts))
    assert not is_relevant(("\n" + "and so on " * 150).join(parts))


def test_the_same_word_again_adds_nothing() -> None:
    assert not is_relevant("The prison is old. " * 40)


def test_a_text_set_aside_has_an_empty_reading() -> None:
    reading = read(STORM, id="d1", relevant_only=True)
    assert not reading.document.relevant
    assert (reading.document.id, reading.entities, reading.statements, reading.claims) == ("d1", (), (), ())


def test_nothing_is_set_aside_unasked() -> None:
    assert read("The mayor of Lower Kot said that it rained.").document.relevant
    assert read(STRIKE, relevant_only=True) == read(STRIKE)


def test_statements_far_from_all_talk_of_detention_are_left_out_if_asked() -> None:
    near, far = "“He is weak,” said Mona Qadi.", "“The tram is lost,” said Omar Deeb."
    text = "\n\n".join([STRIKE, near, STORM, STORM, far])
    said = {relevant: read(text, relevant_only=relevant).statements for relevant in (True, False)}
    told = {relevant: [text[slice(*s.content[0])] for s in found] for relevant, found in said.items()}
    assert near[:12] in "".join(told[True])
    assert far[:12] not in "".join(told[True])
    assert far[:12] in "".join(told[False])


@given(st.lists(st.sampled_from([STRIKE, ARREST, STORM, MATCH]), max_size=6))
def test_the_parts_worth_reading_are_in_order_and_apart(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    parts = relevant_parts(text)
    assert bool(parts) == is_relevant(text)
    assert all(0 <= start < end for start, end in parts)
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(parts))


@given(st.text(max_size=400))
def test_what_is_relevant_may_tell(text: str) -> None:
    assert may_tell(text) or not is_relevant(text)
