"""What a clock is, and the rules as `vocab/clocks.toml` has them. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.cases.casefile import Row, Said
from habeas.extraction import edtf
from habeas.vocab import load

RECENT = 30  # days: what a case file last heard of longer ago is told as silence, not as news


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a clock: neutral words, and the claim or the statement (its key) that they rest on."""

    label: str
    claim: int | None = None
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A day on which somebody should look at a case: the rule, its step, the day, and why.

    Two clocks of one case are the same event where rule and step are equal and their days lie within the rule's
    tolerance. `facts` are what an alert rests on beyond that: a dismissed alert returns when there are new ones.
    `estimated`: nobody stated the day; it was worked out. `ask` is what to find out, for the person who looks.
    """

    rule: str
    step: str
    due: date
    label: str
    reasons: tuple[Reason, ...] = ()
    facts: tuple[str, ...] = ()
    estimated: bool = False
    ask: str = ""


def rule(name: str) -> Mapping[str, Any]:
    """One rule of `vocab/clocks.toml`: its label, source, caution and days. KeyError for an unknown name."""
    found: Mapping[str, Any] = load(None, "clocks")[name]
    return found


def labels() -> tuple[str, ...]:
    """What the rules say in a notice, with its {parts}; but for a rule whose label is parts alone."""
    told = (str(found["label"]) for found in load(None, "clocks").values())
    return tuple(label for label in told if not label.startswith("{line}"))


def texts() -> frozenset[str]:
    """Every sentence of the rules that is shown beside a label: titles, sources, cautions, steps, what to find out."""
    rules = load(None, "clocks").values()
    steps = [step for found in rules for step in found.get("steps", ())]
    beside = (found[key] for found in rules for key in ("source", "caution", "title"))
    return frozenset([*beside, *(step[key] for step in steps for key in ("name", "ask"))])


def of_rows(rows: Iterable[Row], most: int = 4) -> tuple[Reason, ...]:
    """A reason for each of these claims, the first of each label, the newest told first."""
    first: dict[str, Reason] = {}
    for row in sorted(rows, key=lambda row: (row.passage.published, row.claim), reverse=True):
        first.setdefault(row.label, Reason(row.label, claim=row.claim))
    return tuple(first.values())[:most]


def voices(rows: Iterable[Row]) -> tuple[str, ...]:
    """Who tells these claims: the speaker, or who publishes the report; as the `facts` of what rests on their word."""
    return tuple(sorted({row.speaker or row.organisation or row.passage.source for row in rows}))


def of_statement(said: Said, label: str) -> Reason:
    """A reason that rests on a statement."""
    return Reason(label, statement=said.statement)


def is_recent(day: date | None, on: date) -> bool:
    """Whether the day lies at most a month before `on`."""
    return day is not None and (on - day).days <= RECENT


def counted(
    name: str, start: date, on: date, label: Mapping[str, str], reasons: tuple[Reason, ...], *, estimated: bool = False
) -> Sequence[Clock]:
    """The clocks of a rule with steps: every step that is still ahead of `on`, and the last that was passed."""
    made = [_step(name, step, start, label, reasons, estimated=estimated) for step in rule(name)["steps"]]
    passed = [clock for clock in made if clock.due <= on]
    return [*passed[-1:], *(clock for clock in made if clock.due > on)]


def _step(
    name: str,
    step: Mapping[str, Any],
    start: date,
    label: Mapping[str, str],
    reasons: tuple[Reason, ...],
    *,
    estimated: bool,
) -> Clock:
    days = step["after"] if "after" in step else step["day"] - 1
    told = rule(name)["label"].format(step=step["name"], **label)
    return Clock(name, step["name"], edtf.add_days(start, days), told, reasons, estimated=estimated, ask=step["ask"])
