"""Adding a report at the desk."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import Cast
from habeas.cases.models import Case
from habeas.sources.models import Capture, Document
from habeas.web.desk.views import adding
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
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "a.pdf"),
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


def several(*names: str) -> list[SimpleUploadedFile]:
    """Files with a report each, every one of another day."""
    return [
        SimpleUploadedFile(name, f"{TEXT} It was day {n}.".encode() if "empty" not in name else b"")
        for n, name in enumerate(names)
    ]


def pieces(answer: Any) -> list[str]:
    return [piece.decode() for piece in answer.streaming_content]


def test_several_files_are_read_one_after_the_other_and_the_page_tells_how_far(alice: Client, people: Cast) -> None:
    answer = alice.post("/reports/add", {"file": several("a.txt", "empty.txt", "c.txt"), "title": "Of one", **SAID})
    told = pieces(answer)
    assert answer.status_code == 200
    assert len(told) == 6  # head, three files, what came of it, foot
    assert ["33%" in told[1], "66%" in told[2], "100%" in told[3]] == [True, True, True]
    assert "1 of 3" in told[1]
    assert "empty.txt is empty" in unescape(re.sub("<[^>]*>", "", told[2]))
    assert "2 files taken in" in told[4]
    assert "1 could not be taken in" in told[4]
    kept = Document.objects.order_by("pk")
    assert [(one.published_on, one.title) for one in kept] == [("2026-03-04", ""), ("2026-03-04", "")]
    assert set(Capture.objects.values_list("original", flat=True)) == {"a.txt", "c.txt"}


@pytest.mark.django_db(transaction=True)  # leaving ends the request, and with it the connection
def test_whoever_leaves_while_files_are_read_keeps_those_that_were(alice: Client, people: Cast) -> None:
    answer = alice.post("/reports/add", {"file": several("a.txt", "b.txt", "c.txt"), **SAID})
    stream = iter(answer.streaming_content)
    next(stream), next(stream)
    answer.close()
    assert Document.objects.count() == 1
    assert len(pieces(alice.post("/reports/add", {"file": several("a.txt", "b.txt", "c.txt"), **SAID}))) == 6
    assert Document.objects.count() == 3


def test_how_far_the_reading_is_is_told_in_arabic(alice: Client, people: Cast) -> None:
    files = several("a.txt", "empty.txt")
    told = pieces(alice.post("/reports/add", {"file": files, **SAID}, headers={"accept-language": "ar"}))
    assert "القراءة جارية" in told[0]
    assert "فارغ؛ لا شيء لإدخاله" in told[2]


def test_a_fault_in_one_file_stops_none_of_the_others_and_tells_no_name_in_the_log(
    alice: Client, people: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = adding.add_report

    def broken(path: Path, called: str, *given: Any, **more: Any) -> list[Document]:
        if called == "Oumari.txt":
            raise RuntimeError(f"{called}: Tarek Oumari")
        return whole(path, called, *given, **more)

    monkeypatch.setattr(adding, "add_report", broken)
    told = pieces(alice.post("/reports/add", {"file": several("a.txt", "Oumari.txt", "c.txt"), **SAID}))
    assert "The desk failed at this file" in told[2]
    assert "2 files taken in" in told[4]
    assert Document.objects.count() == 2
    assert "RuntimeError at" in caplog.text
    assert "Oumari" not in caplog.text


class Unread:
    """A body that must not be read."""

    def read(self, *_given: object) -> bytes:
        raise AssertionError("read before anybody had signed in")

    readline = read


@pytest.mark.parametrize("path", ["/reports/add", "/sign-in", "/nowhere", "/language", "/calendar/x.ics"])
@pytest.mark.parametrize(
    "told",
    [{"CONTENT_LENGTH": "40000000"}, {"CONTENT_LENGTH": "many"}, {"HTTP_TRANSFER_ENCODING": "chunked"}],
    ids=["long", "odd", "chunked"],
)
def test_what_a_stranger_sends_is_refused_unread_where_it_is_large(
    people: Cast, path: str, told: dict[str, str]
) -> None:
    body = {"wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = Client(enforce_csrf_checks=True).post(path, **{**body, **told})  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert "Nobody is signed in here" in text_of(answer)


def test_whoever_was_away_for_too_long_is_led_to_the_door_with_their_files(alice: Client, people: Cast) -> None:
    session = alice.session
    session["seen_at"] = 0.0
    session.save()
    answer = alice.post("/reports/add", {"file": [SimpleUploadedFile("a.txt", b"word " * 50_000)], **SAID})
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/reports/add", "/sign-in", "/plan"])
def test_files_that_are_too_large_together_are_refused_before_anything_is_kept(
    alice: Client, people: Cast, settings: Any, path: str
) -> None:
    settings.UPLOAD_LIMIT = 1_000_000
    answer = alice.post(path, {"file": [SimpleUploadedFile("a.txt", b"word " * 300_000)], **SAID})
    assert answer.status_code == 413
    assert "larger than 1 MB together" in text_of(answer)
    assert "nothing of them was kept" in text_of(answer)
    assert not Document.objects.exists()


def test_more_files_than_can_be_told_apart_are_refused(alice: Client, people: Cast) -> None:
    files = several(*(f"{n}.txt" for n in range(101)))
    answer = alice.post("/reports/add", {"file": files, **SAID}, headers={"accept-language": "ar"})
    assert answer.status_code == 413
    assert "أكثر من 100 ملف" in text_of(answer)
    assert not Document.objects.exists()


def test_pasted_words_that_are_too_many_are_refused_with_what_to_do(alice: Client, people: Cast) -> None:
    answer = alice.post("/reports/add", {"text": "word " * 1_100_000, **SAID})
    assert answer.status_code == 413
    assert "Save it to a file" in text_of(answer)
    assert not Document.objects.exists()
