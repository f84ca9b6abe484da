"""Fetched pages as one WACZ file (Web Archive Collection Zipped, 1.1.1), which replay programs open."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from habeas import __version__
from habeas.accounts import roles
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.sources import seen, store
from habeas.sources.errors import SourcesError
from habeas.sources.models import Capture

WARC = "data.warc.gz"


class NothingFetched(SourcesError):
    """None of the documents was fetched from the web, so there is no exchange to export."""


class _Indexed(NamedTuple):
    key: str
    moment: str
    told: dict[str, Any]


def write(captures: Iterable[Capture], path: Path, title: str, *, actor: Actor) -> int:
    """How many captures the file at `path` holds. Written whole or not at all; a file that is there is replaced.

    Raises NothingFetched where none of them came over the network.
    """
    fetched = [capture for capture in captures if capture.warc_sha256 and not capture.document.erased_at]
    if not fetched:
        raise NothingFetched("None of these documents was fetched from the web, so there is nothing to replay.")
    seen.must_see(actor, [capture.document for capture in fetched])
    for team in sorted({capture.document.team_id for capture in fetched}):
        roles.must(actor, Right.EXPORT, team)
    archive, index = _archive(fetched)
    files = {
        f"archive/{WARC}": archive,
        "indexes/index.cdx": "".join(f"{i.key} {i.moment} {json.dumps(i.told)}\n" for i in sorted(index)).encode(),
        "pages/pages.jsonl": "\n".join(map(json.dumps, _pages(fetched))).encode() + b"\n",
    }
    package = json.dumps(_package(files, title), indent=2).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": _sha256(package)}).encode()
    half = path.with_name(f"{path.name}.part")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as zipped:  # stored: replay reads it by ranges
        for name, body in {**files, "datapackage.json": package, "datapackage-digest.json": digest}.items():
            zipped.writestr(name, body)
    half.replace(path)
    audit.record("sources.archive.exported", title, actor=actor, detail={"captures": [c.pk for c in fetched]})
    return len(fetched)


def _archive(captures: Iterable[Capture]) -> tuple[bytes, list[_Indexed]]:
    """The exchanges, one after the other, and where each answer stands among them."""
    archive, index = io.BytesIO(), []
    for capture in captures:
        exchange = store.get(capture.warc_sha256)
        start = archive.tell()
        for offset, length in _members(exchange):
            found = _answer(exchange[offset : offset + length], start + offset, length)
            index += [found] if found else []
        archive.write(exchange)
    return archive.getvalue(), index


def _members(data: bytes) -> Iterator[tuple[int, int]]:
    """Offset and length of each gzip member."""
    offset = 0
    while offset < len(data):
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        unpack.decompress(data[offset:])
        length = len(data) - offset - len(unpack.unused_data)
        yield offset, length
        offset += length


def _answer(member: bytes, offset: int, length: int) -> _Indexed | None:
    """Where an answer stands; None for a request."""
    for record in ArchiveIterator(io.BytesIO(member), parse_http=True, record_types=WarcRecordType.response):
        url = record.headers["WARC-Target-URI"]
        moment = re.sub(r"\D", "", record.headers["WARC-Date"])[:14]
        told = {
            "url": url,
            "mime": (record.http_headers.get("Content-Type") or "").partition(";")[0].strip(),
            "status": record.http_headers.status_code,
            "digest": record.headers.get("WARC-Payload-Digest") or record.headers.get("WARC-Block-Digest"),
            "length": length,
            "offset": offset,
            "filename": WARC,
        }
        return _Indexed(sort_key(url), moment, told)
    return None


def sort_key(url: str) -> str:
    """The address as indexes sort it: host backwards, small letters, no `www`, no usual port, queries in order."""
    parts = urlsplit(url.casefold())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)), quote_via=quote)
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{'?' + query if query else ''}"


def _pages(captures: Iterable[Capture]) -> Iterator[dict[str, str]]:
    yield {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    for capture in captures:
        at = capture.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield {"id": f"capture-{capture.pk}", "url": capture.final_url, "ts": at, "title": capture.document.title}


def _package(files: dict[str, bytes], title: str) -> dict[str, Any]:
    resources = [
        {"name": Path(name).name, "path": name, "hash": _sha256(body), "bytes": len(body)}
        for name, body in files.items()
    ]
    return {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": f"habeas {__version__}",
        "resources": resources,
    }


def _sha256(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"
