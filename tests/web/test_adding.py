"""Adding a report at the desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import Cast
from habeas.cases.models import Case
from habeas.sources.models import Capture, Document
from web.pages import text_of

TEXT = "Police arrested the teacher Tarek Oumari at his home on Monday, his lawyer said."
SAID = {"source": "Basit Post", "published": "2026-03-04", "language": "en", "title": "Teacher held"}


def test_a_pasted_report_is_read_and_shown(alice: Client, people: Cast) -> None:
    answer = alice.post("/reports/add", {"text": TEXT, **SAID})
    made = Document.objects.get()
    assert answer.headers["Location"] == f"/documents/{made.pk}"
    assert (made.text, made.title, made.published_on) == (TEXT, "Teacher held", "2026-03-04")
    assert Case.objects.get().person.name == "Tarek Oumari"
    capture = Capture.objects.get()
    assert (capture.source.name, capture.original, capture.collector) == (
        "Basit Post",
        "pasted at the desk",
        people.alice,
    )


def test_a_file_is_read_and_keeps_its_name(alice: Client, people: Cast) -> None:
    page = f"<!doctype html><html><body><p>{TEXT}</p></body></html>".encode()
    alice.post("/reports/add", {"file": SimpleUploadedFile("../../teacher.html", page), **SAID})
    assert Capture.objects.get().original == "teacher.html"
    assert TEXT in Document.objects.get().text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Paste the text of the report"),
        ({"text": TEXT, "published": "yesterday"}, "yesterday"),
        ({"text": TEXT, "language": "no language at all"}, "language"),
        ({"file": SimpleUploadedFile("a.jsonl", b'{"text": "x"}')}, "habeas ingest"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "report.pdf"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost(
    alice: Client, people: Cast, sent: dict[str, object], told: str
) -> None:
    answer = alice.post("/reports/add", {"title": "Kept <b>title</b>", **sent})
    assert answer.status_code == 400
    assert told in text_of(answer)
    assert 'value="Kept &lt;b&gt;title&lt;/b&gt;"' in answer.content.decode()
    assert not Document.objects.exists()


def test_it_needs_signing_in(client: Client, people: Cast) -> None:
    assert client.post("/reports/add", {"text": TEXT}).headers["Location"].startswith("/sign-in")
    assert not Document.objects.exists()


def test_the_sources_of_others_are_not_suggested(alice: Client, charlie: Client, people: Cast) -> None:
    alice.post("/reports/add", {"text": TEXT, **SAID})
    assert "Basit Post" in alice.get("/reports/add").content.decode()
    assert "Basit Post" not in charlie.get("/reports/add").content.decode()
