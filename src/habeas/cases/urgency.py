"""Why somebody should look at a case, and which case first; no Django."""

from __future__ import annotations

from datetime import date, timedelta

from habeas.cases.casefile import CaseRow
from habeas.extraction import edtf

SOON = timedelta(days=14)
REASONS = ("strike", "hidden", "due", "overdue", "conflict", "changed", "match", "claims")  # the most urgent first
LEAST = len(REASONS)  # the rank of a case without any
_HIDDEN = frozenset({"disappeared", "incommunicado"})
_OVER = frozenset({"released", "exchanged", "deported", "dead"})


def reasons(row: CaseRow, on: date | None, *, changed: bool = False) -> tuple[str, ...]:
    """The reasons (codes of REASONS) to look at the case on that day, the most urgent first; None leaves out days."""
    days = days_of(row) if on else []
    told = {
        "strike": row.custody.state not in _OVER and row.protest.state == "hunger_strike",
        "hidden": row.custody.state in _HIDDEN,
        "due": any(on <= day <= on + SOON for day in days if on),
        "overdue": any(day < on for day in days if on),
        "conflict": any(line.disputed for line in row.lines),
        "changed": changed,
        "match": bool(row.waiting),
        "claims": bool(row.unjudged),
    }
    return tuple(reason for reason in REASONS if told[reason])


def days_of(row: CaseRow) -> list[date]:
    """The days by which something is expected."""
    return [day for due in row.upcoming if (day := edtf.latest(due.on))]


def rank(why: tuple[str, ...]) -> int:
    """The place of the gravest of the reasons; LEAST where there is none."""
    return REASONS.index(why[0]) if why else LEAST


def key(row: CaseRow, why: tuple[str, ...]) -> tuple[int, str, int]:
    """What cases are sorted by: the gravest reason, then the newest news: people on hunger strike are never ranked.

    A date with its digits turned round is less where it is later.
    """
    newest_first = row.last_news.translate(_TURNED) or "~"
    return rank(why), newest_first, row.person


_TURNED = str.maketrans("0123456789", "9876543210")
