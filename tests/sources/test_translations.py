"""Which document is the translation of which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cast import Cast, actor, cast, colleague, document
from habeas.accounts.roles import NotAllowed
from habeas.cases import intake
from habeas.core.errors import NotThere
from habeas.sources import checks, formats, translations
from habeas.sources.errors import BadOption, UnreadableFile
from habeas.sources.models import Document, Translation
from habeas.sources.stated import Stated


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def test_a_pair_is_told_and_taken_back_and_every_row_stays(people: Cast) -> None:
    original, made = document(people.alice, "نص", language="ar"), document(people.alice, "A text.")
    first = translations.pair(made, original, actor=actor(people.alice))
    assert translations.pair(made, original, actor=actor(people.alice)) == first
    assert translations.original_of(made, people.bob) == original
    assert translations.translations_of(original, people.bob) == [made]
    translations.unpair(made, actor=actor(people.alice))
    assert translations.original_of(made, people.alice) is None
    assert translations.translations_of(original, people.alice) == []
    assert translations.unpair(made, actor=actor(people.alice)) is None
    assert Translation.objects.count() == 2
    assert Translation in checks.SEALED


def test_an_outsider_learns_of_neither(people: Cast) -> None:
    original, made = document(people.alice, "نص"), document(people.alice, "A text.")
    translations.pair(made, original, actor=actor(people.alice))
    assert translations.original_of(made, people.charlie) is None
    assert translations.translations_of(original, people.charlie) == []


def test_what_cannot_be_a_pair_is_refused(people: Cast) -> None:
    one, other = document(people.alice, "One."), document(people.alice, "Other.")
    theirs = document(people.charlie, "Theirs.")
    translations.pair(one, other, actor=actor(people.alice))
    with pytest.raises(NotThere):
        translations.pair(one, theirs, actor=actor(people.alice))
    for made, original in ((one, one), (other, one)):
        with pytest.raises(translations.CannotPair):
            translations.pair(made, original, actor=actor(people.alice))
    with pytest.raises(NotAllowed):
        translations.pair(one, other, actor=actor(colleague(people, "reader")))


@pytest.mark.parametrize("original_first", [True, False])
def test_a_line_that_names_its_original_is_paired_whichever_comes_first(
    people: Cast, tmp_path: Path, original_first: bool
) -> None:
    lines = [
        {"text": "نص عن سجين", "language": "ar", "url": "https://sawari.example/ar/1"},
        {"text": "A text about a prisoner.", "language": "en", "translation_of": "https://sawari.example/ar/1"},
    ]
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in (lines if original_first else lines[::-1])))
    intake.ingest([str(file)], Stated(source="Sawari Wire"), user=people.alice)
    made, original = Document.objects.get(language="en"), Document.objects.get(language="ar")
    assert translations.original_of(made, people.alice) == original


def test_an_original_is_stated_by_number_too(people: Cast, tmp_path: Path) -> None:
    original = document(people.alice, "نص")
    file = tmp_path / "a.txt"
    file.write_text("A text.")
    intake.ingest([str(file)], Stated(original=str(original.pk)), user=people.alice)
    assert translations.original_of(Document.objects.latest("pk"), people.alice) == original


@pytest.mark.parametrize("told", ["", "0", "9" * 30, "²", "https://nowhere.example/", "\x00"])
def test_what_nobody_has_is_not_found(people: Cast, told: str) -> None:
    document(people.alice, "A text.")
    assert translations.found(document(people.alice, "Other.").team_id, told) is None


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadOption):
        formats.original_address("x" * 501, "--translation-of")
    with pytest.raises(UnreadableFile, match='"translation_of" in line 1'):
        formats.line_item(json.dumps({"text": "a", "translation_of": "x" * 501}).encode(), "Line 1")
