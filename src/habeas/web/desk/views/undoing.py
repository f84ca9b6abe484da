"""Taking back what was just done: a note on the next page carries what that takes, and nothing asks twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from habeas.cases import access, judging, people, sharing
from habeas.cases.models import Case, CaseShare, Claim, Link, PeopleChange, Statement
from habeas.core.actor import Actor
from habeas.web.desk.views.request import PART, DeskRequest

DONE = "done"  # the session's key for what was just done


def note(request: DeskRequest, words: str, **things: Iterable[int]) -> None:
    """Says on the next page what was done; `things` are the keys of what it was done to, by kind of KINDS."""
    request.session[DONE] = {"words": words, "things": [[kind, key] for kind, keys in things.items() for key in keys]}


@require_POST
def undo(request: DeskRequest) -> HttpResponse:
    """Takes back the newest judgement on each `claim`, `statement`, `link`, and each `change`, `share` and `limit`.

    All or none; 204 where a page's script asks: its card is then as it was. 404 where the user may not see one of them;
    409, with nothing changed, where one cannot be taken back.
    """
    found = [thing for kind in KINDS for thing in _found(kind, request)]
    if not found:
        raise Http404
    actor = Actor(request.user.pk, "desk")
    try:
        with transaction.atomic():
            for thing in found:
                _take_back(thing, request, actor)
    except (judging.CannotJudge, people.CannotChangePeople, sharing.CannotShare) as fault:
        return render(request, "desk/not_done.html", {"fault": str(fault), "back": back(request)}, status=409)
    return HttpResponse(status=204) if PART in request.headers else HttpResponseRedirect(back(request))


def back(request: DeskRequest) -> str:
    """Where the form says that it came from, if that is a page of ours; else home."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"


def _take_back(thing: Any, request: DeskRequest, actor: Actor) -> None:
    if isinstance(thing, PeopleChange):
        people.undo(thing, user=request.user, actor=actor)
    elif isinstance(thing, CaseShare):
        sharing.undo_share(thing, actor=actor)
    elif isinstance(thing, Case):
        sharing.undo_limit(thing, actor=actor)
    else:
        judging.undo(thing, actor=actor)


KINDS: dict[str, type[access.Thing]] = {
    "claim": Claim,
    "statement": Statement,
    "link": Link,
    "share": CaseShare,
    "limit": Case,
    "change": PeopleChange,
}


def _found(kind: str, request: DeskRequest) -> list[Any]:
    keys = {int(key) for key in request.POST.getlist(kind) if key.isascii() and key.isdecimal()}
    found = list(access.SEEN[KINDS[kind]](request.user).filter(pk__in=keys))
    if len(found) != len(keys):
        raise Http404
    return found
