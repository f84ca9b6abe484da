"""A mail server that dies in the middle, one that keeps others waiting, clocks that were wrong: nobody is forgotten."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from time_machine import Traveller, travel

from cast import Cast, actor, cast, document, read_as, report
from habeas.cases import services as cases
from habeas.config import env
from habeas.watch import channels, delivery, services
from habeas.watch.models import Alert, Channel, Delivery

pytestmark = pytest.mark.django_db
NAME = "Tarek Oumari"
DAY = date(2026, 3, 5)


@pytest.fixture
def desk() -> Cast:
    return cast()


def tell(desk: Cast, person: Any, how: str = "at_once") -> Channel:
    address = f"{person.username}@basit.example"
    return channels.open_channel(person, "mail", address=address, how=how, actor=actor(person))[0]


class HalfServer(ThreadingTCPServer):
    """A mail server that dies after it took a letter and before it says so; `is_well` once it was mended."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        self.letters, self.is_well = list[bytes](), False
        super().__init__(("127.0.0.1", 0), HalfHandler)


class HalfHandler(StreamRequestHandler):
    server: HalfServer

    def handle(self) -> None:
        self.wfile.write(b"220 mail.basit.example\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(b"".join(lines))
                if not self.server.is_well:
                    return
            self.wfile.write(b"250 yes\r\n")


@pytest.fixture
def half(settings: Any) -> Iterator[HalfServer]:
    server = HalfServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in env.mail(f"smtp://127.0.0.1:{server.server_address[1]}").items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    yield server
    server.shutdown()
    server.server_close()


def test_a_letter_over_which_the_server_died_is_sent_again_as_the_same_letter(desk: Cast, half: HalfServer) -> None:
    tell(desk, desk.bob)
    report(desk.alice, NAME)
    services.tick(actor=actor(desk.alice), on=DAY)
    now = timezone.now()
    assert delivery.deliver(now) == 0
    assert delivery.waiting() == 1
    report(desk.alice, "Salma Aydin")
    services.tick(actor=actor(desk.alice), on=DAY)
    half.is_well = True
    assert delivery.deliver(now + timedelta(minutes=3)) == 2
    numbers = Counter(message_from_bytes(letter)["Message-ID"] for letter in half.letters)
    assert sorted(numbers.values()) == [1, 2]  # who got it twice sees one letter
    assert delivery.waiting() == 0


def test_a_slow_server_gives_no_other_worker_a_message_that_was_begun(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (desk.alice, desk.bob):
        for how in ("at_once", "at_once", "daily"):
            tell(desk, person, how)
    report(desk.alice, NAME)
    services.tick(actor=actor(desk.alice), on=DAY)
    told, send = Counter[int](), delivery.SENDERS["mail"]
    with travel(timezone.now(), tick=False) as clock:
        monkeypatch.setitem(delivery.SENDERS, "mail", slowly(clock, told, send))  # type: ignore[arg-type]
        delivery.deliver()
    assert Delivery.objects.filter(sent_at=None).count() == 0
    assert told == Counter(Channel.objects.values_list("pk", flat=True))


def slowly(clock: Traveller, told: Counter[int], send: Any) -> Any:
    """A sender that takes four minutes, while another worker, with a quicker server, looks for what is due."""
    busy: list[int] = []

    def sent(channel: Channel, message: delivery.Message) -> None:
        told[channel.pk] += 1
        if not busy:
            busy.append(channel.pk)
            clock.shift(timedelta(minutes=4))
            delivery.deliver()
            busy.clear()
        send(channel, message)

    return sent


def test_a_clock_that_was_years_ahead_and_was_set_right_delays_nobody(desk: Cast) -> None:
    tell(desk, desk.bob, "daily")
    report(desk.alice, NAME)
    with travel(timezone.now() + timedelta(days=2_000)):
        services.tick(actor=actor(desk.alice), on=DAY)
        assert delivery.deliver() == 1
    made = document(desk.alice, "Salma Aydin was arrested.", published="2026-03-04")
    cases.take_in(made, read_as(made.text, "Salma Aydin"), reader="test", actor=actor(desk.alice))
    services.tick(actor=actor(desk.alice), on=DAY)
    again = document(desk.alice, f"{NAME} is in hospital.", published="2026-03-05")
    admitted = read_as(again.text, NAME, kind="hospitalisation", phase="admitted", date="2026-03-05")
    cases.take_in(again, admitted, reader="test", actor=actor(desk.alice))
    with travel(timezone.now() + timedelta(hours=6)):  # well after what came: only the last tick tells when that was
        services.tick(actor=actor(desk.alice), on=DAY)
        assert Alert.objects.filter(step="custody: hospital").exists()
        assert delivery.deliver() >= 2
    assert len(mail.outbox) == 2


def test_what_came_before_a_tick_whose_clock_was_ahead_is_looked_at_once_it_is_right(desk: Cast) -> None:
    report(desk.alice, NAME)
    with travel(timezone.now() + timedelta(days=30)):
        services.tick(actor=actor(desk.alice), on=DAY)
    again = document(desk.alice, f"{NAME} is in hospital.", published="2026-03-05")
    admitted = read_as(again.text, NAME, kind="hospitalisation", phase="admitted", date="2026-03-05")
    cases.take_in(again, admitted, reader="test", actor=actor(desk.alice))
    with travel(timezone.now() + timedelta(days=1)):  # the clock still says less than at the last tick
        done = services.tick(actor=actor(desk.alice), on=DAY)
    assert [alert.step for alert in Alert.objects.filter(pk__in=done.raised)] == ["custody: hospital"]


def test_what_was_put_away_returns_when_somebody_else_says_so(desk: Cast) -> None:
    def told(source: str, text: str, **claim: Any) -> list[str]:
        made = document(desk.alice, f"{NAME} {text} ({source})", published="2026-03-05", source=source)
        cases.take_in(made, read_as(made.text, NAME, **claim), reader="test", actor=actor(desk.alice))
        done = services.tick(actor=actor(desk.alice), on=DAY)
        raised = Alert.objects.filter(pk__in=done.raised, rule="health")
        for alert in raised:
            services.dismiss(alert, actor=actor(desk.bob), reason="not so")
        return [alert.rule for alert in raised]

    report(desk.alice, NAME)
    critical = {"kind": "health", "phase": "ongoing", "value": "critical", "date": "2026-03-05"}
    assert told("Basit Post", "is in a critical state.", **critical) == ["health"]
    assert told("Basit Post", "is in a critical state, we hear.", **critical) == []
    assert told("Selm Radio", "is in a critical state.", **critical) == ["health"]
