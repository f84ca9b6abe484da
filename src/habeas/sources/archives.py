"""Pages in web archives (WARC, WACZ), as they came over the network when they were archived.

A small archive can unpack for hours: call `pages` through `apart` alone.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from habeas.sources.errors import UnreadableFile
from habeas.sources.page import Page

SUFFIXES = (".warc", ".warc.gz", ".wacz")
TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
LARGEST = 25_000_000  # bytes of one page; what is larger is left out
MOST = 100_000  # pages of one archive


def is_archive(path: Path) -> bool:
    """Whether the name of the file is that of a web archive."""
    return path.name.casefold().endswith(SUFFIXES)


def pages(path: Path) -> Iterator[tuple[Page, str]]:
    """Every page that answered with words, and when it was archived (UTC, ISO).

    Pictures, scripts and what did not answer with 200 are left out. Raises UnreadableFile for what is no archive, for
    one without such a page, and after `MOST` where there are more.
    """
    found = 0
    try:
        for stream in _streams(path):
            for record in ArchiveIterator(stream, parse_http=True, record_types=WarcRecordType.response):
                page = _page(record)
                if page:
                    found += 1
                    _must_be_few(found, path)
                    yield page, record.headers.get("WARC-Date") or ""
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError) as fault:
        raise UnreadableFile(f"{path.name} is no web archive that can be opened; it is damaged.") from fault
    if not found:
        raise UnreadableFile(f"{path.name} is a web archive without a page that holds words.")


def _must_be_few(found: int, path: Path) -> None:
    if found > MOST:
        raise UnreadableFile(
            f"{path.name} holds more than {MOST:,} pages, the most that Habeas takes in of one archive; split it and "
            "take in its parts. What was taken in of it already does not come twice."
        )


def _streams(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.casefold() != ".wacz":
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as zipped:
        for name in sorted(zipped.namelist()):
            if name.startswith("archive/") and name.casefold().endswith((".warc", ".warc.gz")):
                with zipped.open(name) as file:
                    yield file


def _page(record: WarcRecord) -> Page | None:
    url, headers = record.headers.get("WARC-Target-URI") or "", record.http_headers
    if headers is None or headers.status_code != 200 or not url.startswith(("http://", "https://")):
        return None
    told = tuple((str(name), str(value)) for name, value in headers.items())
    page = Page(url, url, 200, told, b"")
    if page.header("content-type").partition(";")[0].strip().casefold() not in TYPES:
        return None
    body = record.reader.read(LARGEST + 1)
    return Page(url, url, 200, told, body) if body.strip() and len(body) <= LARGEST else None
