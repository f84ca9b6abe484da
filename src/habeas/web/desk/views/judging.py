"""Saying yes, no or unsure to a claim or statement on its document's page, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from habeas.cases import judging, queries
from habeas.cases.models import Claim, Statement
from habeas.core.actor import Actor
from habeas.sources.models import Document
from habeas.web.desk.cards import Foot
from habeas.web.desk.views.request import DeskRequest

PART = "Desk-Part"  # the header by which desk.js asks for the foot of the card alone


@require_POST
def judge(request: DeskRequest, pk: int, what: str, key: int) -> HttpResponse:
    """Takes `verdict` (accept, reject, unsure or undo); back to the card, or its foot alone where that is asked for.

    404 for what the user may not see, 409 for what cannot be done. `what` is claim or statement.
    """
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    of_document = {"reading__document": document, "pk": key}
    judged: Claim | Statement
    judged = get_object_or_404(Claim, **of_document) if what == "claim" else get_object_or_404(Statement, **of_document)
    actor, verdict, card = Actor(request.user.pk, "desk"), request.POST.get("verdict", ""), f"{what[0]}{key}"
    try:
        if verdict == "undo":
            judging.undo(judged, actor=actor)
        else:
            judging.judge(judged, verdict, actor=actor)
    except judging.CannotJudge:
        return render(request, "desk/not_judged.html", {"document": document, "card": card}, status=409)
    if PART not in request.headers:
        return HttpResponseRedirect(f"{reverse('document', args=[pk])}#k-{card}")
    view = queries.document_view(document, request.user)
    found = next((one for one in view.cards if one.key == card), None)
    return render(request, "desk/judge.html", {"view": view, "foot": Foot.of(found)})
