"""What people judged about claims, applied before anything is added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from habeas.cases.casefile import Row

_JUDGED = {"accept": "accepted", "mend": "mended", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement on one claim. `verdict`: accept, mend, reject or unsure; `mended` is the claim put right, for mend.

    `undone_at` is when it was taken back, None while it stands.
    """

    judgement: int
    claim: int
    verdict: str
    made_at: datetime
    mended: Row | None = None
    undone_at: datetime | None = None


def apply(rows: Iterable[Row], judgements: Iterable[Judgement], known_at: datetime | None) -> list[Row]:
    """The claims, each marked with its newest judgement that stood at `known_at`, and mended where it says so."""
    newest: dict[int, Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.made_at, j.judgement)):
        if _stands(judgement, known_at):
            newest[judgement.claim] = judgement
    return [_judged(row, newest.get(row.claim)) for row in rows]


def _stands(judgement: Judgement, known_at: datetime | None) -> bool:
    if known_at is None:
        return judgement.undone_at is None
    return judgement.made_at <= known_at and (judgement.undone_at is None or judgement.undone_at > known_at)


def _judged(row: Row, judgement: Judgement | None) -> Row:
    if judgement is None:
        return row
    return replace(judgement.mended or row, judged=_JUDGED.get(judgement.verdict, judgement.verdict))
