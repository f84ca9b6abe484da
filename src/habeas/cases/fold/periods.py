"""Stretches of time: in isolation, and at the places a case names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from habeas.cases.casefile import Period, Row
from habeas.cases.fold import labels
from habeas.cases.fold.custody import Episode
from habeas.cases.fold.when import FREEING, Placed, actual, agreed, order_of, start_of
from habeas.core.folding import fold

_AT = frozenset({"detention", "transfer", "hospitalisation", "isolation"})


def isolation(rows: Sequence[Row], on: date) -> tuple[Period, ...]:
    """The stretches in isolation, in order, as they stood `on` that day. A release ends the last one."""
    found: list[list[Placed]] = []
    over = True
    for p in actual(rows, on, frozenset({"isolation", "release", "exchange", "death"})):
        if p.row.kind == "isolation" and over and p.row.phase != "end":
            found.append([])
        if found and (p.row.kind == "isolation" or not over):
            found[-1].append(p)
        over = p.row.phase == "end" or p.code in FREEING or (over and p.row.kind != "isolation")
    return tuple(_isolation(placed) for placed in found)


def places(rows: Sequence[Row], told: Sequence[Episode], on: date) -> tuple[Period, ...]:
    """The places where they were held in the last deprivation of liberty, one after the other."""
    if not told:
        return ()
    since = told[-1].first_day
    stays: list[list[Placed]] = []
    for p in actual(rows, on, _AT):
        if not p.row.place or p.day < since or p.row.phase in {"end", "discharged"}:
            continue
        if stays and fold(stays[-1][-1].row.place) == fold(p.row.place):
            stays[-1].append(p)
        else:
            stays.append([p])
    over = bool(told[-1].freed)
    return tuple(_stay(stay, going_on=not over and stay is stays[-1]) for stay in stays)


def _isolation(placed: Sequence[Placed]) -> Period:
    starts = [p.row for p in placed if p.row.phase == "start"]
    ends = [p.row for p in placed if p.row.phase == "end" or p.code in FREEING]
    return Period(
        what="isolation",
        label="in isolation",
        since=agreed(starts) or agreed([p.row for p in placed], start_of),
        until=agreed(ends),
        ongoing=not ends,
        rows=tuple(sorted((p.row for p in placed), key=order_of)),
    )


def _stay(stay: Sequence[Placed], *, going_on: bool) -> Period:
    events = [p.row for p in stay if p.row.phase != "ongoing"]
    return Period(
        what=stay[0].row.place,
        label=labels.describe(stay[0].row),
        since=agreed(events) or agreed([p.row for p in stay], start_of),
        ongoing=going_on,
        rows=tuple(p.row for p in stay),
    )
