"""Matches: names that may be somebody's on file."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, actor, read_as, report
from habeas.cases import services
from habeas.cases.models import Case, Judgement, Link
from habeas.cases.queries.readings import readings_of
from habeas.sources.models import Document
from web.desks import asked
from web.pages import text_of


@pytest.fixture
def link(people: Cast) -> Link:
    """A name of one part that may be that of Tarek Oumari."""
    return asked(people)


@pytest.mark.parametrize(
    ("verdict", "told"),
    [("accept", "Taken for the same person."), ("reject", "Taken for somebody else."), ("unsure", "Left open")],
)
def test_the_two_stand_side_by_side_and_are_judged(alice: Client, link: Link, verdict: str, told: str) -> None:
    shown = text_of(alice.get("/matches"))
    assert "Oumari Hani Saffar was moved to Basit." in shown
    assert "Tarek Oumari was arrested." in shown
    assert link.reason in shown
    after = text_of(alice.post(f"/matches/{link.pk}", {"verdict": verdict, "next": "/matches"}, follow=True))
    assert told in after
    assert "No name waits" in after


def test_it_is_taken_back(alice: Client, link: Link) -> None:
    alice.post(f"/matches/{link.pk}", {"verdict": "accept", "next": "/matches"})
    page = alice.get("/matches").content.decode()
    assert f'name="link" value="{link.pk}"' in page
    alice.post("/undo", {"link": link.pk, "next": "/matches"})
    assert "Oumari Hani Saffar was moved to Basit." in text_of(alice.get("/matches"))


def test_a_document_asks_who_it_is(alice: Client, link: Link) -> None:
    page = text_of(alice.get(f"/documents/{link.sighting.reading.document_id}"))
    assert "Who is this? 1" in page
    alice.post(f"/matches/{link.pk}", {"verdict": "accept"})
    assert "Who is this?" not in text_of(alice.get(f"/documents/{link.sighting.reading.document_id}"))


def test_a_case_has_its_own(alice: Client, link: Link) -> None:
    case = Case.objects.get(person=link.person)
    assert "Names that may be Tarek Oumari" in text_of(alice.get(f"/matches?case={case.pk}"))
    assert alice.get("/matches?case=999").status_code == alice.get("/matches?case=x").status_code == 404


def test_no_other_answer_counts(alice: Client, link: Link) -> None:
    assert alice.post(f"/matches/{link.pk}", {"verdict": "perhaps"}).status_code == 409
    assert not Judgement.objects.exists()


def test_an_outsider_sees_and_judges_none(charlie: Client, link: Link) -> None:
    assert "Oumari" not in charlie.get("/matches").content.decode()
    assert charlie.get(f"/matches?case={Case.objects.get(person=link.person).pk}").status_code == 404
    assert charlie.post(f"/matches/{link.pk}", {"verdict": "accept"}).status_code == 404
    assert charlie.post("/undo", {"link": link.pk}).status_code == 404
    assert not Judgement.objects.exists()


def test_a_newer_reading_says_what_it_says_otherwise(alice: Client, charlie: Client, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari")
    newer = read_as(made.text, "Tarek Oumari", kind="release")
    services.take_in(made, newer, reader="test-2", actor=actor(people.alice))
    found = readings_of(Document.objects.get(), people.alice)
    assert [one.reader for one in found.readings] == ["test-2", "test"]
    assert ([one.what for one in found.added], [one.what for one in found.dropped]) == (["release"], ["arrested"])
    assert "What the newest says otherwise" in text_of(alice.get(f"/documents/{made.pk}"))
    assert readings_of(made, people.charlie).readings == ()


def test_many_names_are_counted_no_further_than_they_are_shown(
    alice: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(people)
    assert "to look at 1" in text_of(alice.get("/matches"))
    monkeypatch.setattr("habeas.cases.queries.newest.MOST_COUNTED", 0)
    assert "to look at 0+" in text_of(alice.get("/matches"))
