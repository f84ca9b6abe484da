"""What is fetched without signing in, by a secret address that its owner can close: a calendar, a feed of alerts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from habeas.watch import feeds
from habeas.watch.channels import fetched_by


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The days to come, for a calendar program."""
    channel = fetched_by("calendar", secret)
    if channel is None:
        raise Http404
    with translation.override(channel.language):
        written = feeds.calendar(channel.user)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")


@login_not_required
@require_safe
def atom(request: HttpRequest, secret: str) -> HttpResponse:
    """The open alerts, for a feed reader."""
    channel = fetched_by("atom", secret)
    if channel is None:
        raise Http404
    with translation.override(channel.language):
        written = feeds.atom(channel.user)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")
