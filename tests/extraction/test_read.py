"""A whole reading: it never raises, is the same on every run, and every span of it is in its text."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.extraction import Reading, from_json, read, to_json

NOTE = (
    "Marzouq al-Khayyat has been on hunger strike for 34 days. “He drinks only water,” said his lawyer, Rima Shahbour. "
    "The Prisoners' Club said that the prison service is fully responsible for his life. It warned that he would die "
    "unless he is moved to a hospital. The prison service denied that he was in danger."
)
WORDS = st.lists(
    st.sampled_from(
        [*NOTE.split(), "“", "”", '"', "\n\n", "that", "if", ":", "…", "السجين", "он", "İ", "ß", "\u200f", "3"]
    ),
    max_size=60,
).map(" ".join)


def spans(reading: Reading) -> list[tuple[int, int]]:
    """Every span of a reading."""
    return [
        *chain.from_iterable(entity.mentions for entity in reading.entities),
        *chain.from_iterable((*s.speaker.spans, *s.cue, *s.content) for s in reading.statements),
        *(s.condition for s in reading.statements if s.condition),
        *chain.from_iterable(claim.evidence for claim in reading.claims),
    ]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), WORDS))
def test_no_text_raises_and_every_span_is_in_it(text: str) -> None:
    reading = read(text, published="2026-07-18", language="en")
    known = {entity.id for entity in reading.entities}
    assert all(0 <= start < end <= len(text) for start, end in spans(reading))
    assert all(s.content and s.acts for s in reading.statements)
    assert {s.speaker.entity for s in reading.statements} | {s.target for s in reading.statements} <= {*known, None}
    assert from_json(to_json(reading)) == reading


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "\x00", "“", "a" * 5000, "said " * 500, "…" * 300, "\ud800", "his lawyer " * 1200]
)
def test_odd_texts(text: str) -> None:
    assert read(text, language="en").document.relevant


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(published: str) -> None:
    text = "Tarek Oumari was arrested on 3 March, 99999 years ago, and is on strike for 999999999 days, since May."
    assert read(text, published=published, language="en").document.published == published


def test_the_same_text_gives_the_same_reading_whatever_is_read_beside_it() -> None:
    alone = read(NOTE, published="2026-07-18")
    read("Something else altogether, said the mayor. " * 30)
    assert read(NOTE, published="2026-07-18") == alone


def test_who_said_what() -> None:
    reading = read(NOTE, published="2026-07-18")
    names = {entity.id: entity.name.removeprefix("the ") for entity in reading.entities}
    said = [(names.get(s.speaker.entity or ""), s.acts[0], s.manner) for s in reading.statements]
    assert said == [
        ("Rima Shahbour", "state", "direct"),
        ("Prisoners' Club", "hold_responsible", "indirect"),
        ("Prisoners' Club", "warn", "indirect"),
        ("prison service", "deny", "indirect"),
    ]
    warning = next(s for s in reading.statements if s.acts[0] == "warn")
    assert warning.condition
    assert NOTE[slice(*warning.condition)] == "unless he is moved to a hospital"


def test_a_language_that_cannot_be_read_is_said() -> None:
    reading = read("السجين مضرب عن الطعام منذ أربعين يوما وقال محاميه إن حالته خطيرة", relevant_only=True)
    assert reading.document.note
    assert not reading.statements
