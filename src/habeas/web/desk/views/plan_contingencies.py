"""Contingencies of a case: made, and pledges put under them."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Contingency
from habeas.advocacy.queries.pledges import open_of
from habeas.advocacy.services import contingencies as service
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest


@require_POST
def add(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """If one of these things happens, the pledges that are put under it fall due within so many hours."""
    case = common.case_of(request, common.coalition_of(request, pk), key)

    def act() -> None:
        conditions, hours = request.POST.getlist("condition"), common.posted(request, "hours") or "24"
        if not (hours.isascii() and hours.isdecimal() and len(hours) < 5):
            raise PlanError(gettext("Give the hours as a whole number, such as 24."))
        service.prepare(case, conditions, hours=int(hours), actor=common.actor(request))

    return common.done(
        request, act, gettext("It is prepared; put pledges under it now."), reverse("plan-case", args=[pk, key])
    )


@require_POST
def put_under(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A pledge that from now on waits for a contingency."""
    case = common.case_of(request, common.coalition_of(request, pk), key)
    visible = Contingency.objects.visible_to(request.user).filter(case=case)
    contingency = common.one_of(visible, common.key_in(request, "contingency"))
    wanted = common.key_in(request, "pledge")
    pledge = next((one for one in open_of(request.user, case) if one.pk == wanted), None)

    def act() -> None:
        if pledge is None:
            raise PlanError(gettext("Choose an open pledge of your own organisation for this case."))
        service.put_under(pledge, contingency, actor=common.actor(request))

    return common.done(
        request, act, gettext("The pledge waits for what may happen."), reverse("plan-case", args=[pk, key])
    )
