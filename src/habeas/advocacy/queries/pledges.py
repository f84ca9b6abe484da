"""Pledges as they are shown, and what might show that one was kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from habeas.accounts.models import User
from habeas.advocacy.models import Coalition, PlanCase, Pledge, PledgeStep
from habeas.advocacy.models.pledges import PledgeQuerySet
from habeas.advocacy.services.pledges import OPEN
from habeas.cases.queries import statements
from habeas.cases.shown import ListedStatement
from habeas.sources.models import Document

MOST_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that became of a pledge; `document` only where the user sees it, `statement` the key of the words."""

    state: str
    words: str
    at: datetime
    by: str
    document: int | None = None
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A pledge on a day. `state` is as in vocab/plan.toml, or silent: open, and its day has passed without a word.

    `case` is None for a group, and for a case that was taken out of the plan. `before` is the key of the pledge that it
    was taken over from, and `whose` the name of who had made that; `after` and `whose_after` tell who took it over.
    """

    key: int
    partner: int
    who: str
    action: str
    track: str
    state: str
    due_on: date | None
    whom: str
    case: int | None
    note: str
    said: str = ""
    steps: tuple[Step, ...] = ()
    before: int | None = None
    whose: str = ""
    after: int | None = None
    whose_after: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pledges are asked for; None and "" ask for nothing. `state` may be silent."""

    case: int | None = None
    partner: int | None = None
    track: str = ""
    state: str = ""


EVERY = Asked()


def state_on(pledge: Pledge, on: date) -> str:
    """The state on a day: silent where the pledge is open and its day is over."""
    over = pledge.due_on is not None and pledge.due_on < on
    return "silent" if over and pledge.state in OPEN else pledge.state


def silent(on: date) -> Q:
    """The pledges that are silent on that day."""
    return Q(state__in=OPEN, due_on__lt=on)


def running(on: date) -> Q:
    """The pledges that are open on that day and whose day has not passed."""
    return Q(state__in=OPEN) & (Q(due_on=None) | Q(due_on__gte=on))


def pledges(
    user: User, coalition: Coalition, on: date, asked: Asked = EVERY, *, limit: int = 50, offset: int = 0
) -> list[PledgeRow]:
    """The pledges that fit, the next due first."""
    found = _found(user, coalition, on, asked).select_related("partner", "case__case__person", "taken_from__partner")
    return [_row(one, on) for one in found.order_by("due_on", "pk")[offset : offset + limit]]


def count_pledges(user: User, coalition: Coalition, on: date, asked: Asked = EVERY) -> int:
    """How many pledges the same question to `pledges` finds."""
    return _found(user, coalition, on, asked).count()


def pledge_row(user: User, pledge: Pledge, on: date) -> PledgeRow:
    """One pledge with all that became of it, the newest first, and who took it over."""
    seen = Document.objects.visible_to(user)
    steps = pledge.steps.select_related("made_by", "statement__reading").order_by("-pk")
    documents = {_document(one) for one in steps}
    visible = set(seen.filter(pk__in=documents - {None}).values_list("pk", flat=True))
    row = _row(pledge, on, tuple(_step(one, visible) for one in steps))
    after = Pledge.objects.visible_to(user).filter(taken_from=pledge).select_related("partner").first()
    return replace(row, after=after.pk, whose_after=after.partner.name) if after else row


def open_of(user: User, case: PlanCase) -> list[Pledge]:
    """The open pledges for the case of the organisations for which the user acts, those under no contingency."""
    found = Pledge.objects.visible_to(user).filter(case=case, state__in=OPEN, contingency=None)
    mine = found.filter(partner__seats__user=user, partner__seats__until=None)
    return list(mine.select_related("partner").order_by("pk"))


def evidence(user: User, pledge: Pledge) -> list[ListedStatement]:
    """Statements of the partner about the case since the pledge was made, which may show that it was kept."""
    if pledge.case is None:
        return []
    since, name = pledge.made_at.date().isoformat(), pledge.partner.name
    of_case = pledge.case.case
    found = [
        *statements(user, case=of_case, organisation=name, limit=MOST_EVIDENCE),
        *statements(user, case=of_case, speaker=name, limit=MOST_EVIDENCE),
    ]
    return list({one.said.statement: one for one in found if one.said.passage.published >= since}.values())


def _found(user: User, coalition: Coalition, on: date, asked: Asked) -> PledgeQuerySet:
    found = Pledge.objects.visible_to(user).filter(partner__coalition=coalition)
    wanted = {"case": asked.case, "track": asked.track or None, "partner": asked.partner}
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if asked.state == "silent":
        return found.filter(silent(on))
    if asked.state in OPEN:
        return found.filter(running(on), state=asked.state)
    return found.filter(state=asked.state) if asked.state else found


def _row(one: Pledge, on: date, steps: tuple[Step, ...] = ()) -> PledgeRow:
    return PledgeRow(
        key=one.pk,
        partner=one.partner_id,
        who=one.partner.name,
        action=one.action,
        track=one.track,
        state=state_on(one, on),
        due_on=one.due_on,
        whom=one.case.case.person.name if one.case else one.group,
        case=one.case_id if one.case and one.case.until is None else None,
        note=one.note,
        said=one.said,
        steps=steps,
        before=one.taken_from_id,
        whose=one.taken_from.partner.name if one.taken_from else "",
    )


def _document(step: PledgeStep) -> int | None:
    return step.document_id or (step.statement.reading.document_id if step.statement else None)


def _step(step: PledgeStep, visible: set[int]) -> Step:
    document = _document(step)
    return Step(
        state=step.state,
        words=step.words,
        at=step.made_at,
        by=step.made_by.get_username(),
        document=document if document in visible else None,
        statement=step.statement_id if document in visible else None,
    )
