"""One document: its text with words lit, and its cards."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from cast import Cast, actor, document, report
from habeas.cases import services
from habeas.extraction.reading import DocumentInfo, Reading
from habeas.sources.models import Document
from web.pages import text_of


@pytest.fixture
def read(people: Cast) -> Document:
    return report(people.alice, "Tarek Oumari", "{name} was arrested, his sister said.\n\nNobody else was.")


def test_it_shows_text_cards_and_capture_record(alice: Client, read: Document) -> None:
    page = alice.get(f"/documents/{read.pk}")
    shown = text_of(page)
    for words in ("Tarek Oumari was arrested, his sister said.", "Nobody else was.", "arrested", "1 card", "Basit Post",
                  read.sha256, "Read by", "4 March 2026"):  # fmt: skip
        assert words in shown.replace(" ,", ",").replace(" .", "."), words


def test_a_card_and_its_words_lead_to_each_other(alice: Client, read: Document) -> None:
    page = alice.get(f"/documents/{read.pk}").content.decode()
    (key,) = set(re.findall(r'data-cards="(c\d+)"', page))
    for part in (f'id="w-{key}"', f'href="#w-{key}"', f'id="k-{key}"', f'href="#k-{key}"'):
        assert page.count(part) == 1


def test_the_text_is_untouched_and_has_its_own_language_and_direction(alice: Client, people: Cast) -> None:
    made = document(people.alice, "أُفرج عن طارق & <b>x</b>  —  اليوم", language="ar")
    page = alice.get(f"/documents/{made.pk}").content.decode()
    shown = re.search(r'<div class="text" lang="ar" dir="rtl">\s*<p data-at="0">(.*?)</p>', page, re.S)
    assert shown is not None
    assert unescape(shown[1]) == made.text


def test_a_text_of_unknown_language_finds_its_direction_by_itself(alice: Client, people: Cast) -> None:
    made = document(people.alice, "סהר", language="")
    assert 'dir="auto">סהר' in alice.get(f"/documents/{made.pk}").content.decode()


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        (None, "not read yet"),
        (Reading(DocumentInfo()), "found nothing here"),
        (Reading(DocumentInfo(note="This text is in Welsh, which Habeas cannot read yet; it is kept.")), "Not read."),
    ],
)
def test_it_says_why_there_is_no_card(alice: Client, people: Cast, reading: Reading | None, told: str) -> None:
    made = document(people.alice)
    if reading:
        services.take_in(made, reading, reader="test", actor=actor(people.alice))
    assert told in text_of(alice.get(f"/documents/{made.pk}"))


def test_it_needs_signing_in(client: Client, read: Document) -> None:
    assert client.get(f"/documents/{read.pk}").headers["Location"].startswith("/sign-in")


def test_an_outsider_gets_404(charlie: Client, read: Document) -> None:
    response = charlie.get(f"/documents/{read.pk}")
    assert response.status_code == 404
    assert "arrested" not in response.content.decode()


def test_an_address_of_the_source_is_a_link_only_where_it_is_one_of_the_web(alice: Client, people: Cast) -> None:
    for url, links in (("https://sawari.example/a", 1), ("javascript:alert(1)", 0)):
        made = document(people.alice, f"Text at {url}", url=url)
        page = alice.get(f"/documents/{made.pk}").content.decode()
        assert page.count(f'href="{url}"') == links
        assert url in page
