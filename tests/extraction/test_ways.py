"""No match is lost by looking first for the words that it cannot do without."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.extraction.custody.words import Trigger, lowered, words
from habeas.extraction.places import Places
from habeas.extraction.ways import ANY, form_of, is_signed, ways_of

Steps = list[list[tuple[Collection[str], set[str]]]]

STEPS: list[tuple[str, Steps]] = [
    ("strik(?:e|es|ing)", [[({}, {" strike ", " strikes ", " striking "})]]),
    (r"was \w+ freed", [[({}, {" was "}), ({""}, {" freed "})]]),
    ("was(?: not)* freed", [[({}, {"was"}), ({" not"}, {" freed"})]]),
    (r"was [^,]{0,9}freed", [[({}, {"was "}), ({""}, {"freed"})]]),
    (r"arrest\w+|taken (?:in|away)", [[({}, {" arrest"})], [({}, {" taken "}), ({}, {" in ", " away "})]]),
    (r"held for \d{1,2}[ -]days?\b", [[({}, {" held "}), ({" for ", " 0 ", " 00 "}, {" day ", " days "})]]),
    (r"(?<!un)covered(?! by)", [[({}, {" covered "})]]),
    (r"(?:the )*Camps?", [[({"the "}, {"camp", "camps"})]]),
    ("(?:free)*", [[]]),
]
EXPRESSIONS = [
    r"(?:was|were|been)(?: \w+){0,3} (?:arrested|taken(?: away| in)?)",
    r"(?i:the |a )?(?:hunger[- ]?)strikes?\b",
    r"(?:\d{1,2}(?:st|th)?|first) (?:of )?(?:March|May\.?)(?:,? (?:19|20)\d{2})?",
    r"(?:detain|arrest)(?:ed|s)?|[^.]{0,3}in (?:jail|prison)",
    r"(?:more than |about |the\s+)*(?:forty|four)[\s-]+days",
    r"'s? (?P<a>name|call)ed+ [a-c]{2,}x?",
    r"(?:re-?)?(?:arrest|detain).{0,6}(?:ed|ing) (?:[\w'-]+ ){0,2}?(?:by|at)",
    r"(?:a|b|an old (?:man|dog)|c d e f g|x-?y)(?: z| zz|-y)* (?:k l|m|no way out|\d+-q){1,2}",
]


@pytest.mark.parametrize(("pattern", "steps"), STEPS)
def test_the_words_that_an_expression_needs_in_their_order(pattern: str, steps: Steps) -> None:
    wanted = {tuple((frozenset(gap), frozenset(word)) for gap, word in way) for way in steps}
    assert {way.steps for way in ways_of(form_of(pattern))} == wanted


@given(st.data())
def test_every_match_begins_at_one_of_its_places(data: st.DataObject) -> None:
    pattern = re.compile(data.draw(st.sampled_from(EXPRESSIONS)), re.IGNORECASE)
    matched = data.draw(st.from_regex(pattern, fullmatch=True))
    text = f"so {matched} ."
    first = re.search(r"\w", text[3:])
    places = Places([ways_of(form_of(pattern.pattern))]).places(text)
    assert first is None or 3 + first.start() in places[0]


def test_words_that_cannot_begin_an_expression_are_no_places() -> None:
    patterns = r"(?:the )?\d{1,2} May", "free(?:d|s)", r"(?:[\w'-]+ )*kept", "of us all"
    places = Places(ways_of(form_of(pattern)) for pattern in patterns)
    assert places.places("On the 3 May they freed 31 of us") == {0: [3, 7], 1: [18]}
    assert places.places("He was kept. All of us") == {2: [0, 3, 7]}


def test_what_stands_between_two_words_has_to_be_known() -> None:
    places = Places([ways_of(form_of("was(?: not| now)* freed"))])
    assert places.places("he was not now freed") == {0: [3]}
    assert places.places("he was never freed") == {}
    assert places.places("freed he was") == {}


@pytest.mark.parametrize(("pattern", "signed"), [(r"(?:, |who )held", True), ("(?:re-)?held", False), (".*held", True)])
def test_a_match_that_can_begin_with_a_mark(pattern: str, signed: bool) -> None:
    assert is_signed(form_of(pattern)) is signed


@pytest.mark.parametrize("trigger", words().triggers, ids=lambda one: one.name)
def test_a_trigger_can_begin_where_it_matches_in_its_examples(trigger: Trigger) -> None:
    pattern, number = trigger.pattern(), words().triggers.index(trigger)
    for example in (*trigger.examples, *trigger.others):
        text = re.sub(r"[\[\]]", "", example)
        for found in pattern.finditer(text if pattern.flags & re.IGNORECASE else lowered(text)):
            first = re.search(r"\w", text[found.start() :])
            assert first is not None
            assert found.start() + first.start() in words().places.places(lowered(text))[number]


@pytest.mark.parametrize("trigger", words().triggers, ids=lambda one: one.name)
def test_every_way_of_a_trigger_has_a_word_to_look_for(trigger: Trigger) -> None:
    """A trigger of which some alternative fits any words at all would be tried on every sentence of every page."""
    for way in trigger.ways:
        assert any(word != ANY for _, word in way.steps)


def test_few_triggers_are_tried_on_a_sentence_of_other_things() -> None:
    sentence = "the minister opened a bridge across the river and praised its engineers."
    assert len(words().places.places(sentence)) < 8
