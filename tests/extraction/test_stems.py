"""What an expression needs stands in every text that it matches, so no match is lost by looking for it first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.extraction.custody.words import Trigger, lowered, words
from habeas.extraction.stems import Index, Starts, needs_of, whole

NEEDED = [
    ("strik(?:e|es|ing)", [{"strike", "strikes", "striking"}]),
    (r"was \w+ freed", [{"was "}, {" freed"}]),
    (r"(?:arrest\w+|taken (?:in|away))", [{"arrest", "taken "}]),
    (r"(?:(?:he|she) )?released?", [{"release", "released", " release", " released"}]),
    (r"held for \d{1,2}[ -]days?\b", [{"held ", " days "}]),
    (r"(?<!un)covered(?! by)", [{"covered"}]),
    (r"Camps?", [{"camp", "camps"}]),
    (r"\w+|free", []),
    ("(?:free)*", []),
    ("go|to", []),
]
EXPRESSIONS = [
    r"(?:was|were|been)(?: \w+){0,3} (?:arrested|taken(?: away| in)?)",
    r"(?i:the |a )?(?:hunger[- ]?)strikes?\b",
    r"(?:\d{1,2}(?:st|th)?|first) (?:of )?(?:March|May\.?)(?:,? (?:19|20)\d{2})?",
    r"(?:detain|arrest)(?:ed|s)?|[^.]{0,3}in (?:jail|prison)",
    r"(?:more than |about |the\s+)*(?:forty|four)[\s-]+days",
    r"'s? (?P<a>name|call)ed+ [a-c]{2,}x?",
]


@pytest.mark.parametrize(("pattern", "clauses"), NEEDED)
def test_what_an_expression_needs(pattern: str, clauses: list[set[str]]) -> None:
    assert [set(clause) for clause in needs_of(pattern).all()] == clauses


@given(st.data())
def test_every_match_has_what_its_expression_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(EXPRESSIONS))
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True))
    needed = whole(needs_of(pattern)).all()
    index = Index(needed)
    assert index.satisfied(f"so {text} .") == index.mask(needed)


@given(st.data())
def test_an_expression_begins_at_one_of_its_places(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(EXPRESSIONS[:3]))
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE), fullmatch=True))
    assert 3 in Starts([needs_of(pattern).first]).places(f"so {text}")[0]


def test_words_that_cannot_begin_an_expression_are_no_places() -> None:
    starts = Starts([needs_of(r"(?:the )?\d{1,2} May").first, needs_of("free(?:d|s)").first, needs_of(r"\w+ed").first])
    assert starts.places("On the 3rd they freed 31 of us") == {0: [3, 22], 1: [16], 2: [0, 3, 7, 11, 16, 22, 25, 28]}


@pytest.mark.parametrize("trigger", words().triggers, ids=lambda one: one.name)
def test_a_trigger_matches_only_where_its_stems_are(trigger: Trigger) -> None:
    pattern = trigger.pattern()
    sentences = [re.sub(r"[\[\]]", "", example) for example in trigger.examples]
    read = [text if pattern.flags & re.IGNORECASE else lowered(text) for text in sentences]
    for text in filter(pattern.search, read):
        assert words().stems.satisfied(text) & trigger.stems == trigger.stems


def test_most_triggers_are_not_tried_on_a_sentence_of_other_things() -> None:
    found = words().stems.satisfied("the minister opened a bridge across the river and praised its engineers.")
    likely = [one.name for one in words().triggers if found & one.stems == one.stems]
    assert len(likely) < 40
