"""Communications with their answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.advocacy import terms
from habeas.advocacy.models import Communication
from habeas.advocacy.queries import plan as plans
from habeas.advocacy.queries.contacts import communications
from habeas.advocacy.services import contacts as service
from habeas.advocacy.services.contacts import Sent
from habeas.web.desk.views import plan_common as common
from habeas.web.desk.views.request import DeskRequest, asked


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """What was asked of whom, overdue answers first; `?waiting=1` only what has no answer."""
    coalition = common.coalition_of(request, pk)
    waiting = bool(asked(request, "waiting"))
    return common.shown(
        request,
        coalition,
        "communications",
        rows=communications(request.user, coalition, timezone.localdate(), waiting=waiting),
        waiting=waiting,
        cases=plans.cases(request.user, coalition),
        recipients=terms.labels("recipients"),
        asks=terms.labels("asks"),
        responses=terms.labels("responses"),
        impacts=terms.labels("impacts"),
    )


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Something that a partner asked of somebody."""
    coalition = common.coalition_of(request, pk)
    partner, case = common.partner_in(request, coalition), common.case_in(request, coalition)

    def act() -> None:
        sent = Sent(
            to=common.posted(request, "to"),
            to_kind=common.posted(request, "to_kind"),
            ask=common.posted(request, "ask"),
            partner=partner,
            through=common.posted(request, "through"),
            group=common.posted(request, "group"),
            note=common.posted(request, "note"),
            sent_on=common.day_in(request, "sent_on"),
            due_on=common.day_in(request, "due_on"),
        )
        service.communicate(coalition, sent, [case] if case else [], actor=common.actor(request))

    leads = reverse("plan-communications", args=[pk])
    return common.done(request, act, gettext("It stands in the plan; its answer is waited for."), leads)


@require_POST
def answer(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """What came back, and what came of it."""
    coalition = common.coalition_of(request, pk)
    visible = Communication.objects.visible_to(request.user).filter(coalition=coalition)
    given = common.one_of(visible, key)

    def act() -> None:
        response, impact, words = (common.posted(request, name) for name in ("response", "impact", "words"))
        on = common.day_in(request, "answered_on")
        service.answer(given, response, impact, words=words, answered_on=on, actor=common.actor(request))

    return common.done(request, act, gettext("The answer is noted."), reverse("plan-communications", args=[pk]))
