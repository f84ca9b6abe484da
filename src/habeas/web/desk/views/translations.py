"""Saying that a document is the translation of another, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from habeas.core.actor import Actor
from habeas.sources import translations
from habeas.sources.models import Document
from habeas.web.desk.views.request import DeskRequest
from habeas.web.desk.views.undoing import note


@require_POST
def tell(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes `original` (its number or address), or `apart`; back to the document. 400 for an original that is none.

    404 for a document that the user may not see.
    """
    visible = Document.objects.visible_to(request.user)
    document, actor = get_object_or_404(visible, pk=pk), Actor(request.user.pk, "desk")
    to = reverse("document", args=[pk])
    if "apart" in request.POST:
        translations.unpair(document, actor=actor)
        note(request, gettext("They stand apart again."))
        return HttpResponseRedirect(to)
    found = translations.found(document.team_id, request.POST.get("original", "").strip())
    fault = gettext("No document here has that number or address.")
    if found is not None and visible.filter(pk=found.pk).exists():
        fault = _paired(document, found, actor)
    if fault:
        return render(request, "desk/not_done.html", {"fault": fault, "back": to}, status=400)
    note(request, gettext("The original stands beside it."))
    return HttpResponseRedirect(to)


def _paired(document: Document, original: Document, actor: Actor) -> str:
    """Pairs them; what is wrong where they cannot be."""
    try:
        translations.pair(document, original, actor=actor)
    except translations.CannotPair as fault:
        return str(fault)
    return ""
