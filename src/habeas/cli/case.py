"""Print a person's case file: states, orders, strikes, health, timeline, conflicts, statements, each with its words."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime

from habeas.cli import desk
from habeas.core.errors import HabeasError


class NoSuchCase(HabeasError):
    """No case on this desk has that name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas case` takes."""
    parser.add_argument("name", metavar="NAME", help="the person's name, in any spelling or script")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument("--on", metavar="DATE", help="the state on that day (YYYY-MM-DD); default: today")
    parser.add_argument("--known-at", metavar="TIME", help="from what was known then (ISO date or time)")


def run(args: argparse.Namespace) -> int:
    """0 where one case was found and printed."""
    on, known_at = _day(args.on), _moment(args.known_at)
    user = desk.open_desk()
    from habeas.cases import queries, render

    found = queries.find_cases(user, args.name)
    if not found:
        raise NoSuchCase(
            f"No case on this desk is named {args.name!r}; `habeas search {args.name!r}` looks in all texts."
        )
    if len(found) > 1:
        several = "; ".join(case.person.name for case in found)
        raise NoSuchCase(f"{args.name!r} may be any of these cases: {several}. Give the full name of one.")
    file = queries.case_file(found[0], user, on=on, known_at=known_at)
    print(json.dumps(render.to_json(file), ensure_ascii=False, indent=2) if args.json else render.as_text(file))
    return 0


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as fault:
        raise HabeasError(f"--on is {value!r}; write a date as YYYY-MM-DD, for example 2026-03-09.") from fault


def _moment(value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError as fault:
        raise HabeasError(f"--known-at is {value!r}; write a date or time such as 2026-03-09T18:00.") from fault
    return moment.astimezone() if moment and moment.tzinfo is None else moment
