"""Statements: who said what, across cases; the same words in several outlets folded together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from habeas.accounts.models import User
from habeas.cases import queries
from habeas.cases.models import Case
from habeas.cases.queries import speakers
from habeas.cases.queries.newest import Counted
from habeas.cases.queries.statements import Asked
from habeas.cases.shown import ListedStatement
from habeas.core.folding import fold
from habeas.sources.errors import BadOption
from habeas.sources.formats import iso_date
from habeas.sources.models import Document
from habeas.web.desk import wording
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest, asked


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, and the other documents that carry the same words, the earliest first."""

    first: ListedStatement
    others: tuple[queries.Carrier, ...]


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The statements that the user may see and that fit, the newest first; 400 for an act or day that is none."""
    user, wanted = request.user, _wanted(request)
    fault = _fault(wanted)
    count = queries.count_statements(user, **wanted) if not fault else Counted(0)
    shown = page_of(
        request,
        lambda: count.number,
        lambda offset, limit: queries.statements(user, **wanted, offset=offset, limit=limit) if not fault else [],
    )
    context = {
        "page": shown,
        "count": str(count) if count.number else "",
        "most": count.number if count.is_more else None,
        "told": _each_once(shown, user),
        "wanted": wanted,
        "filtered": any(wanted.values()),
        "acts": sorted((wording.act_words(act), act) for act in wording.ACTS),
        "turns": speakers.turns(user, fold(wanted["speaker"])) if wanted["speaker"] else [],
        "fault": fault,
        "has_documents": bool(count.number) or Document.objects.visible_to(user).exists(),
    }
    return render(request, "desk/statements.html", context, status=400 if fault else 200)


@require_safe
def speaker_table(request: DeskRequest) -> HttpResponse:
    """Who speaks, by month, those who speak the most first."""
    columns = speakers.months(request.user)
    shown = page_of(
        request,
        lambda: speakers.count_speakers(request.user),
        lambda offset, limit: speakers.speakers(request.user, columns, offset=offset, limit=limit),
    )
    return render(request, "desk/speakers.html", {"page": shown, "months": columns})


def _each_once(shown: Iterable[ListedStatement], user: User) -> list[Told]:
    """The statements in order, each once however many documents carry it."""
    them = list(shown)
    carried = queries.carriers([one.said.statement for one in them], user)
    told, seen = [], set[int]()
    for one in them:
        if one.said.statement not in seen:
            carriers = carried.get(one.said.statement, ())
            seen |= {carrier.statement for carrier in carriers}
            told.append(Told(one, tuple(carrier for carrier in carriers if carrier.statement != one.said.statement)))
    return told


def _wanted(request: DeskRequest) -> Asked:
    case = asked(request, "case")
    return Asked(
        speaker=asked(request, "speaker"),
        organisation=asked(request, "organisation"),
        act=asked(request, "act"),
        target=asked(request, "target"),
        words=asked(request, "words"),
        since=asked(request, "since"),
        until=asked(request, "until"),
        case=_case(request.user, case) if case else None,
    )


def _fault(wanted: Asked) -> str:
    """What is wrong with what was asked; "" for nothing."""
    if wanted["act"] and wanted["act"] not in wording.ACTS:
        return gettext("Choose what was done from the list.")
    try:
        iso_date(wanted["since"], gettext("The first day"))
        iso_date(wanted["until"], gettext("The last day"))
    except BadOption as wrong:
        return str(wrong)
    return ""


def _case(user: User, key: str) -> Case:
    visible = Case.objects.visible_to(user).select_related("person")
    return get_object_or_404(visible, pk=int(key) if key.isascii() and key.isdecimal() else 0)
