"""Telling people of alerts: each alert once on each of their channels; what cannot be sent waits and is tried again.

Outside the desk goes no name, no place and no word of health: what kind of thing fell due, in which case, and a link.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from habeas.accounts.models import User
from habeas.cases.models import Case
from habeas.core.errors import HabeasError
from habeas.sources.errors import SourcesError
from habeas.sources.fetch import Headers, post
from habeas.sources.guarded import FetchRefused
from habeas.watch.models import Alert, Channel, Delivery
from habeas.watch.titles import title_of

HELD_FOR = timedelta(minutes=5)  # a worker that died while sending is taken over after that
ROUND_S = 300.0  # seconds for telling, after which the clocks have their turn
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
DAY = timedelta(days=1)


class NotSent(HabeasError):
    """A message could not be sent now; the sentence says why. `may_have_come`: it may have gone out all the same."""

    def __init__(self, reason: str, *, may_have_come: bool = False) -> None:
        super().__init__(reason)
        self.may_have_come = may_have_come


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves the desk for some alerts, a line each. Sent again after a worker died, it has the same `key`."""

    key: str
    subject: str
    lines: tuple[str, ...]
    alerts: tuple[Mapping[str, object], ...]


def queue(alerts: Sequence[Alert]) -> int:
    """How many deliveries were put down: one for each alert and each open channel of somebody who sees its case.

    Call it in the transaction that raises the alerts: then none is raised without being told.
    """
    made, cases = [], {alert.case_id for alert in alerts}
    open_now = Channel.objects.filter(closed_at=None, kind__in=SENDERS, user__is_active=True) if alerts else ()
    for channel in open_now:
        seen = set(Case.objects.visible_to(channel.user).filter(pk__in=cases).values_list("pk", flat=True))
        told = (alert for alert in alerts if alert.case_id in seen)
        made += [Delivery(channel=channel, alert=alert, next_try_at=timezone.now()) for alert in told]
    return len(Delivery.objects.bulk_create(made, ignore_conflicts=True))


def deliver(now: datetime | None = None) -> int:
    """How many alerts were told now. What fails keeps its reason and is tried again later, less and less often.

    One message after the other is taken and sent, so that a server that keeps one waiting keeps nobody else's alerts:
    another worker may tell those. What there was no time for within `ROUND_S` waits for the next call.
    """
    told, ends = 0, time.monotonic() + ROUND_S
    for channel in _with_some_due(now or timezone.now()):
        while time.monotonic() < ends and (held := _take(channel, moment := now or timezone.now())):
            told += _send(held[0].channel, held[0].batch, held, moment)
    return told


def waiting() -> int:
    """How many alerts were to be told by now and could not be."""
    return _late().count()


def reasons_of_waiting(user: User | None = None) -> list[tuple[str, int]]:
    """Why alerts wait, and how many for each reason; with `user`, on the channels of that person alone."""
    late = _late().filter(channel__user=user) if user else _late()
    return list(late.values_list("error").annotate(count=Count("pk")).order_by("error"))


def _late() -> QuerySet[Delivery, Delivery]:
    return Delivery.objects.filter(sent_at=None, channel__closed_at=None).exclude(error="")


def _with_some_due(now: datetime) -> list[int]:
    """The keys of the channels on which something is to be told."""
    return list(_due(now).order_by("channel").values_list("channel", flat=True).distinct())


@transaction.atomic
def _take(channel: int, now: datetime) -> list[Delivery]:
    """What makes the next message of a channel, held for this worker alone until `HELD_FOR` is over.

    What a worker that died began to send stays one message of its own: it may have gone out already.
    """
    due = _due(now).filter(channel=channel).select_related("channel__user", "alert__case").order_by("batch", "pk")
    taken = list(due.select_for_update(of=("self",)))
    held = [delivery for delivery in taken if delivery.batch == taken[0].batch]
    for delivery in held:
        delivery.batch = delivery.batch or f"{held[0].pk:x}.{held[0].attempts:x}"
    keys = [delivery.pk for delivery in held]
    Delivery.objects.filter(pk__in=keys).update(next_try_at=now + HELD_FOR, batch=held[0].batch if held else "")
    return held


def _due(now: datetime) -> QuerySet[Delivery, Delivery]:
    """What is to be told now. A time further ahead than any wait comes from a clock that went wrong."""
    is_time = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + LONGEST_WAIT)
    last = "channel__last_sent_at"
    digest_is_due = Q(**{last: None}) | Q(**{f"{last}__lte": now - DAY}) | Q(**{f"{last}__gt": now + HELD_FOR})
    waiting = Delivery.objects.filter(is_time, sent_at=None, channel__closed_at=None)
    return waiting.filter(Q(channel__how="at_once") | digest_is_due)


