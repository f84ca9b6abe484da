"""Pledges and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Meeting, Partner, PlanCase, Pledge, PledgeStep
from habeas.advocacy.services import rights
from habeas.advocacy.terms import must_be, table
from habeas.audit import services as audit
from habeas.cases import access
from habeas.cases.models import Statement
from habeas.core.actor import Actor
from habeas.sources.models import Document

OPEN = ("pledged", "under_way")


@transaction.atomic
def pledge(
    partner: Partner,
    action: str,
    due_on: date | None,
    *,
    actor: Actor,
    case: PlanCase | None = None,
    group: str = "",
    note: str = "",
    meeting: Meeting | None = None,
) -> Pledge:
    """The partner's promise of one kind of action, for a case of the plan or a group; the action tells the track.

    `due_on` None is for a pledge that waits until something happens; `meeting`: where it was decided. Raises PlanError.
    """
    rights.must_act_for(partner, actor)
    must_be("actions", action, "The kind of action")
    rights.must_see(case, partner.coalition, actor)
    if case is None:
        group = rights.words(group, "For whom: a case or a group")
    now = timezone.now()
    made = Pledge.objects.create(
        partner=partner,
        action=action,
        track=table("actions")[action]["track"],
        case=case,
        group="" if case else group,
        note=rights.words(note, "The note", 2000) if note.strip() else "",
        due_on=due_on,
        meeting=meeting,
        moved_at=now,
        made_at=now,
        made_by_id=actor.user_id,
    )
    audit.record("advocacy.pledge.made", made, actor=actor, detail={"partner": partner.pk}, wrote=[made])
    return made


@transaction.atomic
def take_over(given: Pledge, partner: Partner, due_on: date, *, actor: Actor) -> Pledge:
    """The partner's own pledge of what another organisation withdrew or broke, leading back to it. Raises PlanError.

    A pledge is taken over once: of several who do so at the same moment all but one are told who was first.
    """
    audit.one_writer_at_a_time()
    given.refresh_from_db(fields=["state"])
    if given.state not in {"withdrawn", "broken"} or given.partner_id == partner.pk:
        raise PlanError("Only what another organisation withdrew or broke can be taken over.")
    if given.partner.coalition_id != partner.coalition_id:
        raise PlanError("That pledge is not in this plan.")
    if taken := Pledge.objects.filter(taken_from=given).select_related("partner").first():
        raise PlanError(f"{taken.partner.name} has taken this pledge over already.")
    _must_be_theirs(given)
    made = pledge(partner, given.action, due_on, actor=actor, case=given.case, group=given.group, note=given.note)
    made.taken_from = given
    made.save(update_fields=["taken_from"])
    audit.record("advocacy.pledge.taken_over", made, actor=actor, detail={"pledge": given.pk}, wrote=[made])
    return made


@transaction.atomic
def move(
    given: Pledge,
    state: str,
    *,
    actor: Actor,
    words: str = "",
    document: Document | None = None,
    statement: Statement | None = None,
) -> PledgeStep:
    """What became of the pledge. Kept needs a document or a statement that shows it; broken and withdrawn need words.

    A pledge that was kept, broken or withdrawn can be opened again by a further step, but for one that was taken over
    while whoever did so has it open. Raises PlanError.
    """
    rights.must_act_for(given.partner, actor)
    audit.one_writer_at_a_time()
    access.must_see(actor, *(shown for shown in (document, statement) if shown))
    must_be("pledge_states", state, "What became of the pledge")
    if state == "kept":
        _must_show(document, statement)
    elif state in {"broken", "withdrawn"}:
        words = rights.words(words, "Why", 2000)
    else:
        _must_be_theirs(given)
    made = PledgeStep.objects.create(
        pledge=given,
        state=state,
        words=words.strip(),
        document=document,
        statement=statement,
        made_at=timezone.now(),
        made_by_id=actor.user_id,
    )
    given.state, given.moved_at = state, made.made_at
    given.save(update_fields=["state", "moved_at"])
    audit.record("advocacy.pledge.moved", given, actor=actor, detail={"state": state}, wrote=[made, given])
    return made


def _must_show(document: Document | None, statement: Statement | None) -> None:
    if document is None and statement is None:
        raise PlanError("A pledge is kept by evidence: choose the document or the statement that shows it.")


def _must_be_theirs(given: Pledge) -> None:
    """Raises PlanError where somebody else has the same pledge open, who took it over or from whom it was taken."""
    for other in _taken_over(given):
        if other.state in OPEN:
            raise PlanError(f"{other.partner.name} has this pledge now; it can be opened again when they withdraw it.")


def _taken_over(given: Pledge) -> Iterator[Pledge]:
    """The pledges that this one was taken over from, and those by which it was, however often it changed hands."""
    pledges = Pledge.objects.select_related("partner")
    before = given.taken_from_id
    while before:
        one = pledges.get(pk=before)
        yield one
        before = one.taken_from_id
    after = pledges.filter(taken_from=given).first()
    while after:
        yield after
        after = pledges.filter(taken_from=after).first()
