"""Who may see a case, changed: shown to a person or a team, limited to those it is shown to, or open to its team again.

Nothing is removed: a share that ends is a row that says when. Each change is a line of the audit and can be taken back.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import Team, User
from habeas.accounts.roles import NotAllowed, Right
from habeas.audit import services as audit
from habeas.cases import access
from habeas.cases.models import Case, CaseShare, Person
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError


class CannotShare(HabeasError):
    """Who may see this case cannot be changed like that."""


@transaction.atomic
def share(case: Case, who: User | Team, *, actor: Actor) -> CaseShare:
    """The share by which the person, or everybody with a role in the team, sees the case; the one there is already."""
    _must(case, actor)
    to: dict[str, User | Team] = {"team": who} if isinstance(who, Team) else {"user": who}
    if known := CaseShare.objects.filter(case=case, until=None, **to).first():
        return known
    made = CaseShare.objects.create(case=case, since=timezone.now(), made_by_id=actor.user_id, **to)
    audit.record("cases.case.shared", case, actor=actor, detail={"share": made.pk, **_told(made)}, wrote=[made])
    return made


@transaction.atomic
def unshare(given: CaseShare, *, actor: Actor) -> CaseShare:
    """The share, ended. Raises CannotShare for the last one of a limited case: nobody could see it any more."""
    case = given.case
    _must(case, actor)
    if given.until:
        raise CannotShare("This share has ended already.")
    if case.limited_at and not CaseShare.objects.filter(case=case, until=None).exclude(pk=given.pk).exists():
        raise CannotShare(
            "Nobody could see this case any more; show it to somebody else first, or open it to its team."
        )
    given.until = timezone.now()
    given.save(update_fields=["until"])
    audit.record("cases.case.unshared", case, actor=actor, detail={"share": given.pk, **_told(given)}, wrote=[given])
    return given


@transaction.atomic
def limit(case: Case, *, actor: Actor) -> Case:
    """The case, which only those see whom it is shown to; whoever limits it is one of them."""
    _must(case, actor)
    if Person.objects.filter(one_with=case.person_id).exists():
        raise CannotShare("Another team's file is told in this one for whoever is of both; take that merge back first.")
    share(case, User.objects.get(pk=actor.user_id), actor=actor)
    return _set_limit(case, "limited", actor)


@transaction.atomic
def open_up(case: Case, *, actor: Actor) -> Case:
    """The case, which its team sees again; what it is shown to others stays."""
    _must(case, actor)
    return _set_limit(case, "opened", actor)


def differ(case: Case, other: Case) -> bool:
    """Whether one of the two cases is limited and those whom they are shown to are not the same."""
    limits = Case.objects.filter(pk__in=(case.pk, other.pk)).values_list("limited_at", flat=True)
    if not any(limits):
        return False
    to = [set(CaseShare.objects.filter(case=one, until=None).values_list("user", "team")) for one in (case, other)]
    return not all(limits) or to[0] != to[1]


def same_as(case: Case, other: Case) -> list[CaseShare]:
    """The shares added so that whoever is shown `case` is shown `other`; whoever calls records them."""
    open_now = CaseShare.objects.filter(case=case, until=None).order_by("pk")
    return [
        CaseShare.objects.create(
            case=other, user_id=one.user_id, team_id=one.team_id, since=other.opened_at, made_by_id=one.made_by_id
        )
        for one in open_now
    ]


def undo_share(given: CaseShare, *, actor: Actor) -> CaseShare:
    """The share as it was before it was made or ended."""
    if given.until is None:
        return unshare(given, actor=actor)
    who = given.user or given.team
    if who is None:
        raise CannotShare("This share is with nobody.")
    return share(given.case, who, actor=actor)


def undo_limit(case: Case, *, actor: Actor) -> Case:
    """The case open where it was limited, limited where it was opened."""
    return open_up(case, actor=actor) if case.limited_at else limit(case, actor=actor)


def _set_limit(case: Case, what: str, actor: Actor) -> Case:
    case.refresh_from_db()
    if bool(case.limited_at) == (what == "limited"):
        return case
    case.limited_at = timezone.now() if what == "limited" else None
    case.save(update_fields=["limited_at"])
    audit.record(f"cases.case.{what}", case, actor=actor, wrote=[case])
    return case


def _must(case: Case, actor: Actor) -> None:
    """Raises NotThere for whoever does not see the case, but for admins, who can let themselves in on record."""
    try:
        roles.must(actor, Right.GOVERN, case.team_id)
    except NotAllowed:
        access.must(actor, Right.SHARE, case)


def _told(given: CaseShare) -> dict[str, int | None]:
    return {"user": given.user_id} if given.user_id else {"team": given.team_id}
