"""Workbooks and Word files, honest and hostile, to rows and lines."""

from __future__ import annotations

import io
import zipfile

import pytest

from habeas.sources import apart, office
from habeas.sources.errors import UnreadableFile
from sources.office_files import deflated, sheet, word, workbook


def rows_of(data: bytes) -> list[list[str]]:
    found = apart.table(data, "names.xlsx")[0]
    assert found is not None
    return found


def test_cells_come_as_they_would_be_typed() -> None:
    data = workbook([["no", "الاسم"], [1, "طارق العمري"], [2.5, "Salma Aydin"]])
    assert rows_of(data) == [["no", "الاسم"], ["1", "طارق العمري"], ["2.5", "Salma Aydin"]]
    assert rows_of(workbook([])) == []


def test_a_word_file_comes_as_its_paragraphs_and_rows_as_they_stand_after_changes() -> None:
    data = word(["Those released:", "1. Tarek Oumari"], [["no", "name"], ["1", "Salma Aydin"]])
    assert office.office(data, "list.docx")["text"].splitlines() == [
        "Those released:", "1. Tarek Oumari", "no\tname", "1\tSalma Aydin",
    ]  # fmt: skip


BOMB = deflated({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": " " * 70_000_000})
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 no archive", "cannot be opened"),
        (workbook([["a"]])[:-30], "cannot be opened"),
        (deflated({"readme.txt": "no"}), "neither a workbook"),
        (BOMB, "unpacks to more than 60 MB"),
        (workbook([["Tarek"], [("SUM(A1:A9)", "9")]]), "holds formulas"),
        (workbook([["Tarek Oumari"]], [["Salma Aydin"]]), "2 sheets"),
        (workbook([["Tarek Oumari"]] * 10_001), "10001 rows"),
        (deflated({"word/document.xml": ENTITIES}), "Word file that cannot be opened"),
        (deflated({"word/document.xml": "<w:doc"}), "Word file that cannot be opened"),
        (deflated({"xl/workbook.xml": "<workbook"}), "workbook that cannot be opened"),
    ],
)
def test_a_file_that_is_none_or_made_to_do_harm_is_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as fault:
        apart.parsed("office", data, "names.xlsx")
    assert str(fault.value).endswith(".")
    assert "\n" not in str(fault.value)


def test_a_sheet_as_wide_as_it_can_be_costs_a_sentence_and_the_next_is_read() -> None:
    far = sheet([["Tarek"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(UnreadableFile, match=r"too much time or memory|rows"):
        apart.parsed("office", workbook([["x"]], parts={"xl/worksheets/sheet1.xml": far}), "names.xlsx")
    assert rows_of(workbook([["Tarek Oumari"]])) == [["Tarek Oumari"]]


def test_what_an_archive_says_of_its_size_is_not_believed() -> None:
    data = bytearray(BOMB)
    real, small = (70_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    told = bytes(data).replace(real, small)
    assert zipfile.ZipFile(io.BytesIO(told)).infolist()[1].file_size == 1_000
    with pytest.raises(UnreadableFile):
        apart.parsed("office", told, "names.xlsx")
