"""Who may see a case, by its number: show it, take that back, limit it to some people, open it to its team.

Without a number, the cases that are limited or shown to others are listed, by number and without a name: whoever runs
commands here can let somebody in, on record, where nobody else can any more.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import say
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import Team, User
    from habeas.cases.models import Case
    from habeas.core.actor import Actor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas access` takes."""
    parser.add_argument("case", nargs="?", type=int, metavar="CASE", help="its number, as in the address of its page")
    parser.add_argument(
        "--show", action="append", default=[], metavar="NAME", help="to a person or a team of this desk"
    )
    parser.add_argument("--hide", action="append", default=[], metavar="NAME", help="from a person or team shown it")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--limit", action="store_true", help="only those see it whom it is shown to")
    kind.add_argument("--open", action="store_true", help="its whole team sees it again")


def run(args: argparse.Namespace) -> int:
    """0 where it is as asked, and told."""
    operator = desk.open_desk()
    from django.db import transaction
    from django.db.models import Q

    from habeas.cases.models import Case
    from habeas.core.actor import Actor

    if args.case is None:
        told = Case.objects.filter(Q(limited_at__isnull=False) | Q(shares__until=None, shares__isnull=False))
        say("".join(f"{_told(case)}\n" for case in told.distinct().order_by("pk")), end="")
        return 0
    case = Case.objects.filter(pk=args.case, person__erased_at=None).first()
    if case is None:
        raise HabeasError(
            f"There is no case {args.case} on this desk; the address of a case's page ends in its number."
        )
    with transaction.atomic():
        _change(args, case, Actor(operator.pk, "command"))
    say(_told(case))
    return 0


def _change(args: argparse.Namespace, case: Case, actor: Actor) -> None:
    from django.db.models import Q

    from habeas.cases import sharing
    from habeas.cases.models import CaseShare

    for name in args.show:
        sharing.share(case, _named(name), actor=actor)
    if args.limit:
        sharing.limit(case, actor=actor)
    if args.open:
        sharing.open_up(case, actor=actor)
    for name in args.hide:
        to = Q(user__username=name) | Q(team__name=name)
        given = CaseShare.objects.filter(to, case=case, until=None).select_related("case").first()
        if given is None:
            raise HabeasError(f"Case {case.pk} is not shown to {name}.")
        sharing.unshare(given, actor=actor)


def _named(name: str) -> User | Team:
    from habeas.accounts.models import Team, User

    found = User.objects.filter(username=name, is_active=True).first() or Team.objects.filter(name=name).first()
    if found is None:
        raise HabeasError(f"Nobody and no team on this desk is called {name!r}; `habeas user` lists them.")
    return found


def _told(case: Case) -> str:
    from habeas.cases.access import readers

    names = ", ".join(user.username for user in readers(case)) or "nobody"
    return f"Case {case.pk} is {'limited' if case.limited_at else 'open to its team'}; it is seen by {names}."
