"""Exchanges with servers as WARC records (ISO 28500), which archives and replay programs read."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime
from urllib.parse import urlsplit

from fastwarc.warc import WarcRecord, WarcRecordType

from habeas.sources.page import Page

# The body is kept as unpacked, so the headers that told how it was packed go by another name (as replay programs do).
_ABOUT_PACKING = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def exchange(page: Page, at: datetime) -> bytes:
    """What we sent and what came, as one gzip member a record; such files joined one after the other are one again."""
    parts = urlsplit(page.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = _head(f"GET {target} HTTP/1.1", (("Host", parts.netloc), *page.request))
    came = _head(f"HTTP/1.1 {page.status} {_PHRASES.get(page.status, 'Answer')}", _unpacked(page)) + page.body
    return b"".join(
        gzip.compress(_record(kind, page.url, body, f"application/http; msgtype={name}", at), mtime=0)
        for kind, name, body in ((WarcRecordType.request, "request", sent), (WarcRecordType.response, "response", came))
    )


_PHRASES = {200: "OK", 203: "Non-Authoritative Information"}


def _record(kind: WarcRecordType, url: str, body: bytes, media_type: str, at: datetime) -> bytes:
    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Date"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = media_type
    record.set_bytes_content(body)
    out = io.BytesIO()
    record.write(out, checksum_data=True)
    return out.getvalue()


def _head(first: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _unpacked(page: Page) -> tuple[tuple[str, str], ...]:
    kept = [
        (f"X-Archive-Orig-{name}" if name.casefold() in _ABOUT_PACKING else name, value) for name, value in page.headers
    ]
    return (*kept, ("Content-Length", str(len(page.body))))
