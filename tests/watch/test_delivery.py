"""Alerts reach people once, say little outside the desk, and wait where nobody answers."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cast import Cast, actor, cast, report
from habeas.accounts.models import Membership
from habeas.watch import channels, delivery, services
from habeas.watch.models import Alert, Delivery

pytestmark = pytest.mark.django_db
NAME = "Tarek Oumari"


class Got(NamedTuple):
    headers: dict[str, str]
    body: bytes


class Listener(HTTPServer):
    """A server on this machine that keeps what it is sent, or answers with a failure."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == 200:
            self.server.got.append(Got(dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.FETCH_HOSTS = ["127.0.0.1"]
    server = Listener()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk() -> Cast:
    return cast()


def raise_one(desk: Cast, name: str = NAME, on: date = date(2026, 3, 5)) -> Alert:
    report(desk.alice, name)
    services.tick(actor=actor(desk.alice), on=on)
    return Alert.objects.latest("pk")


def test_mail_says_what_kind_of_thing_in_which_case_and_no_name(desk: Cast) -> None:
    channels.open_channel(desk.bob, "mail", address="bob@example.org", actor=actor(desk.bob))
    alert = raise_one(desk)
    assert (delivery.deliver(), delivery.deliver()) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == ["bob@example.org"]
    assert sent.subject == f"Habeas: Case {alert.case_id}: a state changed"
    assert f"/cases/{alert.case_id}" in sent.body
    assert NAME not in sent.body + sent.subject


def test_only_who_sees_the_case_is_told(desk: Cast) -> None:
    channels.open_channel(desk.charlie, "mail", address="charlie@example.org", actor=actor(desk.charlie))
    channels.open_channel(desk.bob, "mail", address="bob@example.org", actor=actor(desk.bob))
    raise_one(desk)
    Membership.objects.filter(user=desk.bob).delete()  # access taken away before the mail is sent
    assert delivery.deliver() == 0
    assert mail.outbox == []


def test_a_daily_channel_sends_one_message_a_day(desk: Cast) -> None:
    channels.open_channel(desk.bob, "mail", address="bob@example.org", how="daily", actor=actor(desk.bob))
    raise_one(desk)
    assert delivery.deliver() == 1
    raise_one(desk, "Salma Aydin")
    raise_one(desk, "Yusuf Darwish")
    assert delivery.deliver() == 0
    assert delivery.deliver(timezone.now() + timedelta(days=1, minutes=1)) == 2
    assert mail.outbox[-1].subject == "Habeas: 2 alerts"


def test_a_webhook_is_signed(desk: Cast, listener: Listener) -> None:
    _, secret = channels.open_channel(desk.bob, "webhook", address=listener.url, actor=actor(desk.bob))
    alert = raise_one(desk)
    assert delivery.deliver() == 1
    (got,) = listener.got
    assert got.headers["Habeas-Signature"] == hmac.new(secret.encode(), got.body, hashlib.sha256).hexdigest()
    assert [told["alert"] for told in json.loads(got.body)["alerts"]] == [alert.pk]
    assert NAME.encode() not in got.body


def test_ntfy_gets_text_and_a_token(desk: Cast, listener: Listener) -> None:
    channels.open_channel(desk.bob, "ntfy", address=listener.url, secret="tk_abc", actor=actor(desk.bob))
    raise_one(desk)
    assert delivery.deliver() == 1
    assert listener.got[0].headers["Authorization"] == "Bearer tk_abc"
    assert listener.got[0].body.startswith(b"Case ")


def test_what_cannot_be_sent_waits_says_why_and_is_sent_once(desk: Cast, listener: Listener) -> None:
    channels.open_channel(desk.bob, "webhook", address=listener.url, actor=actor(desk.bob))
    raise_one(desk)
    listener.status = 503
    now = timezone.now()
    assert delivery.deliver(now) == 0
    waiting = Delivery.objects.get()
    assert (waiting.attempts, waiting.sent_at) == (1, None)
    assert "did not take the message" in waiting.error
    listener.status = 200
    assert delivery.deliver(now + timedelta(minutes=1)) == 0  # not yet
    assert delivery.deliver(now + timedelta(minutes=3)) == 1
    assert delivery.deliver(now + timedelta(days=3)) == 0
    assert len(listener.got) == 1


def test_a_private_address_is_not_asked_unless_it_was_allowed(desk: Cast, listener: Listener, settings: Any) -> None:
    channels.open_channel(desk.bob, "webhook", address=listener.url, actor=actor(desk.bob))
    settings.FETCH_HOSTS = []
    raise_one(desk)
    assert delivery.deliver() == 0
    assert listener.got == []
    ((reason, _count),) = delivery.reasons_of_waiting(desk.bob)
    assert reason.startswith("The address is on this machine or a private network;")


def test_mail_ntfy_calendar_and_feed_speak_the_language_that_was_chosen(
    desk: Cast, listener: Listener, client: Client
) -> None:
    by = actor(desk.bob)
    for language, address in (("ar", "bob@example.org"), ("en", "home@example.org")):
        channels.open_channel(desk.bob, "mail", address=address, language=language, actor=by)
    channels.open_channel(desk.bob, "ntfy", address=listener.url, language="ar", actor=by)
    alert = raise_one(desk)
    assert delivery.deliver() == 3
    arabic, english = mail.outbox
    assert arabic.subject == f"Habeas: الحالة {alert.case_id}: تغيّرت حال"
    assert "الأسماء والكلمات على المكتب وحده." in arabic.body
    assert english.subject == f"Habeas: Case {alert.case_id}: a state changed"
    title = listener.got[0].headers["Title"]
    assert title.isascii()
    assert str(make_header(decode_header(title))) == arabic.subject
    assert "تغيّرت حال" in listener.got[0].body.decode()
    _, calendar = channels.open_channel(desk.bob, "calendar", language="ar", actor=by)
    _, feed = channels.open_channel(desk.bob, "atom", language="ar", actor=by)
    (event,) = Calendar.from_ical(client.get(f"/calendar/{calendar}.ics").content).walk("VEVENT")
    assert str(event["summary"]) == f"الحالة {alert.case_id}: لا خبر منذ شهر"
    written = client.get(f"/alerts/{feed}.atom").content.decode()
    assert 'xml:lang="ar"' in written
    assert "<title>Habeas: التنبيهات</title>" in written
    assert all(NAME not in told for told in (arabic.body, written, str(event)))


def test_a_language_that_the_interface_does_not_speak_is_refused(desk: Cast) -> None:
    with pytest.raises(channels.CannotTell, match="does not speak 'xx'"):
        channels.open_channel(desk.bob, "calendar", language="xx", actor=actor(desk.bob))


@pytest.mark.parametrize(
    ("kind", "address", "how"),
    [
        ("mail", "nobody", "at_once"),
        ("webhook", "ftp://example.org", "at_once"),
        ("webhook", "", "at_once"),
        ("pigeon", "x", "at_once"),
        ("mail", "bob@example.org", "hourly"),
    ],
)
def test_a_channel_that_cannot_be_is_refused_in_a_sentence(desk: Cast, kind: str, address: str, how: str) -> None:
    with pytest.raises(channels.CannotTell, match=r"\.$"):
        channels.open_channel(desk.bob, kind, address=address, how=how, actor=actor(desk.bob))


def test_a_calendar_is_fetched_by_a_secret_address_until_it_is_closed(desk: Cast, client: Client) -> None:
    raise_one(desk)
    channel, secret = channels.open_channel(desk.bob, "calendar", actor=actor(desk.bob))
    got = client.get(f"/calendar/{secret}.ics")
    events = Calendar.from_ical(got.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [f"Case {Alert.objects.get().case_id}: no news for a month"]
    assert NAME.encode() not in got.content
    channels.close_channel(channel, actor=actor(desk.bob))
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_a_feed_has_the_open_alerts_of_its_owner_alone(desk: Cast, client: Client) -> None:
    alert = raise_one(desk)
    _, ours = channels.open_channel(desk.bob, "atom", actor=actor(desk.bob))
    _, theirs = channels.open_channel(desk.charlie, "atom", actor=actor(desk.charlie))
    entry = f"urn:habeas:alert:{alert.pk}"
    assert entry in client.get(f"/alerts/{ours}.atom").content.decode()
    assert entry not in client.get(f"/alerts/{theirs}.atom").content.decode()
    assert NAME not in client.get(f"/alerts/{ours}.atom").content.decode()
    assert client.get("/alerts/guess.atom").status_code == 404
    assert client.get(f"/calendar/{ours}.ics").status_code == 404


def test_a_calendar_and_a_feed_say_what_they_leave_out(desk: Cast, client: Client, monkeypatch: Any) -> None:
    for name in (NAME, "Salma Aydin", "Yusuf Darwish"):
        raise_one(desk, name)
    monkeypatch.setattr("habeas.watch.feeds.MOST", 1)
    _, calendar = channels.open_channel(desk.bob, "calendar", actor=actor(desk.bob))
    _, feed = channels.open_channel(desk.bob, "atom", actor=actor(desk.bob))
    events = Calendar.from_ical(client.get(f"/calendar/{calendar}.ics").content).walk("VEVENT")
    assert str(events[-1]["summary"]) == "Habeas: 2 more days are on the desk alone"
    written = client.get(f"/alerts/{feed}.atom").content.decode()
    assert f"{Alert.objects.count() - 1} more are on the desk alone" in written
    assert written.count("<entry>") == 1
