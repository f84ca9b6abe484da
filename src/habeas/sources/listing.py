"""What a feed, sitemap or page lists: entries with their addresses. Pure.

Fetched content is hostile, and a small feed can take minutes and gigabytes: call `listing` through `apart` alone.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from habeas.sources.errors import UnreadableFile

MOST = 5_000  # entries of one listing that are looked at: the newest stand first, or last in a sitemap
LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One item that is listed. `id` is its own in its feed; `version` changes when what is told of it does.

    `published` is an ISO date or ''.
    """

    id: str
    url: str
    title: str = ""
    published: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries in the order in which they stand, what the feed calls itself, and further listings to look at."""

    kind: str
    entries: tuple[Entry, ...]
    title: str = ""
    further: tuple[str, ...] = ()


def listing(body: bytes, url: str) -> Listing:
    """The entries in an RSS, Atom or JSON feed or a sitemap that came from `url`.

    Entries without a web address are left out. Raises UnreadableFile for anything else, a web page among them.
    """
    import feedparser  # noqa: PLC0415 - slow to load, and needed for feeds alone

    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return _json_feed(body, url)
    if b"<urlset" in body[:4000] or b"<sitemapindex" in body[:4000]:
        return _sitemap(body, url)
    # As a stream: bytes might be taken for the name of a file or an address, and be opened.
    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        raise UnreadableFile(f"{url} is no feed and no sitemap; follow it as a page, or give the feed's own address.")
    entries = (_of_feed(dict(entry), url) for entry in found.entries[:MOST])
    return Listing("feed", _with_address(entries), _text(found.feed.get("title"))[:200])


def _of_feed(entry: dict[str, Any], base: str) -> Entry:
    address = _absolute(_text(entry.get("link")), base)
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    return Entry(
        id=_text(entry.get("id") or address),
        url=address,
        title=_text(entry.get("title"))[:500],
        published=_day(told),
        version=_hash(str(entry.get(key) or "") for key in ("updated", "title", "summary", "link")),
    )


def _json_feed(body: bytes, url: str) -> Listing:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"{url} is no feed: it looks like JSON and is not.") from fault
    items = values.get("items") if isinstance(values, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(values.get("version")):
        raise UnreadableFile(f"{url} is JSON, but no JSON feed; give the address of a feed.")
    entries = (_of_json(item, url) for item in items[:MOST] if isinstance(item, dict))
    return Listing("feed", _with_address(entries), _text(values.get("title"))[:200])


def _of_json(item: dict[str, Any], base: str) -> Entry:
    address = _absolute(_text(item.get("url") or item.get("external_url")), base)
    return Entry(
        id=_text(item.get("id") or address),
        url=address,
        title=_text(item.get("title"))[:500],
        published=_iso(str(item.get("date_published") or "")),
        version=_hash(str(item.get(key) or "") for key in ("date_modified", "title", "summary", "url")),
    )


def _sitemap(body: bytes, url: str) -> Listing:
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as fault:
        raise UnreadableFile(f"{url} is a sitemap that cannot be read; its XML is broken or unsafe.") from fault
    rows = [{part.tag.rpartition("}")[2]: (part.text or "").strip() for part in row} for row in root]
    if root.tag.rpartition("}")[2] == "sitemapindex":
        return Listing("sitemap", (), further=tuple(_absolute(row.get("loc", ""), url) for row in rows[:MOST]))
    entries = (
        Entry(row.get("loc", ""), _absolute(row.get("loc", ""), url), "", "", row.get("lastmod", "")) for row in rows
    )
    return Listing("sitemap", _with_address(entries)[-MOST:])


def _with_address(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.url and len(entry.url) <= LONGEST_ADDRESS:
            first.setdefault(entry.id, entry)
    return tuple(first.values())


def _text(told: Any) -> str:
    """As text that every database keeps: without halves of characters, and without zeros."""
    return str(told or "").encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def _absolute(address: str, base: str) -> str:
    try:
        joined = urljoin(base, address.strip())
    except ValueError:
        return ""
    return joined if address.strip() and joined.startswith(("http://", "https://")) else ""


def _day(told: Any) -> str:
    try:
        return datetime.fromtimestamp(calendar.timegm(told), UTC).date().isoformat() if told else ""
    except (ValueError, OverflowError, OSError, TypeError):
        return ""


def _iso(value: str) -> str:
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return ""


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()
