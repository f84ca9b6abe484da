"""From a case file to its clocks: `clocks(file, on, before)`, a pure function over values; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from habeas.cases.casefile import CaseFile
from habeas.watch.clock import Clock
from habeas.watch.rules import changes, conditions, deadlines, escalation, reviews, strikes


def clocks(file: CaseFile, on: date, before: Mapping[str, str]) -> tuple[Clock, ...]:
    """Every clock of the case that is ahead of `on`, and those passed that somebody may not have been told of yet.

    Args:
        file: the case file, folded for `on`.
        before: the state of each line when the case was last looked at ({"custody": "in_custody", …}); empty if never.
    Returns:
        Clocks in the order of their days. Denied, demanded and supposed events start none.
    """
    found = [
        *strikes.clocks(file.state, on),
        *deadlines.clocks(file.state, on),
        *reviews.clocks(file.state, on),
        *conditions.clocks(file.state, on),
        *changes.clocks(file.state, on, before),
        *escalation.clocks(file.state, file.statements, on),
    ]
    return tuple(sorted(found, key=lambda clock: (clock.due, clock.rule, clock.step)))


def lines(file: CaseFile) -> dict[str, str]:
    """The state of each line of the case, as `before` of the next look."""
    return {line.name: line.state for line in file.state.lines}
