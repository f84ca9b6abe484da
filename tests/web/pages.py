"""What tests of pages look at."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its markup, one space apart."""
    shown = re.sub(r"<(script|style|title|option)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).split())
