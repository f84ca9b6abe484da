"""Saying yes, no or unsure to a claim or statement on its document's page, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from habeas.cases import access, judging, queries
from habeas.cases.models import Claim, Statement
from habeas.core.actor import Actor
from habeas.web.desk.cards import Foot
from habeas.web.desk.views.request import PART, DeskRequest
from habeas.web.desk.views.undoing import back, note

SAID = {
    "accept": gettext_noop("Accepted."),
    "reject": gettext_noop("Rejected."),
    "unsure": gettext_noop("Left open: unsure."),
    "undo": gettext_noop("Taken back."),
}


@require_POST
def judge(request: DeskRequest, pk: int, what: str, key: int) -> HttpResponse:
    """Takes `verdict` (accept, reject, unsure or undo); back to `next` or the card, or its foot where asked for.

    404 for what the user may not see, 409 for what cannot be done. `what` is claim or statement.
    """
    of_document = {"reading__document": pk, "pk": key}
    judged: Claim | Statement
    if what == "claim":
        judged = get_object_or_404(access.claims(request.user).select_related("reading__document"), **of_document)
    else:
        judged = get_object_or_404(access.statements(request.user).select_related("reading__document"), **of_document)
    document = judged.reading.document
    actor, verdict, card = Actor(request.user.pk, "desk"), request.POST.get("verdict", ""), f"{what[0]}{key}"
    try:
        if verdict == "undo":
            judging.undo(judged, actor=actor)
        else:
            judging.judge(judged, verdict, actor=actor)
    except judging.CannotJudge:
        return render(request, "desk/not_judged.html", {"document": document, "card": card}, status=409)
    if PART in request.headers:
        foot = Foot.of(queries.as_judged(judged, document))
        return render(request, "desk/judge.html", {"view": {"document": pk}, "foot": foot})
    if "next" not in request.POST:
        return HttpResponseRedirect(f"{reverse('document', args=[pk])}#k-{card}")
    note(request, gettext(SAID[verdict]), **({} if verdict == "undo" else {what: [key]}))
    return HttpResponseRedirect(back(request))
