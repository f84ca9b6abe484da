"""Saying yes, no or unsure to a claim on its document's page, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from habeas.cases import judging, queries
from habeas.cases.models import Claim
from habeas.core.actor import Actor
from habeas.sources.models import Document
from habeas.web.desk.views.request import DeskRequest

PART = "Desk-Part"  # the header by which desk.js asks for the foot of the card alone


@require_POST
def judge(request: DeskRequest, pk: int, claim: int) -> HttpResponse:
    """Takes `verdict` (accept, reject, unsure or undo); back to the card, or its foot alone where that is asked for.

    404 for what the user may not see, 409 for what cannot be done.
    """
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    judged = get_object_or_404(Claim.objects.filter(reading__document=document), pk=claim)
    actor, verdict = Actor(request.user.pk, "desk"), request.POST.get("verdict", "")
    try:
        if verdict == "undo":
            judging.undo(judged, actor=actor)
        else:
            judging.judge(judged, verdict, actor=actor)
    except judging.CannotJudge:
        return render(request, "desk/not_judged.html", {"document": document, "claim": judged}, status=409)
    if PART not in request.headers:
        return HttpResponseRedirect(f"{reverse('document', args=[pk])}#k-c{judged.pk}")
    view = queries.document_view(document, request.user)
    row = next((card.row for card in view.cards if card.key == f"c{judged.pk}"), None)
    return render(request, "desk/judge.html", {"view": view, "row": row})
