"""Clocks of days that somebody set: the end of an order, a hearing, a release that was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from habeas.cases.casefile import Entry, Order, State
from habeas.extraction import edtf
from habeas.watch.clock import Clock, Reason, is_recent, of_rows, rule

FREE = frozenset({"released", "exchanged", "deported", "dead"})
_AWAITED = {
    ("release", "done"): "release",
    ("exchange", "done"): "release in an exchange",
    ("deportation", "done"): "deportation",
    ("transfer", "done"): "transfer",
    ("hospitalisation", "admitted"): "transfer to hospital",
}

_STEPS = {0: "that day", 1: "the day before"}


def clocks(state: State, on: date) -> Iterator[Clock]:
    """The clocks of the order that was last told of, of hearings, and of what was promised for a day."""
    held = state.custody.state not in FREE
    if state.orders and held and state.orders[-1].state != "cancelled":
        yield from _order(state.orders[-1], state, on)
    for entry in state.timeline:
        if entry.kind == "hearing":
            yield from _hearing(entry, state.timeline, on)
        elif held and entry.modality == "planned" and (entry.kind, entry.phase) in _AWAITED:
            yield from _promised(entry, state.timeline, on)


def _order(order: Order, state: State, on: date) -> Iterator[Clock]:
    days = edtf.bounds(order.expires)
    if days is None or days[1] == date.max or not is_recent(days[1], on):
        return
    first = days[1] if days[0] == date.min else days[0]  # nobody told its length: the last day that its law allows
    when = f"between {first} and {days[1]}" if first != days[1] else f"on {days[1]}"
    when = f"by {days[1]}" if days[0] == date.min else when
    told = f"{when} (estimated: {order.rule})" if order.estimated else when
    reasons = of_rows(order.rows)
    yield from _ahead("order_expiry", first, told, reasons, on, estimated=order.estimated)
    heard = max((line.as_of for line in (state.custody, state.basis) if line.as_of), default=date.min)
    if heard <= days[1]:
        silence = rule("order_silence")
        due = edtf.add_days(days[1], silence["days"])
        yield Clock("order_silence", "", due, silence["label"].format(when=told), reasons, estimated=order.estimated)


def _hearing(entry: Entry, timeline: Iterable[Entry], on: date) -> Iterator[Clock]:
    day = edtf.as_day(entry.date)
    told = entry.phase == "scheduled" and entry.modality in {"actual", "planned"}
    is_planned = told or (entry.phase == "held" and entry.modality == "planned")
    if day and is_planned and is_recent(day, on) and not _put_off(entry, timeline):
        yield from _ahead("hearing", day, f"on {entry.date}", of_rows(entry.rows), on)


def _put_off(entry: Entry, timeline: Iterable[Entry]) -> bool:
    """Whether something published later tells that a hearing was postponed."""
    told = max(row.passage.published for row in entry.rows)
    later = (e for e in timeline if (e.kind, e.phase, e.modality) == ("hearing", "postponed", "actual"))
    return any(row.passage.published > told for e in later for row in e.rows)


def _promised(entry: Entry, timeline: Iterable[Entry], on: date) -> Iterator[Clock]:
    days, passed = edtf.bounds(entry.date), rule("promise_passed")
    if days is None or days[1] == date.max or not is_recent(days[1], on):
        return
    if any(e.kind == entry.kind and e.phase == entry.phase and e.modality == "actual" for e in timeline if e.date):
        return
    what = _AWAITED[entry.kind, entry.phase]
    label = passed["label"].format(what=what, when=days[1].isoformat())
    yield Clock("promise_passed", what, edtf.add_days(days[1], passed["days"]), label, of_rows(entry.rows))


def _ahead(
    name: str, day: date, when: str, reasons: tuple[Reason, ...], on: date, *, estimated: bool = False
) -> Iterator[Clock]:
    """A clock for each number of days that the rule looks ahead; of those passed, only the last."""
    label = rule(name)["label"].format(when=when)
    made = [(edtf.add_days(day, -days), _STEPS.get(days, f"{days} days before")) for days in rule(name)["before"]]
    passed = [due for due, _ in made if due <= on]
    for due, step in made:
        if due > on or due == passed[-1]:
            yield Clock(name, step, due, label, reasons, (when,), estimated=estimated)
