"""Sources: who publishes what the desk has, and which of them are followed."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from habeas.accounts.roles import Right
from habeas.accounts.services import AccountsError, home_team
from habeas.core.actor import Actor
from habeas.sources.errors import SourcesError
from habeas.sources.follow import add_feed, pause
from habeas.sources.models import Feed
from habeas.sources.queries import feed_rows, moved_items, refused_items, source_rows
from habeas.sources.visits import host_of
from habeas.web.desk.allowed import must
from habeas.web.desk.views.request import DeskRequest
from habeas.web.desk.views.undoing import note

FIELDS = ("address", "source", "kind", "language", "every")
KINDS = ("feed", "page")  # folders of the machine are followed from its command line alone


@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """The sources of the documents that the user may see, those with the most first; and the feeds they follow."""
    return render(request, "desk/sources.html", _shown(request, {}))


@require_POST
def follow(request: DeskRequest) -> HttpResponse:
    """Follows an address after the person was told who learns of it; 400 with what is wrong, nothing typed lost."""
    must(request, Right.FOLLOW)
    given = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        host = _checked(given)
        if "agreed" in request.POST:
            return _followed(given, request)
        return render(request, "desk/follow.html", {"given": given, "host": host})
    except (SourcesError, AccountsError) as fault:
        return render(request, "desk/sources.html", _shown(request, given, str(fault)), status=400)


@require_POST
def switch(request: DeskRequest, pk: int) -> HttpResponse:
    """Pauses a feed of the user's team, or with `resume` goes on with it; 404 for another's."""
    feed = get_object_or_404(Feed.objects.visible_to(request.user), pk=pk)
    paused = "resume" not in request.POST
    pause(feed, actor=Actor(request.user.pk, "desk"), paused=paused)
    note(request, gettext("Paused.") if paused else gettext("Looked at again."))
    return HttpResponseRedirect(reverse("sources"))


def _shown(request: DeskRequest, given: dict[str, str], fault: str = "") -> dict[str, object]:
    user = request.user
    moves = {"moved": moved_items(user), "refused": refused_items(user)}
    return {"rows": source_rows(user), "feeds": feed_rows(user), **moves, "given": given, "fault": fault}


def _checked(given: dict[str, str]) -> str:
    """The host that will learn of it. Raises SourcesError for a form that cannot be followed."""
    if given["kind"] not in KINDS:
        raise SourcesError(gettext("Say whether the address is a feed or a page."))
    if not (given["every"].isascii() and given["every"].isdecimal() and len(given["every"]) < 8):
        raise SourcesError(gettext("Give the minutes between two looks as a number."))
    host = host_of(given["address"])
    if not host:
        raise SourcesError(gettext("Give a web address that begins with https://."))
    return host


def _followed(given: dict[str, str], request: DeskRequest) -> HttpResponse:
    add_feed(
        home_team(request.user),
        given["address"],
        actor=Actor(request.user.pk, "desk"),
        source=given["source"],
        kind=given["kind"],
        language=given["language"],
        every_minutes=int(given["every"]),
    )
    note(request, gettext("Followed. The next round of the watch looks there."))
    return HttpResponseRedirect(reverse("sources"))
