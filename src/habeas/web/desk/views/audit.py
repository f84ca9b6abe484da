"""The audit: who did what on this desk, in plain words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from habeas.accounts.models import Membership
from habeas.accounts.roles import Right, teams_of
from habeas.audit import queries
from habeas.web.desk.allowed import must
from habeas.web.desk.deeds import DEEDS, deeds
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest, asked


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """What the people of the user's teams did, the newest first; `?action=CODE` of one kind. 403 where not allowed."""
    must(request, Right.AUDIT)
    action = asked(request, "action")
    mine = teams_of(request.user, Right.AUDIT)
    users = set(Membership.objects.filter(team__in=mine).values_list("user", flat=True))
    lines = queries.lines(users, action=action)
    shown = page_of(
        request, lines.count, lambda offset, limit: deeds(list(lines[offset : offset + limit]), request.user)
    )
    actions = sorted((gettext(words), code) for code, words in DEEDS.items())
    return render(request, "desk/audit.html", {"page": shown, "action": action, "actions": actions})
