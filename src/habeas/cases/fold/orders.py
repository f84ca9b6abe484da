"""The chain of detention orders: which one stands, and until when, as stated or as its length would have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from habeas.cases.casefile import Order, Regime, Row
from habeas.cases.fold import labels
from habeas.cases.fold.custody import Episode
from habeas.cases.fold.when import NO_DAY, Placed, actual, agreed, day_of, is_dated, order_of, overlap
from habeas.extraction import edtf

_SAME_ORDER = timedelta(days=35)
_UNKNOWN_LENGTH = timedelta(days=14)
_BEGINS = frozenset({"issued", "renewed"})
_FROM_ITSELF, _FROM_BEFORE = "from the day of the order", "from the end of the order before"
_INCLUDED = "first day included"
_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


@dataclass(slots=True)
class _Chained:
    """One order while its claims are gathered. `begun` are those of its issue or renewal."""

    phase: str
    begun: list[Placed]
    later: list[Placed] = field(default_factory=list)
    expiries: list[Row] = field(default_factory=list)

    @property
    def day(self) -> date:
        return min((p.day for p in self.begun if is_dated(p.row)), default=self.begun[0].day)

    @property
    def length(self) -> str:
        cut = [p.row.value for p in self.later if p.row.phase == "shortened" and p.row.value]
        told = cut or [p.row.value for p in self.begun if p.row.value]
        return str(max(sorted({str(v) for v in told}), key=[str(v) for v in told].count)) if told else ""

    @property
    def issued(self) -> str:
        return agreed([p.row for p in self.begun])

    @property
    def state(self) -> str:
        """What happened to it last; a claim that speaks for no day tells that only where no other claim does."""
        told = [p for p in self.later if p.day != NO_DAY] or (self.later if self.day == NO_DAY else [])
        return told[-1].row.phase if told else self.begun[0].row.phase


def chain(rows: Sequence[Row], told: Sequence[Episode], on: date, regime: Regime | None = None) -> tuple[Order, ...]:
    """The orders of the last deprivation of liberty, in order, as they stood `on` that day.

    Where nobody tells an order's length, `regime` says what it may last.
    """
    if not told:
        return ()
    since = told[-1].first_day
    placed = [p for p in actual(rows, on, frozenset({"order"})) if p.day >= since and p.row.phase != "expires"]
    gathered = _gather(placed)
    _add_expiries(gathered, [row for row in rows if _is_expiry(row, since)])
    return tuple(_orders(gathered, agreed(told[-1].arrests), regime))


def end_by_length(start: date, length: str) -> date | None:
    """The last day of a stretch of that length which starts on `start`, the first day counted; None for no length."""
    found = _LENGTH.fullmatch(length)
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days = (int(n or 0) for n in found.groups())
    return edtf.add_days(edtf.add_months(start, 12 * years + months), 7 * weeks + days - 1)


def _gather(placed: Sequence[Placed]) -> list[_Chained]:
    orders: list[_Chained] = []
    undated = [p for p in placed if p.day == NO_DAY or (not is_dated(p.row) and p.row.phase in _BEGINS)]
    for p in placed:
        if p in undated:
            continue
        same = _same(orders, p) if p.row.phase in _BEGINS else None
        if p.row.phase in _BEGINS and same is None:
            orders.append(_Chained(p.row.phase, [p]))
        elif same is not None:
            same.begun.append(p)
        elif orders:
            orders[-1].later.append(p)
        else:
            orders.append(_Chained("", [p]))
    for p in sorted(undated, key=lambda p: p.row.phase in _BEGINS):
        _add_undated(orders, p)
    return orders


def _same(orders: Sequence[_Chained], p: Placed) -> _Chained | None:
    """The order that the claim tells of again: of the same phase, and so near in time that it cannot be the next."""
    for order in reversed(orders):
        near = abs(p.day - order.day) <= _reach(order) or any(overlap(p.row.date, b.row.date) for b in order.begun)
        if order.phase == p.row.phase and near:
            return order
    return None


def _reach(order: _Chained) -> timedelta:
    """How far apart two dates of one order may lie: half its length, so that the next order is not taken for it."""
    start = date(2001, 1, 1)
    end = end_by_length(start, order.length)
    return min((end - start) / 2, _SAME_ORDER) if end else _UNKNOWN_LENGTH


def _add_undated(orders: list[_Chained], p: Placed) -> None:
    """An issue or renewal without a date tells again of the last such order, or of one nobody dates.

    What speaks for no day, and is no issue or renewal, goes with the last order without changing how it stands.
    """
    of_phase = [o for o in orders if o.phase == p.row.phase and (o.day <= p.day or p.day == NO_DAY)]
    same_length = [o for o in of_phase if not p.row.value or o.length in {"", str(p.row.value)}]
    if p.row.phase not in _BEGINS:
        if orders:
            orders[-1].later.insert(0, p)
        else:
            orders.append(_Chained("", [p]))
    elif same_length or (of_phase and p.day != NO_DAY):
        (same_length or of_phase)[-1].begun.append(p)
    elif p.row.phase == "issued":
        orders.insert(0, _Chained("issued", [p]))
    else:
        orders.append(_Chained(p.row.phase, [p]))


def _is_expiry(row: Row, since: date) -> bool:
    told = (row.kind, row.phase) == ("order", "expires") and row.modality in {"actual", "planned"}
    return told and row.latest is not None and row.latest >= since


def _add_expiries(orders: Sequence[_Chained], rows: Sequence[Row]) -> None:
    for row in sorted(rows, key=order_of):
        fitting = [o for o in orders if row.latest and o.day <= row.latest and o.day <= max(day_of(row), row.latest)]
        fitting = [o for o in fitting if o.day != NO_DAY] or fitting
        if fitting:
            fitting[-1].expiries.append(row)


def _orders(gathered: Sequence[_Chained], arrested: str, regime: Regime | None) -> list[Order]:
    made: list[Order] = []
    for number, order in enumerate(gathered, start=1):
        before = made[-1] if made else None
        end = _expiry(order, before, arrested if number == 1 else "")
        expires, estimated, rule = end if end[0] else _latest(order, before, regime)
        rows = [p.row for p in (*order.begun, *order.later)] + order.expiries
        made.append(
            Order(
                number=number,
                state=order.state,
                label=_label(order.state, order.length),
                issued=order.issued,
                length=order.length,
                expires=expires,
                estimated=estimated,
                rule=rule,
                rows=tuple(sorted(rows, key=order_of)),
            )
        )
    return made


def _label(state: str, length: str) -> str:
    words = {"issued": "order", "renewed": "renewal"}.get(state, f"order, {state}")
    return f"{words} of {labels.length(length)}" if length else words


def _expiry(order: _Chained, before: Order | None, arrested: str) -> tuple[str, bool, str]:
    """When the order runs out: as stated, or else estimated from its length; with the rule in words."""
    if order.expiries:
        return agreed(order.expiries), False, ""
    starts = {edtf.as_day(order.issued): _FROM_ITSELF}
    if order.phase == "issued" and _soon_after(arrested, order.issued):
        # An order issued a week after the arrest often runs from the arrest, less one day at its end.
        starts[edtf.as_day(arrested)] = "from the arrest"
    if order.phase == "renewed" and before and (ended := edtf.as_day(before.expires)):
        starts = {edtf.add_days(ended, 1): _FROM_BEFORE}
    ends = {end_by_length(day, order.length): rule for day, rule in starts.items() if day}
    days = sorted(end for end in ends if end)
    if not days:
        return "", False, ""
    rule = " or ".join(ends[end] for end in days)
    counted = f"{labels.length(order.length)} counted {rule}, {_INCLUDED}"
    return edtf.interval(days[0].isoformat(), days[-1].isoformat()), True, counted


def _latest(order: _Chained, before: Order | None, regime: Regime | None) -> tuple[str, bool, str]:
    """The last day that the law allows an order whose length nobody told, from the last day on which it can begin."""
    told = edtf.latest(order.issued) if regime and order.phase in _BEGINS and not order.length else None
    if regime is None or told is None or told == date.max:
        return "", False, ""
    ended = edtf.latest(before.expires) if before and order.phase == "renewed" else None
    start = edtf.add_days(ended, 1) if ended and ended >= told else told
    end = end_by_length(start, regime.longest)
    if end is None:
        return "", False, ""
    counted = f"{labels.length(regime.longest)} counted {_FROM_BEFORE if start != told else _FROM_ITSELF}"
    return f"../{end.isoformat()}", True, f"at the latest, by the longest order under its law: {counted}, {_INCLUDED}"


def _soon_after(arrested: str, issued: str) -> bool:
    first, second = edtf.as_day(arrested), edtf.as_day(issued)
    if first is None:
        return False
    return second is None or timedelta(0) <= second - first <= _SAME_ORDER
