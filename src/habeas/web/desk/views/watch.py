"""Watch: open alerts with their words, the days to come, and how the person who looks wants to be told."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from habeas.core.actor import Actor
from habeas.watch import channels, delivery, queries, services
from habeas.watch.models import Alert, Channel
from habeas.web.desk.views.request import DeskRequest, asked
from habeas.web.desk.views.undoing import note

AHEAD = timedelta(days=60)
SILENT = timedelta(hours=3)  # after which a watch that goes round every quarter of an hour may have stopped
SHOWN = 100
KINDS = {
    "mail": gettext_lazy("mail"),
    "webhook": gettext_lazy("webhook"),
    "ntfy": gettext_lazy("notice by ntfy"),
    "calendar": gettext_lazy("calendar"),
    "atom": gettext_lazy("feed of alerts"),
}


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """The open alerts, newest first, or with `?away=1` those put away; and the clocks of the next two months."""
    away = asked(request, "away") == "1"
    last = queries.last_round()
    mine = Channel.objects.filter(user=request.user, closed_at=None).order_by("pk")
    context = {
        "away": away,
        "alerts": queries.alerts(request.user, away=away, limit=SHOWN),
        "open": queries.count_alerts(request.user),
        "clocks": queries.clocks(request.user, until=timezone.localdate() + AHEAD, limit=SHOWN),
        "channels": [(KINDS[channel.kind], channel) for channel in mine],
        "kinds": KINDS.items(),
        "waiting": delivery.reasons_of_waiting(request.user),
        "made": request.session.pop("channel", None),
        "last_round": last,
        "is_silent": last is not None and timezone.now() - last > SILENT,
    }
    return render(request, "desk/watch.html", context)


@require_POST
def dismiss(request: DeskRequest, pk: int) -> HttpResponse:
    """Puts an alert away, or with `restore` takes it out again; 404 for one that the user may not see."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    away = "restore" not in request.POST
    services.dismiss(alert, actor=Actor(request.user.pk, "desk"), away=away)
    note(request, gettext("Put away. It returns when there are new facts.") if away else gettext("Taken out again."))
    return HttpResponseRedirect(reverse("watch") + ("" if away else "?away=1"))


@require_POST
def open_channel(request: DeskRequest) -> HttpResponse:
    """Opens a channel of the user's own; its secret is shown once, on the next page. 400 for one that cannot be."""
    told = {key: request.POST.get(key, "") for key in ("kind", "address", "secret", "how", "language")}
    try:
        channel, secret = channels.open_channel(
            request.user,
            told["kind"],
            actor=Actor(request.user.pk, "desk"),
            address=told["address"],
            secret=told["secret"],
            how=told["how"] or "at_once",
            language=told["language"] or get_language() or "en",
        )
    except channels.CannotTell as fault:
        context = {"fault": str(fault), "back": reverse("watch")}
        return render(request, "desk/not_done.html", context, status=400)
    if secret:
        request.session["channel"] = {"kind": channel.kind, "secret": _shown(channel.kind, secret)}
    return HttpResponseRedirect(reverse("watch") + "#channels")


@require_POST
def close_channel(request: DeskRequest, pk: int) -> HttpResponse:
    """Closes a channel of the user's own; 404 for another's."""
    channel = get_object_or_404(Channel, pk=pk, user=request.user, closed_at=None)
    channels.close_channel(channel, actor=Actor(request.user.pk, "desk"))
    note(request, gettext("Closed. Its address is forgotten."))
    return HttpResponseRedirect(reverse("watch") + "#channels")


def _shown(kind: str, secret: str) -> str:
    """The address to fetch from, or the key of a webhook's signatures."""
    if kind == "webhook":
        return secret
    name = {"calendar": "calendar", "atom": "alerts-feed"}[kind]
    return f"{settings.DESK_URL}{reverse(name, args=[secret])}"
