"""Partners, their people, and the cases that are in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition, Leaving, Note, Partner, PlanCase, Pledge, PledgeStep, Seat, Share
from habeas.advocacy.models.pledges import PledgeQuerySet
from habeas.advocacy.services import rights
from habeas.advocacy.services.pledges import OPEN
from habeas.audit import services as audit
from habeas.cases import access
from habeas.cases.models import Case
from habeas.core.actor import Actor


@transaction.atomic
def found(name: str, partner: str, *, actor: Actor) -> Coalition:
    """The new coalition, with one partner in which the actor coordinates."""
    roles.must_somewhere(actor, Right.PLAN)
    name, partner = rights.words(name, "The name of the coalition"), rights.words(partner, "The organisation")
    now = timezone.now()
    made = Coalition.objects.create(name=name, made_at=now, made_by_id=actor.user_id)
    first = Partner.objects.create(coalition=made, name=partner, made_at=now, made_by_id=actor.user_id)
    seat = Seat.objects.create(partner=first, user_id=actor.user_id, coordinates=True, since=now)
    audit.record("advocacy.coalition.founded", made, actor=actor, wrote=[made, first, seat])
    return made


@transaction.atomic
def add_partner(coalition: Coalition, name: str, *, actor: Actor) -> Partner:
    """The new partner, or the one of that name that had left. Raises PlanError where one is called so already."""
    rights.must_coordinate(coalition, actor)
    name = rights.words(name, "The organisation")
    if coalition.partners.staying().filter(name__iexact=name).exists():
        raise PlanError(f"{name} is a partner already.")
    if known := coalition.partners.filter(name__iexact=name).first():
        back = Leaving.objects.create(partner=known, is_back=True, made_at=timezone.now(), made_by_id=actor.user_id)
        audit.record("advocacy.partner.back", known, actor=actor, wrote=[back])
        return known
    made = Partner.objects.create(coalition=coalition, name=name, made_at=timezone.now(), made_by_id=actor.user_id)
    audit.record("advocacy.partner.added", made, actor=actor, wrote=[made])
    return made


@transaction.atomic
def seat(partner: Partner, user: User, *, actor: Actor, coordinates: bool = False) -> Seat:
    """The user's seat with the partner; the one they have already, where they have. Coordinators alone give seats."""
    rights.must_coordinate(partner.coalition, actor)
    if not Partner.objects.staying().filter(pk=partner.pk).exists():
        raise PlanError(f"{partner.name} left this plan; add it as a partner again first.")
    if known := Seat.objects.filter(partner=partner, user=user, until=None).first():
        return known
    made = Seat.objects.create(partner=partner, user=user, coordinates=coordinates, since=timezone.now())
    audit.record("advocacy.seat.given", partner, actor=actor, detail={"user": user.pk}, wrote=[made])
    return made


@transaction.atomic
def unseat(given: Seat, *, actor: Actor) -> None:
    """Ends the seat. Raises PlanError for the last seat that coordinates: nobody could change the plan."""
    coalition = given.partner.coalition
    rights.must_coordinate(coalition, actor)
    audit.one_writer_at_a_time()  # of two coordinators who end each other's seat one is late
    _must_leave_a_coordinator(coalition, [given])
    given.until = timezone.now()
    given.save(update_fields=["until"])
    audit.record("advocacy.seat.taken", given.partner, actor=actor, detail={"user": given.user_id}, wrote=[given])


