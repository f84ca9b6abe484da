"""CPU of one round of the watch with ten thousand sources and a hundred thousand open clocks, on SQLite.

A round in which nothing is due, and one in which the clocks of a hundred cases fall due and those cases are folded
again. Each figure is one JSON line; its anchor is a plain `sqlite3` scan of as many rows in the same run.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SOURCES, CASES, CLOCKS_EACH, DUE = 10_000, 20_000, 5, 100
TODAY = date(2026, 3, 9)
LIMIT_S = 2.0


def main() -> None:
    """Prints the figures; ends with exit 1 where a round costs more than the limit."""
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        os.environ["HABEAS_DATA_DIR"] = folder
        os.environ.pop("HABEAS_DATABASE_URL", None)
        user = _desk()
        rounds = {"nothing_due": _round(user, TODAY), f"{DUE}_cases_due": _round(user, TODAY + timedelta(days=1))}
        anchor = _anchor(Path(folder, "anchor.sqlite3"))
    for name, seconds in rounds.items():
        print(json.dumps({"bench": "watch", "round": name, "cpu_s": round(seconds, 3), "anchor_s": round(anchor, 3)}))
    if max(rounds.values()) > LIMIT_S:
        raise SystemExit(f"A round costs more than {LIMIT_S:.0f} s of CPU.")


def _desk() -> Any:
    from habeas.cli.desk import open_desk

    user = open_desk()
    from django.utils import timezone

    from habeas.accounts.services import home_team
    from habeas.cases.models import Case, Person
    from habeas.sources.models import Feed, Source
    from habeas.watch.models import Look, OpenClock, Tick

    team, now = home_team(user), timezone.now()
    source = Source.objects.create(name="Basit Post", created_at=now)
    later = now + timedelta(days=1)
    Feed.objects.bulk_create(
        Feed(team=team, source=source, kind="feed", address=f"https://{n}.example/feed", every_minutes=60, added_at=now,
             added_by=user, next_at=later)
        for n in range(SOURCES)
    )  # fmt: skip
    people = Person.objects.bulk_create(Person(name=f"Person {n}", created_at=now) for n in range(CASES))
    cases = Case.objects.bulk_create(Case(team=team, person=person, opened_at=now) for person in people)
    Look.objects.bulk_create(Look(case=case, looked_at=now, lines={}) for case in cases)
    first = TODAY + timedelta(days=1)
    OpenClock.objects.bulk_create(
        OpenClock(case=case, rule="unheard", label="", reasons=[],
                  due_on=first if n < DUE and not m else first + timedelta(days=1 + (n * m) % 300))
        for n, case in enumerate(cases) for m in range(CLOCKS_EACH)
    )  # fmt: skip
    Tick.objects.create(pk=1, began_at=now)
    return user


def _round(user: Any, on: date) -> float:
    from habeas.core.actor import Actor
    from habeas.watch import delivery, services

    began = time.process_time()
    services.fetch(actor=Actor(user.pk, "bench"))
    services.tick(actor=Actor(user.pk, "bench"), on=on)
    delivery.deliver()
    return time.process_time() - began


def _anchor(path: Path) -> float:
    rows = [(n, f"case {n}", (TODAY + timedelta(days=n % 300)).isoformat()) for n in range(CASES * CLOCKS_EACH)]
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE clock (id INTEGER PRIMARY KEY, label TEXT, due_on TEXT)")
        base.executemany("INSERT INTO clock VALUES (?, ?, ?)", rows)
        began = time.process_time()
        base.execute("SELECT count(*) FROM clock WHERE due_on <= ? AND label != ''", (TODAY.isoformat(),)).fetchone()
    return time.process_time() - began


if __name__ == "__main__":
    main()
