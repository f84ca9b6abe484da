"""Cases: the list, and one case file on a day, from what was known at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from habeas.cases import queries
from habeas.cases.models import Case
from habeas.cases.told import told_together
from habeas.sources.models import Document
from habeas.web.desk import chart, milestones, wording
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest

# The newest; the others open at a click, and in print.
STATEMENTS_OPEN = 10
ENTRIES_OPEN = 12
MOST = 100  # of each list of a long case, the newest; `?whole=1` has everything


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The cases that the user may see, the most recent news first."""
    shown = page_of(
        request,
        lambda: Case.objects.count_visible_to(request.user),
        lambda offset, limit: queries.case_rows(request.user, offset=offset, limit=limit),
    )
    documents = shown.paginator.count or Document.objects.visible_to(request.user).exists()
    return render(request, "desk/cases.html", {"page": shown, "has_documents": bool(documents)})


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """One case file; 404 for what the user may not see. `?on=DATE&known_at=TIME` shows an earlier state of it.

    Of a long one the newest of each list; all of it with `?whole=1`.
    """
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    on, known_at, fault = _asked(request)
    most = None if request.GET.get("whole") else MOST
    found = queries.case_page(case, request.user, on=on, known_at=known_at, most=most)
    if found is None:
        raise Http404
    file, counts = found.file, (found.statements, found.documents, found.links)
    said, told = list(reversed(file.statements)), told_together(file.state.timeline)
    context = {
        "file": file,
        "newest": said[:STATEMENTS_OPEN],
        "older": said[STATEMENTS_OPEN:],
        "state": file.state,
        "found": found,
        "most": most if most and (max(counts) > most or found.is_cut) else None,
        "languages": found.languages,
        "drawing": chart.draw(replace(file.state, timeline=found.timeline), wording.family, wording.entry_words),
        "strike_days": milestones.days_of(file.state.strikes, file.state.on),
        "told": told,
        "earlier": told[:-ENTRIES_OPEN],
        "latest": told[-ENTRIES_OPEN:],
        "n_told": found.told,
        "lanes": chart.LANES.items(),
        "asked_on": on,
        "known_at": known_at,
        "fault": fault,
    }
    return render(request, "desk/case.html", context, status=400 if fault else 200)


def _asked(request: DeskRequest) -> tuple[date | None, datetime | None, str]:
    """The day and the time that were asked for, and a sentence where one of them is no date."""
    on, known_at = request.GET.get("on", ""), request.GET.get("known_at", "")
    try:
        day, time = parse_date(on) if on else None, _moment(known_at) if known_at else None
    except (ValueError, OverflowError):
        return None, None, gettext("There is no such day in the calendar, so this is the newest state.")
    if (on and not day) or (known_at and not time):
        return (
            None,
            None,
            gettext("Write a date as 2026-03-09, a time as 2026-03-09T18:00. This is the newest state."),
        )
    return day, time, ""


def _moment(value: str) -> datetime | None:
    """The time; a date alone means its end, and a time without a zone is in the desk's."""
    moment = parse_datetime(value if "T" in value or " " in value else f"{value}T23:59:59")
    if moment is None:
        return None
    # In UTC at once: near the ends of the calendar there is no such time in every zone.
    return (timezone.make_aware(moment) if timezone.is_naive(moment) else moment).astimezone(UTC)
