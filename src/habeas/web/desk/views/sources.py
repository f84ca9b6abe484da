"""Sources: who publishes what the desk has."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from habeas.sources.queries import source_rows
from habeas.web.desk.views.request import DeskRequest


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The sources of the documents that the user may see, those with the most first."""
    return render(request, "desk/sources.html", {"rows": source_rows(request.user)})