@transaction.atomic
def leave(partner: Partner, why: str, *, actor: Actor) -> int:
    """How many open pledges of the partner were withdrawn, with why, now that it leaves the plan.

    Its seats and what was shared with it end; what it did, said and noted stays. Its own people or a coordinator do it.
    Raises PlanError where nobody would coordinate the plan any more.
    """
    if not rights.seats(partner.coalition, actor).filter(Q(partner=partner) | Q(coordinates=True)).exists():
        raise rights.NotYours(f"Only people of {partner.name}, or a coordinator of the plan, can do this.")
    why, now = rights.words(why, "Why", 2000), timezone.now()
    audit.one_writer_at_a_time()  # of two organisations that leave at once one is the last that coordinates
    if not Partner.objects.staying().filter(pk=partner.pk).exists():
        raise PlanError(f"{partner.name} left this plan already.")
    ended: list[Seat | Share] = [*Seat.objects.filter(partner=partner, until=None)]
    _must_leave_a_coordinator(partner.coalition, ended)
    ended += Share.objects.filter(partner=partner, until=None)
    left = Leaving.objects.create(partner=partner, words=why, made_at=now, made_by_id=actor.user_id)
    withdrawn = _withdrawn(Pledge.objects.filter(partner=partner), why, now, actor)
    for row in ended:
        row.until = now
        row.save(update_fields=["until"])
    detail = {"pledges": len(withdrawn) // 2}
    audit.record("advocacy.partner.left", partner, actor=actor, detail=detail, wrote=[left, *ended, *withdrawn])
    return detail["pledges"]


@transaction.atomic
def add_case(coalition: Coalition, case: Case, *, actor: Actor, everybody: bool = False) -> PlanCase:
    """The case in the plan. Whoever adds it must see its file. `everybody`: all partners see it in the plan."""
    if not rights.seats(coalition, actor).exists():
        raise rights.NotYours(rights.NotYours.__doc__)
    access.must(actor, Right.PLAN, case)
    if known := PlanCase.objects.filter(coalition=coalition, case=case, until=None).first():
        return known
    made = PlanCase.objects.create(
        coalition=coalition, case=case, everybody=everybody, since=timezone.now(), made_by_id=actor.user_id
    )
    audit.record("advocacy.case.added", made, actor=actor, detail={"everybody": everybody}, wrote=[made])
    return made


@transaction.atomic
def share(case: PlanCase, partner: Partner, *, actor: Actor) -> Share:
    """The case shown to the partner in the plan. Only who sees the case file shares it. Raises PlanError."""
    _must_own(case, actor)
    if not case.coalition.partners.staying().filter(pk=partner.pk).exists():
        raise PlanError("That organisation is not a partner of this plan.")
    if known := Share.objects.filter(case=case, partner=partner, until=None).first():
        return known
    made = Share.objects.create(case=case, partner=partner, since=timezone.now(), made_by_id=actor.user_id)
    audit.record("advocacy.case.shared", case, actor=actor, detail={"partner": partner.pk}, wrote=[made])
    return made


@transaction.atomic
def unshare(given: Share, *, actor: Actor) -> None:
    """Ends the share: from now on the partner does not see the case in the plan."""
    _must_own(given.case, actor)
    given.until = timezone.now()
    given.save(update_fields=["until"])
    audit.record("advocacy.case.unshared", given.case, actor=actor, detail={"partner": given.partner_id}, wrote=[given])


@transaction.atomic
def take_out(given: PlanCase, why: str, *, actor: Actor) -> None:
    """Ends the case's place in the plan; its open pledges are withdrawn, with why, and all of it can still be read."""
    _must_own(given, actor)
    why, now = rights.words(why, "Why", 2000), timezone.now()
    if given.until is not None:
        raise PlanError("The case was taken out of the plan already.")
    withdrawn = _withdrawn(Pledge.objects.filter(case=given), why, now, actor)
    given.until = now
    given.save(update_fields=["until"])
    detail = {"pledges": len(withdrawn) // 2}
    audit.record("advocacy.case.taken_out", given, actor=actor, detail=detail, wrote=[given, *withdrawn])


@transaction.atomic
def note(partner: Partner, text: str, *, actor: Actor, case: PlanCase | None = None) -> Note:
    """The note, which only the partner's own people see."""
    rights.must_act_for(partner, actor)
    rights.must_see(case, partner.coalition, actor)
    text = rights.words(text, "The note", 5000)
    made = Note.objects.create(partner=partner, case=case, words=text, made_at=timezone.now(), made_by_id=actor.user_id)
    audit.record("advocacy.note.made", made, actor=actor, wrote=[made])
    return made


def _withdrawn(pledges: PledgeQuerySet, why: str, now: datetime, actor: Actor) -> list[Pledge | PledgeStep]:
    """The rows written: each of these pledges that was open, and the step that withdraws it."""
    wrote: list[Pledge | PledgeStep] = []
    for pledge in pledges.filter(state__in=OPEN):
        pledge.state, pledge.moved_at = "withdrawn", now
        pledge.save(update_fields=["state", "moved_at"])
        told = {"state": "withdrawn", "words": why, "made_at": now, "made_by_id": actor.user_id}
        wrote += [pledge, PledgeStep.objects.create(pledge=pledge, **told)]
    return wrote


def _must_leave_a_coordinator(coalition: Coalition, ended: Sequence[Seat | Share]) -> None:
    held = Seat.objects.filter(partner__coalition=coalition, coordinates=True, until=None)
    going = [seat.pk for seat in ended if isinstance(seat, Seat)]
    if held.filter(pk__in=going).exists() and not held.exclude(pk__in=going).exists():
        raise PlanError("This is the last coordinator of the plan; seat another one first.")


def _must_own(case: PlanCase, actor: Actor) -> None:
    """Who is in the plan sees the case there, and so is told why they may not; else it would be not there."""
    if not access.sees(actor, case.case):
        raise rights.NotYours("Only people who see the case file decide who sees it in the plan.")
    access.must(actor, Right.SHARE, case.case)
