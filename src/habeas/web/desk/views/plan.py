"""The plan: coalitions, the newest version, adopting it, making the next."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition
from habeas.advocacy.queries import plan as queries
from habeas.advocacy.queries.evidence import proposals
from habeas.advocacy.services import coalition as service
from habeas.advocacy.services import versions
from habeas.advocacy.services.versions import Wanted
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest

MOST_PROPOSED = 10


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: DeskRequest) -> HttpResponse:
    """The coalitions that the user sits in; posted, a new one is founded. 400 with what is wrong with its names."""
    fault = ""
    if request.method == "POST":
        try:
            name, partner = common.posted(request, "name"), common.posted(request, "partner")
            made = service.found(name, partner, actor=common.actor(request))
            return HttpResponseRedirect(reverse("plan", args=[made.pk]))
        except PlanError as wrong:
            fault = str(wrong)
    found = Coalition.objects.visible_to(request.user).prefetch_related("partners").order_by("name", "pk")
    context = {"coalitions": found, "fault": fault, "given": request.POST}
    return render(request, "desk/plan/list.html", context, status=400 if fault else 200)


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """A plan's newest version, or with `?version=N` an earlier one; 404 for whoever has no seat in it."""
    coalition = common.coalition_of(request, pk)
    found = queries.plan(request.user, coalition, common.key_in(request, "version"))
    if found is None:
        raise Http404
    version = coalition.versions.filter(number=found.number).first()
    return common.shown(
        request,
        coalition,
        "plan",
        plan=found,
        version=version,
        numbers=range(1, coalition.versions.count() + 1),
        notes=queries.notes(request.user, coalition),
        proposed=proposals(request.user, coalition=coalition)[:MOST_PROPOSED],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: DeskRequest, pk: int) -> HttpResponse:
    """The form for the next version; posted, it is made of the lines that have a number, in their order."""
    coalition = common.coalition_of(request, pk)
    before = versions.wanted_of(coalition.versions.order_by("-number").first())
    if request.method == "POST":
        return common.done(
            request,
            lambda: versions.new_version(coalition, _wanted(request, coalition, before), actor=common.actor(request)),
            gettext("A new version was made. Every partner has yet to adopt it."),
            reverse("plan", args=[pk]),
        )
    found = queries.plan(request.user, coalition)
    lines = sorted([*found.goals, *found.priorities], key=lambda line: line.rank) if found else []
    return common.shown(request, coalition, "version", lines=lines, cases=queries.cases(request.user, coalition))


@require_POST
def adopt(request: DeskRequest, pk: int) -> HttpResponse:
    """A partner's word on the version."""
    coalition = common.coalition_of(request, pk)
    given = common.one_of(coalition.versions.all(), common.key_in(request, "version"))
    partner, stance = common.partner_in(request, coalition), common.posted(request, "stance")
    return common.done(
        request,
        lambda: versions.adopt(
            given, partner, stance=stance, words=common.posted(request, "words"), actor=common.actor(request)
        ),
        gettext("It is noted what your organisation says of this version."),
        reverse("plan", args=[pk]),
    )


def _wanted(request: DeskRequest, coalition: Coalition, before: list[Wanted]) -> list[Wanted]:
    """The lines that were kept, by the number given to each, then the new ones. Raises PlanError for no number."""
    kept = [(_order(common.posted(request, f"order-{rank}")), one) for rank, one in enumerate(before, start=1)]
    lines = [one for order, one in sorted(kept, key=lambda pair: pair[0] or 0) if order]
    if goal := common.posted(request, "goal"):
        lines.append(Wanted("goal", goal))
    if group := common.posted(request, "group"):
        lines.append(Wanted("priority", group))
    if case := common.case_in(request, coalition):
        lines.append(Wanted("priority", case=case))
    return lines


def _order(value: str) -> float:
    """The number; 0 for none, which drops the line."""
    try:
        return float(value) if value else 0
    except ValueError as fault:
        raise PlanError(gettext("The order is a number, such as 1 or 2; leave it empty to drop a line.")) from fault
