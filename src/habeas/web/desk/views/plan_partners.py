"""The partners of a plan and their people."""

from __future__ import annotations

from django.db.models import Max, Prefetch
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.accounts.models import User
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Leaving, Seat
from habeas.advocacy.queries import plan as queries
from habeas.advocacy.services import coalition as service
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """The partners with their people, and those that left, with why."""
    coalition = common.coalition_of(request, pk)
    seats = Prefetch("seats", Seat.objects.filter(until=None).select_related("user").order_by("user__username"))
    partners = coalition.partners.staying().prefetch_related(seats).order_by("name")
    newest = Leaving.objects.filter(pk__in=coalition.partners.annotate(last=Max("leavings")).values("last"))
    gone = newest.filter(is_back=False).select_related("partner").order_by("-pk")
    return common.shown(request, coalition, "partners", partners=partners, gone=gone)


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Another partner."""
    coalition, name = common.coalition_of(request, pk), common.posted(request, "name")
    return common.done(
        request,
        lambda: service.add_partner(coalition, name, actor=common.actor(request)),
        gettext("The organisation is a partner now."),
        reverse("plan-partners", args=[pk]),
    )


@require_POST
def seat(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Another person for a partner."""
    coalition = common.coalition_of(request, pk)
    partner = common.one_of(coalition.partners.all(), key)

    def act() -> None:
        user = User.objects.filter(username=common.posted(request, "username"), is_active=True).first()
        if user is None:
            raise PlanError(gettext("Nobody signs in to this desk by that name; check how it is written."))
        coordinates = bool(common.posted(request, "coordinates"))
        service.seat(partner, user, coordinates=coordinates, actor=common.actor(request))

    return common.done(request, act, gettext("They act for the partner now."), reverse("plan-partners", args=[pk]))


@require_POST
def unseat(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Somebody no longer acts for a partner."""
    coalition = common.coalition_of(request, pk)
    given = common.one_of(Seat.objects.filter(partner__coalition=coalition, until=None), key)
    return common.done(
        request,
        lambda: service.unseat(given, actor=common.actor(request)),
        gettext("They no longer act for the partner, and see nothing of the plan."),
        reverse("plan-partners", args=[pk]),
    )


@require_POST
def leave(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A partner leaves the plan, with why; whoever left with it sees no more of it."""
    coalition = common.coalition_of(request, pk)
    partner = common.one_of(coalition.partners.all(), key)
    acts_only_for_it = all(one == partner for one in queries.seated(request.user, coalition).partners)
    return common.done(
        request,
        lambda: service.leave(partner, common.posted(request, "words"), actor=common.actor(request)),
        gettext("The organisation left the plan; its open pledges are withdrawn."),
        reverse("plans") if acts_only_for_it else reverse("plan-partners", args=[pk]),
    )
