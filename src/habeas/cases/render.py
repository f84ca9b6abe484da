"""A case file as plain text for a terminal, and as JSON. Neutral words; sources' own words only in quotation marks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from habeas.cases.casefile import CaseFile, Conflict, Entry, Line, Order, Period, Row, Said, State, Strike
from habeas.cases.shown import Found

WIDTH = 92
WORDS_SHOWN = 300  # of one passage; the JSON and the desk have all of it
ROWS_SHOWN = 3  # under a line of the state; the timeline has every claim
LINE_NAMES = {"custody": "Custody", "basis": "Legal basis", "protest": "Protest and health"}


def to_text(file: CaseFile) -> str:
    """The case file as lines of at most 92 columns: every line of it with its document, date and exact words."""
    return "\n".join(_lines(file)) + "\n"


def to_json(file: CaseFile) -> dict[str, Any]:
    """The case file as plain JSON values; keys are those of `casefile`, days and times in ISO form."""
    plain = _plain(asdict(file))
    assert isinstance(plain, dict)  # noqa: S101 - a mapping stays a mapping
    return plain


def found_to_text(found: Iterable[Found]) -> str:
    """What a search found, an answer a paragraph: what it is, where it stands, and the words around."""
    return "".join("\n".join(_found(one)) + "\n" for one in found)


def _found(one: Found) -> Iterator[str]:
    case = f", case {one.case}" if one.case else ""
    where = f", [{one.document}] {one.published or 'date not known'}" if one.document else ""
    title = one.title or ("somebody not named" if one.kind == "statement" else "no title")
    yield from _wrapped(f"{one.kind}: {title}{case}{where}", "", hanging="    ")
    yield from _wrapped(one.excerpt if one.kind == "person" else _quoted(one.excerpt), "    ")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _lines(file: CaseFile) -> Iterator[str]:
    state = file.state
    yield from _head(file)
    for line in state.lines:
        yield from _state_line(line)
    yield from _section("Orders", _orders(state))
    yield from _section("Hunger strikes", (text for strike in state.strikes for text in _strike(strike)))
    yield from _section("Health", _entries(reversed(state.health)))
    yield from _section("Isolation", (text for period in state.isolation for text in _period(period)))
    yield from _section("Places", (text for period in state.places for text in _period(period)))
    yield from _section("Due next", _due(file))
    yield from _section("Conflicts", (text for conflict in state.conflicts for text in _conflict(conflict)))
    yield from _section("Timeline", _entries(state.timeline))
    yield from _section("The person", _entries(file.profile))
    yield from _section("Statements", (text for said in file.statements for text in _said(said)))
    yield from _section("Documents", _documents(file))


def _head(file: CaseFile) -> Iterator[str]:
    yield file.name
    yield "=" * min(len(file.name), WIDTH)
    others = [alias.name for alias in file.aliases if alias.name != file.name]
    if others:
        yield from _wrapped(f"also seen as {', '.join(others)}", "")
    if file.documents:
        known = f", from what was known at {file.known_at:%Y-%m-%d %H:%M}" if file.known_at else ""
        yield f"case {file.case} as of {file.on.isoformat()}{known}; {len(file.documents)} documents"
    else:
        yield f"case {file.case}: no document speaks of it"
    yield "Read by machine and not judged by a person yet, unless a line says so."


def _state_line(line: Line) -> Iterator[str]:
    yield ""
    since = f", since {line.since}" if line.since else ""
    yield from _wrapped(f"{LINE_NAMES[line.name]}: {line.label}{since}", "", hanging="    ")
    confirmed = f"last confirmed {line.as_of.isoformat()}" if line.as_of else ""
    disputed = "sources disagree, see Conflicts" if line.disputed else ""
    if confirmed or disputed:
        yield "    " + "; ".join(filter(None, (confirmed, disputed)))
    for row in line.rows[:ROWS_SHOWN]:
        yield from _row(row, "    ")
    if len(line.rows) > ROWS_SHOWN:
        yield f"    and {len(line.rows) - ROWS_SHOWN} more in the timeline"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    content = list(lines)
    if content:
        yield from ("", title, "-" * len(title), *content)


def _orders(state: State) -> Iterator[str]:
    for order in state.orders:
        yield from _order(order)
    if law := state.regime:
        yield from _wrapped(f"law, as words tell it: {law.name}", "", hanging="    ")
        longest = f"an order lasts {law.lasts} at most" if law.lasts else "no verified figure for an order"
        for text in (f"{longest}. {law.renewal}", f"Review: {law.review}", law.caution, f"Source: {law.source}"):
            yield from _wrapped(text, "    ")
        for row in law.rows[:ROWS_SHOWN]:
            yield from _row(row, "    ")


def _order(order: Order) -> Iterator[str]:
    issued = f", {order.issued}" if order.issued else ", date not told"
    yield f"{order.number}. {order.label}{issued}"
    if order.expires and order.estimated:
        yield from _wrapped(f"would run out {order.expires.removeprefix('../')} (estimate: {order.rule})", "    ")
    elif order.expires:
        yield f"    runs out {order.expires}, as stated"
    for row in order.rows:
        yield from _row(row, "    ")


def _strike(strike: Strike) -> Iterator[str]:
    yield f"{strike.number}. {strike.label}"
    if strike.start_earliest and strike.start_latest:
        first, last = strike.start_earliest.isoformat(), strike.start_latest.isoformat()
        start = first if first == last else f"between {first} and {last}"
        yield f"    began {start}, {'as stated' if strike.start_stated else 'by day counts; no document gives the day'}"
    if strike.ended or strike.length:
        yield f"    over {strike.ended or 'on a day not told'}{f', after {strike.length}' if strike.length else ''}"
    for row in strike.phases:
        yield from _row(row, "    ", with_label=True)
    for day in strike.days:
        note = "" if day.fits else "  (does not fit the start)"
        note = "  (takes in the strikes before)" if day.over_phases else note
        yield f"    day {day.day} on {day.on.isoformat()}{note}"
        yield from _row(day.row, "        ")


def _period(period: Period) -> Iterator[str]:
    since = period.since or "?"
    until = "now" if period.ongoing else period.until or "?"
    yield from _wrapped(f"{since} to {until}: {period.label}", "", hanging="    ")
    for row in period.rows[:ROWS_SHOWN]:
        yield from _row(row, "    ")


def _due(file: CaseFile) -> Iterator[str]:
    for due in file.state.upcoming:
        yield from _wrapped(
            f"{due.on.replace('../', 'by ')}: {due.label}{' (estimate)' if due.estimated else ''}", "", hanging="    "
        )
        if due.rule:
            yield from _wrapped(due.rule, "    ")
        for row in due.rows[:ROWS_SHOWN]:
            yield from _row(row, "    ")


def _conflict(conflict: Conflict) -> Iterator[str]:
    yield from _wrapped(f"{conflict.label} ({conflict.about})", "", hanging="    ")
    for side in conflict.sides:
        yield from _wrapped(f"- {side.holds}", "  ", hanging="    ")
        for row in side.rows:
            yield from _row(row, "      ")


def _entries(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield from _wrapped(f"{entry.date or 'no date':<10}  {entry.label}", "", hanging=" " * 12)
        for row in entry.rows:
            yield from _row(row, " " * 12)


def _said(said: Said) -> Iterator[str]:
    who = ", ".join(filter(None, (said.speaker or said.speaker_words or "somebody not named", said.role)))
    who += f" ({said.organisation})" if said.organisation and said.organisation not in who else ""
    acts = ", ".join(act.replace("_", " ") for act in said.acts)
    target = f" → {said.target}" if said.target else ""
    outlet = f"; said to {said.outlet}" if said.outlet else ""
    yield from _wrapped(f"{who}: {acts}{target} ({said.manner}{outlet})", "", hanging="    ")
    if said.condition:
        yield from _wrapped(f"on the condition: {_quoted(said.condition)}", "    ")
    yield from _passage(said.passage.published, said.passage.source, said.passage.document, said.passage.words, "    ")


def _documents(file: CaseFile) -> Iterator[str]:
    for document in file.documents:
        title = f" “{document.title}”" if document.title else ""
        head = f"[{document.document}] {document.published or 'date not known'}, {document.source}{title}"
        yield from _wrapped(head, "", hanging="    ")


def _row(row: Row, indent: str, *, with_label: bool = False) -> Iterator[str]:
    if with_label:
        yield from _wrapped(f"{row.label}{f', {row.date}' if row.date else ''}", indent)
    speaker = f", {row.speaker} says" if row.speaker else ""
    judged = "" if row.judged == "proposed" else f" [{row.judged}]"
    source = f"{row.passage.source}{speaker}{judged}"
    yield from _passage(row.passage.published, source, row.passage.document, row.passage.words, indent)


def _passage(published: str, source: str, document: int, words: str, indent: str) -> Iterator[str]:
    yield from _wrapped(f"[{document}] {published or 'no date'} {source}: {_quoted(words)}", indent, hanging="  ")


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    shown = words if len(words) <= WORDS_SHOWN else textwrap.shorten(words, WORDS_SHOWN, placeholder=" […]")
    return f"«{shown}»"


def _wrapped(text: str, indent: str, hanging: str = "") -> Sequence[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + hanging, break_on_hyphens=False
    ) or [indent]
