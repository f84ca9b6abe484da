"""People, teams and one-time sign-in links: every write to them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import Membership, SignInLink, Team, User
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError

LINK_LIFETIME = timedelta(hours=12)
LOCAL_USER = "desk"
LOCAL_TEAM = "Desk"


class AccountsError(HabeasError):
    """The account cannot be changed like that."""


class LinkUnusable(AccountsError):
    """This sign-in link was used already or is too old. Ask for a new one with `habeas serve --link`."""


@transaction.atomic
def local_operator() -> User:
    """The user and team that whoever runs commands on this machine works as; made on first use, cannot sign in."""
    user = User.objects.filter(username=LOCAL_USER).first()
    if user is None:
        user = User(username=LOCAL_USER)
        user.set_unusable_password()
        user.save()
        audit.record("accounts.user.added", user, actor=Actor(user.pk, "setup"))
    if not user.teams.exists():
        team, _made = Team.objects.get_or_create(name=LOCAL_TEAM)
        add_member(team, user, actor=Actor(user.pk, "setup"))
    return user


@transaction.atomic
def add_member(team: Team, user: User, *, actor: Actor) -> Membership:
    """The user's place in the team; the one they have already, where they have."""
    membership, made = Membership.objects.get_or_create(team=team, user=user, defaults={"joined_at": timezone.now()})
    if made:
        audit.record("accounts.membership.added", team, actor=actor, detail={"user": user.pk}, wrote=[membership])
    return membership


@transaction.atomic
def add_user(username: str, password: str, team: Team, *, actor: Actor) -> User:
    """The new user, in the team. Raises AccountsError for a name that is taken or a password that is too weak."""
    user = User(username=username.strip())
    try:
        user.full_clean(exclude=("password",))
        validate_password(password, user)
    except ValidationError as fault:
        raise AccountsError(" ".join(fault.messages)) from fault
    user.set_password(password)
    user.save()
    audit.record("accounts.user.added", user, actor=actor)
    add_member(team, user, actor=actor)
    return user


def home_team(user: User) -> Team:
    """The team that what the user takes in belongs to: the one they joined first. Raises AccountsError without one."""
    membership = Membership.objects.filter(user=user).select_related("team").order_by("joined_at", "id").first()
    if membership is None:
        raise AccountsError("This user is in no team, so there is nowhere to put documents; add them to a team first.")
    return membership.team


@transaction.atomic
def make_sign_in_link(user: User, *, actor: Actor) -> str:
    """The secret of a link that signs `user` in once within twelve hours. It is shown now and never again."""
    secret = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        user=user, secret_sha256=_hashed(secret), expires_at=timezone.now() + LINK_LIFETIME
    )
    audit.record("accounts.link.made", link, actor=actor, detail={"user": user.pk})
    return secret


@transaction.atomic
def use_sign_in_link(secret: str) -> User:
    """The user that the link signs in; the link is spent. Raises LinkUnusable."""
    now = timezone.now()
    spent = SignInLink.objects.filter(
        secret_sha256=_hashed(secret), used_at=None, expires_at__gt=now, user__is_active=True
    ).update(used_at=now)
    if not spent:
        raise LinkUnusable(LinkUnusable.__doc__)
    link = SignInLink.objects.select_related("user").get(secret_sha256=_hashed(secret))
    audit.record("accounts.link.used", link, actor=Actor(link.user.pk, "desk"), detail={"user": link.user.pk})
    return link.user


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def set_password(user: User, password: str, *, actor: Actor) -> None:
    """Gives the user a new password, checked before. It is kept as a hash; other sessions of the user end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("accounts.password.changed", user, actor=actor, wrote=[user])
