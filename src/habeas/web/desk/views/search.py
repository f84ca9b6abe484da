"""Search: people, documents and statements in which words stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from habeas.cases import queries
from habeas.web.desk.views.request import DeskRequest, asked

MOST = 50


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """What was found for `?q=WORDS`: people first, then documents and statements, the newest first."""
    query = asked(request, "q")
    found = queries.search(request.user, query, limit=MOST)
    kinds = {kind: [one for one in found if one.kind == kind] for kind in ("person", "document", "statement")}
    context = {"query": query, "found": found, "most": MOST, **{f"{kind}s": some for kind, some in kinds.items()}}
    return render(request, "desk/search.html", context)
