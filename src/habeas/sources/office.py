"""Workbooks (.xlsx) and Word files (.docx) to rows and lines: strangers' files, so call it through `apart` alone."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from habeas.sources.errors import UnreadableFile
from habeas.sources.parsing import CONTROL, Parsed

UNPACKED = 60_000_000  # bytes in all that a file may unpack to
ROWS = 10_000  # of a sheet
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def office(data: bytes, name: str) -> Parsed:
    """Of a workbook "rows", JSON [[cell, …], …] of its only sheet with any; of a Word file "text", a line a paragraph.

    A row of a table in a Word file is a line with tabs. Raises UnreadableFile: no such file, damaged, locked, more than
    one sheet, formulas, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise UnreadableFile(f"{name} unpacks to more than {UNPACKED / 1e6:.0f} MB; save it as CSV or text.")
            parts = set(archive.namelist())
            if "xl/workbook.xml" in parts:
                return _workbook(data, archive, name)
            if "word/document.xml" in parts:
                return _word(archive.read("word/document.xml"), name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
        raise UnreadableFile(f"{name} cannot be opened; it is damaged or locked with a password.") from fault
    raise UnreadableFile(f"{name} is neither a workbook (.xlsx) nor a Word file (.docx); save it as one, or as CSV.")


def _workbook(data: bytes, archive: zipfile.ZipFile, name: str) -> Parsed:
    import python_calamine  # noqa: PLC0415 - needed for workbooks alone

    sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/") and part.endswith(".xml")]
    if any(_FORMULA.search(archive.read(part)) for part in sheets):
        raise UnreadableFile(f"{name} holds formulas; save it with their values alone and take it in again.")
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            grids = [one.name for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
            held = [sheet for sheet in map(book.get_sheet_by_name, grids) if sheet.height]
    except python_calamine.CalamineError as fault:
        raise UnreadableFile(f"{name} is a workbook that cannot be opened; it is damaged or locked.") from fault
    if len(held) > 1:
        raise UnreadableFile(f"{name} has {len(held)} sheets with something in them; save the one that is meant alone.")
    if held and held[0].height > ROWS:
        raise UnreadableFile(f"{name} has {held[0].height} rows, and at most {ROWS} can be taken in; save it in parts.")
    rows = [[_cell(value) for value in row] for row in held[0].to_python()] if held else []
    return {"text": "", "rows": json.dumps(rows)}


def _cell(value: object) -> str:
    """The value as it would be typed: a whole number without a fraction, a day as 2026-03-09."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return CONTROL.sub("\ufffd", str(value))


def _word(document: bytes, name: str) -> Parsed:
    from defusedxml import DefusedXmlException  # noqa: PLC0415
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        body = fromstring(document)
    except (ParseError, DefusedXmlException, ValueError) as fault:
        raise UnreadableFile(f"{name} is a Word file that cannot be opened; it is damaged.") from fault
    return {"text": CONTROL.sub("\ufffd", "\n".join(_lines(body))), "rows": ""}


def _lines(part: Element) -> Iterator[str]:
    """The paragraphs below a part, and the rows of its tables, in the order of the file."""
    for child in part:
        if child.tag == f"{_W}p":
            yield _words(child)
        elif child.tag == f"{_W}tr":
            yield "\t".join(" ".join(_lines(cell)) for cell in child.iter(f"{_W}tc"))
        elif child.tag != _FALLBACK:
            yield from _lines(child)


def _words(paragraph: Element) -> str:
    """The words of a paragraph as they stand after all tracked changes."""
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    return "".join(part.text or "" if part.tag == f"{_W}t" else signs.get(part.tag, "") for part in paragraph.iter())
