"""Files to documents: what each kind gives, and one plain sentence for each that gives nothing."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources import formats
from habeas.sources.errors import BadOption, SourcesError, UnreadableFile

PAGE = """<!doctype html><html lang="en"><head><title>Weaver held</title>
<meta property="article:published_time" content="2026-03-02T10:00:00Z"></head><body><nav>Home | Sport</nav>
<article><h1>Weaver held</h1><p>Tarek Oumari, a weaver from Basit, was detained at the Selm crossing on Monday evening,
his sister said. She has not been allowed to see him since then, and no charge has been announced.</p>
<p>The prosecutor's office in Basit did not answer questions about the case on Tuesday morning.</p></article>
<footer>Share this</footer><script>alert(1)</script></body></html>"""


def one(path: Path, **options: str) -> formats.Item:
    (item,) = formats.items(path, **options)
    return item


def test_text_keeps_every_character(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes("A\r\n\tسجين “B\n".encode())
    item = one(file)
    assert (item.text, item.media_type, item.id) == ("A\r\n\tسجين “B\n", "text/plain", "report")


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("\ufeffhalo".encode(), "utf-8", "halo"),
        ("halo".encode("utf-16"), "utf-8", "halo"),
        ("أسير".encode("windows-1256"), "windows-1256", "أسير"),
    ],
)
def test_other_encodings_are_read(tmp_path: Path, raw: bytes, encoding: str, text: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(raw)
    assert one(file, encoding=encoding).text == text


def test_html_gives_the_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    item = one(file)
    assert "Tarek Oumari" in item.text
    assert "alert" not in item.text
    assert "Share this" not in item.text
    assert (item.title, item.published, item.media_type) == ("Weaver held", "2026-03-02", "text/html")


@pytest.mark.parametrize(
    ("encoded", "declared", "stated"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8", "iso-8859-2", "utf-8"),  # what is valid UTF-8 is that, whatever a template says
        ("iso-8859-2", "iso-8859-2", "utf-8"),
        ("iso-8859-2", "", "iso-8859-2"),
        ("iso-8859-2", "utf-8", "iso-8859-2"),
    ],
)
def test_html_is_read_in_the_encoding_that_is_stated(tmp_path: Path, encoded: str, declared: str, stated: str) -> None:
    file = tmp_path / "page.html"
    head = f'<head><meta charset="{declared}">' if declared else "<head>"
    page = PAGE.replace("<head>", head).replace("Tarek Oumari", "Więźniarka Śliwa")
    file.write_bytes(page.encode(encoded))
    assert "Więźniarka Śliwa" in one(file, encoding=stated).text


def test_html_is_known_without_its_suffix(tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_text(PAGE, encoding="utf-8")
    assert one(file).media_type == "text/html"


def pdf(text: str) -> bytes:
    """A one-page PDF with `text` as its text layer, or an empty page."""
    stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode() if text else b""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    return (
        out + b"xref\n0 6\n0000000000 65535 f \n" + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"
    )  # fmt: skip


def test_pdf_gives_its_text_layer(tmp_path: Path) -> None:
    file = tmp_path / "ruling.pdf"
    file.write_bytes(pdf("The order was renewed."))
    assert one(file).text == "The order was renewed."


def test_a_character_that_no_database_keeps_is_marked_and_moves_nothing() -> None:
    item = formats.line_item(rb'{"text": "A\u0000B", "title": "\u0000"}', "Line 1")
    assert (item.text, item.title) == ("A\ufffdB", "\ufffd")


def test_json_lines_give_a_document_each(tmp_path: Path) -> None:
    file = tmp_path / "wire.jsonl"
    lines = [
        {
            "id": "a",
            "text": "One.",
            "published": "2026-01-02",
            "language": "en",
            "source": "Wire",
            "url": "https://w.example",
        },
        {"text": "Two.", "document": {"id": "b", "published": "2026-01-03", "title": None}},
    ]
    file.write_text("\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    first, second = formats.items(file)
    assert (first.id, first.text, first.published, first.source, first.position) == (
        "a",
        "One.",
        "2026-01-02",
        "Wire",
        "line 1",
    )
    assert (second.id, second.published, second.title, second.position) == ("b", "2026-01-03", "", "line 3")
    assert first.data == json.dumps(lines[0]).encode()


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.txt", b"\x7fELF\x02\x01\x00\x00\x00\xff\xfe", "is not a file that Habeas reads"),
        ("a.bin", bytes(range(256)), "is not a file that Habeas reads"),
        ("a.txt", "caf\xe9 in Basit".encode("latin-1"), "is not valid UTF-8 (byte 3)"),
        ("a.pdf", pdf(""), "without a text layer"),
        ("a.pdf", b"%PDF-1.7 and then nothing", "cannot be opened"),
        ("a.html", b"<html><body></body></html>", "No article text"),
        ("a.jsonl", b'{"text": "One."}\n{"text": ', "Line 2 of a.jsonl is not JSON"),
        ("a.jsonl", b'{"title": "One."}', 'Line 1 of a.jsonl has no "text"'),
        ("a.jsonl", b"[" * 100_000, "Line 1 of a.jsonl is not JSON"),
        ("a.jsonl", b'{"text": "\\ud800"}', "half of a character"),
        ("a.jsonl", b'{"text": "One.", "title": "\\udc00"}', "half of a character"),
        ("a.jsonl", b'{"text": "One.", "source": "\\ud800"}', "half of a character"),
        ("a.jsonl", b'{"text": "One.", "language": "en' + b"-abcdefgh" * 5 + b'"}', "write a language tag"),
        ("a.jsonl", b'{"text": "One.", "published": "yesterday"}', '"published" in line 1 of a.jsonl'),
        ("a.jsonl", b"\n\n", "is empty"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, raw: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(raw)
    with pytest.raises(UnreadableFile) as fault:
        list(formats.items(file))
    assert says in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape", "undefined"])
def test_an_encoding_that_gives_half_characters_or_nothing_is_one_sentence(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"Tarek \\ud800 +2AA-")
    with pytest.raises(UnreadableFile, match="is not valid"):
        one(file, encoding=encoding)


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl"])
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(UnreadableFile, match="is a pipe or a device"):
        one(tmp_path / name)


def test_a_link_to_a_device_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zeros.txt").symlink_to("/dev/zero")
    with pytest.raises(UnreadableFile, match="is a pipe or a device"):
        one(tmp_path / "zeros.txt")


def test_comments_before_what_is_no_page_are_passed_once() -> None:
    started = time.process_time()
    assert formats._whole(b"<!---->" * 500 + b"x", "a.txt", "utf-8").media_type == "text/plain"
    assert time.process_time() - started < 5


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "book.txt"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    with pytest.raises(SourcesError, match="has 200 MB; Habeas takes files of up to 25 MB"):
        list(formats.items(file))


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "book.txt"
    file.write_text("a " * 1_000_001, encoding="utf-8")
    with pytest.raises(SourcesError, match="longer than 2,000,000 characters"):
        list(formats.items(file))


@pytest.mark.parametrize(
    ("value", "is_date"), [("2026-03-09", True), ("2026-03-09T10:00:00Z", True), ("9 March", False)]
)
def test_dates_are_iso_or_refused(value: str, is_date: bool) -> None:
    if is_date:
        assert formats.iso_date(value, "--published") == "2026-03-09"
    else:
        with pytest.raises(BadOption, match="YYYY-MM-DD"):
            formats.iso_date(value, "--published")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.jsonl", "a.html", "a.pdf"]))
def test_any_bytes_give_items_or_one_sentence(raw: bytes, name: str) -> None:
    try:
        item = formats.line_item(raw, "Line 1") if name == "a.jsonl" else formats._whole(raw, name, "utf-8")
    except SourcesError as fault:
        assert str(fault).endswith(".")  # noqa: PT017
    else:
        item.text.encode()
        assert "\x00" not in item.text
