"""An original beside its translation."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, actor, document, report
from habeas.sources import translations
from habeas.sources.models import Document
from web.pages import text_of

ARABIC = "اعتُقل طارق عماري.\n\nقالت أخته ذلك."


@pytest.fixture
def two(people: Cast) -> tuple[Document, Document]:
    """A translation and its original, of two paragraphs each."""
    made = report(people.alice, "Tarek Oumari", "{name} was arrested.\n\nHis sister said so.")
    return made, document(people.alice, ARABIC, language="ar", title="خبر")


def test_it_is_told_by_number_and_taken_back(alice: Client, two: tuple[Document, Document]) -> None:
    made, original = two
    shown = alice.post(f"/documents/{made.pk}/original", {"original": original.pk}, follow=True)
    assert "The original stands beside it." in text_of(shown)
    assert "قالت أخته ذلك." in text_of(shown)
    assert "Translated as" in text_of(alice.get(f"/documents/{original.pk}"))
    apart = alice.post(f"/documents/{made.pk}/original", {"apart": "1"}, follow=True)
    assert "قالت أخته ذلك." not in text_of(apart)


def test_paragraphs_stand_beside_each_other_each_in_its_own_direction(
    alice: Client, people: Cast, two: tuple[Document, Document]
) -> None:
    made, original = two
    translations.pair(made, original, actor=actor(people.alice))
    page = alice.get(f"/documents/{made.pk}")
    html = page.content.decode()
    assert html.count('<div class="pair">') == 2
    assert html.count('<p class="other" lang="ar" dir="rtl">') == 2
    shown = html[html.index('<div class="pair">') :]  # the heading of an untitled report has its first words too
    assert shown.index("was arrested") < shown.index("اعتُقل") < shown.index("His sister") < shown.index("قالت")
    assert "قالت" not in text_of(alice.get(f"/documents/{made.pk}?beside=0"))
    assert "His sister said so." in text_of(alice.get(f"/documents/{original.pk}?beside={made.pk}"))


def test_of_unequal_length_they_stand_as_wholes(alice: Client, people: Cast, two: tuple[Document, Document]) -> None:
    original = document(people.alice, "نص واحد.", language="ar")
    translations.pair(two[0], original, actor=actor(people.alice))
    page = alice.get(f"/documents/{two[0].pk}")
    assert "different numbers of paragraphs" in text_of(page)
    assert page.content.decode().count("data-at=") == 2


@pytest.mark.parametrize("told", ["", "x", "99999", "²", "self"])
def test_what_is_no_original_is_told_in_plain_words(alice: Client, two: tuple[Document, Document], told: str) -> None:
    made = two[0]
    answer = alice.post(f"/documents/{made.pk}/original", {"original": str(made.pk) if told == "self" else told})
    assert answer.status_code == 400
    assert "That changed nothing" in text_of(answer)


def test_an_outsider_gets_404_and_their_documents_are_none_here(
    alice: Client, charlie: Client, people: Cast, two: tuple[Document, Document]
) -> None:
    made, original = two
    assert charlie.post(f"/documents/{made.pk}/original", {"original": original.pk}).status_code == 404
    theirs = document(people.charlie, "Theirs.")
    assert alice.post(f"/documents/{made.pk}/original", {"original": theirs.pk}).status_code == 400


def test_a_report_that_is_pasted_names_its_original(alice: Client, two: tuple[Document, Document]) -> None:
    told = {"text": "Tarek Oumari was freed.", "original": str(two[1].pk)}
    assert "اعتُقل" in text_of(alice.post("/reports/add", told, follow=True))
    answer = alice.post("/reports/add", {"text": "A text.", "original": "x" * 501})
    assert answer.status_code == 400
