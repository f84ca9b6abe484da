"""The watch on the desk: alerts with their words, put away and back, and channels of one's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import Cast, actor, report
from habeas.watch import channels, delivery, services
from habeas.watch.models import Alert, Channel, Tick
from web.pages import text_of


@pytest.fixture
def alert(people: Cast) -> Alert:
    report(people.alice, "Tarek Oumari")
    services.tick(actor=actor(people.alice), on=date(2026, 3, 5))
    return Alert.objects.get()


def test_it_shows_an_alert_with_its_words_and_where_its_rule_comes_from(alice: Client, alert: Alert) -> None:
    shown = text_of(alice.get("/watch"))
    for words in ("Tarek Oumari", "custody: in custody", "Tarek Oumari was arrested.", "Basit Post", "4 March 2026"):
        assert words in shown
    assert "may still wait for a person's judgement" in shown


def test_an_alert_is_put_away_and_taken_out_again(alice: Client, alert: Alert) -> None:
    answer = alice.post(f"/watch/alerts/{alert.pk}", follow=True)
    assert "No alert is open" in text_of(answer)
    assert "Tarek Oumari" in text_of(alice.get("/watch?away=1"))
    alice.post(f"/watch/alerts/{alert.pk}", {"restore": "1"})
    assert "Tarek Oumari" in text_of(alice.get("/watch"))


def test_it_says_what_waits_to_be_sent_and_why_to_whom_it_was_for(
    alice: Client, bob: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    channels.open_channel(people.alice, "mail", address="alice@basit.example", actor=actor(people.alice))
    report(people.alice, "Tarek Oumari")
    services.tick(actor=actor(people.alice), on=date(2026, 3, 5))
    assert delivery.deliver() == 0
    said = "1 alert waits to be sent to you, and is tried again by itself: The mail server cannot be reached"
    assert said in text_of(alice.get("/watch"))
    assert "waits to be sent" not in text_of(bob.get("/watch"))
    monkeypatch.undo()
    assert delivery.deliver(timezone.now() + timedelta(minutes=3)) == 1
    assert "waits to be sent" not in text_of(alice.get("/watch"))


def test_it_says_when_the_watch_last_went_round_and_where_it_seems_to_have_stopped(alice: Client, people: Cast) -> None:
    assert "The watch has not gone round yet" in text_of(alice.get("/watch"))
    report(people.alice, "Tarek Oumari")
    services.tick(actor=actor(people.alice))
    assert "The watch last went round" in text_of(alice.get("/watch"))
    assert "not gone round" not in text_of(alice.get("/"))
    for path, hours in (("/watch", 4), ("/", 25)):
        Tick.objects.update(began_at=timezone.now() - timedelta(hours=hours))
        assert "The watch has not gone round since" in text_of(alice.get(path))


def test_an_outsider_sees_and_changes_nothing(charlie: Client, alert: Alert) -> None:
    assert "Tarek" not in text_of(charlie.get("/watch"))
    assert charlie.post(f"/watch/alerts/{alert.pk}").status_code == 404


def test_a_calendar_is_opened_its_address_shown_once_and_closed(alice: Client, bob: Client, alert: Alert) -> None:
    shown = alice.post("/watch/channels", {"kind": "calendar"}, follow=True).content.decode()
    address = shown.split('class="secret">')[1].split("<")[0]
    assert Client().get(address.removeprefix("http://127.0.0.1:8010")).status_code == 200
    assert "secret" not in text_of(alice.get("/watch"))
    channel = Channel.objects.get()
    assert bob.post(f"/watch/channels/{channel.pk}/close").status_code == 404
    alice.post(f"/watch/channels/{channel.pk}/close")
    assert Client().get(address.removeprefix("http://127.0.0.1:8010")).status_code == 404


def test_a_channel_that_cannot_be_is_one_sentence(alice: Client) -> None:
    answer = alice.post("/watch/channels", {"kind": "mail", "address": "nobody"})
    assert answer.status_code == 400
    assert "is not a mail address" in text_of(answer)
