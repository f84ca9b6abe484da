"""Communications and their answers; meetings and what was decided there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Answer, Coalition, Communication, CommunicationCase, Meeting, Partner, PlanCase
from habeas.advocacy.services import rights
from habeas.advocacy.terms import must_be
from habeas.audit import services as audit
from habeas.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Sent:
    """What a communication says: from whom, to whom, through whom, asking what; when, and when an answer is due."""

    to: str
    to_kind: str
    ask: str
    partner: Partner | None = None
    sender: str = ""
    through: str = ""
    group: str = ""
    note: str = ""
    sent_on: date | None = None
    due_on: date | None = None
    said: str = ""
    statement: int | None = None


@transaction.atomic
def communicate(coalition: Coalition, sent: Sent, cases: Sequence[PlanCase] = (), *, actor: Actor) -> Communication:
    """The communication as it stands in the plan: a partner's own, or one that a source tells of. Raises PlanError."""
    _check(coalition, sent, actor)
    for case in cases:
        rights.must_see(case, coalition, actor)
    if not cases and not sent.group.strip():
        raise PlanError("About whom: choose a case of the plan, or name a group.")
    row = {field: getattr(sent, field) for field in Sent.__slots__}
    made = Communication.objects.create(coalition=coalition, made_at=timezone.now(), made_by_id=actor.user_id, **row)
    about = [CommunicationCase.objects.create(communication=made, case=case) for case in dict.fromkeys(cases)]
    audit.record("advocacy.communication.made", made, actor=actor, wrote=[made, *about])
    return made


@transaction.atomic
def answer(
    given: Communication,
    response: str,
    impact: str,
    *,
    actor: Actor,
    words: str = "",
    answered_on: date | None = None,
) -> Answer:
    """What came back and what came of it; a later answer adds to an earlier one. Raises PlanError."""
    _must_sit(given.coalition, actor)
    if given.partner:
        rights.must_act_for(given.partner, actor)
    must_be("responses", response, "The answer")
    must_be("impacts", impact, "What came of it")
    if answered_on and given.sent_on and answered_on < given.sent_on:
        raise PlanError("The answer is dated before the communication was sent; check both days.")
    made = Answer.objects.create(
        communication=given,
        response=response,
        impact=impact,
        words=words.strip(),
        answered_on=answered_on,
        made_at=timezone.now(),
        made_by_id=actor.user_id,
    )
    given.response, given.impact = response, impact
    given.save(update_fields=["response", "impact"])
    audit.record("advocacy.communication.answered", given, actor=actor, wrote=[made, given])
    return made


@dataclass(frozen=True, slots=True)
class Convened:
    """What is known of a meeting; `on` None where nobody has said the day."""

    title: str
    on: date | None = None
    at: str = ""
    place: str = ""
    expected: str = ""
    said: str = ""
    statement: int | None = None


@transaction.atomic
def convene(coalition: Coalition, wanted: Convened, *, actor: Actor) -> Meeting:
    """The meeting in the plan."""
    _must_sit(coalition, actor)
    made = Meeting.objects.create(
        coalition=coalition, made_at=timezone.now(), made_by_id=actor.user_id, **_meeting(wanted)
    )
    audit.record("advocacy.meeting.made", made, actor=actor, wrote=[made])
    return made


@transaction.atomic
def put_off(given: Meeting, on: date | None, at: str, place: str, *, actor: Actor) -> Meeting:
    """The meeting on another day, at another time or place; the audit keeps that it was changed, and by whom."""
    _must_sit(given.coalition, actor)
    before = given.on.isoformat() if given.on else ""
    _hour(at)
    given.on, given.at, given.place = on, at, place.strip()[:200]
    given.save(update_fields=["on", "at", "place"])
    audit.record("advocacy.meeting.moved", given, actor=actor, detail={"from": before}, wrote=[given])
    return given


def _check(coalition: Coalition, sent: Sent, actor: Actor) -> None:
    _must_sit(coalition, actor)
    if sent.partner:
        rights.must_act_for(sent.partner, actor)
        if sent.partner.coalition_id != coalition.pk:
            raise PlanError("That organisation is not a partner of this plan.")
        rights.words(sent.to, "To whom")
    elif not sent.statement:
        rights.words(sent.sender, "From whom")
    must_be("recipients", sent.to_kind, "What kind of recipient")
    must_be("asks", sent.ask, "What is asked")
    if sent.sent_on and sent.due_on and sent.due_on < sent.sent_on:
        raise PlanError("The answer is due before the communication was sent; check both days.")


def _meeting(wanted: Convened) -> dict[str, object]:
    row: dict[str, object] = {field: getattr(wanted, field) for field in Convened.__slots__}
    _hour(wanted.at)
    return row | {"title": rights.words(wanted.title, "What the meeting is called"), "place": wanted.place[:200]}


def _must_sit(coalition: Coalition, actor: Actor) -> None:
    if not rights.seats(coalition, actor).exists():
        raise rights.NotYours(rights.NotYours.__doc__)


def _hour(value: str) -> None:
    try:
        if value and len(value) == 5:
            time.fromisoformat(value)
        elif value:
            raise ValueError(value)  # noqa: TRY301 - "9" is an hour for Python, and none for us
    except ValueError as fault:
        raise PlanError("There is no such hour; write it as 09:30.") from fault
