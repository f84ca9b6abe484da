"""People, teams and one-time sign-in links: every write to them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import Membership, SignInLink, Team, User
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError

LINK_LIFETIME = timedelta(hours=12)
LOCAL_USER = roles.OPERATOR
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
        _joined(team, user, (roles.FIRST,), Actor(user.pk, "setup"))
    return user


@transaction.atomic
def add_team(name: str, *, actor: Actor) -> Team:
    """The new team, with its first admin: who adds it. Whoever answers for some team may add another.

    Raises AccountsError for no name, or one that is taken.
    """
    roles.must_somewhere(actor, Right.GOVERN)
    team = Team(name=" ".join(name.split()))
    try:
        team.full_clean()
    except ValidationError as fault:
        raise AccountsError(" ".join(fault.messages)) from fault
    team.save()
    audit.record("accounts.team.added", team, actor=actor)
    _joined(team, User.objects.get(pk=actor.user_id), (roles.FIRST,), actor)
    return team


@transaction.atomic
def add_member(team: Team, user: User, *, actor: Actor, as_: Sequence[str] = (roles.LEAST,)) -> Membership:
    """The user's place in the team, with these roles; the one they have already, where they have."""
    roles.must(actor, Right.GOVERN, team)
    return _joined(team, user, as_, actor)


@transaction.atomic
def add_user(username: str, password: str, team: Team, *, actor: Actor, as_: Sequence[str] = (roles.LEAST,)) -> User:
    """The new user, in the team with these roles.

    Raises AccountsError for a name that is taken, a password that is too weak or a role that there is not.
    """
    roles.must(actor, Right.GOVERN, team)
    user = User(username=username.strip())
    try:
        user.full_clean(exclude=("password",))
        validate_password(password, user)
    except ValidationError as fault:
        raise AccountsError(" ".join(fault.messages)) from fault
    user.set_password(password)
    user.save()
    audit.record("accounts.user.added", user, actor=actor)
    _joined(team, user, as_, actor)
    return user


@transaction.atomic
def give_role(member: Membership, role: str, *, actor: Actor) -> bool:
    """Whether the role is new to the member; from now on they may do what it lets."""
    _governed(member, actor)
    return _set_roles(member, [*(member.roles or ()), *known_roles([role])], "given", role, actor)


@transaction.atomic
def take_role(member: Membership, role: str, *, actor: Actor) -> bool:
    """Whether the member had the role; without any they see nothing of the team.

    Raises AccountsError for the role of a team's last active admin: nobody could give roles any more.
    """
    _governed(member, actor)
    known_roles([role])
    others = Membership.objects.filter(team=member.team_id, user__is_active=True).exclude(pk=member.pk)
    if role == roles.FIRST and not any(roles.FIRST in (other.roles or ()) for other in others):
        raise AccountsError("This is the last admin of the team; make somebody else one first.")
    return _set_roles(member, [kept for kept in member.roles or () if kept != role], "taken", role, actor)


@transaction.atomic
def settle_roles() -> int:
    """How many members from before there were roles have been given one: the first of a team admin, others editor.

    So everybody goes on doing what they did. Each is a line of the audit.
    """
    count = 0
    for member in Membership.objects.filter(roles__isnull=True).select_related("user").order_by("joined_at", "pk"):
        is_first = not Membership.objects.filter(team=member.team_id, roles__isnull=False).exists()
        role = roles.FIRST if is_first else "editor"
        count += _set_roles(member, [role], "given", role, Actor(member.user_id, "setup"))
    return count


def _joined(team: Team, user: User, as_: Sequence[str], actor: Actor) -> Membership:
    membership, made = Membership.objects.get_or_create(
        team=team, user=user, defaults={"joined_at": timezone.now(), "roles": known_roles(as_)}
    )
    if made:
        detail = {"user": user.pk, "roles": membership.roles}
        audit.record("accounts.membership.added", team, actor=actor, detail=detail, wrote=[membership])
    return membership


def _governed(member: Membership, actor: Actor) -> None:
    """Looks at the roles of both as they are now, which nobody else changes until the transaction ends.

    Of two admins who take the role from each other one is late. Raises NotAllowed for who is none, or no more.
    """
    Team.objects.select_for_update().get(pk=member.team_id)
    roles.must(actor, Right.GOVERN, member.team_id)
    member.refresh_from_db(fields=["roles"])


def _set_roles(member: Membership, given: Sequence[str], what: str, role: str, actor: Actor) -> bool:
    kept = list(dict.fromkeys(given))
    if kept == member.roles:
        return False
    member.roles = kept
    member.save(update_fields=["roles"])
    detail = {"user": member.user_id, "role": role, "roles": kept}
    audit.record(f"accounts.role.{what}", member.team, actor=actor, detail=detail, wrote=[member])
    return True


def known_roles(given: Sequence[str]) -> list[str]:
    """The roles, each once. Raises AccountsError for one that there is not."""
    for role in given:
        if role not in roles.ROLES:
            raise AccountsError(f"{role!r} is no role; choose {', '.join(roles.ROLES)}.")
    return list(dict.fromkeys(given))


def home_team(user: User) -> Team:
    """The team that what the user takes in belongs to: the one they joined first. Raises AccountsError without one."""
    found = roles.teams_of(user)
    if not found:
        raise AccountsError("This user is in no team, so there is nowhere to put documents; add them to a team first.")
    return Team.objects.get(pk=found[0])


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
