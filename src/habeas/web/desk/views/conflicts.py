"""Settling a conflict of a case."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from habeas.cases import judging, queries
from habeas.cases.casefile import Conflict
from habeas.cases.models import Case
from habeas.cases.settling import settle as settle_conflict
from habeas.core.actor import Actor
from habeas.web.desk.views.request import PART, DeskRequest
from habeas.web.desk.views.undoing import back, note

GONE = gettext_noop("This conflict is not there any more: somebody settled it, or a newer report did.")


@require_POST
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes `conflict` (its key), `side` (its number from 0, or unsure) and a `reason`; back to `next` or the case.

    Or the foot of its card, where that is asked for. 404 for a case that the user may not see, 409 where the conflict
    or the side is not there any more.
    """
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    to = back(request) if "next" in request.POST else reverse("case", args=[pk]) + "#conflicts"
    side, actor = request.POST.get("side", ""), Actor(request.user.pk, "desk")
    number = None if side == "unsure" else int(side) if side.isascii() and side.isdecimal() else -1
    try:
        found = _conflict(case, request)
        judged = settle_conflict(found, number, actor=actor, reason=request.POST.get("reason", "").strip())
    except judging.CannotJudge as fault:
        return render(request, "desk/not_done.html", {"fault": str(fault), "back": to}, status=409)
    claims = [claim.pk for claim in judged]
    if PART in request.headers:
        context = {"conflict": found, "case": pk, "side": side, "claims": claims}
        return render(request, "desk/conflict_judge.html", context)
    note(request, gettext("The conflict is judged; every claim of it says so."), claim=claims)
    return HttpResponseRedirect(to)


def _conflict(case: Case, request: DeskRequest) -> Conflict:
    key = request.POST.get("conflict", "")
    states = queries.states(request.user, [case.pk]).values()
    found = next((one for state in states for one in state.conflicts if one.key == key), None)
    if found is None:
        raise judging.CannotJudge(gettext(GONE))
    return found
