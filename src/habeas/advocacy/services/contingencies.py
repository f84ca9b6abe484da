"""Contingencies: what falls due when something happens, and that it has happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import User
from habeas.advocacy import terms
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Contingency, Firing, PlanCase, Pledge
from habeas.advocacy.services import rights
from habeas.advocacy.terms import must_be
from habeas.audit import services as audit
from habeas.cases import access
from habeas.cases.casefile import Row
from habeas.cases.queries import case_file
from habeas.core.actor import Actor
from habeas.watch.models import Alert

MOST_HOURS = 24 * 14


@transaction.atomic
def prepare(case: PlanCase, conditions: Sequence[str], *, actor: Actor, hours: int = 24) -> Contingency:
    """The contingency of a case whose file the actor sees; pledges are put under it one by one. Raises PlanError."""
    rights.must_see(case, case.coalition, actor)
    if not access.sees(actor, case.case):
        raise rights.NotYours("Only people who see the case file can prepare for what it may tell; ask one of them.")
    if not conditions:
        raise PlanError("On what: choose at least one thing that may happen.")
    for code in conditions:
        must_be("conditions", code, "What may happen")
    if not 1 <= hours <= MOST_HOURS:
        raise PlanError(f"Give the hours within which the pledges fall due, from 1 to {MOST_HOURS}.")
    made = Contingency.objects.create(
        coalition=case.coalition,
        case=case,
        conditions=list(dict.fromkeys(conditions)),
        hours=hours,
        made_at=timezone.now(),
        made_by_id=actor.user_id,
    )
    audit.record("advocacy.contingency.made", made, actor=actor, wrote=[made])
    return made


@transaction.atomic
def put_under(pledge: Pledge, contingency: Contingency, *, actor: Actor) -> Pledge:
    """The pledge, which from now on has no day of its own until the contingency's time comes. Raises PlanError."""
    rights.must_act_for(pledge.partner, actor)
    if pledge.partner.coalition_id != contingency.coalition_id or pledge.case_id != contingency.case_id:
        raise PlanError("A pledge is put under a contingency of its own case and plan.")
    if Firing.objects.filter(contingency=contingency).exists():
        raise PlanError("That contingency's time has come already; give the pledge a day of its own.")
    pledge.contingency, pledge.due_on = contingency, None
    pledge.save(update_fields=["contingency", "due_on"])
    detail = {"contingency": contingency.pk}
    audit.record("advocacy.pledge.conditioned", pledge, actor=actor, detail=detail, wrote=[pledge])
    return pledge


def fire(*, actor: Actor, now: datetime | None = None) -> list[int]:
    """The keys of the firings: each contingency whose time came since it was made, once, with its pledges now due.

    Called after each round of the watch. `now` None is the present. Each contingency is a transaction of its own.
    """
    waiting = (
        Contingency.objects.filter(firing=None, case__until=None)
        .select_related("case__case__person", "made_by")
        .order_by("pk")
    )
    fired = [_fire(one, now or timezone.now(), actor) for one in waiting]
    return [firing.pk for firing in fired if firing]


@transaction.atomic
def _fire(given: Contingency, now: datetime, actor: Actor) -> Firing | None:
    audit.one_writer_at_a_time()
    if Firing.objects.filter(contingency=given).exists():
        return None
    made = _by_alert(given, now) or _by_claim(given, now)
    if made is None:
        return None
    made.save()
    due = timezone.localdate(now + timedelta(hours=given.hours))
    pledges = list(Pledge.objects.filter(contingency=given, state__in=("pledged", "under_way")))
    for pledge in pledges:
        pledge.due_on = due
        pledge.save(update_fields=["due_on"])
    detail = {"condition": made.condition, "pledges": len(pledges)}
    audit.record("advocacy.contingency.fired", given, actor=actor, detail=detail, wrote=[made, *pledges])
    return made


def _by_alert(given: Contingency, now: datetime) -> Firing | None:
    """The firing by the first alert raised since the contingency was made that one of its conditions names."""
    alerts = Alert.objects.filter(case=given.case.case_id, raised_at__gte=given.made_at).order_by("raised_at", "pk")
    for alert in alerts:
        for code in given.conditions:
            meant = terms.table("conditions")[code]
            if alert.rule == meant.get("rule") and (not meant["steps"] or alert.step in meant["steps"]):
                return Firing(contingency=given, condition=code, alert=alert, reason=alert.label, fired_at=now)
    return None


def _by_claim(given: Contingency, now: datetime) -> Firing | None:
    """The firing by a claim taken in since the contingency was made, told as having happened and not rejected."""
    wanted = {code: terms.table("conditions")[code].get("claim") for code in given.conditions}
    if not any(wanted.values()):
        return None
    for row in _rows(given):
        for code, claim in wanted.items():
            if claim == [row.kind, row.phase] and row.modality == "actual" and row.known_at >= given.made_at:
                return Firing(contingency=given, condition=code, claim=row.claim, reason=row.label, fired_at=now)
    return None


def _rows(given: Contingency) -> list[Row]:
    """The claims of the case file, as who made the contingency sees it, or somebody of the case's team."""
    readers = User.objects.filter(membership__team=given.case.case.team_id, is_active=True).order_by("pk")
    reader = readers.filter(pk=given.made_by_id).first() or readers.first()
    file = case_file(given.case.case, reader) if reader else None
    return [row for entry in file.state.timeline for row in entry.rows] if file else []
