"""CPU of the gap view of a plan with five thousand cases, two hundred partners and fifty thousand pledges.

A coordinator who sees every case asks for pages of it at random, a partner with whom half of them are shared, and one
with a hundred. Each figure is one JSON line: the CPU of this process, that of PostgreSQL where it runs on this machine
(from /proc, without parallel workers), the two together, and the wall time. The anchor is a plain `sqlite3` count over
as many rows in the same run. On PostgreSQL give an empty database: HABEAS_DATABASE_URL=… python benchmarks/plan.py
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

CASES, PARTNERS, PLEDGES, LOOKS = 5_000, 200, 50_000, 60
SHARED = {"half_the_cases": 2_500, "a_hundred_cases": 100}
TODAY = date(2026, 3, 9)
LIMIT_MS = 200.0


def main() -> None:
    """Prints the figures; ends with exit 1 where the slowest twentieth of the looks takes more than the limit."""
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        os.environ["HABEAS_DATA_DIR"] = folder
        os.environ.setdefault("HABEAS_DATABASE_URL", "")
        users, coalition = _plan()
        looked = {name: _looks(user, coalition) for name, user in users.items()}
        anchor = _anchor(Path(folder, "anchor.sqlite3"))
        from django.db import connection

        for name, ms in looked.items():
            told = {"bench": "plan", "view": "gaps", "who": name, "on": connection.vendor}
            print(json.dumps({**told, **{key: round(value, 1) for key, value in {**ms, "anchor_ms": anchor}.items()}}))
    if max(ms["p95_cpu_ms"] for ms in looked.values()) > LIMIT_MS:
        raise SystemExit(f"The gap view takes more than {LIMIT_MS:.0f} ms.")


def _plan() -> tuple[dict[str, Any], Any]:
    from habeas.cli.desk import open_desk

    user = open_desk()
    from django.db import connection
    from django.utils import timezone

    from habeas.accounts.models import User
    from habeas.accounts.services import home_team
    from habeas.advocacy import terms
    from habeas.advocacy.models import Partner, PlanCase, Pledge, Share
    from habeas.advocacy.services import coalition as service
    from habeas.cases.models import Case, Person
    from habeas.core.actor import Actor
    from habeas.watch.models import Alert

    now, dice = timezone.now(), random.Random(9)
    made = service.found("Bench", "Partner 0", actor=Actor(user.pk, "bench"))
    people = Person.objects.bulk_create(Person(name=f"Person {n}", created_at=now) for n in range(CASES))
    team = home_team(user)
    cases = Case.objects.bulk_create(Case(team=team, person=person, opened_at=now) for person in people)
    planned = PlanCase.objects.bulk_create(
        PlanCase(coalition=made, case=case, since=now, made_by=user) for case in cases
    )
    Partner.objects.bulk_create(
        Partner(coalition=made, name=f"Partner {n}", made_at=now, made_by=user) for n in range(1, PARTNERS)
    )
    partners = list(made.partners.order_by("pk"))
    users = {"all_cases": user}
    for partner, (name, shared) in zip(partners[1:], SHARED.items(), strict=False):
        users[name] = User.objects.create(username=name)
        service.seat(partner, users[name], actor=Actor(user.pk, "bench"))
        Share.objects.bulk_create(
            Share(case=case, partner=partner, since=now, made_by=user) for case in planned[:shared]
        )
    actions = [(action, term["track"]) for action, term in terms.table("actions").items()]
    states = ["pledged", "under_way", "kept", "broken", "withdrawn"]
    picked = [dice.choice(actions) for _ in range(PLEDGES)]
    Pledge.objects.bulk_create(
        (
            Pledge(
                partner=dice.choice(partners), action=action, track=track, case=dice.choice(planned),
                due_on=TODAY + timedelta(days=dice.randint(-60, 60)), state=dice.choice(states), moved_at=now,
                made_at=now, made_by=user,
            )
            for action, track in picked
        ),
        batch_size=2_000,
    )  # fmt: skip
    Alert.objects.bulk_create(
        Alert(case=case, rule="health", due_on=TODAY, label="", reasons=[], as_of=TODAY, raised_at=now)
        for case in cases[::50]
    )
    with connection.cursor() as cursor:
        # As a database that has been there for a day has done by itself.
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET max_parallel_workers_per_gather = 0")  # all its work in one process, which is measured
    return users, made


def _looks(user: Any, coalition: Any) -> dict[str, float]:
    """Milliseconds that nineteen of twenty looks stay under: of CPU here, of the server, together, and on the wall."""
    from habeas.advocacy.queries.gaps import gaps

    dice, server, looks = random.Random(7), _server_clock(), []
    for _ in range(LOOKS):
        began, theirs, at = time.process_time(), server(), time.perf_counter()
        gaps(user, coalition, TODAY, offset=dice.randrange(0, CASES, 50))
        wall, here, there = time.perf_counter() - at, time.process_time() - began, server() - theirs
        looks.append((here + there, here, there, wall))
    names = ("p95_cpu_ms", "p95_client_ms", "p95_server_ms", "p95_wall_ms")
    return {name: sorted(values)[int(LOOKS * 0.95)] * 1000 for name, *values in zip(names, *looks, strict=True)}


def _server_clock() -> Callable[[], float]:
    """Seconds of CPU that the server's process for this connection has had; always 0 where it cannot be seen."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(spent.read_text().split()[0]) / 1e9 if spent.exists() else 0.0


def _anchor(path: Path) -> float:
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE pledge (id INTEGER PRIMARY KEY, track TEXT, due_on TEXT)")
        rows = ((n, "legal", (TODAY + timedelta(days=n % 60)).isoformat()) for n in range(PLEDGES))
        base.executemany("INSERT INTO pledge VALUES (?, ?, ?)", rows)
        began = time.process_time()
        base.execute("SELECT count(*) FROM pledge WHERE due_on <= ? AND track != ''", (TODAY.isoformat(),)).fetchone()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
