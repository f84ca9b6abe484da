"""The same words in several outlets: one statement with many carriers, through whom it came, and reports alike."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import Cast, actor, cast, document, read_as
from habeas.cases import queries, services
from habeas.cases.models import Statement, Telling
from habeas.core.likeness import BANDS, different_words, share, sketch
from habeas.extraction import reading as r
from habeas.sources.models import Document

WORDS = "his health is failing and the court must look at his petition before the end of this month"
OTHER = "nobody of the ministry has answered the letters that the family has been sending since the spring"


def said_in(
    people: Cast, source: str, words: str, *, day: str = "2026-03-04", speaker: str = "Hala Oumari"
) -> Statement:
    """A report of the source in which Basit Society tells that the speaker said these words."""
    text = f"{source}: Basit Society reported that {speaker} said that {words}."
    made = document(people.alice, text, source=source, published=day)
    reading = read_as(text, speaker, kind="profile", phase="age", value=40)
    start, society = text.index(speaker), text.index("Basit Society")
    inside = start + len(speaker) + 6
    entity = r.Entity("e2", "organisation", "Basit Society", ((society, society + 13),))
    outer = r.Statement("s1", r.Speaker((), "e2"), (), ((start, len(text) - 1),), "indirect")
    inner = r.Statement("s2", r.Speaker((), "e1"), (), ((inside, len(text) - 1),), "indirect")
    whole = replace(reading, entities=(*reading.entities, entity), statements=(outer, inner))
    services.take_in(made, whole, reader="test", actor=actor(people.alice))
    return Statement.objects.get(reading__document=made, local_id="s2")


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def test_one_statement_with_three_carriers_each_with_its_chain(people: Cast) -> None:
    first = said_in(people, "Basit Post", WORDS, day="2026-03-05")
    early = said_in(people, "Selm Radio", WORDS.replace("petition", "plea"), day="2026-03-04")
    late = said_in(people, "Ofra Daily", f"Now {WORDS}", day="2026-03-06", speaker="Oumari")
    said_in(people, "Basit Post", OTHER)
    for one in (first, early, late):
        found = queries.carriers([one.pk], people.bob)[one.pk]
        assert [carrier.statement for carrier in found] == [early.pk, first.pk, late.pk]
        assert found[0].chain == ("Selm Radio", "Basit Society", "Hala Oumari")


def test_other_words_or_another_speaker_are_another_statement(people: Cast) -> None:
    one = said_in(people, "Basit Post", WORDS)
    for other in (said_in(people, "Selm Radio", OTHER), said_in(people, "Selm Radio", WORDS, speaker="Wael Darzi")):
        assert len(queries.carriers([other.pk], people.alice)[other.pk]) == 1
    assert len(queries.carriers([one.pk], people.alice)[one.pk]) == 1


def test_a_few_words_are_said_by_many_and_tell_nothing(people: Cast) -> None:
    few = [said_in(people, source, "he is well") for source in ("Basit Post", "Selm Radio")]
    assert queries.carriers([one.pk for one in few], people.alice) == {}


def test_what_an_outsider_has_is_not_told(people: Cast) -> None:
    one = said_in(people, "Basit Post", WORDS)
    assert queries.carriers([one.pk], people.charlie) == {one.pk: ()}
    assert queries.repeated_reports([one.reading.document_id], people.charlie) == {}


def test_reports_that_are_nearly_the_same_are_noticed(people: Cast) -> None:
    one = said_in(people, "Basit Post", f"{WORDS} {OTHER}").reading.document
    same = said_in(people, "Selm Radio", f"{WORDS} {OTHER}").reading.document
    other = said_in(people, "Ofra Daily", "all of them are free").reading.document
    found = queries.repeated_reports([one.pk, same.pk, other.pk], people.alice)
    assert found == {one.pk: (same.pk,), same.pk: (one.pk,), other.pk: ()}


def test_a_newer_reading_repeats_nothing_of_its_own_document(people: Cast) -> None:
    one = said_in(people, "Basit Post", WORDS)
    kept: Document = one.reading.document
    reading = read_as(kept.text, "Hala Oumari", kind="profile", phase="age", value=40)
    said = r.Statement("s1", r.Speaker((), "e1"), (), tuple(map(tuple, one.content_spans)), "indirect")  # type: ignore[arg-type]
    services.take_in(kept, replace(reading, statements=(said,)), reader="v2", actor=actor(people.alice))
    newest = Statement.objects.latest("pk")
    assert [c.statement for c in queries.carriers([newest.pk], people.alice)[newest.pk]] == [newest.pk]
    assert Telling.objects.filter(document=kept, statement=None).count() == 1


@given(st.text(max_size=200))
def test_a_text_has_one_sketch(text: str) -> None:
    found = sketch(text)
    assert found == sketch(text)
    assert found is None or (len(found) == BANDS and all(0 <= band < 1 << 63 for band in found))
    words = different_words(text)
    assert share(words, words) == (1.0 if found else 0.0)


def test_texts_that_differ_in_a_word_are_found_alike_and_others_are_not() -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    found = apart = 0
    for _ in range(200):
        words = [f"w{chance.randrange(10**6)}" for _ in range(40)]
        at = chance.randrange(40)
        one, other = (set(sketch(" ".join(text)) or ()) for text in (words, [*words[:at], "else", *words[at + 1 :]]))
        found += bool(one & other)
        apart += bool(one & set(sketch(" ".join(f"w{chance.randrange(10**6)}" for _ in range(40))) or ()))
    assert found >= 195
    assert apart == 0
