"""Settings: passwords, second factors, and a desk that locks itself."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from cast import Cast, actor
from habeas.accounts.models import User
from habeas.accounts.services import make_sign_in_link
from web.pages import text_of

PASSWORD = "quiet harbour lantern"


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


@pytest.fixture
def user(people: Cast) -> User:
    people.alice.set_password(PASSWORD)
    people.alice.save()
    return people.alice


@pytest.fixture
def secret(user: User) -> str:
    """The secret of the authenticator app that Alice turned on."""
    client = Client()
    client.post("/sign-in", {"username": "alice", "password": PASSWORD})
    asked = client.get("/second-factor/totp/activate/")
    assert asked.headers["Location"].startswith("/confirm")
    client.post(asked.headers["Location"], {"password": PASSWORD})
    page = client.get("/second-factor/totp/activate/").content.decode()
    found = re.search(r'id="secret">(\w+)<', page)
    assert found is not None
    assert "Incorrect" in text_of(client.post("/second-factor/totp/activate/", {"code": "000000"}))
    client.post("/second-factor/totp/activate/", {"code": code_of(found[1])})
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    return found[1]


@pytest.fixture
def by_link(people: Cast) -> Client:
    """Alice, who has signed in by a link alone and has no password."""
    people.alice.set_unusable_password()
    people.alice.save()
    client = Client()
    client.force_login(people.alice)
    return client


def test_a_second_factor_is_asked_for_after_the_password(client: Client, secret: str) -> None:
    answer = client.post("/sign-in", {"username": "alice", "password": PASSWORD, "next": "/documents"})
    assert answer.headers["Location"].startswith("/second-factor/authenticate/")
    assert client.get("/cases").headers["Location"].startswith("/sign-in")
    assert client.post("/second-factor/authenticate/", {"code": "000000"}).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):  # a code counts once
        answer = client.post("/second-factor/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/documents"
    assert client.get("/cases").status_code == 200


def test_it_is_asked_for_after_a_link_too(client: Client, people: Cast, secret: str) -> None:
    link = make_sign_in_link(people.alice, actor=actor(people.alice))
    assert client.post(f"/sign-in/link/{link}").headers["Location"].startswith("/second-factor/authenticate/")
    assert client.get("/cases").status_code == 302
    client.post("/sign-out")
    assert client.get("/second-factor/authenticate/").headers["Location"].startswith("/sign-in")


def test_its_secret_cannot_be_read_in_the_database(secret: str) -> None:
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_nobody_signs_up_by_themselves(client: Client, people: Cast) -> None:
    for path in ("/signup/", "/second-factor/webauthn/signup/", "/password/reset/"):
        assert client.get(path).status_code in {302, 404}
    assert User.objects.count() == len(people)


def test_settings_show_the_team_and_no_other(by_link: Client, charlie: Client) -> None:
    assert "bob" in text_of(by_link.get("/settings"))
    assert "bob" not in text_of(charlie.get("/settings"))
    assert "Give yourself a password first" in text_of(by_link.get("/settings"))


def test_a_password_is_given_and_changed(by_link: Client, people: Cast) -> None:
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert "Your password is changed." in text_of(by_link.post("/settings/password", new, follow=True))
    other = {"new_password1": "another quiet lantern", "new_password2": "another quiet lantern"}
    assert by_link.post("/settings/password", other).status_code == 400
    assert by_link.post("/settings/password", {**other, "old_password": PASSWORD}).status_code == 302
    assert by_link.get("/settings").status_code == 200
    assert User.objects.get(pk=people.alice.pk).check_password("another quiet lantern")


@pytest.mark.parametrize("new", ["short", "password1234"])
def test_a_weak_password_is_refused(by_link: Client, people: Cast, new: str) -> None:
    assert by_link.post("/settings/password", {"new_password1": new, "new_password2": new}).status_code == 400
    assert not User.objects.get(pk=people.alice.pk).has_usable_password()


def test_a_desk_that_nobody_touches_locks_itself(alice: Client, settings: LazySettings) -> None:
    settings.IDLE_MINUTES = 20
    start = time.time()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(3):
            assert alice.get("/cases").status_code == 200
            clock.shift(timedelta(minutes=19))
        assert alice.get("/cases").status_code == 200
        clock.shift(timedelta(minutes=21))
        assert alice.get("/cases").headers["Location"] == "/sign-in?next=/cases"
