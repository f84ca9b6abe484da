"""The line of the legal basis, and the chain of orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from habeas.cases.casefile import Line, Row
from habeas.cases.fold import labels
from habeas.cases.fold.custody import Episode
from habeas.cases.fold.when import (
    NO_DAY,
    ORDER_STANDS,
    Placed,
    agreed,
    changes_order,
    day_of,
    is_dated,
    newest,
    of_custody,
    overlap,
    start_of,
)

KINDS = frozenset({"detention", "order", "charge", "sentence", "release", "exchange", "deportation", "death", "arrest"})
_REGIMES = {
    "administrative": "administrative_order",
    "unlawful_combatant": "unlawful_combatant",
    "immigration": "immigration",
    "remand": "remand",
    "sentence": "sentence",
}
_ONE_SENTENCE = timedelta(days=60)  # reports of one sentence differ by so much at most
_WITHOUT_CHARGE = {"administrative_order", "order", "unknown", "unlawful_combatant"}


def line(rows: Sequence[Row], told: Sequence[Episode], on: date) -> Line:
    """The line of the legal basis for the last deprivation of liberty in `told`."""
    if not told:
        return Line("basis", "unknown", labels.BASIS["unknown"])
    last = told[-1]
    if last.freed:
        return _ended(last)
    since, nothing_has_days = last.first_day, all(p.day == NO_DAY for p in last.rows)
    bearing = [p for p in of_custody(rows, on, KINDS) if not p.frees and p.day >= since and _tells(p, nothing_has_days)]
    state, proof = _strongest(bearing)
    if state in _WITHOUT_CHARGE and (uncharged := _not_charged(rows, since, on)):
        state, proof = _uncharged(state, proof, uncharged)
    return Line(
        name="basis",
        state=state,
        label=_label(state, proof, bearing),
        since=_since(proof),
        as_of=newest(p.day for p in proof),
        rows=tuple(p.row for p in reversed(proof)),
    )


def _tells(placed: Placed, nothing_has_days: bool) -> bool:
    """Whether it may change the basis: that an order was suspended on no day changes nothing of what has days."""
    is_change = placed.code in {("order", "suspended"), ("order", "cancelled")}
    return not is_change or placed.day != NO_DAY or nothing_has_days


def _since(proof: Sequence[Placed]) -> str:
    """When the basis began, as far as told; of several sentences, when the last was passed."""
    passed = [p for p in proof if p.row.kind == "sentence" and is_dated(p.row)]
    last = [
        p.row for p in passed if passed[-1].day - p.day <= _ONE_SENTENCE or overlap(p.row.date, passed[-1].row.date)
    ]
    if last:
        return agreed(last)
    return agreed([p.row for p in proof if p.row.kind != "detention"]) or agreed([p.row for p in proof], start_of)


def _ended(last: Episode) -> Line:
    return Line(
        name="basis",
        state="ended",
        label=f"ended: {labels.CUSTODY[last.state]}",
        since=last.since,
        as_of=newest(p.day for p in last.freed),
        rows=tuple(p.row for p in reversed(last.freed)),
    )


def _strongest(bearing: Sequence[Placed]) -> tuple[str, list[Placed]]:
    """What the claims, in the order of events, leave standing, and the claims that say so."""
    sentences = _sentences(bearing)
    sentenced_on = sentences[1][-1].day if sentences[0] == "sentence" and sentences[1] else None
    regime = _regime(bearing, after=sentenced_on)
    if sentences[1] and (not regime[1] or regime[1][-1].day < sentences[1][-1].day or regime[0] == "remand"):
        return sentences
    orders = _orders(bearing)
    if regime[0] == "administrative_order" and orders[0] in {"order_suspended", "order_cancelled"}:
        return orders
    if regime[0] == "sentence" and sentences[1]:
        return "sentence", sorted([*regime[1], *sentences[1]], key=lambda p: p.day)
    if regime[1]:
        return regime[0], sorted([*regime[1], *orders[1]], key=lambda p: p.day)
    for found in (orders, _charges(bearing)):
        if found[1]:
            return found
    return "unknown", []


def _sentences(bearing: Sequence[Placed]) -> tuple[str, list[Placed]]:
    told = [p for p in bearing if p.row.kind == "sentence"]
    if told and told[-1].row.phase == "overturned":
        return "sentence_overturned", [p for p in told if p.row.phase == "overturned"]
    return "sentence", [p for p in told if p.row.phase != "overturned"]


def _regime(bearing: Sequence[Placed], after: date | None) -> tuple[str, list[Placed]]:
    told = [p for p in bearing if p.row.kind == "detention" and p.row.value in _REGIMES]
    if after:
        told = [p for p in told if p.row.value != "remand" and (p.day >= after or p.row.value == "sentence")]
    if not told:
        return "", []
    value = told[-1].row.value
    return _REGIMES[str(value)], [p for p in told if p.row.value == value]


def _orders(bearing: Sequence[Placed]) -> tuple[str, list[Placed]]:
    told = [p for p in bearing if p.row.kind == "order" and p.row.phase in ORDER_STANDS | {"suspended", "cancelled"}]
    telling = [p for p in told if p.row.phase == "cancelled" or changes_order(p)] or told
    last = telling[-1].row.phase if told else ""
    if last in {"suspended", "cancelled"}:
        return f"order_{last}", [p for p in told if p.row.phase == last]
    return "order", [p for p in told if p.row.phase in ORDER_STANDS]


def _charges(bearing: Sequence[Placed]) -> tuple[str, list[Placed]]:
    told = [p for p in bearing if p.row.kind == "charge"]
    dropped = {labels.length(p.row.value).casefold() for p in told if p.row.phase == "dropped"}
    standing = [p for p in told if p.row.phase == "brought" and str(p.row.value or "").casefold() not in dropped]
    return "charge", [] if "" in dropped else standing


def _not_charged(rows: Sequence[Row], since: date, on: date) -> list[Placed]:
    """Claims that no charge was brought. They say what is not, so they stand with `denied`."""
    denied = [row for row in rows if (row.kind, row.phase, row.modality) == ("charge", "brought", "denied")]
    found = [Placed(row, day_of(row)) for row in denied]
    return sorted((p for p in found if since <= p.day <= on), key=lambda p: (p.day, p.row.passage.words, p.row.claim))


def _uncharged(state: str, proof: list[Placed], denied: list[Placed]) -> tuple[str, list[Placed]]:
    return ("none_given", denied) if state == "unknown" else (state, sorted([*proof, *denied], key=lambda p: p.day))


def _label(state: str, proof: Sequence[Placed], bearing: Sequence[Placed]) -> str:
    label = labels.BASIS[state]
    charges = list(dict.fromkeys(str(p.row.value) for p in _charges(bearing)[1] if p.row.value))
    lengths = [p.row.value for p in proof if p.row.kind == "sentence" and p.row.value]
    if state == "sentence" and lengths:
        label += f": {labels.length(lengths[-1])}"
    elif state in {"charge", "remand"} and charges:
        label += f"{', charged' if state == 'remand' else ''}: {'; '.join(charges[:3])}"
    elif state in _WITHOUT_CHARGE and any(p.row.kind == "charge" for p in proof):
        label += ", without charge"
    return label
