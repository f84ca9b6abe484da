"""What the roles of whoever looks let them do: `may` in every template, and the page for what they may not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.defaults import page_not_found

from habeas.accounts.roles import NotAllowed, Right, refusal, rights_in
from habeas.core.errors import NotThere
from habeas.core.vault import KeyMissing
from habeas.web.desk.views.request import DeskRequest


def may(request: DeskRequest) -> dict[str, object]:
    """`may.judge`, `may.share` …: what the person may do in one of their teams. Services look at which one it is."""

    def held() -> dict[str, bool]:
        rights = rights_in(request.user) if request.user.is_authenticated else frozenset()
        return {right.name.lower(): right in rights for right in Right}

    return {"may": SimpleLazyObject(held)} if hasattr(request, "user") else {}


def must(request: DeskRequest, right: Right) -> None:
    """Raises NotAllowed for whoever may do that in no team of theirs, so that no form is shown that leads nowhere."""
    if right not in rights_in(request.user):
        raise NotAllowed(refusal(right))


class Refusal:
    """Answers whatever a person's roles do not let them do with 403 and the sentence that says so.

    What they may not see is answered with 404, as what is not there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page that says that it is not there, not allowed, or that a key is missing; None for any other fault."""
        if isinstance(fault, NotAllowed):
            return render(request, "403.html", {"fault": str(fault)}, status=403)
        if isinstance(fault, NotThere):
            return page_not_found(request, fault)
        if isinstance(fault, KeyMissing):
            return render(request, "desk/not_done.html", {"fault": str(fault), "back": "/"}, status=503)
        return None
