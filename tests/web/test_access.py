"""Signing in and out, by password and by a link that works once."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, actor
from habeas.accounts.services import make_sign_in_link
from web.pages import text_of


@pytest.fixture
def link(people: Cast) -> str:
    return f"/sign-in/link/{make_sign_in_link(people.alice, actor=actor(people.alice))}"


def test_a_link_signs_in_once_when_its_button_is_pressed(client: Client, link: str) -> None:
    assert "It is spent when you press the button" in text_of(client.get(link))
    assert client.post(link).headers["Location"] == "/cases"
    assert client.get("/cases").status_code == 200
    spent = Client().post(link)
    assert spent.status_code == 410
    assert "no longer works" in text_of(spent)


@pytest.mark.django_db
def test_a_link_that_never_was_signs_nobody_in(client: Client) -> None:
    assert client.post("/sign-in/link/invented").status_code == 410
    assert client.get("/cases").status_code == 302


def test_a_password_signs_in_and_leads_on(client: Client, people: Cast) -> None:
    people.alice.set_password("quiet harbour lantern")
    people.alice.save()
    wrong = client.post("/sign-in", {"username": "alice", "password": "guess"})
    assert 'role="alert"' in wrong.content.decode()
    answer = client.post("/sign-in", {"username": "alice", "password": "quiet harbour lantern", "next": "/documents"})
    assert answer.headers["Location"] == "/documents"


def test_it_leads_nowhere_else(client: Client, people: Cast) -> None:
    people.alice.set_password("quiet harbour lantern")
    people.alice.save()
    told = {"username": "alice", "password": "quiet harbour lantern", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in", told).headers["Location"] == "/cases"


def test_an_empty_form_says_what_is_missing(client: Client, people: Cast) -> None:
    assert "Give both your user name and your password." in text_of(client.post("/sign-in", {}))


def test_signing_out_ends_it(alice: Client) -> None:
    assert alice.post("/sign-out").headers["Location"] == "/sign-in"
    assert alice.get("/cases").status_code == 302


def test_a_forged_form_is_refused_in_plain_words(link: str) -> None:
    response = Client(enforce_csrf_checks=True).post(link)
    assert response.status_code == 403
    assert "Nothing was changed" in text_of(response)
