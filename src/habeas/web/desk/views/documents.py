"""Documents: the list, and one document's text with its words lit and its cards beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from habeas.accounts.models import User
from habeas.advocacy.queries.evidence import proposals
from habeas.cases import queries
from habeas.cases.models import Reading
from habeas.cases.queries.matches import matches_in
from habeas.cases.queries.readings import readings_of
from habeas.sources.models import Capture, Document, DocumentQuerySet, Source
from habeas.web.desk import beside, cards, lit
from habeas.web.desk.views.pages import page_of
from habeas.web.desk.views.request import DeskRequest, asked

NEXT_AMONG = 60  # claims that wait, the newest first: more than one document has
CAPTURES = Prefetch("captures", Capture.objects.select_related("source", "collector"))


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the list: who published it, how often it was captured, what its newest reading found."""

    document: Document
    sources: tuple[str, ...]
    captures: int
    read: bool = False
    note: str = ""
    claims: int = 0
    statements: int = 0


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The documents that the user may see, the newest published first; `?source=KEY` those of one source."""
    documents, source = Document.objects.visible_to(request.user), None
    if wanted := asked(request, "source"):
        source = get_object_or_404(Source, pk=int(wanted) if wanted.isascii() and wanted.isdecimal() else 0)
        documents = documents.filter(pk__in=Capture.objects.filter(source=source).values("document"))
        source = source if documents.exists() else None
    shown = page_of(request, documents.count, lambda offset, limit: _rows(documents, offset, limit))
    return render(request, "desk/documents.html", {"page": shown, "source": source})


@require_safe
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """One document; 404 for what the user may not see. `?beside=KEY` with that translation or original, 0 with none."""
    document = get_object_or_404(Document.objects.visible_to(request.user).prefetch_related(CAPTURES), pk=pk)
    view = queries.document_view(document, request.user)
    shown = cards.numbered(view.cards)
    placed = lit.placed(view.text, cards.to_light(view, shown))
    others = beside.others(document, request.user)
    other = beside.chosen(others, asked(request, "beside"))
    context = {
        "document": document,
        "view": view,
        "cards": shown,
        "tally": cards.tally(shown),
        "paragraphs": placed,
        "others": others,
        "other": other,
        "pairs": beside.paired(placed, other.lines) if other else [],
        "proposed": proposals(request.user, document=document),
        "asks": matches_in(document, request.user),
        "readings": readings_of(document, request.user),
        "next_document": _next_to_judge(request.user, pk),
    }
    return render(request, "desk/document.html", context)


def _next_to_judge(user: User, pk: int) -> int | None:
    """The newest other document in which a claim waits that nobody has judged."""
    return next((one.document for one in queries.waiting(user, limit=NEXT_AMONG) if one.document != pk), None)


def _rows(documents: DocumentQuerySet, offset: int, limit: int) -> list[DocumentRow]:
    shown = documents.defer("text").prefetch_related(CAPTURES).order_by("-published_on", "-id")[offset : offset + limit]
    readings = _newest_readings(shown)
    return [_row(document, readings.get(document.pk)) for document in shown]


def _newest_readings(documents: Iterable[Document]) -> dict[int, Reading]:
    """The newest reading of each document, with the numbers of its claims and statements."""
    newest = Reading.objects.filter(document__in=documents).values("document").annotate(pk_of=Max("pk"))
    counted = Reading.objects.filter(pk__in=[found["pk_of"] for found in newest]).annotate(
        n_claims=Count("claims", distinct=True), n_statements=Count("statements", distinct=True)
    )
    return {reading.document_id: reading for reading in counted}


def _row(document: Document, reading: Reading | None) -> DocumentRow:
    captures = document.captures.all()
    row = DocumentRow(document, tuple(dict.fromkeys(capture.source.name for capture in captures)), len(captures))
    if reading is None:
        return row
    return DocumentRow(
        document,
        row.sources,
        row.captures,
        read=True,
        note=reading.note,
        claims=getattr(reading, "n_claims", 0),
        statements=getattr(reading, "n_statements", 0),
    )
