"""Feeds and sitemaps of every dialect to entries; what is none is refused in a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.errors import SourcesError
from habeas.sources.listing import listing

URL = "https://basit.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Basit Post</title>
<item><guid>1</guid><link>/a</link><title>A court &amp; a strike</title>
<pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate></item>
<item><link>https://basit.example/b</link><title>Second</title></item>
<item><guid>3</guid><link>javascript:alert(1)</link><title>No address</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Basit</title><entry><id>urn:1</id><title>One</title>
<link href="https://basit.example/1"/><updated>2026-03-04T10:00:00Z</updated></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Basit",
        "items": [
            {"id": "1", "url": "https://basit.example/1", "title": "One", "date_published": "2026-03-04T10:00:00+02:00"}
        ],
    }
)
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://basit.example/1</loc><lastmod>2026-03-04</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://basit.example/s1.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        (
            RSS,
            [
                ("1", "https://basit.example/a", "2026-03-04"),
                ("https://basit.example/b", "https://basit.example/b", ""),
            ],
        ),
        (ATOM, [("urn:1", "https://basit.example/1", "2026-03-04")]),
        (JSON, [("1", "https://basit.example/1", "2026-03-04")]),
        (SITEMAP, [("https://basit.example/1", "https://basit.example/1", "")]),
        (INDEX, []),
    ],
)
def test_every_dialect_gives_its_entries(body: str, entries: list[tuple[str, str, str]]) -> None:
    assert [(e.id, e.url, e.published) for e in listing(body.encode(), URL).entries] == entries


def test_an_index_of_sitemaps_leads_to_them() -> None:
    assert listing(INDEX.encode(), URL).further == ("https://basit.example/s1.xml",)


def test_an_entry_that_is_edited_has_another_version() -> None:
    (before,), (after,) = listing(ATOM.encode(), URL).entries, listing(ATOM.replace("One", "Uno").encode(), URL).entries
    assert (before.id, before.version != after.version) == (after.id, True)


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>A page</body></html>",
        "",
        "{",
        '{"a": 1}',
        "<urlset><url>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        "%PDF-1.4",
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(body: str) -> None:
    with pytest.raises(SourcesError, match=r"\.$"):
        listing(body.encode(), URL)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: (RSS[:200] + text).encode())))
def test_no_bytes_do_anything_but_list_or_refuse(body: bytes) -> None:
    try:
        found = listing(body, URL)
    except SourcesError:
        return
    assert all(entry.url.startswith(("http://", "https://")) for entry in found.entries)
