"""The interface in Arabic."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, report
from habeas.cases.models import Case
from web.pages import EVERY, english_in, text_of


@pytest.fixture
def in_arabic(alice: Client) -> Client:
    alice.post("/language", {"language": "ar", "next": "/cases"})
    return alice


@pytest.mark.parametrize("path", EVERY)
def test_no_word_of_ours_is_left_in_english(in_arabic: Client, people: Cast, path: str) -> None:
    made = report(people.alice, "Tarek Oumari", date="2026-03-02")
    report(people.alice, "Tarek Oumari", kind="order", phase="issued", value="P4M", date="2026-03-05")
    page = in_arabic.get(path.format(case=Case.objects.get().pk, document=made.pk))
    html = page.content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    words = english_in(page)
    assert words <= {"SHA", "UTC", "en", "ar", "HTML", "PDF", "JSON", "English", "Habeas", "habeas"}


def test_the_choice_is_kept_and_leads_back(client: Client, people: Cast) -> None:
    answer = client.post("/language", {"language": "ar", "next": "/sign-in"})
    assert answer.headers["Location"] == "/sign-in"
    assert "الدخول إلى المكتب" in text_of(client.get("/sign-in"))
    client.post("/language", {"language": "en", "next": "/sign-in"})
    assert "Sign in to the desk" in text_of(client.get("/sign-in"))


def test_it_leads_to_no_other_site(client: Client, people: Cast) -> None:
    told = {"language": "ar", "next": "https://elsewhere.example/"}
    assert client.post("/language", told).headers["Location"] == "/"


def test_dates_and_foreign_names_have_a_direction_of_their_own(in_arabic: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari", date="2026-03-02")
    html = in_arabic.get("/cases").content.decode()
    assert '<span dir="auto">Tarek Oumari</span>' in html
    assert '<time datetime="2026-03-04" dir="rtl">4 مارس 2026</time>' in html
