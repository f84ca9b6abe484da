"""Settings: passwords, second factors, and a desk that locks itself."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from cast import Cast, actor, colleague, report
from habeas.accounts.models import Membership, User
from habeas.accounts.services import make_sign_in_link
from habeas.cases.models import Case, Claim
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


def test_an_admin_gives_and_takes_roles(alice: Client, people: Cast) -> None:
    rana = Membership.objects.get(user=colleague(people, "reader"))
    assert "A role for rana" in text_of(alice.get("/settings"))
    assert alice.post(f"/settings/members/{rana.pk}", {"give": "editor"}).headers["Location"] == "/settings"
    assert alice.post(f"/settings/members/{rana.pk}", {"take": "reader"}).status_code == 302
    rana.refresh_from_db()
    assert rana.roles == ["editor"]


def test_a_role_that_cannot_be_given_or_taken_changes_nothing(alice: Client, people: Cast) -> None:
    Membership.objects.filter(user=people.bob).update(roles=["editor"])
    mine = Membership.objects.get(user=people.alice)
    assert "last admin" in text_of(alice.post(f"/settings/members/{mine.pk}", {"take": "admin"}))
    assert alice.post(f"/settings/members/{mine.pk}", {"give": "king"}).status_code == 409
    mine.refresh_from_db()
    assert mine.roles == ["admin"]


def test_who_may_not_sees_the_team_and_gives_nothing(
    charlie: Client, people: Cast, client_of: Callable[[User], Client]
) -> None:
    rana = colleague(people, "editor")
    mine, client = Membership.objects.get(user=rana), client_of(rana)
    page = text_of(client.get("/settings"))
    assert "alice" in page
    assert "A role for" not in page
    refused = client.post(f"/settings/members/{mine.pk}", {"give": "admin"})
    assert refused.status_code == 403
    assert "that takes the role admin" in text_of(refused)
    assert charlie.post(f"/settings/members/{mine.pk}", {"give": "reader"}).status_code == 404


def test_a_reader_is_offered_nothing_that_they_may_not_do(people: Cast, client_of: Callable[[User], Client]) -> None:
    made, client = report(people.alice, "Tarek Oumari"), client_of(colleague(people, "reader"))
    for address in ("/", f"/documents/{made.pk}", "/sources", "/matches", f"/cases/{Case.objects.get().pk}/person"):
        page = client.get(address)
        assert page.status_code == 200
        for words in ("Add a report", ">Accept<", "Follow a source", "Split off", "Add a claim by hand", "/audit"):
            assert words not in page.content.decode()


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/audit"),
        ("get", "/reports/add"),
        ("post", "/sources/follow"),
        ("post", "/documents/{document}/claims/{claim}"),
        ("post", "/cases/{case}/person/change"),
    ],
)
def test_a_reader_who_tries_is_told_whom_to_ask(
    people: Cast, client_of: Callable[[User], Client], method: str, address: str
) -> None:
    made, client = report(people.alice, "Tarek Oumari"), client_of(colleague(people, "reader"))
    where = address.format(document=made.pk, claim=Claim.objects.get().pk, case=Case.objects.get().pk)
    told = {"verdict": "accept", "do": "alias", "name": "Abu Hani", "reason": "said so"}
    answer = client.post(where, told) if method == "post" else client.get(where)
    assert answer.status_code == 403
    assert "Ask one of its admins" in text_of(answer)
