"""Communications as they are shown, and a meeting's agenda drawn from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from habeas.accounts.models import User
from habeas.advocacy import terms
from habeas.advocacy.models import Answer, Coalition, Communication, CommunicationCase, PlanCase
from habeas.advocacy.queries.gaps import GapRow, gaps
from habeas.advocacy.queries.pledges import Asked, PledgeRow, pledges
from habeas.watch.queries import Notice, clocks

MOST = 20


@dataclass(frozen=True, slots=True)
class Came:
    """One answer to a communication, and what came of it."""

    response: str
    impact: str
    words: str
    on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """A communication on a day. `state`: answered, overdue (its answer was due), or waiting. `whom` are names."""

    key: int
    sender: str
    to: str
    to_kind: str
    through: str
    ask: str
    whom: tuple[str, ...]
    note: str
    sent_on: date | None
    due_on: date | None
    state: str
    said: str = ""
    answers: tuple[Came, ...] = ()


def communications(
    user: User, coalition: Coalition, on: date, *, case: PlanCase | None = None, waiting: bool = False
) -> list[Asking]:
    """The communications that the user sees, the next due first; `waiting`: only those without an answer."""
    found = Communication.objects.visible_to(user).filter(coalition=coalition)
    found = found.filter(response="") if waiting else found
    found = found.filter(cases__case=case) if case else found
    about = Prefetch("cases", CommunicationCase.objects.select_related("case__case__person").order_by("pk"))
    came = Prefetch("answers", Answer.objects.order_by("-pk"))
    shown = found.select_related("partner").prefetch_related(about, came)
    rows = [_asking(one, on) for one in shown.order_by("-pk")]
    order = {"overdue": 0, "waiting": 1, "answered": 2}
    return sorted(rows, key=lambda row: (order[row.state], row.due_on or date.max))


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting should speak of, as the plan has it on a day."""

    barest: tuple[GapRow, ...]
    silent: tuple[PledgeRow, ...]
    broken: tuple[PledgeRow, ...]
    unanswered: tuple[Asking, ...]
    days: tuple[Notice, ...]


def agenda(user: User, coalition: Coalition, on: date) -> Agenda:
    """Gaps, silent and broken pledges, answers that are overdue, and the days of the coming weeks."""
    bare = [row for row in gaps(user, coalition, on, limit=MOST).rows if row.worse or any(c.empty for c in row.cells)]
    mine = set(PlanCase.objects.visible_to(user).filter(coalition=coalition).values_list("case", flat=True))
    until = on + timedelta(days=terms.margin("agenda_days"))
    return Agenda(
        barest=tuple(bare[:MOST]),
        silent=tuple(pledges(user, coalition, on, Asked(state="silent"), limit=MOST)),
        broken=tuple(pledges(user, coalition, on, Asked(state="broken"), limit=MOST)),
        unanswered=tuple(row for row in communications(user, coalition, on, waiting=True) if row.state == "overdue"),
        days=tuple(one for one in clocks(user, until=until) if one.case in mine)[:MOST],
    )


def _asking(one: Communication, on: date) -> Asking:
    late = one.due_on is not None and one.due_on < on
    names = tuple(about.case.case.person.name for about in one.cases.all())
    return Asking(
        key=one.pk,
        sender=one.partner.name if one.partner else one.sender,
        to=one.to,
        to_kind=one.to_kind,
        through=one.through,
        ask=one.ask,
        whom=names or (one.group,),
        note=one.note,
        sent_on=one.sent_on,
        due_on=one.due_on,
        state="answered" if one.response else "overdue" if late else "waiting",
        said=one.said,
        answers=tuple(
            Came(came.response, came.impact, came.words, came.answered_on, came.made_at) for came in one.answers.all()
        ),
    )
