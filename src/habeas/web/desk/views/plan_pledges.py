"""Pledges: the list, one pledge with what became of it, making one, moving one."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.advocacy import terms
from habeas.advocacy.models import Pledge
from habeas.advocacy.queries import plan as plans
from habeas.advocacy.queries import pledges as queries
from habeas.advocacy.services import pledges as service
from habeas.cases.models import Statement
from habeas.sources.models import Document
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest, asked

MOST_DOCUMENTS = 100


@require_safe
def listing(request: DeskRequest, pk: int) -> HttpResponse:
    """The pledges that fit what is asked, the next due first; the form for a new one."""
    coalition, today = common.coalition_of(request, pk), timezone.localdate()
    wanted = queries.Asked(
        common.key_in(request, "case"),
        common.key_in(request, "partner"),
        asked(request, "track"),
        asked(request, "state"),
    )
    page = page_of(
        request,
        lambda: queries.count_pledges(request.user, coalition, today, wanted),
        lambda offset, limit: queries.pledges(request.user, coalition, today, wanted, limit=limit, offset=offset),
    )
    return common.shown(
        request,
        coalition,
        "pledges",
        page=page,
        wanted=wanted,
        cases=plans.cases(request.user, coalition),
        partners=coalition.partners.order_by("name"),
        tracks=terms.labels("tracks"),
        states=["silent", *terms.labels("pledge_states")],
        actions=[
            (track, [code for code, term in terms.table("actions").items() if term["track"] == track])
            for track in terms.labels("tracks")
        ],
    )


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """A new pledge of one of the user's own organisations."""
    coalition = common.coalition_of(request, pk)
    partner, case = common.partner_in(request, coalition), common.case_in(request, coalition)
    return common.done(
        request,
        lambda: service.pledge(
            partner,
            common.posted(request, "action"),
            common.due_in(request),
            case=case,
            group=common.posted(request, "group"),
            note=common.posted(request, "note"),
            actor=common.actor(request),
        ),
        gettext("The pledge stands in the plan."),
    )


@require_safe
def page(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """One pledge; 404 where it is for a case that is not shared with the user."""
    coalition = common.coalition_of(request, pk)
    given = _pledge(request, pk, key)
    return common.shown(
        request,
        coalition,
        "pledge",
        pledge=queries.pledge_row(request.user, given, timezone.localdate()),
        evidence=queries.evidence(request.user, given),
        documents=Document.objects.visible_to(request.user).defer("text")[:MOST_DOCUMENTS],
        states=[state for state in terms.labels("pledge_states") if state != "kept"],
    )


@require_POST
def move(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """What became of a pledge, with what shows it."""
    given, user = _pledge(request, pk, key), request.user
    said, shows = common.key_in(request, "statement"), common.key_in(request, "document")
    visible = Document.objects.visible_to(user)
    statement = common.one_of(Statement.objects.filter(reading__document__in=visible), said) if said else None
    document = common.one_of(visible, shows) if shows else None
    return common.done(
        request,
        lambda: service.move(
            given,
            common.posted(request, "state"),
            words=request.POST.get("words", ""),
            document=document,
            statement=statement,
            actor=common.actor(request),
        ),
        gettext("It is noted what became of the pledge."),
        reverse("plan-pledge", args=[pk, key]),
    )


@require_POST
def take_over(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A pledge of the user's own organisation, of what another withdrew or broke."""
    coalition, given = common.coalition_of(request, pk), _pledge(request, pk, key)
    partner = common.partner_in(request, coalition)
    return common.done(
        request,
        lambda: service.take_over(given, partner, common.due_in(request), actor=common.actor(request)),
        gettext("The pledge stands in the plan."),
        f"{reverse('plan-pledges', args=[pk])}?partner={partner.pk}",
    )


def _pledge(request: DeskRequest, pk: int, key: int) -> Pledge:
    coalition = common.coalition_of(request, pk)
    visible = Pledge.objects.visible_to(request.user).filter(partner__coalition=coalition)
    return common.one_of(visible.select_related("partner__coalition", "case__case__person"), key)
