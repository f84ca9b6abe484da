"""What people judged about claims and statements, applied before anything is added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from habeas.cases.casefile import Row, Said

T = TypeVar("T", Row, Said)
NOT_COUNTED = frozenset({"rejected", "withdrawn"})
_JUDGED = {"accept": "accepted", "mend": "mended", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Judgement(Generic[T]):
    """One judgement on one claim or statement, whose key is `of`. `verdict`: accept, mend, reject or unsure.

    `mended` is the claim or statement put right, for mend; `undone_at` when it was taken back, None while it stands.
    `settles` is False where another person has yet to say the same; `recheck` True where it was carried over to a
    reading that no longer says the same.
    """

    judgement: int
    of: int
    verdict: str
    made_at: datetime
    mended: T | None = None
    undone_at: datetime | None = None
    settles: bool = True
    recheck: bool = False


def apply(rows: Iterable[Row], judgements: Iterable[Judgement[Row]], known_at: datetime | None) -> list[Row]:
    """The claims, each marked with its newest judgement that stood at `known_at`, and mended where it says so.

    A claim that was added by hand is withdrawn where no judgement on it stands.
    """
    standing = standing_at(judgements, known_at)
    return [_judged(row, standing, row.claim) for row in rows]


def apply_to_statements(
    statements: Iterable[Said], judgements: Iterable[Judgement[Said]], known_at: datetime | None = None
) -> list[Said]:
    """As `apply`, for statements."""
    standing = standing_at(judgements, known_at)
    return [_judged(said, standing, said.statement) for said in statements]


def standing_at(judgements: Iterable[Judgement[T]], known_at: datetime | None) -> dict[int, Judgement[T]]:
    """The newest judgement on each that stood at `known_at`."""
    ordered = sorted(judgements, key=lambda j: (j.made_at, j.judgement))
    return {judgement.of: judgement for judgement in ordered if _stands(judgement, known_at)}


def _stands(judgement: Judgement[T], known_at: datetime | None) -> bool:
    if known_at is None:
        return judgement.undone_at is None
    return judgement.made_at <= known_at and (judgement.undone_at is None or judgement.undone_at > known_at)


def _judged(one: T, standing: Mapping[int, Judgement[T]], key: int) -> T:
    judgement = standing.get(key)
    if judgement is None:
        return replace(one, judged="withdrawn") if isinstance(one, Row) and one.by_hand else one
    if not judgement.settles:
        return replace(one, waits="second")
    judged = _JUDGED.get(judgement.verdict, judgement.verdict)
    return replace(judgement.mended or one, judged=judged, waits="changed" if judgement.recheck else "")
