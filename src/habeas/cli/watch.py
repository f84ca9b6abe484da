"""Fetch the sources that are due, look at every case with news or a day that fell due, and say what to look at.

Runs until stopped, in a process that is replaced where it dies; `--once` ends after one round. Safe to stop and run
again: no alert is raised twice.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from habeas.cli import desk
from habeas.cli.replacing import keep_running
from habeas.cli.say import count, note, say
from habeas.core.errors import HabeasError

if TYPE_CHECKING:
    from habeas.accounts.models import User

LONGEST_MIN = 366 * 24 * 60.0  # minutes between two rounds
AWAY_S = 30.0  # seconds until a database that is away is asked again


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `habeas watch` takes."""
    parser.add_argument("--once", action="store_true", help="one round, then end")
    parser.add_argument("--every", type=float, default=15, metavar="MINUTES", help="between rounds (default: 15)")
    parser.add_argument("--on", metavar="DATE", help="the day that counts as today (YYYY-MM-DD); one round, then end")
    parser.add_argument("--list", action="store_true", help="only list the open alerts and the days to come")


def run(args: argparse.Namespace) -> int:
    """0 after one round, or when stopped."""
    on = _day(args.on)
    if not 0 < args.every <= LONGEST_MIN:  # "nan" is a number to argparse, and to no clock
        raise HabeasError(f"--every is {args.every:g}; give minutes between rounds, more than 0 and a year at most.")
    user = desk.open_desk()
    if args.list:
        say(_listed(user), end="")
    elif args.once or on:
        say(_round(user, on)[0], end="")
    else:
        keep_running(_rounds, args.every * 60)
    return 0


def _rounds(every_s: float) -> None:
    """One round after the other, for ever, in a process of its own."""
    user = desk.open_desk()
    while True:
        pause_s = every_s
        try:
            said, is_done = _round(user, None)
            say(said, end="")
            pause_s = pause_s if is_done else 0.0
        except desk.DatabaseAway as fault:
            note(f"{fault} The watch tries again by itself.")
            pause_s = min(pause_s, AWAY_S)
        sys.stdout.flush()
        time.sleep(pause_s)


@desk.says_when_away
def _round(user: User, on: date | None) -> tuple[str, bool]:
    """One round, as text: what was raised, and how much was looked at; and whether there was time for all of it."""
    from habeas.advocacy.services import contingencies
    from habeas.cases import kept
    from habeas.core.actor import Actor
    from habeas.watch import delivery, queries, render, services

    fetched = services.fetch(actor=Actor(user.pk, "watch"))
    kept.catch_up()  # what an upgrade or a killed command left marked
    done = services.tick(actor=Actor(user.pk, "watch"), on=on, progress=partial(count, what="cases"))
    fired = contingencies.fire(actor=Actor(user.pk, "watch"))
    raised = [notice for notice in queries.alerts(user, limit=len(done.raised)) if notice.key in set(done.raised)]
    told, waiting = delivery.deliver(), delivery.waiting()
    sent = f" {told} sent." if told else ""
    late = f" {waiting} wait to be sent; `habeas watch --list` says why." if waiting else ""
    troubles = "".join(f"{trouble}\n" for trouble in fetched.troubles)
    news = f"{fetched.new} new documents from {fetched.feeds} sources. " if fetched.feeds or fetched.new else ""
    rest = f" {fetched.left} sources and items are left for the next round." if fetched.left else ""
    due = f" {len(fired)} contingencies of plans fell due." if fired else ""
    counts = f"{news}{done.looked_at} cases looked at, {len(done.raised)} alerts raised.{due}"
    gone = "" if on else _removed()  # never as if it were another day
    return f"{troubles}{render.to_text(raised)}{counts}{sent}{late}{rest}{gone}\n", not fetched.left


def _removed() -> str:
    """What rules of retention removed, once people were told what is due."""
    from habeas.cases import retention

    done = retention.keep(via="watch")
    if not (done.documents or done.cases):
        return ""
    return f" {done.documents} documents and {done.cases} cases removed, as rules of retention say."


def _listed(user: User) -> str:
    from habeas.watch import queries, render
    from habeas.watch.delivery import reasons_of_waiting

    none = "None.\n"
    alerts, clocks = render.to_text(queries.alerts(user)), render.to_text(queries.clocks(user, limit=30))
    waiting = "".join(f"{count} × {reason}\n" for reason, count in reasons_of_waiting())
    parts = {"Open alerts": alerts, "Days to come": clocks, "Waiting to be sent": waiting}
    return "\n".join(f"{title}\n\n{text or none}" for title, text in parts.items())


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as fault:
        raise HabeasError(f"--on is {value!r}; write a date as YYYY-MM-DD, for example 2026-03-09.") from fault
