"""What every page of the plan shares: the coalition or 404, what a form sent, doing one thing and saying so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition, Partner, PlanCase
from habeas.advocacy.queries import plan as queries
from habeas.advocacy.services.rights import NotYours
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.web.desk.views import undoing
from habeas.web.desk.views.request import DeskRequest

M = TypeVar("M", bound=Model)


def coalition_of(request: DeskRequest, pk: int) -> Coalition:
    """The coalition; 404 for whoever has no seat in it."""
    return get_object_or_404(Coalition.objects.visible_to(request.user), pk=pk)


def case_of(request: DeskRequest, coalition: Coalition, key: int) -> PlanCase:
    """The case of the plan; 404 for one that is not shared with the user."""
    visible = PlanCase.objects.visible_to(request.user).select_related("case__person")
    return get_object_or_404(visible, pk=key, coalition=coalition)


def case_in(request: DeskRequest, coalition: Coalition) -> PlanCase | None:
    """The case of the plan that the form names; None for none, 404 for one that is not shared with the user."""
    key = key_in(request, "case")
    return case_of(request, coalition, key) if key else None


def shown(request: DeskRequest, coalition: Coalition, template: str, **context: Any) -> HttpResponse:
    """A page of the plan, with what all of them need."""
    seated = queries.seated(request.user, coalition)
    return render(request, f"desk/plan/{template}.html", {"coalition": coalition, "seated": seated, **context})


def done(request: DeskRequest, act: Callable[[], object], words: str, to: str = "") -> HttpResponse:
    """Does it, says so on the next page and leads there; where it cannot be done, a page that says why (403, 409)."""
    leads = to or undoing.back(request)
    try:
        act()
    except HabeasError as fault:
        status = 403 if isinstance(fault, NotYours) else 409
        return render(request, "desk/not_done.html", {"fault": str(fault), "back": leads}, status=status)
    undoing.note(request, words)
    return HttpResponseRedirect(leads)


def actor(request: DeskRequest) -> Actor:
    """The user acting at the desk."""
    return Actor(request.user.pk, "desk")


def posted(request: DeskRequest, name: str) -> str:
    """What the form sent under that name, trimmed."""
    return request.POST.get(name, "").strip()


def key_in(request: DeskRequest, name: str) -> int | None:
    """The key that the form or the address sent under that name; None for none, 404 for what is no key."""
    value = (request.POST.get(name) or request.GET.get(name) or "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise Http404
    return int(value)


def day_in(request: DeskRequest, name: str) -> date | None:
    """The day that the form sent; None for none. Raises PlanError for a day that there is not."""
    value = posted(request, name)
    try:
        day = parse_date(value) if value else None
    except ValueError:
        day = None
    if value and day is None:
        raise PlanError(gettext("There is no such day in the calendar; write it as 2026-03-09."))
    return day


def partner_in(request: DeskRequest, coalition: Coalition) -> Partner:
    """The partner of the coalition that the form names; 404 for none."""
    return one_of(coalition.partners.all(), key_in(request, "partner"))


def one_of(rows: QuerySet[M, M], key: int | None) -> M:
    """The row with that key; 404 where it is not among them."""
    return get_object_or_404(rows, pk=key or 0)


def due_in(request: DeskRequest) -> date:
    """The day by which something is promised. Raises PlanError for none."""
    day = day_in(request, "due_on")
    if day is None:
        raise PlanError(gettext("By when? Give the day by which it will be done."))
    return day
