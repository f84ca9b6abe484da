"""Print a person's case file: states, orders, strikes, health, timeline, conflicts, statements, each with its words."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.say import say, say_json
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import User
    from habeas.cases.casefile import CaseFile

MOST_NAMED = 8  # cases named in the sentence that asks which one is meant


class NoSuchCase(HabeasError):
    """No case on this desk has that name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas case` takes."""
    parser.add_argument("name", metavar="NAME", help="the person's name, in any spelling or script")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument(
        "--on", metavar="DATE", help="the state on that day (YYYY-MM-DD); default: the last that documents tell of"
    )
    parser.add_argument("--known-at", metavar="TIME", help="from what was known then (ISO date or time)")


def run(args: argparse.Namespace) -> int:
    """0 where one case was found and printed."""
    on, known_at = _day(args.on), _moment(args.known_at)
    file = file_of(desk.open_desk(), args.name, on, known_at)
    from habeas.cases import render

    if args.json:
        say_json(render.to_json(file), indent=2)
    else:
        say(render.to_text(file), end="")
    return 0


def file_of(user: User, name: str, on: date | None = None, known_at: datetime | None = None) -> CaseFile:
    """The file of the one case that the name clearly means. Raises NoSuchCase where there is none, or several."""
    from habeas.cases import queries

    found = queries.find_cases(user, name)
    if len(found) > 1:
        raise NoSuchCase(f"{name!r} may be any of these: {_named(c.person.name for c in found)}. Give one's full name.")
    file = queries.case_file(found[0], user, on=on, known_at=known_at) if found else None
    if file is None:
        alike = _named(person.name for person, _match in queries.find_people(user, name))
        hint = f"alike are {alike}" if alike else "`habeas search` looks for it in all texts"
        raise NoSuchCase(f"No case on this desk is named {name!r}; {hint}.")
    return file


def _named(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - MOST_NAMED} more" if len(shown) > MOST_NAMED else ""
    return "; ".join(shown[:MOST_NAMED]) + more


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as fault:
        raise HabeasError(f"--on is {value!r}; write a date as YYYY-MM-DD, for example 2026-03-09.") from fault


def _moment(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        moment.astimezone(UTC)  # near the ends of the calendar there is no such time in every zone
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError) as fault:
        raise HabeasError(f"--known-at is {value!r}; write a date or time such as 2026-03-09T18:00.") from fault
