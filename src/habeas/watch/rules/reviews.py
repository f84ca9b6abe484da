"""Clocks of reviews that the law of an order asks for, where words tell which law that is; always an estimate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from habeas.cases.casefile import Order, Regime, State
from habeas.cases.fold.when import day_of
from habeas.extraction import edtf
from habeas.vocab import load
from habeas.watch.clock import Clock, is_recent, of_rows, rule
from habeas.watch.rules.deadlines import FREE

_SOON = 7  # days between an arrest and its first order that still count as one taking
_REVIEWED = frozenset({"upheld", "shortened", "suspended", "cancelled"})


def clocks(state: State, on: date) -> Iterator[Clock]:
    """A clock for each review of the newest order that is ahead or just passed, and of which nothing was told."""
    order, regime = state.orders[-1] if state.orders else None, state.regime
    start = _counted_from(order, state) if order else None
    if order is None or regime is None or start is None or state.custody.state in FREE or _is_told(order, start):
        return
    law = load(None, "regimes")["regime"][regime.key]
    for days in (*law.get("reviews", ()), *(law.get("first_reviews", ()) if order.number == 1 else ())):
        due = edtf.add_days(start, days)
        if is_recent(due, on):
            yield from _ahead(order, regime, days, due, on)


def _counted_from(order: Order, state: State) -> date | None:
    """The day of the order; of the first one the arrest, where that was shortly before. None where no day is told."""
    issued = edtf.as_day(order.issued)
    arrested = edtf.as_day(state.custody.since) if order.number == 1 else None
    if issued and arrested and 0 <= (issued - arrested).days <= _SOON:
        return arrested
    return issued


def _is_told(order: Order, since: date) -> bool:
    """Whether somebody told what became of the order since: then its review was held, or is not needed."""
    return any(row.phase in _REVIEWED and row.modality == "actual" and day_of(row) >= since for row in order.rows)


def _ahead(order: Order, regime: Regime, days: int, due: date, on: date) -> Iterator[Clock]:
    told = rule("review_due")["label"].format(who=regime.review, when=f"by {due} (estimated: {regime.name})")
    ahead = rule("review_due")["before"]
    made = [(edtf.add_days(due, -before), f"order {order.number}, {days} days, {before} before") for before in ahead]
    passed = [day for day, _ in made if day <= on]
    reasons = of_rows((*order.rows, *regime.rows))
    for day, step in made:
        if day > on or day == passed[-1]:
            yield Clock("review_due", step, day, told, reasons, estimated=True)
