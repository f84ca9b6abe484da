"""Users, teams and one-time links."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from habeas.accounts import services
from habeas.accounts.models import Membership, SignInLink, User
from habeas.audit import checks
from habeas.audit.models import AuditLine
from habeas.core.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def setup() -> Actor:
    return Actor(services.local_operator().pk, "setup")


def test_who_changed_their_password_signs_in_and_nothing_looks_tampered_with() -> None:
    """When somebody signed in last is no tampering, nor is a hash that is made anew in a newer way; another one is."""
    user = services.local_operator()
    services.set_password(user, "quiet harbour lantern", actor=Actor(user.pk, "desk"))
    assert Client().login(username=user.username, password="quiet harbour lantern")
    assert User.objects.get().last_login
    assert not list(checks.faults([Membership]))
    User.objects.update(password=make_password("quiet harbour lantern", hasher="pbkdf2_sha256"))
    assert any("not as line" in fault for fault in checks.faults([Membership]))
    assert Client().login(username=user.username, password="quiet harbour lantern")
    assert not User.objects.get().password.startswith("pbkdf2")
    assert not list(checks.faults([Membership]))


def test_the_local_operator_is_made_once_with_a_team() -> None:
    first, second = services.local_operator(), services.local_operator()
    assert first == second
    assert not first.has_usable_password()
    assert services.home_team(first).name == services.LOCAL_TEAM
    assert User.objects.count() == 1


def test_a_link_signs_in_once_and_only_its_hash_is_kept(setup: Actor) -> None:
    user = services.local_operator()
    secret = services.make_sign_in_link(user, actor=setup)
    assert secret not in str(SignInLink.objects.values()) + str(AuditLine.objects.values())
    assert services.use_sign_in_link(secret) == user
    with pytest.raises(services.LinkUnusable):
        services.use_sign_in_link(secret)


def test_an_old_link_is_dead(setup: Actor) -> None:
    secret = services.make_sign_in_link(services.local_operator(), actor=setup)
    with (
        time_machine.travel(timezone.now() + services.LINK_LIFETIME + timedelta(seconds=1), tick=False),
        pytest.raises(services.LinkUnusable),
    ):
        services.use_sign_in_link(secret)


def test_a_link_of_somebody_who_left_is_dead(setup: Actor) -> None:
    user = services.local_operator()
    secret = services.make_sign_in_link(user, actor=setup)
    User.objects.update(is_active=False)
    with pytest.raises(services.LinkUnusable):
        services.use_sign_in_link(secret)


def test_an_added_user_signs_in_with_their_password(setup: Actor) -> None:
    team = services.home_team(services.local_operator())
    amal = services.add_user("amal", "correct horse battery", team, actor=setup)
    assert amal.check_password("correct horse battery")
    assert services.home_team(amal) == team


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("amal", "short", "too short"),
        ("", "correct horse battery", "blank"),
        ("desk", "correct horse battery", "exists"),
    ],
)
def test_a_user_that_cannot_be_added_is_told_why(setup: Actor, name: str, password: str, says: str) -> None:
    team = services.home_team(services.local_operator())
    with pytest.raises(services.AccountsError, match=says):
        services.add_user(name, password, team, actor=setup)
    assert User.objects.count() == 1


def test_who_is_in_no_team_has_no_place_for_documents() -> None:
    with pytest.raises(services.AccountsError, match="in no team"):
        services.home_team(User.objects.create(username="alone"))
