"""Mailboxes on a real server (Dovecot): each letter once, nothing changed, the password said nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from cast import Cast, actor, cast
from habeas.audit.models import AuditLine
from habeas.sources import guarded, mailbox
from habeas.sources.errors import SourcesError
from habeas.sources.follow import Followed, add_feed, follow, set_password
from habeas.sources.mailbox import Mailbox, place
from habeas.sources.models import Capture, Document, Feed, FeedItem
from mail_servers import HERE, PASSWORD, Imap, dovecot, needs_dovecot, open_folder

pytestmark = [needs_dovecot, pytest.mark.slow, pytest.mark.django_db]
LATER = timedelta(hours=2)
WORDS = "Tarek Oumari was arrested on Monday in Basit, his lawyer said."


def letter(number: int = 1, body: str = WORDS) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Families' Committee <news@basit.example>", f"Statement {number}"
    made["Date"] = "Wed, 04 Mar 2026 23:30:00 +0200"
    made.set_content(f"{body} Statement {number}.")
    return made


@pytest.fixture(scope="module")
def server() -> Iterator[Imap]:
    with open_folder() as folder:
        made = dovecot(folder)
        made.server.start()
        yield made
        made.server.stop()


@pytest.fixture
def trusted(server: Imap, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Imap]:
    settings.FETCH_HOSTS = [HERE]
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    guarded.trust.cache_clear()
    yield server
    guarded.trust.cache_clear()


@pytest.fixture
def desk() -> Cast:
    return cast()


def add(desk: Cast, address: str, password: str = PASSWORD) -> Feed:
    team = desk.alice.teams.get()
    return add_feed(
        team,
        address,
        actor=actor(desk.alice),
        source="Our letters",
        kind="mailbox",
        every_minutes=60,
        password=password,
    )


def go(desk: Cast, after: timedelta = timedelta(0)) -> Followed:
    return follow(actor=actor(desk.alice), take=lambda _: None, now=timezone.now() + after)


def test_each_letter_is_taken_in_once_and_the_mailbox_stays_as_it_was(desk: Cast, trusted: Imap) -> None:
    for number in range(40):
        trusted.put(letter(number).as_bytes(), str(number), folder=".once")
    add(desk, trusted.address(folder="once"))
    done = go(desk)
    assert (done.feeds, done.fetched, done.new, done.troubles) == (1, 40, 40, [])
    trusted.put(letter(99).as_bytes(), "99", folder=".once")
    again = go(desk, LATER)
    assert (again.feeds, again.fetched, again.troubles) == (1, 1, [])
    assert go(desk, 2 * LATER).fetched == 0
    assert Document.objects.count() == Capture.objects.count() == 41
    captured = Capture.objects.select_related("source", "document").earliest("pk")
    assert (captured.method, captured.source.name) == ("imap", "news@basit.example (by mail)")
    assert (captured.document.title, captured.document.published_on) == ("Statement 0", "2026-03-04")
    assert captured.original.startswith(f"imaps://news%40basit.example@{HERE}:")
    assert len(list((trusted.mail / "news@basit.example" / ".once" / "new").iterdir())) == 41  # none seen or moved


def test_what_is_attached_or_forwarded_is_taken_in_too(desk: Cast, trusted: Imap) -> None:
    made, inner = letter(1), letter(2, "Salma Aydin was moved to Basit prison.")
    made.add_attachment("Yusuf Darwish was released.", filename="more.txt")
    inner.add_attachment("<html><body><article><p>Huda Nasir is ill.</p></article></body></html>", subtype="html")
    made.add_attachment(inner)
    bare = EmailMessage()
    bare["From"], bare["Subject"] = "x@basit.example", "A list"
    bare.add_attachment("Hani Delwan was charged.", filename="list.txt")
    trusted.put(made.as_bytes(), "a", folder=".attached")
    trusted.put(bare.as_bytes(), "b", folder=".attached")
    add(desk, trusted.address(folder="attached"))
    assert go(desk).troubles == []
    found = "\n".join(Document.objects.values_list("text", flat=True))
    for words in ("Tarek Oumari", "Yusuf Darwish", "Salma Aydin", "Huda Nasir", "A list", "Hani Delwan"):
        assert words in found, words


def test_a_folder_with_an_arabic_name_is_opened(desk: Cast, trusted: Imap) -> None:
    trusted.put(letter().as_bytes(), "1", folder=".&BiMGLgYoBicGMQ-")
    add(desk, trusted.address(folder="أخبار"))
    assert go(desk).new == 1


def test_a_mailbox_that_was_made_anew_gives_nothing_twice(desk: Cast, trusted: Imap) -> None:
    for number in range(5):
        trusted.put(letter(number).as_bytes(), str(number), folder=".anew")
    add(desk, trusted.address(folder="anew"))
    assert go(desk).new == 5
    for known in (trusted.mail / "news@basit.example" / ".anew").glob("dovecot*"):
        known.unlink()
    (trusted.mail / "news@basit.example" / ".anew" / "dovecot-uidlist").write_text("3 V777 N1 G" + "1" * 32 + "\n")
    trusted.put(letter(6).as_bytes(), "6", folder=".anew")
    done = go(desk, LATER)
    assert (done.fetched, done.new, done.troubles) == (6, 1, [])
    assert Document.objects.count() == 6


def test_a_letter_beyond_the_limit_is_a_sentence_and_the_next_comes(
    desk: Cast, trusted: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "LETTER_LIMIT", 20_000)
    trusted.put(letter(1, "long " * 10_000).as_bytes(), "1", folder=".large")
    trusted.put(letter(2).as_bytes(), "2", folder=".large")
    add(desk, trusted.address(folder="large"))
    done = go(desk)
    assert done.new == 1
    assert [trouble.rpartition(" is ")[2] for trouble in done.troubles] == ["larger than 0 MB."]


def test_a_server_that_is_away_is_waited_for_and_a_letter_is_never_given_up(desk: Cast, trusted: Imap) -> None:
    trusted.put(letter(1).as_bytes(), "1", folder=".away")
    feed = add(desk, trusted.address(folder="away"))
    trusted.server.stop()
    try:
        done = go(desk)
        assert [feed.address in trouble for trouble in done.troubles] == [True]
    finally:
        trusted.server.start()
    FeedItem.objects.create(feed=feed, key="x", url="", seen_at=timezone.now(), next_at=timezone.now(), attempts=99)
    item = FeedItem.objects.get()
    item.url, item.attempts = f"{feed.address};UIDVALIDITY=1/;UID=1", 99
    item.save()
    assert go(desk, LATER).new == 1
    item.refresh_from_db()
    assert item.trouble.endswith("its letters are listed again at the next look.")


def test_a_wrong_password_is_a_sentence_until_it_is_mended(desk: Cast, trusted: Imap, caplog: Any) -> None:
    trusted.put(letter(1).as_bytes(), "1", folder=".locked")
    feed = add(desk, trusted.address(folder="locked"), "not the password")
    (trouble,) = go(desk).troubles
    assert trouble.endswith("does not take the name and the password; give the password again.")
    set_password(feed, PASSWORD, actor=actor(desk.alice))
    assert go(desk, timedelta(seconds=1)).new == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sources_feed")
        kept = str(cursor.fetchall())
    kept += serializers.serialize("json", [*FeedItem.objects.all(), *AuditLine.objects.all()])
    for secret in ("not the password", PASSWORD, PASSWORD[:20]):
        assert secret not in kept + trouble + caplog.text


def test_a_server_that_this_machine_does_not_trust_gets_no_password(server: Imap) -> None:
    guarded.trust.cache_clear()
    with pytest.raises(SourcesError, match="does not trust its certificate"):
        Mailbox(place(server.address()), PASSWORD, frozenset({HERE}))
