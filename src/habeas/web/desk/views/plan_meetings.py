"""Meetings: the list, one with its agenda and its decisions, its calendar entry."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.advocacy import terms
from habeas.advocacy.calendar import calendar
from habeas.advocacy.models import Meeting, Pledge
from habeas.advocacy.queries import plan as plans
from habeas.advocacy.queries import pledges as pledge_queries
from habeas.advocacy.queries.contacts import agenda
from habeas.advocacy.services import contacts as service
from habeas.advocacy.services import pledges
from habeas.advocacy.services.contacts import Convened
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest


@require_safe
def listing(request: DeskRequest, pk: int) -> HttpResponse:
    """The meetings of the plan, the latest day first, those without a day before them."""
    coalition = common.coalition_of(request, pk)
    found = sorted(coalition.meetings.order_by("-pk"), key=lambda one: (one.on is None, one.on or 0), reverse=True)
    return common.shown(request, coalition, "meetings", meetings=found)


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """A meeting to come."""
    coalition = common.coalition_of(request, pk)

    def act() -> None:
        title, at, place, expected = (common.posted(request, name) for name in ("title", "at", "place", "expected"))
        wanted = Convened(title, common.day_in(request, "on"), at, place, expected)
        service.convene(coalition, wanted, actor=common.actor(request))

    return common.done(request, act, gettext("The meeting stands in the plan."), reverse("plan-meetings", args=[pk]))


@require_safe
def page(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """One meeting: the agenda as the plan has it today, and the pledges that were decided there."""
    coalition, today = common.coalition_of(request, pk), timezone.localdate()
    meeting = common.one_of(coalition.meetings.all(), key)
    decided = Pledge.objects.visible_to(request.user).filter(meeting=meeting).order_by("pk")
    return common.shown(
        request,
        coalition,
        "meeting",
        meeting=meeting,
        agenda=agenda(request.user, coalition, today),
        decisions=[pledge_queries.pledge_row(request.user, one, today) for one in decided],
        cases=plans.cases(request.user, coalition),
        actions=[
            (track, [code for code, term in terms.table("actions").items() if term["track"] == track])
            for track in terms.labels("tracks")
        ],
    )


@require_POST
def move(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The meeting on another day, at another hour or place."""
    meeting = _meeting(request, pk, key)

    def act() -> None:
        on, at, place = common.day_in(request, "on"), common.posted(request, "at"), common.posted(request, "place")
        service.put_off(meeting, on, at, place, actor=common.actor(request))

    return common.done(request, act, gettext("The meeting was changed."), reverse("plan-meeting", args=[pk, key]))


@require_POST
def decide(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A decision of the meeting: a pledge of one of the user's own organisations."""
    coalition, meeting = common.coalition_of(request, pk), _meeting(request, pk, key)
    partner, case = common.partner_in(request, coalition), common.case_in(request, coalition)

    def act() -> None:
        action, group, note = (common.posted(request, name) for name in ("action", "group", "note"))
        due, by = common.due_in(request), common.actor(request)
        pledges.pledge(partner, action, due, case=case, group=group, note=note, meeting=meeting, actor=by)

    return common.done(request, act, gettext("The pledge stands in the plan."), reverse("plan-meeting", args=[pk, key]))


@require_safe
def ics(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The meeting for a calendar program."""
    answer = HttpResponse(calendar(_meeting(request, pk, key)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="meeting-{key}.ics"'
    return answer


def _meeting(request: DeskRequest, pk: int, key: int) -> Meeting:
    return common.one_of(common.coalition_of(request, pk).meetings.all(), key)
