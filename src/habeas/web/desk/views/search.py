"""Search: people, documents and statements in which words stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from habeas.cases import queries
from habeas.web.desk.views.request import DeskRequest, asked

MOST = 50
KINDS = ("person", "document", "statement")


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """What was found for `?q=WORDS`: people first, then documents and statements, the newest first."""
    query = asked(request, "q")
    answers = queries.answers(request.user, query, limit=MOST)
    context = {
        "query": query,
        "found": answers.found,
        "most": MOST if any(one.is_more or one.number > MOST for one in answers.counts.values()) else None,
        **{f"{kind}s": [one for one in answers.found if one.kind == kind] for kind in KINDS},
        **{f"n_{kind}s": str(answers.counts.get(kind, 0)) for kind in KINDS},
    }
    return render(request, "desk/search.html", context)
