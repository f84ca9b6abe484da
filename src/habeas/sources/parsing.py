"""HTML and PDF to text, by libraries that strangers' files can stall or fill: call it through `apart` alone."""

from __future__ import annotations

import ctypes
import logging
import re
from collections.abc import Iterator
from typing import Any

from habeas.sources.errors import UnreadableFile

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
TEXT_LIMIT = 2_000_000  # code points of a text: a thick book
Parsed = dict[str, str]  # text, title, published, language, url; '' where the file does not tell


def html(source: str | bytes, name: str) -> Parsed:
    """The article in a page, and what the page says of itself. Raises UnreadableFile where there is none."""
    import trafilatura  # noqa: PLC0415 - slow to load, and needed for web pages alone

    for log in ("trafilatura", "htmldate"):  # they would print words of the page
        logging.getLogger(log).setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    told = found.as_dict() if isinstance(found, trafilatura.settings.Document) else found or {}
    text = told.get("text") or ""
    if not text.strip():
        raise UnreadableFile(f"No article text was found in {name}; save its text to a .txt file and take that in.")
    return {
        "text": CONTROL.sub("\ufffd", text),
        "title": told.get("title") or "",
        "published": told.get("date") or "",
        "language": told.get("language") or "",
        "url": told.get("url") or "",
    }


def pdf(data: bytes, name: str) -> Parsed:
    """The text layer of a PDF, cut after `TEXT_LIMIT`, and its title. Raises UnreadableFile where there is none."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - slow to load, and needed for PDF alone

    try:
        document = pdfium.PdfDocument(data)
        try:
            text = "\n\n".join(filter(None, _up_to_the_limit(_page_text(page) for page in document)))
            title = document.get_metadata_value("Title") or ""
        finally:
            document.close()
    except (pdfium.PdfiumError, ctypes.ArgumentError) as fault:
        raise UnreadableFile(
            f"{name} is a PDF that cannot be opened; it is damaged or locked with a password."
        ) from fault
    if not text:
        raise UnreadableFile(
            f"{name} is a PDF without a text layer, only pictures of pages; run text recognition on it first, "
            "for example with ocrmypdf."
        )
    return {"text": text, "title": CONTROL.sub("", title)}


def _up_to_the_limit(pages: Iterator[str]) -> Iterator[str]:
    length = 0
    for page in pages:
        yield page
        length += len(page)
        if length > TEXT_LIMIT:
            return


def _page_text(page: Any) -> str:
    words = page.get_textpage()
    try:
        text = words.get_text_bounded()
    finally:
        words.close()
        page.close()
    # Line ends as everywhere else; U+FFFE is PDFium's mark for a hyphen at the end of a line.
    return CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\ufffe\n", "").replace("\ufffe", "-")).strip()
