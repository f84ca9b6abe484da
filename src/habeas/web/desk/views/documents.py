"""Documents: the list, and one document's text with its words lit and its cards beside it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from habeas.cases import queries
from habeas.sources.models import Capture, Document
from habeas.web.desk import cards, lit
from habeas.web.desk.views.request import DeskRequest

A_PAGE = 50
CAPTURES = Prefetch("captures", Capture.objects.select_related("source", "collector"))


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The documents that the user may see, the newest published first."""
    documents = (
        Document.objects.visible_to(request.user)
        .defer("text")
        .annotate(claims=Count("readings__claims", distinct=True), said=Count("readings__statements", distinct=True))
        .prefetch_related(CAPTURES, "readings")
        .order_by("-published_on", "-id")
    )
    shown = Paginator(documents, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/documents.html", {"page": shown})


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """One document; 404 for what the user may not see."""
    document = get_object_or_404(Document.objects.visible_to(request.user).prefetch_related(CAPTURES), pk=pk)
    view = queries.document_view(document, request.user)
    shown = cards.numbered(view.cards)
    context = {
        "document": document,
        "view": view,
        "cards": shown,
        "tally": cards.tally(shown),
        "paragraphs": lit.paragraphs(view.text, cards.to_light(view, shown)),
    }
    return render(request, "desk/document.html", context)
