"""Alerts by mail through a real server (Exim), which is away for a while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cast import Cast, actor, cast, report
from habeas.config import env
from habeas.watch import channels, delivery, services
from mail_servers import HERE, Server, exim, needs_exim, open_folder, until

pytestmark = [needs_exim, pytest.mark.slow, pytest.mark.django_db]
NAME = "Tarek Oumari"


@pytest.fixture
def box(settings: Any) -> Iterator[tuple[Server, Path]]:
    with open_folder() as folder:
        server = exim(folder)
        for name, value in env.mail(f"smtp://{HERE}:{server.port}").items():
            setattr(settings, name, value)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield server, folder / "mail"
        server.stop()


@pytest.fixture
def desk() -> Cast:
    return cast()


def came(folder: Path) -> list[Message]:
    return [message_from_bytes(path.read_bytes()) for path in sorted((folder / "new").glob("*"))]


def test_what_waits_for_a_mail_server_is_delivered_once_when_it_is_back(
    desk: Cast, box: tuple[Server, Path], client: Client
) -> None:
    server, folder = box
    channels.open_channel(desk.bob, "mail", address="bob@basit.example", actor=actor(desk.bob))
    report(desk.alice, NAME)
    services.tick(actor=actor(desk.alice), on=date(2026, 3, 5))
    now = timezone.now()
    assert delivery.deliver(now) == 0
    assert delivery.waiting() == 1
    ((reason, count),) = delivery.reasons_of_waiting(desk.bob)
    assert (reason, count) == ("The mail server cannot be reached (ConnectionRefusedError).", 1)
    assert delivery.reasons_of_waiting(desk.charlie) == []
    client.force_login(desk.bob)
    assert "1 alert waits to be sent to you" in client.get("/watch").content.decode()
    server.start()
    assert delivery.deliver(now + timedelta(minutes=3)) == 1
    assert delivery.deliver(now + timedelta(days=1)) == 0
    assert delivery.waiting() == 0
    until(lambda: bool(came(folder)))
    (letter,) = came(folder)
    assert letter["Subject"].startswith("Habeas: Case ")
    assert NAME not in letter.as_string()
    assert letter["Message-ID"].endswith("@habeas.invalid>")


def test_an_address_that_the_server_refuses_waits_with_its_reason(desk: Cast, box: tuple[Server, Path]) -> None:
    server, folder = box
    server.start()
    channels.open_channel(desk.bob, "mail", address="bob@elsewhere.example", actor=actor(desk.bob))
    channels.open_channel(desk.alice, "mail", address="alice@basit.example", actor=actor(desk.alice))
    report(desk.alice, NAME)
    services.tick(actor=actor(desk.alice), on=date(2026, 3, 5))
    assert delivery.deliver() == 1
    assert [reason for reason, _ in delivery.reasons_of_waiting()] == [
        "The mail server refuses the address; close this channel and open one with another."
    ]
    until(lambda: len(came(folder)) == 1)
