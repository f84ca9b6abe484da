"""What tests of pages look at."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse

# Every page that can be looked at, with the numbers of a case and a document left open.
EVERY = (
    "/",
    "/cases",
    "/cases/{case}",
    "/documents",
    "/documents/{document}",
    "/statements",
    "/statements/speakers",
    "/search",
    "/search?q=Oumari",
    "/search?q=nowhere",
    "/reports/add",
    "/judge",
    "/judge?kind=unsure",
    "/judge?case={case}",
    "/matches",
    "/matches?why=unsure",
    "/documents/{document}/claims/add",
    "/cases/{case}/person",
    "/cases/{case}/person?find=Oumari",
    "/organisations",
    "/settings",
    "/settings/retention",
    "/sources",
    "/watch",
    "/watch?away=1",
    "/audit",
    "/plan",
    "/nowhere",
)


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its markup, one space apart."""
    shown = re.sub(r"<(script|style|title|option)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).split())


def english_in(response: HttpResponse) -> set[str]:
    """The Latin words of a page that are neither marked as another language or a name nor isolated."""
    marked = r"<(\w+)[^>]*\b(?:dir=\"(?:ltr|auto)\"|lang=\"en\")[^>]*>.*?</\1>"
    response.content = re.sub(marked, "", response.content.decode(), flags=re.S).encode()
    return set(re.findall(r"[A-Za-z]{2,}", re.sub("\u2068[^\u2069]*\u2069", "", text_of(response))))
