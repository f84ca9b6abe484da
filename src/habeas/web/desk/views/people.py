"""Who a person is: merging two files of one person, splitting one of two people, names; organisations."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from habeas.accounts.roles import Right, rights_in
from habeas.cases import people, queries
from habeas.cases.access import readers
from habeas.cases.models import Case, PeopleChange, Sighting
from habeas.cases.queries.identity import count_organisations, identity_of, organisations
from habeas.core.actor import Actor
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest, asked
from habeas.web.desk.views.undoing import note

MOST_FOUND = 20
DONE = {
    "merge": gettext_noop("The two are one person now."),
    "split": gettext_noop("The chosen sightings are a person of their own now."),
    "alias": gettext_noop("The name is added."),
}


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """The names and sightings of a case's person; `?find=NAME` whom it may be merged with. 404 for an outsider."""
    return _page(request, _case(request, pk))


@require_POST
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes `do` (merge with the case `other`, split off the `sighting`s as `name`, alias `name`) and a `reason`.

    Leads to the page with the way back; 404 for what the user may not see, 409 with what is wrong.
    """
    case = _case(request, pk)
    try:
        made = _changed(case, request)
    except people.CannotChangePeople as fault:
        return _page(request, case, fault=str(fault), status=409)
    note(request, gettext(DONE[made.kind]), change=[made.pk])
    return HttpResponseRedirect(reverse("person", args=[pk]))


@require_safe
def organisation_list(request: DeskRequest) -> HttpResponse:
    """The organisations that documents name, those in the most documents first."""
    shown = page_of(
        request,
        lambda: count_organisations(request.user),
        lambda offset, limit: organisations(request.user, offset=offset, limit=limit),
    )
    return render(request, "desk/organisations.html", {"page": shown})


def _case(request: DeskRequest, pk: int) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).select_related("person", "team"), pk=pk)


def _page(request: DeskRequest, case: Case, fault: str = "", status: int = 200) -> HttpResponse:
    wanted = asked(request, "find")
    found = queries.find_cases(request.user, wanted)[:MOST_FOUND] if wanted else []
    context = {
        "case": case,
        "identity": identity_of(case, request.user),
        "find": wanted,
        "found": [other for other in found if other.pk != case.pk],
        "readers": readers(case),
        "shares": case.shares.filter(until=None).select_related("user", "team").order_by("pk"),
        "may_share": Right.SHARE in rights_in(request.user, case.team_id),
        "fault": fault,
        "posted": request.POST,
    }
    return render(request, "desk/person.html", context, status=status)


def _changed(case: Case, request: DeskRequest) -> PeopleChange:
    said, user, actor = request.POST, request.user, Actor(request.user.pk, "desk")
    name, reason = said.get("name", ""), said.get("reason", "")
    if said.get("do") == "merge":
        other = get_object_or_404(Case.objects.visible_to(user), pk=_key(said.get("other", "")))
        return people.merge(case.person, other.person, reason=reason, user=user, actor=actor)
    if said.get("do") == "split":
        seen = list(Sighting.objects.filter(pk__in=[_key(key) for key in said.getlist("sighting")]))
        return people.split(case.person, seen, name, reason=reason, user=user, actor=actor)
    is_weak = bool(said.get("weak"))
    return people.add_alias(case.person, name, reason=reason, user=user, actor=actor, is_weak=is_weak)


def _key(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() else 0
