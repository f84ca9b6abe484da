"""Signing in and out, by password and by a link that works once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from cast import Cast, actor
from habeas.accounts import tries
from habeas.accounts.models import FailedSignIn
from habeas.accounts.services import make_sign_in_link
from habeas.config.logs import Plain
from web.pages import text_of


@pytest.fixture
def link(people: Cast) -> str:
    return f"/sign-in/link/{make_sign_in_link(people.alice, actor=actor(people.alice))}"


def test_a_link_signs_in_once_when_its_button_is_pressed(client: Client, link: str) -> None:
    assert "It is spent when you press the button" in text_of(client.get(link))
    assert client.post(link).headers["Location"] == "/"
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
    assert client.post("/sign-in", told).headers["Location"] == "/"


def test_an_empty_form_says_what_is_missing(client: Client, people: Cast) -> None:
    assert "Give both your user name and your password." in text_of(client.post("/sign-in", {}))


def test_signing_out_ends_it(alice: Client) -> None:
    assert alice.post("/sign-out").headers["Location"] == "/sign-in"
    assert alice.get("/cases").status_code == 302


def test_a_forged_form_is_refused_in_plain_words(link: str) -> None:
    response = Client(enforce_csrf_checks=True).post(link)
    assert response.status_code == 403
    assert "Nothing was changed" in text_of(response)


@pytest.fixture
def sign_in(people: Cast, client: Client) -> Callable[..., HttpResponse]:
    people.alice.set_password("quiet harbour lantern")
    people.alice.save()

    def tried(password: str, name: str = "alice", address: str = "192.0.2.7") -> HttpResponse:
        return client.post("/sign-in", {"username": name, "password": password}, REMOTE_ADDR=address)

    return tried


def test_after_five_wrong_passwords_none_is_tried_for_a_while(sign_in: Callable[..., HttpResponse]) -> None:
    with time_machine.travel("2026-03-04T10:00Z", tick=False) as clock:
        assert [sign_in("guess").status_code for _ in range(5)] == [200] * 5
        refused = sign_in("quiet harbour lantern", name=" ALICE ")
        assert refused.status_code == 429
        assert "tried too often. Wait 15 minutes" in text_of(refused)
        assert sign_in("quiet harbour lantern", address="192.0.2.8").status_code == 302
        clock.shift(timedelta(minutes=15))
        assert sign_in("quiet harbour lantern").status_code == 302


def test_a_right_password_clears_the_slate(sign_in: Callable[..., HttpResponse], client: Client) -> None:
    for _ in range(3):
        assert [sign_in("guess").status_code for _ in range(4)] == [200] * 4
        assert sign_in("quiet harbour lantern").status_code == 302
        client.logout()


def test_many_addresses_against_one_account_and_many_accounts_from_one_address_are_stopped(
    sign_in: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "FOR_ONE", 3)
    monkeypatch.setattr(tries, "FROM_ONE", 4)
    assert [sign_in("guess", address=f"192.0.2.{n}").status_code for n in range(5)] == [200, 200, 200, 429, 429]
    told = [sign_in("guess", name=f"name {n}", address="198.51.100.1").status_code for n in range(6)]
    assert told == [200, 200, 200, 200, 429, 429]


def test_what_is_kept_of_wrong_passwords_names_nobody(sign_in: Callable[..., HttpResponse]) -> None:
    sign_in("guess")
    kept = str(FailedSignIn.objects.values_list().get())
    assert not any(told in kept for told in ("alice", "192.0.2.7", "guess"))


@pytest.mark.parametrize("method", ["post", "put", "get"])
def test_no_log_line_holds_the_secret_of_a_link(
    link: str, caplog: pytest.LogCaptureFixture, settings: LazySettings, method: str
) -> None:
    secret = link.rpartition("/")[2]
    settings.ALLOWED_HOSTS = ["localhost"] if method == "get" else ["testserver"]
    getattr(Client(enforce_csrf_checks=True), method)(link)  # a forged form, a method or a host that there is not
    assert caplog.records
    lines = [Plain().format(record) for record in caplog.records]
    assert not any(secret in line for line in lines)
    assert any(isinstance(handler.formatter, Plain) for handler in logging.getLogger().handlers)
