"""A case in the plan: what is done for it, who sees it there, notes that stay inside."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.advocacy import terms
from habeas.advocacy.models import Share
from habeas.advocacy.queries import contingencies, pledges
from habeas.advocacy.queries import plan as queries
from habeas.advocacy.queries.contacts import communications
from habeas.advocacy.queries.voices import voices
from habeas.advocacy.services import coalition as service
from habeas.cases.models import Case
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest

MOST = 200


@require_safe
def page(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """What is done for one case, by track; 404 where it is not shared with the user."""
    coalition = common.coalition_of(request, pk)
    case = common.case_of(request, coalition, key)
    today = timezone.localdate()
    rows = pledges.pledges(request.user, coalition, today, pledges.Asked(case=key), limit=MOST)
    owns = Case.objects.visible_to(request.user).filter(pk=case.case_id).exists()
    return common.shown(
        request,
        coalition,
        "case",
        case=case,
        owns=owns,
        tracks=[(track, [row for row in rows if row.track == track]) for track in terms.labels("tracks")],
        notes=queries.notes(request.user, coalition, case),
        shares=case.shares.filter(until=None).select_related("partner").order_by("partner__name") if owns else (),
        others=coalition.partners.staying().order_by("name"),
        voices=voices(request.user, case, today),
        communications=communications(request.user, coalition, today, case=case),
        contingencies=contingencies.of_case(request.user, case),
        conditions=terms.labels("conditions"),
        mine=pledges.open_of(request.user, case),
    )


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """A case of the user's own put into the plan."""
    coalition = common.coalition_of(request, pk)
    case = common.one_of(Case.objects.visible_to(request.user), common.key_in(request, "case"))
    everybody = bool(common.posted(request, "everybody"))
    return common.done(
        request,
        lambda: service.add_case(coalition, case, everybody=everybody, actor=common.actor(request)),
        gettext("The case is in the plan now."),
    )


@require_POST
def share(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The case shown to one partner."""
    coalition = common.coalition_of(request, pk)
    case, partner = common.case_of(request, coalition, key), common.partner_in(request, coalition)
    return common.done(
        request,
        lambda: service.share(case, partner, actor=common.actor(request)),
        gettext("The partner sees the case in the plan now, not its file."),
        reverse("plan-case", args=[pk, key]),
    )


@require_POST
def unshare(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The case no longer shown to one partner."""
    coalition = common.coalition_of(request, pk)
    common.case_of(request, coalition, key)
    given = common.one_of(Share.objects.filter(case=key, until=None), common.key_in(request, "share"))
    return common.done(
        request,
        lambda: service.unshare(given, actor=common.actor(request)),
        gettext("The partner no longer sees the case in the plan."),
        reverse("plan-case", args=[pk, key]),
    )


@require_POST
def take_out(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """The case taken out of the plan, with why."""
    coalition = common.coalition_of(request, pk)
    case = common.case_of(request, coalition, key)
    return common.done(
        request,
        lambda: service.take_out(case, common.posted(request, "words"), actor=common.actor(request)),
        gettext("The case is in the plan no more; what was done for it can still be read among the pledges."),
        reverse("plan", args=[pk]),
    )


@require_POST
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """A note that stays inside one organisation."""
    coalition = common.coalition_of(request, pk)
    partner = common.partner_in(request, coalition)
    case = common.case_in(request, coalition)
    return common.done(
        request,
        lambda: service.note(partner, request.POST.get("words", ""), case=case, actor=common.actor(request)),
        gettext("The note is kept; only your organisation sees it."),
        reverse("plan-case", args=[pk, case.pk]) if case else reverse("plan", args=[pk]),
    )
