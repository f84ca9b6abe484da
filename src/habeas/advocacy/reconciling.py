"""A list of names, pasted or as a CSV file, read whole or not at all, and held against the people on file."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from habeas.accounts.models import User
from habeas.advocacy.errors import PlanError
from habeas.cases.matching import is_short
from habeas.cases.models import Case, PersonName
from habeas.names import Index
from habeas.vocab import load

MOST_NAMES = 2_000
LONGEST = 300
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whom a name means: same or ask with the key of their case, or unknown; and why, in words."""

    verdict: str
    case: int | None = None
    reason: str = ""


def names_in(data: bytes) -> list[str]:
    """The names, in the order of the list: a line each, or the column of a CSV that is headed so, else its first.

    Raises PlanError, one plain sentence, for what is no list of names: another encoding, formulas, a workbook, no or
    too many names.
    """
    text = _text(data)
    rows = [row for row in _rows(text) if any(cell.strip() for cell in row)]
    if len(rows) > MOST_NAMES:
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


def reconcile(user: User, names: Sequence[str]) -> list[Verdict]:
    """For each name whom of the people whose cases the user sees it means, in any spelling or script.

    Two people whom a name fits alike, or a name of one part, are for a person to look at: ask, never same.
    """
    index, people = Index(), dict(Case.objects.visible_to(user).values_list("person", "pk"))
    known = PersonName.objects.filter(person__in=Case.objects.visible_to(user).values("person"))
    for person, name in known.order_by("pk").values_list("person", "name__name"):
        index.add(person, name)
    return [_verdict(name, index, people) for name in names]


def _verdict(name: str, index: Index, people: dict[int, int]) -> Verdict:
    found = [one for one in index.find(name, 3) if one.match.verdict != "different"]
    if not found:
        return Verdict("unknown")
    best = found[0]
    same = [one for one in found if one.match.verdict == "same"]
    if len(same) > 1:
        return Verdict("ask", people[best.key], "more than one person on file has this name")
    if best.match.verdict == "same" and not (is_short(name) or is_short(best.name)):
        return Verdict("same", people[best.key], best.match.reason)
    return Verdict("ask", people[best.key], best.match.reason)


def _text(data: bytes) -> str:
    if data[:4] == b"PK\x03\x04":
        raise PlanError("This is a workbook; save its sheet as CSV (UTF-8) and take that in.")
    try:
        text = data.decode(_BOMS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise PlanError("The list is not in UTF-8, so its letters cannot be told; save it as UTF-8.") from fault
    if "\ufffd" in text or any(unicodedata.category(one) == "Cc" and one not in "\t\r\n" for one in text):
        raise PlanError("Letters of this list were lost before it came here; save it again as UTF-8.")
    return text


def _rows(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    mark = next((one for one in ("\t", ";", ",") if one in first), "\t")
    if mark == "," and not _is_headed(first.split(",")):
        mark = "\t" if any("," not in line for line in text.splitlines() if line.strip()) else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as fault:
        raise PlanError("The list is no CSV that can be read; paste one name a line instead.") from fault


def _column(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The column of the names, and the first row that holds one."""
    if not rows or not _is_headed(rows[0]):
        return 0, 0
    heads = [cell.strip().casefold() for cell in rows[0]]
    return next(at for at, head in enumerate(heads) if head in _heads()), 1


def _is_headed(cells: Sequence[str]) -> bool:
    return any(cell.strip().casefold() in _heads() for cell in cells)


def _heads() -> frozenset[str]:
    return frozenset(load(None, "plan")["lists"]["name_columns"])
