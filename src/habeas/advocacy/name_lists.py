"""A list of names as it comes: pasted, CSV or a workbook, read whole or not at all; or lines inside a document."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from habeas.advocacy.errors import PlanError
from habeas.sources import apart
from habeas.sources.errors import UnreadableFile
from habeas.vocab import load

MOST_NAMES = 2_000
LONGEST = 300
RUN = 3  # lines one after the other that look like names make a list
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OFFICE, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_NUMBERED = re.compile(r"^\W{0,3}\d{1,4}\s*[.):،\-–/]*\s+")
_BULLET = re.compile(r"^[-–—•*·▪◦]\s*")
_AFTER = re.compile(r"[,،;(]|\s[-–—]\s")  # what follows tells of the person: an age, a place
_NO_NAME = re.compile(r"[\d:;!?…<>@=/|]|[.،,]\s*$")


def names_in(data: bytes) -> list[str]:
    """The names, in the order of the list: a line each, or the column that is headed so, else the first.

    Of a text document (PDF, Word) they are the lines that look like names; a person should see those before they count.
    Raises PlanError, one plain sentence, for what is none: another encoding, formulas, no or too many names.
    """
    if data.startswith(_OLD_OFFICE):
        raise PlanError("This is a file of an old office program; save it as .xlsx, .docx or CSV and take that in.")
    if not data.startswith((_PDF, _OFFICE)):
        return _of_rows(_csv(_text(data)))
    rows, text = _opened(data)
    if rows is not None:
        return _of_rows(rows)
    if names := listed(text):
        return names
    raise PlanError("No lines of this document look like a list of names; paste the names, one a line.")


def is_document(data: bytes) -> bool:
    """Whether these are the bytes of a text document, in which names stand among other words."""
    return data.startswith(_PDF) or (data.startswith(_OFFICE) and b"word/document.xml" in data)


def listed(text: str) -> list[str]:
    """The lines of a text that look like names of a list, each once: numbered ones, else at least three in a row."""
    lines = [line for line in text.splitlines() if line.strip()]
    numbered = [name for line in lines if _NUMBERED.match(line) and (name := _name(line))]
    found = numbered if len(numbered) >= RUN else [name for run in _runs(lines) for name in run]
    return list(dict.fromkeys(found))[: MOST_NAMES + 1]


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*lines, ""]:
        if name := _name(line):
            run.append(name)
            continue
        if len(run) >= RUN:
            yield run
        run = []


def _name(line: str) -> str:
    """The name on a line, without its number and what follows; of a row of a table the first cell that is one."""
    cells = _BULLET.sub("", _NUMBERED.sub("", line.strip())).split("\t")
    tried = [part for cell in cells for part in (_AFTER.split(cell)[0], cell)]
    return next((" ".join(part.split()) for part in tried if _is_name(part)), "")


def _is_name(cell: str) -> bool:
    words = cell.split()
    if not 2 <= len(words) <= 7 or len(cell) > 80 or _NO_NAME.search(cell):
        return False
    first = [word.strip("'’ʿʾ‘\"()“”") for word in (words[0], words[-1])]
    return all(word[:1].isalpha() and not word.islower() for word in first) and not _is_headed([cell])


def _opened(data: bytes) -> tuple[list[list[str]] | None, str]:
    """The rows of a table, or None and the text of a document."""
    try:
        if data.startswith(_PDF):
            return None, apart.parsed("pdf", data, "The list")["text"]
        return apart.table(data, "The list")
    except UnreadableFile as fault:
        raise PlanError(str(fault)) from fault


def _of_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) > MOST_NAMES + 1:
        raise PlanError(f"The list has {len(rows)} lines; take it in in parts of at most {MOST_NAMES}.")
    for number, row in enumerate(rows, start=1):
        if any(cell.lstrip()[:1] in {"=", "@"} for cell in row):
            raise PlanError(f"Line {number} holds a formula; save the list as values and take it in again.")
    column, first = _column(rows)
    names = [" ".join(row[column].split()) for row in rows[first:] if column < len(row) and row[column].strip()]
    if not names:
        raise PlanError("There is no name in this list; paste one name a line, or a CSV with a column of names.")
    for number, name in enumerate(names, start=1):
        if len(name) > LONGEST or not any(letter.isalpha() for letter in name):
            raise PlanError(f"Name {number} is no name: it is longer than {LONGEST} letters, or has none.")
    return names


def _text(data: bytes) -> str:
    try:
        text = data.decode(_BOMS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise PlanError("The list is not in UTF-8, so its letters cannot be told; save it as UTF-8.") from fault
    if "\ufffd" in text or any(unicodedata.category(one) == "Cc" and one not in "\t\r\n" for one in text):
        raise PlanError("Letters of this list were lost before it came here; save it again as UTF-8.")
    return text


def _csv(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    mark = next((one for one in ("\t", ";", ",") if one in first), "\t")
    if mark == "," and not _is_headed(first.split(",")):
        mark = "\t" if any("," not in line for line in text.splitlines() if line.strip()) else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as fault:
        raise PlanError("The list is no CSV that can be read; paste one name a line instead.") from fault


def _column(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The column of the names, and the first row that holds one; a heading may stand below a title of the list."""
    for at, row in enumerate(rows[:5]):
        heads = [cell.strip().casefold() for cell in row]
        if any(head in _heads() for head in heads):
            return next(column for column, head in enumerate(heads) if head in _heads()), at + 1
    return 0, 0


def _is_headed(cells: Sequence[str]) -> bool:
    return any(cell.strip().casefold() in _heads() for cell in cells)


def _heads() -> frozenset[str]:
    return frozenset(load(None, "plan")["lists"]["name_columns"])