def _send(channel: Channel, batch: str, held: Sequence[Delivery], now: datetime) -> int:
    seen = _still_seen(channel.user, held)
    keys = [delivery.pk for delivery in held]
    try:
        if seen:
            with translation.override(channel.language):
                SENDERS[channel.kind](channel, _message(batch, [delivery.alert for delivery in seen]))
    except NotSent as fault:
        _put_off(held, fault, now)
        return 0
    Delivery.objects.filter(pk__in=keys).update(sent_at=now, error="")
    Channel.objects.filter(pk=channel.pk).update(last_sent_at=now)
    return len(seen)


def _still_seen(user: User, held: Sequence[Delivery]) -> list[Delivery]:
    """Those whose case the person still sees: access may have been taken away since."""
    cases = Case.objects.visible_to(user).filter(pk__in=[delivery.alert.case_id for delivery in held])
    visible = set(cases.values_list("pk", flat=True))
    return [delivery for delivery in held if delivery.alert.case_id in visible]


def _put_off(held: Iterable[Delivery], fault: NotSent, now: datetime) -> None:
    """Tries again later: with what else there is to tell by then, unless the same message may have come already."""
    for delivery in held:
        wait = min(FIRST_WAIT * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
        delivery.attempts, delivery.error, delivery.next_try_at = delivery.attempts + 1, str(fault), now + wait
        delivery.batch = delivery.batch if fault.may_have_come else ""
        delivery.save(update_fields=["attempts", "error", "next_try_at", "batch"])


def _message(key: str, alerts: Sequence[Alert]) -> Message:
    titles = [title_of(alert.case_id, alert.rule) for alert in alerts]
    lines = tuple(f"{title}, {alert.due_on}. {_link(alert)}" for title, alert in zip(titles, alerts, strict=True))
    subject = titles[0] if len(alerts) == 1 else ngettext("{n} alert", "{n} alerts", len(alerts)).format(n=len(alerts))
    told = tuple(
        {"alert": a.pk, "case": a.case_id, "rule": a.rule, "due_on": a.due_on.isoformat(), "link": _link(a)}
        for a in alerts
    )
    return Message(key, subject, lines, told)


def _link(alert: Alert) -> str:
    return f"{settings.DESK_URL}/cases/{alert.case_id}"


def _mail(channel: Channel, message: Message) -> None:
    sent = EmailMessage(
        subject=f"Habeas: {message.subject}",
        body="\n".join([*message.lines, "", gettext("Names and words are on the desk alone.")]),
        to=[channel.address],
        headers={"Message-ID": f"<{channel.pk}.{message.key}@habeas.invalid>"},
    )
    try:
        sent.send()
    except (SMTPException, OSError) as fault:
        # Where the connection broke, the server may have taken the message and not been heard to say so.
        raise NotSent(_why(fault), may_have_come=isinstance(fault, SMTPServerDisconnected)) from fault


def _why(fault: OSError) -> str:
    """Why no mail went out, without an address or what the server said of it."""
    if isinstance(fault, SMTPRecipientsRefused):
        return "The mail server refuses the address; close this channel and open one with another."
    if isinstance(fault, SMTPAuthenticationError):
        return "The mail server does not take the desk's name and password; look at HABEAS_SMTP_URL."
    if isinstance(fault, SMTPException):
        return f"The mail server did not take the message ({type(fault).__name__})."
    return f"The mail server cannot be reached ({type(fault).__name__})."


def _webhook(channel: Channel, message: Message) -> None:
    """JSON, signed: `Habeas-Signature` is the HMAC-SHA256 (hex) of the body under the channel's secret."""
    body = json.dumps({"delivery": message.key, "alerts": message.alerts}).encode()
    signature = hmac.new(channel.secret.encode(), body, hashlib.sha256).hexdigest()
    _post(channel, body, (("Content-Type", "application/json"), ("Habeas-Signature", signature)))


def _ntfy(channel: Channel, message: Message) -> None:
    token = (("Authorization", f"Bearer {channel.secret}"),) if channel.secret else ()
    title = f"Habeas: {message.subject}"
    title = title if title.isascii() else f"=?UTF-8?B?{base64.b64encode(title.encode()).decode()}?="  # RFC 2047
    headers = (("Title", title), *token)
    _post(channel, "\n".join(message.lines).encode(), headers)


def _post(channel: Channel, body: bytes, headers: Headers) -> None:
    try:
        post(channel.address, body, headers, allowed_hosts=frozenset(settings.FETCH_HOSTS))
    except FetchRefused as fault:
        raise NotSent(
            "The address is on this machine or a private network; HABEAS_FETCH_HOSTS names those that may be told."
        ) from fault
    except SourcesError as fault:
        raise NotSent(f"The address did not take the message ({type(fault).__name__}).") from fault


SENDERS: Mapping[str, Callable[[Channel, Message], None]] = {"mail": _mail, "webhook": _webhook, "ntfy": _ntfy}
