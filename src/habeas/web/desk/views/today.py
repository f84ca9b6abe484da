"""Today: what came since the person last looked, and what waits for them, by case, the most urgent first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from habeas.advocacy.queries.evidence import proposals
from habeas.cases.queries.today import today
from habeas.cases.queries.urgent import MOST_COUNTED
from habeas.core.actor import Actor
from habeas.sources.models import Document
from habeas.watch.queries import alerts, count_alerts, last_round
from habeas.web import services
from habeas.web.desk.views.request import DeskRequest

SHOWN = 20
ALERTS = 5
SILENT = timedelta(days=1)  # after which it is told here too that the watch has stopped


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """New documents and changed states since the last look; the cases that wait, with why."""
    now, since = timezone.now(), services.last_look(request.user)
    found, last = today(request.user, since, timezone.localdate(), cases=SHOWN), last_round()
    context = {
        "now": now,
        "since": since,
        "today": found,
        "alerts": alerts(request.user, limit=ALERTS),
        "proposed": proposals(request.user)[:ALERTS],
        "n_alerts": count_alerts(request.user),
        "silent_since": last if last and now - last > SILENT else None,
        "many": found.n_cases > MOST_COUNTED,
        "others": found.n_cases - len(found.cases),
        "has_documents": bool(found.n_documents) or Document.objects.visible_to(request.user).exists(),
    }
    return render(request, "desk/today.html", context)


@require_POST
def seen(request: DeskRequest) -> HttpResponse:
    """Takes `until`, the time of the page that was looked at, or `undo`; back to Today."""
    actor = Actor(request.user.pk, "desk")
    if "undo" in request.POST:
        services.unmark_seen(request.user, actor=actor)
    else:
        services.mark_seen(request.user, _moment(request.POST.get("until", "")), actor=actor)
    return HttpResponseRedirect(reverse("home"))


def _moment(value: str) -> datetime:
    try:
        moment = parse_datetime(value)
        return moment.astimezone(UTC) if moment and timezone.is_aware(moment) else timezone.now()
    except (ValueError, OverflowError):
        return timezone.now()
