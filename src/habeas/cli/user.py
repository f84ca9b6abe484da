"""Who is on this desk and what they may do: list them, add somebody with a password, give or take away a role.

Without a name, everybody is listed. A name that is not there is added, as a reader unless --role says otherwise; the
password is asked for, or read from the first line of standard input where that is not a terminal.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import say
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import Membership, Team, User
    from habeas.core.actor import Actor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas user` takes."""
    parser.add_argument("username", nargs="?", metavar="NAME")
    parser.add_argument("--role", action="append", default=[], help="the role of somebody added; may be repeated")
    parser.add_argument("--grant", action="append", default=[], metavar="ROLE", help="give somebody here a role")
    parser.add_argument("--revoke", action="append", default=[], metavar="ROLE", help="take a role away")
    parser.add_argument("--team", metavar="TEAM", help="in which team (default: the desk's own); one not there is made")


def run(args: argparse.Namespace) -> int:
    """0 where everybody was listed, the person was added, or their roles are as asked."""
    operator = desk.open_desk()
    from habeas.accounts.services import known_roles
    from habeas.core.actor import Actor

    if not args.username:
        say(_listed(), end="")
        return 0
    actor = Actor(operator.pk, "command")
    known_roles([*args.role, *args.grant, *args.revoke])  # before a password is asked for, or a team made
    team = _team(args.team, operator, actor)
    if args.grant or args.revoke:
        say(_changed(args, team, actor))
    else:
        say(_added(args, team, actor))
    return 0


def _added(args: argparse.Namespace, team: Team, actor: Actor) -> str:
    from habeas.accounts.models import User
    from habeas.accounts.roles import LEAST
    from habeas.accounts.services import add_member, add_user

    as_ = tuple(args.role) or (LEAST,)
    known = User.objects.filter(username=args.username).first()
    if known and args.team:
        member = add_member(team, known, actor=actor, as_=as_)
        return _told(member)
    if known:
        raise HabeasError(f"{known.username} exists already; `habeas user {known.username} --grant ROLE` gives a role.")
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    add_user(args.username, password, team, actor=actor, as_=as_)
    more = f" `habeas user {args.username} --grant editor` lets them judge." if as_ == (LEAST,) else ""
    return f"{args.username} can sign in now, as {' and '.join(as_)} in the team {team.name}.{more}"


def _changed(args: argparse.Namespace, team: Team, actor: Actor) -> str:
    from habeas.accounts.models import Membership
    from habeas.accounts.services import give_role, take_role

    member = Membership.objects.filter(team=team, user__username=args.username).select_related("user", "team").first()
    if member is None:
        raise HabeasError(f"{args.username} is not in the team {team.name}; `habeas user` lists who is in which.")
    for role in args.grant:
        give_role(member, role, actor=actor)
    for role in args.revoke:
        take_role(member, role, actor=actor)
    return _told(member)


def _told(member: Membership) -> str:
    roles = ", ".join(member.roles or ()) or "no role, and so sees nothing of it"
    return f"{member.user.username}, in the team {member.team.name}: {roles}."


def _team(name: str | None, operator: User, actor: Actor) -> Team:
    from habeas.accounts.models import Team
    from habeas.accounts.services import add_team, home_team

    if name is None:
        return home_team(operator)
    return Team.objects.filter(name=name).first() or add_team(name, actor=actor)


def _listed() -> str:
    from habeas.accounts.models import Membership

    members = Membership.objects.select_related("user", "team").order_by("team__name", "user__username")
    return "".join(f"{_told(member)}\n" for member in members)
