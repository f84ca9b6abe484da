"""People, teams and one-time sign-in links: every write to them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

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
        audit.record("accounts.membership.added", team, actor=actor, detail={"user": user.pk})
    return membership


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
