"""The timeline, what is told of health, and what is due: claims that say the same brought together, by date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from habeas.cases.casefile import Due, Entry, Order, Row
from habeas.cases.fold import labels
from habeas.cases.fold.when import LOOKS_AHEAD, NO_DAY, day_of, order_of, published
from habeas.core.folding import fold
from habeas.extraction import edtf

_DUE = frozenset(
    {("hearing", "scheduled"), ("hearing", "held"), ("release", "done"), ("order", "expires"), ("order", "renewed")}
    | {("deportation", "done"), ("exchange", "done"), ("transfer", "done"), ("hunger_strike", "start")}
    | {("appeal", "filed"), ("sentence", "passed"), ("hospitalisation", "admitted"), ("hospitalisation", "discharged")}
)


def entries(rows: Iterable[Row]) -> tuple[Entry, ...]:
    """The claims, those that say the same in one entry, in the order of the days for which they speak."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in sorted(rows, key=order_of):
        alike.setdefault(_content(row), []).append(row)
    made = [_entry(told) for told in alike.values()]
    return tuple(sorted(made, key=lambda entry: order_of(entry.rows[0])))


def upcoming(rows: Sequence[Row], orders: Sequence[Order], on: date) -> tuple[Due, ...]:
    """What is expected after `on`: stated days, and the estimated end of the order that stands."""
    due = [row for row in rows if _is_expected(row) and _is_ahead(row, rows, on)]
    stated = [
        Due(on=entry.date, kind=entry.kind, label=entry.label, rows=entry.rows)
        for entry in entries(due)
        if (entry.kind, entry.phase) in _DUE
    ]
    last = orders[-1] if orders else None
    standing = last is not None and last.estimated and last.state not in {"cancelled", "suspended"}
    if last and standing and (edtf.latest(last.expires) or on) > on:
        stated.append(Due(last.expires, "order", "order expires", estimated=True, rule=last.rule, rows=last.rows))
    return tuple(sorted(stated, key=lambda d: (d.on.removeprefix("../"), d.kind, d.label)))


def _is_expected(row: Row) -> bool:
    return row.modality == "planned" or (row.modality == "actual" and (row.kind, row.phase) in LOOKS_AHEAD)


def _is_ahead(row: Row, rows: Sequence[Row], on: date) -> bool:
    """Whether the day is still to come and no later report put the hearing off."""
    told = published(row)
    if row.latest is None or row.latest <= on or (told and told > on):
        return False
    return row.kind != "hearing" or not any(
        (other.kind, other.phase, other.modality) == ("hearing", "postponed", "actual")
        and (told or NO_DAY) < day_of(other) <= on
        for other in rows
    )


def _content(row: Row) -> tuple[str, ...]:
    """What makes two claims say the same; an undated state is that of its day of publication."""
    when = row.date or (day_of(row).isoformat() if row.phase == "ongoing" else "")
    where = fold(row.place) if row.kind in {"transfer", "hospitalisation", "arrest", "isolation"} else ""
    return row.kind, row.phase, row.modality, when, fold(str(row.value or "")), where


def _entry(told: Sequence[Row]) -> Entry:
    first = told[0]
    return Entry(
        date=first.date,
        kind=first.kind,
        phase=first.phase,
        modality=first.modality,
        label=labels.describe(first),
        rows=tuple(told),
    )
