"""Hostile files are opened in a process that can be lost."""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.sources import apart
from habeas.sources.errors import UnreadableFile
from habeas.sources.listing import listing

WORDS = "Tarek Oumari was arrested at the Selm crossing. " * 20
URL = "https://basit.example/feed"
SITEMAPS = "<sitemapindex><sitemap><loc>https://basit.example/part.xml</loc></sitemap></sitemapindex>"
PAGE = f"<html><body><article><p>{WORDS}</p></article></body></html>"


def read() -> str:
    return apart.parsed("html", PAGE, "page.html")["text"]


def slow_page(attributes: int = 60_000) -> str:
    return PAGE.replace("<p>", "<p " + " ".join(f"a{n}=1" for n in range(attributes)) + ">")


def test_one_process_serves_one_file_after_the_other() -> None:
    apart._end()  # one that has served others is replaced after its last file
    assert "Selm crossing" in read()
    served_by = apart._held[0].process.pid
    assert "Selm crossing" in read()
    assert apart._held[0].process.pid == served_by != os.getpid()


def test_it_serves_on_however_much_the_process_holds_that_started_it() -> None:
    apart._end()
    held = bytearray(os.urandom(1_000)) * 450_000
    assert "Selm crossing" in read()
    served_by = apart._held[0].process.pid
    assert "Selm crossing" in read()
    assert apart._held[0].process.pid == served_by
    assert held


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_what_is_wrong_with_a_file_is_told_as_ever(kind: str) -> None:
    with pytest.raises(UnreadableFile, match=r"No article text|cannot be opened"):
        apart.parsed(kind, b"%PDF-1.4 broken", "a file")


def test_a_page_that_takes_too_long_is_a_sentence_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read()
    monkeypatch.setattr(apart, "CPU_S", 1)
    with pytest.raises(UnreadableFile, match=r"^page\.html takes too much time or memory"):
        apart.parsed("html", slow_page(), "page.html")
    monkeypatch.undo()
    assert "Selm crossing" in read()


def test_a_feed_is_listed_apart_and_one_that_takes_too_long_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = (
        "<rss version='2.0'><channel><title>T</title><item><link>https://basit.example/1</link></item></channel></rss>"
    )
    assert apart.listed(feed.encode(), URL) == listing(feed.encode(), URL)
    assert apart.listed(SITEMAPS.encode(), URL).further == ("https://basit.example/part.xml",)
    with pytest.raises(UnreadableFile, match="no feed and no sitemap"):
        apart.listed(b"<html></html>", URL)
    monkeypatch.setattr(apart, "CPU_S", 1)
    with pytest.raises(UnreadableFile, match="takes too much time or memory"):
        apart.listed(b"<rss version='2.0'><channel>" + b"<a>" * 400_000, URL)
    monkeypatch.undo()
    assert len(apart.listed(feed.encode(), URL).entries) == 1


def test_a_process_that_died_or_has_grown_or_is_somebody_elses_is_replaced() -> None:
    assert read()
    apart._held[0].process.kill()
    apart._held[0].process.wait()
    assert "Selm crossing" in read()
    for name, value in (("is_tired", True), ("owner", -1)):
        before = apart._held[0]
        setattr(before, name, value)
        assert "Selm crossing" in read()
        assert apart._held[0] is not before
        before.owner = os.getpid()
        before.close()


def impostor(folder: Path, answer: str) -> str:
    """A program that answers every question with these words, as a process might that a hostile file took over."""
    path = folder / "impostor"
    path.write_text(
        f"#!{sys.executable}\nimport sys\nsys.stdin.buffer.readline()\n"
        f"sys.stdout.write({answer!r} + chr(10))\nsys.stdout.flush()\nsys.stdin.buffer.read()\n"
    )
    path.chmod(0o700)
    return str(path)


HTML = dict.fromkeys(("text", "title", "published", "language", "url"), "x")
LETTER = dict.fromkeys(("text", "title", "published", "source", "sender", "is_html"), "x")
ASKED: dict[str, Callable[[], object]] = {
    "html": lambda: apart.parsed("html", PAGE, "a"),
    "listing": lambda: apart.listed(b"<rss/>", "a"),
    "letter": lambda: apart.letter(b"From: a", "a"),
    "table": lambda: apart.table(b"PK", "a"),
    "archive": lambda: list(apart.archived(Path("a"))),
}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("html", "no JSON"),
        ("html", '{"text": "cut'),
        ("html", "[" * 100_000),
        ("html", "[1, 2]"),
        ("html", json.dumps({**HTML, "text": 3})),
        ("html", json.dumps({"text": "and nothing else"})),
        ("html", "\ud800"),
        ("listing", json.dumps({"listing": "no JSON"})),
        ("listing", json.dumps({"listing": "[]"})),
        ("listing", json.dumps({"listing": '{"kind": "feed", "entries": [{"x": 1}], "title": "", "further": []}'})),
        ("letter", json.dumps({**LETTER, "attachments": "[[1]]"})),
        ("letter", json.dumps({**LETTER, "attachments": '[["a", "é"]]'})),
        ("table", json.dumps({"text": "", "rows": "{"})),
        ("table", json.dumps({"text": "", "rows": "[3]"})),
        ("archive", "no JSON"),
        ("archive", json.dumps({"url": "https://basit.example/1"})),
        ("archive", json.dumps({"url": "x", "headers": "[1]", "body": "", "at": ""})),
    ],
)
def test_a_process_that_tells_nonsense_costs_a_sentence_and_is_replaced(
    kind: str, answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart._end()
    honest = sys.executable
    monkeypatch.setattr(sys, "executable", impostor(tmp_path, answer))
    with pytest.raises(UnreadableFile, match=r"made to do harm"):
        ASKED[kind]()
    monkeypatch.setattr(sys, "executable", honest)
    if kind == "html":
        assert "Selm crossing" in read()
    apart._end()


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_hundreds_of_megabytes_is_a_sentence() -> None:
    stream = zlib.compress(b"BT /F1 12 Tf (Hello world) Tj ET " * 10_000_000, 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    bomb = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    with pytest.raises(UnreadableFile, match=r"^bomb\.pdf takes too much time or memory"):
        apart.parsed("pdf", bomb + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF", "bomb.pdf")


def test_a_process_is_ended_though_its_pipes_are_closed_already() -> None:
    """As they are where the garbage collector comes to them first."""
    worker = apart._Worker()
    assert worker.process.stdin is not None
    worker.process.stdin.close()
    worker.close()
    assert worker.process.returncode is not None
