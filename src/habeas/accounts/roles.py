"""Roles, and the one table of what each lets a person do in a team. Services ask it before they write anything.

Without a role in a team nobody does or sees anything of it: what a role does not name it denies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from habeas.accounts.models import Membership, Team, User
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.core.looking import once_a_look


class Right(StrEnum):
    """One kind of thing that a role lets a person do; the value says it in a sentence that begins "You may not"."""

    SEE = "see it"
    REPORT = "take in reports"
    JUDGE = "judge what was read"
    JUDGE_HEALTH = "judge what was read of somebody's health"
    MATCH = "say which names are one person's"
    SHARE = "change who may see a case"
    WATCH = "put alerts away"
    PLAN = "put cases into a plan"
    FOLLOW = "change which sources are followed"
    EXPORT = "write out what the desk holds"
    AUDIT = "read the audit"
    GOVERN = "change the team, its roles and its rules"
    ERASE = "erase what the desk holds"


_EDITS = frozenset(Right) - {Right.EXPORT, Right.GOVERN, Right.ERASE}
# The roles of the field: those who read, who bring reports in, who judge them, physicians, who publishes, who answers
# for the desk. Who has several roles may do what any of them lets.
ROLES: Mapping[str, frozenset[Right]] = {
    "reader": frozenset({Right.SEE}),
    "reporter": frozenset({Right.SEE, Right.REPORT}),
    "medical": frozenset({Right.SEE, Right.JUDGE_HEALTH, Right.WATCH}),
    "editor": _EDITS,
    "publisher": frozenset({Right.SEE, Right.EXPORT, Right.AUDIT}),
    "admin": frozenset(Right),
}
LEAST, FIRST = "reader", "admin"  # the role of somebody new, and of whoever is the first in a team
OPERATOR = "desk"  # runs commands on this machine, and so holds its files anyway
_OF_THE_OPERATOR = frozenset({Right.GOVERN, Right.ERASE})  # in every team, so that none is ever locked out


class NotAllowed(HabeasError):
    """The roles that this person has in the team do not let them do that."""


def rights_of(roles: Iterable[str] | None) -> frozenset[Right]:
    """What these roles let a person do, taken together."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles or ()))


def teams_of(user: User, right: Right = Right.SEE) -> list[int]:
    """The keys of the teams in which the user may do that; none for somebody inactive."""
    return [team for team, roles in _memberships(user) if right in rights_of(roles)] if user.is_active else []


@once_a_look
def _memberships(user: User) -> tuple[tuple[int, list[str] | None], ...]:
    """The user's teams and their roles in each, the one they joined first first."""
    return tuple(Membership.objects.filter(user=user).order_by("joined_at", "pk").values_list("team", "roles"))


def rights_in(user: User, team: Team | int | None = None) -> frozenset[Right]:
    """What the user may do in the team, or without one in any of their teams."""
    found = Membership.objects.filter(user=user) if user.is_active else Membership.objects.none()
    found = found if team is None else found.filter(team=team)
    return frozenset().union(*(rights_of(roles) for roles in found.values_list("roles", flat=True)))


def must(actor: Actor, right: Right, team: Team | int) -> None:
    """Raises NotAllowed where the actor's roles in the team do not let them do that."""
    found = Membership.objects.filter(team=team, user=actor.user_id, user__is_active=True)
    if right in rights_of(found.values_list("roles", flat=True).first()):
        return
    if right in _OF_THE_OPERATOR and is_operator(actor):
        return
    raise NotAllowed(refusal(right))


def is_operator(actor: Actor) -> bool:
    """Whether the actor is whoever runs commands on this machine."""
    return User.objects.filter(pk=actor.user_id, username=OPERATOR).exists()


def must_somewhere(actor: Actor, right: Right) -> None:
    """Raises NotAllowed where the actor may do that in no team of theirs."""
    if right not in rights_in(User.objects.get(pk=actor.user_id)):
        raise NotAllowed(refusal(right))


def refusal(right: Right) -> str:
    """The sentence for somebody who may not do that: what, and whom to ask."""
    named = [role for role, rights in ROLES.items() if right in rights]
    some = " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"You may not {right} in this team: that takes the role {some}. Ask one of its admins."
