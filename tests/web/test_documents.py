"""The list of documents."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import Cast, actor, document, report
from habeas.cases import services
from habeas.extraction.reading import DocumentInfo, Reading
from web.pages import text_of


def test_it_shows_title_source_day_and_what_was_found(alice: Client, people: Cast) -> None:
    document(people.alice, "Other words.", title="A town waits", source="Sijill Notes", published="2026-03-05")
    report(people.alice, "Tarek Oumari")
    shown = text_of(alice.get("/documents"))
    for words in ("2 documents", "A town waits", "Sijill Notes", "5 March 2026", "not read yet", "1 claim", "English"):
        assert words in shown
    assert shown.index("5 March 2026") < shown.index("4 March 2026")


def test_it_says_what_could_not_be_read_and_what_held_nothing(alice: Client, people: Cast) -> None:
    for text, note in (("نص", "This text is in Arabic, which Habeas cannot read yet; it is kept."), ("Rain.", "")):
        made = document(people.alice, text, language="")
        services.take_in(made, Reading(DocumentInfo(note=note)), reader="test", actor=actor(people.alice))
    shown = text_of(alice.get("/documents"))
    assert "not read" in shown
    assert "nothing found" in shown


def test_counts_are_those_of_the_newest_reading(alice: Client, people: Cast) -> None:
    made = report(people.alice, "Tarek Oumari")
    services.take_in(made, Reading(DocumentInfo()), reader="newer", actor=actor(people.alice))
    assert "nothing found" in text_of(alice.get("/documents"))


def test_without_any_it_says_how_to_take_some_in(alice: Client) -> None:
    assert "habeas ingest" in text_of(alice.get("/documents"))


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.get("/documents").headers["Location"].startswith("/sign-in")


def test_an_outsider_sees_none_of_it(charlie: Client, people: Cast) -> None:
    document(people.alice, title="A town waits")
    assert "A town waits" not in text_of(charlie.get("/documents"))


def test_the_number_of_queries_does_not_grow(alice: Client, people: Cast) -> None:
    counts = []
    for names in (("Tarek Oumari",), ("Salma Benhadi", "Olena Prysh", "Jun Harada")):
        for name in names:
            report(people.alice, name)
        with CaptureQueriesContext(connection) as queries:
            alice.get("/documents")
        counts.append(len(queries))
    assert counts[0] == counts[1]
