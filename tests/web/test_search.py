"""Search."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, report
from web.pages import text_of


@pytest.mark.parametrize("query", ["Oumari", "OUMARI tarek", "oumári"])
def test_it_finds_people_and_documents(alice: Client, people: Cast, query: str) -> None:
    made = report(people.alice, "Tarek Oumari", "On Monday {name} was arrested.")
    page = alice.get("/search", {"q": query})
    assert "People 1" in text_of(page)
    assert "Documents 1" in text_of(page)
    assert f'href="/documents/{made.pk}"' in page.content.decode()
    assert "<mark>Oumari</mark>" in page.content.decode()


def test_it_says_what_can_be_searched_and_what_to_try(alice: Client) -> None:
    assert "What can be searched" in text_of(alice.get("/search"))
    shown = text_of(alice.get("/search", {"q": "nowhere"}))
    assert "Nothing was found for nowhere" in shown
    assert "Try fewer or other words" in shown


@pytest.mark.parametrize("query", ["x" * 201, "a\x00b", "a\u202eb"])
def test_what_nobody_types_is_told_in_plain_words(alice: Client, query: str) -> None:
    response = alice.get("/search", {"q": query})
    assert response.status_code == 400
    assert "cannot be understood" in text_of(response)


@pytest.mark.parametrize("query", ["%", "_", "'; --", "<script>", "🕊", "刘霞"])
def test_odd_words_are_only_words(alice: Client, people: Cast, query: str) -> None:
    report(people.alice, "Tarek Oumari")
    response = alice.get("/search", {"q": query})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.get("/search").headers["Location"].startswith("/sign-in")


def test_an_outsider_finds_nothing(charlie: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    assert "Nothing was found" in text_of(charlie.get("/search", {"q": "Oumari"}))
