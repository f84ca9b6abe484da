"""What the words of a statement offer for the plan, and what is never offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.advocacy.drafts import KINDS, drafts
from habeas.vocab import load

# (words, acts, the offers: kind and how their words begin)
OFFERS: list[tuple[str, tuple[str, ...], list[tuple[str, str]]]] = [
    ("an expected meeting of the secretaries of the unions", ("state",), [("meeting", "an expected meeting")]),
    ("that the meeting of last year ended early", ("state",), []),
    ("he sent messages through all the mediators stating that he be freed", ("state",), [("communication", "he sent")]),
    ("the mediators are at work on it", ("mediate",), [("communication", "the mediators")]),
    ("the unions are required to put a joint plan", ("demand",), [("priority", "the unions")]),
    ("a strategy was spoken of", ("state",), []),
    ("we will file a petition on Monday", ("promise",), [("pledge", "we will file")]),
    ("we will answer if he dies", ("threaten",), []),
    ("we will send fighters, we will file a petition", ("promise",), [("pledge", "we will file")]),
    ("an upcoming meeting of the armed wings", ("announce",), []),
    ("messages from the resistance were sent", ("state",), []),
    ("messages were sent to the military court", ("state",), [("communication", "messages")]),
    ("he sent letters, military work goes on, letters reached all parties", ("state",), [("communication", "he sent")]),
    ("the weather is fine", ("state",), []),
]


@pytest.mark.parametrize(("words", "acts", "offers"), OFFERS)
def test_clauses_offer_entries(words: str, acts: tuple[str, ...], offers: list[tuple[str, str]]) -> None:
    found = drafts(words, [(0, len(words))], acts)
    assert [(one.kind, one.words[: len(begins)]) for one, (_, begins) in zip(found, offers, strict=True)] == offers
    assert not any("military work" in one.words or "fighters" in one.words for one in found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_the_vocabulary_offers_its_kind(kind: str) -> None:
    example = load("en", "plan")[kind]["example"]
    assert kind in [one.kind for one in drafts(example, [(0, len(example))], ("state",))]


@pytest.mark.parametrize(
    ("words", "addressees", "through"),
    [
        ("that the northern unions are required to adopt a strategy", "the northern unions", ""),
        ("a strategy must be adopted by all councils, soon", "all councils", ""),
        ("he called on the two guilds to build a joint plan", "the two guilds", ""),
        ("messages were sent via the embassy of Sawari that he be freed", "", "the embassy of Sawari"),
    ],
)
def test_whom_it_calls_on_and_through_whom(words: str, addressees: str, through: str) -> None:
    (found,) = drafts(words, [(0, len(words))], ("state",))
    assert (found.addressees, found.through) == (addressees, through)


@given(st.text(), st.lists(st.sampled_from(["promise", "mediate", "demand", "threaten"])))
def test_no_text_makes_it_raise_and_offers_are_exact_words(text: str, acts: list[str]) -> None:
    for one in drafts(text, [(0, len(text))], acts):
        assert text[one.start : one.end] == one.words


def test_a_language_without_words_offers_nothing() -> None:
    assert drafts("an expected meeting", [(0, 19)], ("announce",), "ar") == []
