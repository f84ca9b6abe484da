"""Sources and the audit."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from cast import Cast, actor, document, report
from habeas.audit import services as audit
from habeas.cases.models import Claim
from habeas.sources.follow import add_feed
from habeas.sources.models import Feed, FeedItem, Source
from web.pages import text_of


def test_sources_are_listed_with_their_documents(alice: Client, people: Cast) -> None:
    document(people.alice, "One.", source="Basit Post", published="2026-03-01")
    document(people.alice, "Two.", source="Basit Post", published="2026-03-09")
    shown = text_of(alice.get("/sources"))
    assert "Basit Post 2 1 March 2026 – 9 March 2026" in shown
    key = Source.objects.get().pk
    assert text_of(alice.get(f"/documents?source={key}")).count("Basit Post") == 3


def test_an_outsider_sees_no_source(charlie: Client, people: Cast) -> None:
    document(people.alice, "One.", source="Basit Post")
    assert "Basit Post" not in charlie.get("/sources").content.decode()
    assert "Basit Post" not in charlie.get(f"/documents?source={Source.objects.get().pk}").content.decode()


def test_a_source_that_is_none_is_not_there(alice: Client) -> None:
    assert [alice.get(f"/documents?source={key}").status_code for key in ("9", "x", "²")] == [404, 404, 404]


def test_what_changed_or_vanished_is_shown_and_leads_to_what_was_taken_in(
    alice: Client, charlie: Client, people: Cast
) -> None:
    team, now = people.alice.teams.get(), timezone.now()
    feed = add_feed(team, "https://basit.example/feed", actor=actor(people.alice), source="Basit Post")
    kept, hidden = document(people.alice, "Once."), document(people.charlie, "Not hers.")
    items = [("Edited", kept, 1, None), ("Withdrawn", hidden, 0, now), ("As it was", kept, 0, None)]
    for number, (title, shown, changes, gone_at) in enumerate(items):
        FeedItem.objects.create(
            feed=feed, key=str(number), url=f"https://basit.example/{number}", title=title, document=shown,
            changes=changes, gone_at=gone_at, seen_at=now, fetched_at=now,
        )  # fmt: skip
    page = alice.get("/sources")
    words = text_of(page).partition("since it was taken in")[2]
    assert "changed Edited" in words
    assert "gone Withdrawn" in words
    assert "As it was" not in words
    assert f'href="/documents/{kept.pk}"' in page.content.decode()
    assert f'href="/documents/{hidden.pk}"' not in page.content.decode()
    assert "Edited" not in text_of(charlie.get("/sources"))


def test_what_was_listed_and_not_taken_in_is_shown_with_why_and_whether_it_is_tried_again(
    alice: Client, charlie: Client, people: Cast
) -> None:
    team, now = people.alice.teams.get(), timezone.now()
    feed = add_feed(team, "https://basit.example/feed", actor=actor(people.alice), source="Basit Post")
    asked = "https://basit.example/{} answered with {}."
    items = [("Locked", asked.format(1, 403), None), ("Away", asked.format(2, 503), now), ("Taken", "", None)]
    for number, (title, trouble, next_at) in enumerate(items):
        url = f"https://basit.example/{number}"
        told = {"key": str(number), "url": url, "title": title, "trouble": trouble, "next_at": next_at}
        FeedItem.objects.create(feed=feed, seen_at=now, **told)
    shown = text_of(alice.get("/sources"))
    assert "2 not taken in" in shown
    words = shown.partition("Listed and not taken in")[2]
    assert "Locked https://basit.example/1 answered with 403. Basit Post not tried again" in words
    assert "Away https://basit.example/2 answered with 503. Basit Post tried again" in words
    assert "Taken" not in words
    assert "Locked" not in text_of(charlie.get("/sources"))


def test_the_audit_tells_who_did_what_in_plain_words(alice: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    claim = Claim.objects.get()
    alice.post(f"/documents/{claim.reading.document_id}/claims/{claim.pk}", {"verdict": "accept"})
    page = alice.get("/audit")
    shown = text_of(page)
    assert "alice judged a claim See it at the desk" in shown
    assert "alice captured a document" in shown
    assert f"/documents/{claim.reading.document_id}#k-c{claim.pk}" in page.content.decode()
    assert "captured a document" not in text_of(alice.get("/audit?action=cases.claim.judged"))


def test_the_audit_of_others_is_not_shown(charlie: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    assert "alice" not in charlie.get("/audit").content.decode()


def test_an_action_without_words_is_shown_all_the_same(alice: Client, people: Cast) -> None:
    audit.record("sealing.letter_sent", "letter 9", actor=actor(people.alice))
    assert "alice sealing letter sent at the desk · letter 9" in text_of(alice.get("/audit"))


FORM = {"address": "https://basit.example/feed", "source": "Basit Post", "kind": "feed", "every": "60"}


def test_a_source_is_followed_after_it_is_said_who_learns_of_it_and_paused(
    alice: Client, bob: Client, charlie: Client
) -> None:
    asked = text_of(alice.post("/sources/follow", FORM))
    assert "basit.example , and whoever watches the network, will learn at every look" in asked
    assert not Feed.objects.exists()
    assert "https://basit.example/feed" in text_of(alice.post("/sources/follow", {**FORM, "agreed": "1"}, follow=True))
    feed = Feed.objects.get()
    assert charlie.post(f"/sources/{feed.pk}").status_code == 404
    assert "basit.example" not in text_of(charlie.get("/sources"))
    assert "paused" in text_of(bob.post(f"/sources/{feed.pk}", follow=True))
    assert "not yet" in text_of(bob.post(f"/sources/{feed.pk}", {"resume": "1"}, follow=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "ftp://basit.example"},
        {"address": "/etc"},
        {"address": "https://user:secret@basit.example/"},
        {"kind": "folder", "address": "/etc"},
        {"every": "soon"},
        {"every": "1"},
        {"language": "not one"},
    ],
)
def test_what_cannot_be_followed_is_one_sentence_and_nothing_typed_is_lost(
    alice: Client, wrong: dict[str, str]
) -> None:
    answer = alice.post("/sources/follow", {**FORM, **wrong, "agreed": "1"})
    assert answer.status_code == 400
    assert 'value="Basit Post"' in answer.content.decode()
    assert not Feed.objects.exists()
