"""E-mail and web archives: the words in them, who wrote when, and a sentence for what holds none."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources import apart, archives, formats
from habeas.sources.errors import SourcesError, TooLarge, Unfinished, UnreadableFile
from habeas.sources.formats import Item
from habeas.sources.letters import letter
from habeas.sources.page import Page
from habeas.sources.warc import exchange

WORDS = "Tarek Oumari was arrested on Monday in Basit, his lawyer said."


def message(body: str = WORDS, *, html: bool = False) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Families' Committee <news@basit.example>"
    made["Subject"] = "Statement: مرزوق"
    made["Date"] = "Wed, 04 Mar 2026 23:30:00 +0200"
    made.set_content(body, subtype="html" if html else "plain")
    return made


def test_a_letter_is_its_words_with_who_wrote_it_and_when(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"%PNG", maintype="image", subtype="png", filename="photo.png")
    made.add_attachment("Salma Aydin was arrested too.", filename="more.txt")
    path = tmp_path / "a.eml"
    path.write_bytes(made.as_bytes())
    body, attached = formats.items(path)
    assert (body.text.strip(), body.title, body.published) == (WORDS, "Statement: مرزوق", "2026-03-04")
    assert (body.source, body.data) == ("Families' Committee", path.read_bytes())
    assert (attached.text.strip(), attached.position) == ("Salma Aydin was arrested too.", "attachment 2.txt")


def test_a_letter_in_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(message(f"<html><body><article><p>{WORDS}</p></article></body></html>", html=True).as_bytes())
    (item,) = formats.items(path)
    assert WORDS in item.text


@pytest.mark.parametrize(
    "data", [b"", b"Subject: none\n\n", b"\xff\xfe\x00", b"Content-Type: text/plain; charset=x\n\nx"]
)
def test_a_letter_without_words_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(data)
    with pytest.raises(SourcesError, match=r"\.$"):
        list(formats.items(path))


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda b: b"From: a@b\nContent-Type: " + b)))
def test_no_bytes_do_anything_but_read_or_refuse(data: bytes) -> None:
    try:
        letter(data, "a.eml")
    except SourcesError:
        return


ARTICLE = f"<html><body><article><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"


def page(n: int, body: str, kind: str = "text/html") -> bytes:
    answer = Page(
        f"https://basit.example/{n}", f"https://basit.example/{n}", 200, (("Content-Type", kind),), body.encode()
    )
    return exchange(answer, datetime(2026, 3, 4, tzinfo=UTC))


def test_a_web_archive_gives_its_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(page(1, ARTICLE) + page(2, "body{}", "text/css") + page(3, "<p></p>"))
    (item,) = formats.items(path)
    assert WORDS in item.text
    assert (item.url, item.position) == (
        "https://basit.example/1",
        "https://basit.example/1 archived 2026-03-04T00:00:00Z",
    )
    assert item.page


@pytest.mark.parametrize(
    ("name", "data"), [("a.warc", b""), ("a.warc.gz", b"no"), ("a.wacz", b"no"), ("b.warc", page(2, "x", "text/css"))]
)
def test_an_archive_without_words_is_one_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourcesError, match=r"\.$"):
        list(formats.items(path))


def test_an_archive_is_opened_in_another_process_one_page_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(page(n, ARTICLE + "x" * n) for n in range(30)))
    monkeypatch.setattr("habeas.sources.archives.pages", None)
    assert [item.url for item in formats.items(path)] == [f"https://basit.example/{n}" for n in range(30)]
    found = formats.items(path)
    assert next(found).url == "https://basit.example/0"
    found.close()  # who stops early leaves no process behind


def test_an_archive_of_very_many_pages_is_taken_in_up_to_a_bound_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(page(n, ARTICLE + "x" * n) for n in range(6)))
    monkeypatch.setattr(archives, "MOST", 4)
    found = archives.pages(path)
    assert [next(found)[0].url[-1] for _ in range(4)] == ["0", "1", "2", "3"]
    with pytest.raises(UnreadableFile, match=r"^a\.warc\.gz holds more than 4 pages"):
        next(found)


@pytest.mark.slow
def test_an_archive_has_one_allowance_of_time_for_all_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of very many tiny pages is opened in no time, and all of them are not."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(page(1, ARTICLE) * 99_000)
    monkeypatch.setattr(apart, "ARCHIVE_CPU_S", 0)  # what is left of the second in which it begins
    with pytest.raises(UnreadableFile, match=r"^a\.warc\.gz takes too much time or memory"):
        list(apart.archived(path))


def test_an_archive_is_given_up_after_some_pages_that_take_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tried = tmp_path / "a.warc.gz", list[str]()
    path.write_bytes(b"".join(page(n, ARTICLE + "x" * n) for n in range(20)))

    def too_much(_kind: str, _source: object, name: str) -> None:
        tried.append(name)
        raise apart.TooMuch(name)

    monkeypatch.setattr(apart, "parsed", too_much)
    with pytest.raises(UnreadableFile, match=r"^a\.warc\.gz takes too much"):
        list(formats.items(path))
    assert len(tried) == formats.MOST_TOO_MUCH


def in_parts(path: Path) -> Iterator[list[Item]]:
    """What comes of each round that has no time, until one ends by itself."""
    after, is_over = 0, False
    for _ in range(20):
        if is_over:
            return
        got, is_over = list[Item](), True
        try:
            for item in formats.items(path, after=after, until=0.0):
                got.append(item)
        except Unfinished as fault:
            after, is_over = fault.parts, False
        yield got


def test_a_file_of_many_is_gone_through_in_parts_each_once(tmp_path: Path) -> None:
    archive, lines = tmp_path / "a.warc.gz", tmp_path / "a.jsonl"
    archive.write_bytes(page(9, "<p></p>") + b"".join(page(n, ARTICLE + "x" * n) for n in range(7)))
    lines.write_text("\n".join(f'{{"text": "{WORDS} {n}"}}\n' for n in range(7)))
    for path in (archive, lines):
        rounds = list(in_parts(path))
        assert max(map(len, rounds)) == 1
        assert [item.position for got in rounds for item in got] == [item.position for item in formats.items(path)]


def test_a_small_file_that_unpacks_to_more_than_can_be_held_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(page(n, ARTICLE + "x" * n) for n in range(6)))
    assert len(formats.items_at_once(path)) == 6
    monkeypatch.setattr(formats, "AT_ONCE", 3 * len(ARTICLE))
    with pytest.raises(TooLarge, match=r"^a\.warc\.gz unpacks to more than .* habeas ingest"):
        formats.items_at_once(path)


@pytest.mark.slow
def test_an_archive_that_unpacks_for_hours_is_a_sentence_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = page(1, ARTICLE)
    (tmp_path / "bomb.warc.gz").write_bytes(whole + bomb())
    (tmp_path / "bomb.wacz").write_bytes(zipped(whole + bomb()))
    monkeypatch.setattr(apart, "CPU_S", 1)
    for name in ("bomb.warc.gz", "bomb.wacz"):
        found = formats.items(tmp_path / name)
        assert WORDS in next(found).text
        with pytest.raises(UnreadableFile, match=rf"^{name} takes too much time or memory"):
            next(found)
    monkeypatch.undo()
    (tmp_path / "a.warc.gz").write_bytes(whole)
    assert len(list(formats.items(tmp_path / "a.warc.gz"))) == 1


def bomb() -> bytes:
    """Some megabytes that unpack to a hundred million records without a page."""
    records = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 50_000
    pack = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    begun = pack.compress(records) + pack.flush(zlib.Z_FULL_FLUSH)
    return begun + (pack.compress(records) + pack.flush(zlib.Z_FULL_FLUSH)) * 2_000


def zipped(archive: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("archive/data.warc.gz", archive)
    return made.getvalue()


def test_a_pipe_that_is_called_an_archive_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.warc")
    with pytest.raises(UnreadableFile, match="is a pipe or a device"):
        list(formats.items(tmp_path / "a.warc"))
