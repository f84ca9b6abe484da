"""What is fetched without signing in, by a secret address that its owner can close: a calendar, a feed of alerts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from habeas.watch import feeds
from habeas.watch.channels import fetched_by


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The days to come, for a calendar program."""
    user = fetched_by("calendar", secret)
    if user is None:
        raise Http404
    return HttpResponse(feeds.calendar(user), content_type="text/calendar; charset=utf-8")


@login_not_required
@require_safe
def atom(request: HttpRequest, secret: str) -> HttpResponse:
    """The open alerts, for a feed reader."""
    user = fetched_by("atom", secret)
    if user is None:
        raise Http404
    return HttpResponse(feeds.atom(user), content_type="application/atom+xml; charset=utf-8")
