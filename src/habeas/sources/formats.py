"""Bytes of a file to the text and the facts that it states about itself. Django-free; fetched content is hostile."""

from __future__ import annotations

import codecs
import json
import math
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from habeas.sources import apart
from habeas.sources.archives import is_archive
from habeas.sources.errors import BadOption, SourcesError, TooLarge, Unfinished, UnreadableFile
from habeas.sources.page import Page
from habeas.sources.parsing import CONTROL, TEXT_LIMIT

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
HTML_START = re.compile(rb"\s*(?>(?:<!--.*?-->\s*)*)<(!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
WORDS = (
    "text",
    "id",
    "title",
    "published",
    "language",
    "url",
    "source",
    "translation_of",
)  # what a line of JSON lines may tell
# Codecs of Python that no page is written in; punycode takes hours for what comes in a second.
NOT_OF_PAGES = {"punycode", "idna", "unicode-escape", "raw-unicode-escape"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
LINES_SUFFIXES = {".jsonl", ".ndjson"}
LETTER_SUFFIX = ".eml"
FILE_LIMIT = 25_000_000  # bytes of a file, or of one line of JSON lines
AT_ONCE = 200_000_000  # bytes of the documents of one file that are held together
MOST_TOO_MUCH = 5  # pages of an archive that may take too much to open
ADDRESS_LIMIT = 500  # characters of the address of an original
LANGUAGE_LIMIT = 35  # characters of a language tag (RFC 5646, 4.4.1)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One document found in a file: its bytes, the text in them, and what it says of itself ('' where nothing)."""

    data: bytes
    media_type: str
    text: str
    position: str = ""
    id: str = ""
    title: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    source: str = ""
    original: str = ""  # the address of what it translates
    page: Page | None = None  # how it came over the network, where it did


def items(path: Path, *, encoding: str = "utf-8", after: int = 0, until: float = math.inf) -> Iterator[Item]:
    """The documents in a file: one, or one a line for JSON lines and one a page for web archives, read as a stream.

    The first `after` parts of a file of many are passed over. Raises SourcesError, with the reason in one sentence,
    before the first item where any part of the file is unusable (of an archive, where it comes to that part);
    Unfinished where `until` (by `time.monotonic`) is over, after one part at least.
    """
    name = path.name
    if is_archive(path):
        yield from _archived(path, after, until)
        return
    if path.suffix.casefold() == LETTER_SUFFIX:
        yield from letter_items(_bytes(path), name)
        return
    if path.suffix.casefold() not in LINES_SUFFIXES:
        yield _whole(_bytes(path), name, encoding)
        return
    for number, line in () if after else _lines(path):  # every line is looked at before the first is taken
        line_item(line, f"Line {number} of {name}")
    further = ((number, (number, line)) for number, line in _lines(path) if number > after)
    for number, line in _in_time(further, until):
        yield replace(line_item(line, f"Line {number} of {name}"), position=f"line {number}")


def items_at_once(path: Path) -> list[Item]:
    """The documents in a file, all of them held. Raises SourcesError as `items`, and where they are too much for that.

    A small archive can unpack to more than a machine holds.
    """
    held, size = [], 0
    for item in items(path):
        held.append(item)
        size += len(item.data)
        if size > AT_ONCE:
            raise TooLarge(
                f"{path.name} unpacks to more than {AT_ONCE // 1_000_000} MB, too much to take in at once; "
                "take it in on the machine itself: habeas ingest FILE"
            )
    return held


def _in_time(parts: Iterable[tuple[int, T]], until: float) -> Iterator[T]:
    """Each of the numbered parts. Raises Unfinished before the next of them where the time is over."""
    done = 0
    for number, part in parts:
        if done and time.monotonic() >= until:
            raise Unfinished(done)
        yield part
        done = number


def _archived(path: Path, after: int, until: float) -> Iterator[Item]:
    """The pages of a web archive that hold words; one without an article is left out, as it is on the web.

    Raises UnreadableFile where page after page takes too long to open.
    """
    too_much = 0
    for page, at in _in_time(enumerate(apart.archived(_regular(path), after), after + 1), until):
        try:
            yield replace(web_item(page), position=f"{page.url} archived {at}".strip())
        except apart.TooMuch as fault:
            too_much += 1
            if too_much == MOST_TOO_MUCH:
                raise apart.TooMuch(path.name) from fault
        except SourcesError:
            continue


def letter_items(data: bytes, name: str, *, by_mail: bool = False) -> Iterator[Item]:
    """A letter, and each thing attached to it that holds words. Raises SourcesError where it has none.

    Anybody can write any name into a letter: with `by_mail`, where no person looked at it, its source is the address
    that it names, and said to be one of mail.
    """
    found, attached = apart.letter(data, name)
    source = f"{found['sender'] or 'nobody named'} (by mail)" if by_mail else found["source"]
    body = _whole(found["text"].encode(), name, "utf-8", is_html=bool(found["is_html"]))
    yield replace(
        body,
        data=data,
        media_type="message/rfc822",
        title=found["title"],
        published=found["published"],
        source=source,
    )
    for position, content in attached:
        try:
            whole = _whole(content, f"{name} {position}", "utf-8")
        except SourcesError:
            continue
        yield replace(whole, position=position, source=source)


def web_item(page: Page) -> Item:
    """The document in a fetched page. Raises SourcesError where it has none."""
    kind, _, rest = page.header("content-type").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    encoding = charset[1] if charset and _is_known(charset[1]) else "utf-8"
    item = _whole(page.body, page.asked, encoding, is_html="html" in kind.casefold())
    return replace(item, url=page.url, page=page)


def _not_too_long(item: Item, name: str) -> Item:
    if len(item.text) > TEXT_LIMIT:
        raise TooLarge(
            f"The text of {name} is longer than {TEXT_LIMIT:,} characters, the most that Habeas takes in; "
            "split it into its reports."
        )
    return item


def line_item(line: bytes | None, where: str) -> Item:
    """The document in one JSON line; None is one that was too long to keep.

    Raises SourcesError, which names `where`, for a line without a document, and one that is too long.
    """
    if line is None:
        raise TooLarge(f"{where} is longer than {FILE_LIMIT / 1e6:,.0f} MB; split it into its reports.")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"{where} is not JSON; mend or remove it and run again.") from fault
    if not isinstance(values, dict) or not isinstance(values.get("text"), str) or not values["text"].strip():
        raise UnreadableFile(f'{where} has no "text"; each line must be an object with a "text".')
    nested = values.get("document")
    values = {**(nested if isinstance(nested, dict) else {}), **values}
    try:
        for key in WORDS:
            _word(values, key).encode()
        item = Item(
            data=line,
            media_type="application/json",
            text=values["text"].replace("\x00", "\ufffd"),  # no database keeps it; the places of all else stay
            id=_word(values, "id"),
            title=_word(values, "title"),
            published=iso_date(_word(values, "published"), f'"published" in {_lower(where)}'),
            language=language_tag(_word(values, "language"), f'"language" in {_lower(where)}'),
            url=_word(values, "url"),
            source=_word(values, "source"),
            original=original_address(_word(values, "translation_of"), f'"translation_of" in {_lower(where)}'),
        )
    except UnicodeEncodeError as fault:
        raise UnreadableFile(f"{where} holds half of a character (a lone surrogate); mend it and run again.") from fault
    except BadOption as fault:
        raise UnreadableFile(str(fault)) from fault
    return _not_too_long(item, _lower(where))


def _whole(data: bytes, name: str, encoding: str, *, is_html: bool = False) -> Item:
    if not data.strip():
        raise UnreadableFile(f"{name} is empty; there is nothing to take in.")
    if data.startswith(b"%PDF-"):
        item = _pdf(data, name)
    elif is_html or Path(name).suffix.casefold() in HTML_SUFFIXES or HTML_START.match(data[:4096]):
        item = _html(data, name, encoding)
    else:
        item = Item(data=data, media_type="text/plain", text=decoded(data, name, encoding))
    return _not_too_long(replace(item, id=Path(name).stem), name)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            raise TooLarge(
                f"{path.name} has {size / 1e6:,.0f} MB; Habeas takes files of up to {FILE_LIMIT / 1e6:,.0f} MB. "
                "Split it into its reports."
            )
        with _regular(path).open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except OSError as fault:
        raise UnreadableFile(f"{path.name} cannot be opened: {fault.strerror}.") from fault
    if len(data) > FILE_LIMIT:
        raise TooLarge(f"{path.name} grew beyond {FILE_LIMIT / 1e6:,.0f} MB while it was read; run again.")
    return data


def _regular(path: Path) -> Path:
    """The path itself. Raises UnreadableFile for a pipe or device, which can keep us waiting, or give, for ever."""
    if path.exists() and not path.is_file():
        raise UnreadableFile(f"{path.name} is a pipe or a device, not a file; save what it gives to a file.")
    return path


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    found = False
    try:
        with _regular(path).open("rb") as file:
            number = 0
            while line := file.readline(FILE_LIMIT):
                number += 1
                if len(line) >= FILE_LIMIT:
                    raise TooLarge(f"Line {number} of {path.name} is longer than {FILE_LIMIT / 1e6:,.0f} MB.")
                if line := line.strip():
                    found = True
                    yield number, line
    except OSError as fault:
        raise UnreadableFile(f"{path.name} cannot be opened: {fault.strerror}.") from fault
    if not found:
        raise UnreadableFile(f"{path.name} is empty; there is nothing to take in.")


def decoded(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """The text of plain-text bytes, without a byte order mark. Raises UnreadableFile for anything else."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
        text.encode()  # some encodings can write half of a character
    except UnicodeError as fault:
        if b"\x00" in data[:8192]:
            raise UnreadableFile(_not_ours(name)) from fault
        place = f" (byte {fault.start})" if isinstance(fault, UnicodeDecodeError) else ""
        raise UnreadableFile(
            f"{name} is not valid {encoding.upper()}{place}; say which encoding it has with --encoding, "
            "for example --encoding windows-1256."
        ) from fault
    except LookupError as fault:
        raise BadOption(
            f"There is no encoding called {encoding!r}; use a name such as utf-8 or windows-1256."
        ) from fault
    if "\x00" in text or len(CONTROL.findall(text, 0, 8192)) > 8:
        raise UnreadableFile(_not_ours(name))
    return text


def iso_date(value: str, what: str) -> str:
    """The date as `YYYY-MM-DD`, or '' for nothing. A time after it is dropped. Raises BadOption for anything else."""
    if not value:
        return ""
    try:
        return date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError as fault:
        raise BadOption(f"{what} is {value!r}; write a date as YYYY-MM-DD, for example 2026-03-09.") from fault


def original_address(value: str, where: str) -> str:
    """The address or number of the document that another translates. Raises BadOption for one that is too long."""
    if len(value) > ADDRESS_LIMIT:
        raise BadOption(f"{where} is longer than {ADDRESS_LIMIT} characters; give the original's address or number.")
    return value.strip()


def language_tag(value: str, what: str) -> str:
    """The tag itself, or '' for nothing. Raises BadOption where it does not look like a BCP 47 tag."""
    if value and (len(value) > LANGUAGE_LIMIT or not LANGUAGE.fullmatch(value)):
        raise BadOption(f"{what} is {value!r}; write a language tag such as en, ar or pt-BR.")
    return value


def _not_ours(name: str) -> str:
    kinds = "text, HTML, PDF with a text layer, e-mail, web archives and JSON lines"
    return f"{name} is not a file that Habeas reads; it takes {kinds}."


def _page_source(data: bytes, name: str, encoding: str) -> str | bytes:
    """The page as text: in the encoding that was stated, else UTF-8 where it is that, else what its <meta> says.

    As bytes, for trafilatura to guess, where nothing tells. Raises as `decoded` where the stated one does not fit.
    """
    if not _is_known(encoding) or codecs.lookup(encoding).name != "utf-8":
        return decoded(data, name, encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = META_CHARSET.search(data[:4096])
        named = declared[1].decode("ascii") if declared else ""
        return decoded(data, name, named) if named and _is_known(named) else data


def _is_known(encoding: str) -> bool:
    try:
        bytes(4).decode(encoding)  # not every codec of Python gives text
        return codecs.lookup(encoding).name not in NOT_OF_PAGES
    except (LookupError, ValueError):
        return False


def _html(data: bytes, name: str, encoding: str) -> Item:
    found = apart.parsed("html", _page_source(data, name, encoding), name)
    return Item(
        data=data,
        media_type="text/html",
        text=found["text"],
        title=found["title"],
        published=found["published"],
        language=found["language"],
        url=found["url"],
    )


def _pdf(data: bytes, name: str) -> Item:
    found = apart.parsed("pdf", data, name)
    return Item(data=data, media_type="application/pdf", text=found["text"], title=found["title"])


def _lower(where: str) -> str:
    return where[:1].lower() + where[1:]


def _word(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) else str(value) if isinstance(value, int) else ""
