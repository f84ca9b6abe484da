"""The inbox of the plan: what statements offer, taken or dropped by a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.advocacy import terms
from habeas.advocacy.models import Coalition, PlanCase
from habeas.advocacy.queries import inbox as queries
from habeas.advocacy.queries import plan as plans
from habeas.advocacy.queries.inbox import Offer
from habeas.advocacy.services import inbox as service
from habeas.advocacy.services.contacts import Convened
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest

MOST = 50


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """The offers of the statements that the user may read."""
    coalition = common.coalition_of(request, pk)
    found = queries.offers(request.user, coalition)
    return common.shown(
        request,
        coalition,
        "inbox",
        offers=found[:MOST],
        count=len(found),
        cases=plans.cases(request.user, coalition),
        recipients=terms.labels("recipients"),
        asks=terms.labels("asks"),
        actions=terms.labels("actions"),
    )


@require_POST
def sort(request: DeskRequest, pk: int) -> HttpResponse:
    """One offer taken into the plan or dropped; 404 for one that is not there any more."""
    coalition = common.coalition_of(request, pk)
    offer = queries.offer(request.user, coalition, common.posted(request, "offer"))
    if offer is None:
        raise Http404
    leads = reverse("plan-inbox", args=[pk])
    if common.posted(request, "do") != "take":
        drop = partial(service.drop, coalition, offer, actor=common.actor(request))
        return common.done(request, drop, gettext("It is not offered again."), leads)
    case = common.case_in(request, coalition)
    return common.done(
        request,
        lambda: _TAKE[offer.draft.kind](request, coalition, offer, case),
        gettext("It stands in the plan."),
        leads,
    )


_Take = Callable[[DeskRequest, Coalition, Offer, PlanCase | None], None]


def _meeting(request: DeskRequest, coalition: Coalition, offer: Offer, case: PlanCase | None) -> None:
    wanted = Convened(common.posted(request, "words"), common.day_in(request, "on"))
    service.take_meeting(coalition, offer, wanted, actor=common.actor(request))


def _communication(request: DeskRequest, coalition: Coalition, offer: Offer, case: PlanCase | None) -> None:
    to, kind, ask = (common.posted(request, name) for name in ("words", "to_kind", "ask"))
    by, about = common.actor(request), [case] if case else []
    service.take_communication(coalition, offer, to, kind, ask, about, actor=by)


def _priority(request: DeskRequest, coalition: Coalition, offer: Offer, case: PlanCase | None) -> None:
    service.take_priority(coalition, offer, common.posted(request, "words"), actor=common.actor(request))


def _pledge(request: DeskRequest, coalition: Coalition, offer: Offer, case: PlanCase | None) -> None:
    partner, due = common.partner_in(request, coalition), common.due_in(request)
    action, by = common.posted(request, "action"), common.actor(request)
    service.take_pledge(coalition, offer, partner, action, due, case=case, actor=by)


_TAKE: dict[str, _Take] = {
    "meeting": _meeting,
    "communication": _communication,
    "priority": _priority,
    "pledge": _pledge,
}
