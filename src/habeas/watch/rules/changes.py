"""Clocks of news: a line of the case that stands otherwise than when it was last looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from habeas.cases.casefile import Line, State
from habeas.watch.clock import Clock, is_recent, of_rows, rule

_NAMES = {"custody": "custody", "basis": "legal basis", "protest": "protest"}


def clocks(state: State, on: date, before: Mapping[str, str]) -> Iterator[Clock]:
    """A clock, due on `on`, for each line that changed to a state that the rule names."""
    for line in state.lines:
        is_new = line.state != before.get(line.name) and line.state in rule("changed")[line.name]
        if is_new and is_recent(line.as_of, on):
            yield _changed(line, on)


def _changed(line: Line, on: date) -> Clock:
    label = rule("changed")["label"].format(line=_NAMES[line.name], what=line.label)
    return Clock("changed", f"{line.name}: {line.state}", on, label, of_rows(line.rows))
