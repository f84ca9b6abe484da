"""Settling a conflict of a case."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from habeas.cases import judging, queries
from habeas.cases.casefile import CaseFile, Conflict
from habeas.cases.models import Case
from habeas.cases.settling import settle as settle_conflict
from habeas.core.actor import Actor
from habeas.web.desk.views.request import DeskRequest
from habeas.web.desk.views.undoing import note

GONE = gettext_noop("This conflict is not there any more: somebody settled it, or a newer report did.")


@require_POST
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes `conflict` (its key), `side` (its number from 0, or unsure) and a `reason`; back to the case's conflicts.

    404 for a case that the user may not see, 409 where the conflict or the side is not there any more.
    """
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    file = queries.case_file(case, request.user)
    if file is None:
        raise Http404
    back, side = reverse("case", args=[pk]) + "#conflicts", request.POST.get("side", "")
    number = None if side == "unsure" else int(side) if side.isascii() and side.isdecimal() else -1
    actor, reason = Actor(request.user.pk, "desk"), request.POST.get("reason", "").strip()
    try:
        found = _conflict(file, request.POST.get("conflict", ""))
        judged = settle_conflict(found, number, actor=actor, reason=reason)
    except judging.CannotJudge as fault:
        return render(request, "desk/not_done.html", {"fault": str(fault), "back": back}, status=409)
    note(request, gettext("The conflict is judged; every claim of it says so."), claim=[claim.pk for claim in judged])
    return HttpResponseRedirect(back)


def _conflict(file: CaseFile, key: str) -> Conflict:
    found = next((one for one in file.state.conflicts if one.key == key), None)
    if found is None:
        raise judging.CannotJudge(gettext(GONE))
    return found
