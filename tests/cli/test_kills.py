"""A run that is killed at random moments, and two that run at once, end as one that was left alone; on both databases.

HABEAS_KILLS says how often each is killed (8); 200 take twenty minutes for each, an hour beside much other work.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from databases import Database, needs_postgres, postgres

KILLS = int(os.environ.get("HABEAS_KILLS", "8"))
NAMES = ("Tarek Oumari", "Salma Benhadi", "Yunis Karroubi", "Hala Dirani", "Nabil Sefrawi")
REPORT = """BASIT, March 3 - {name}, a {age}-year-old weaver, was arrested at the Selm crossing on Monday, his lawyer
Idris Mansouri said. "They have told us nothing," he said. {name} has been held in administrative detention since then.
"""
COUNTED = """
import django; django.setup()
from habeas.accounts.models import *; from habeas.cases.models import *; from habeas.sources.models import *
models = (Document, Capture, Reading, Sighting, Statement, Claim, Link, Person, Case, PersonName, Name, SearchText)
print(*(model.objects.count() for model in models), Run.objects.filter(finished_at=None).count(),
      *(Reading.objects.values("document").distinct().count(), Team.objects.count(), User.objects.count()))
"""


JUDGED = """
import sys
from habeas.cli import desk, main
user = desk.open_desk()
from datetime import timedelta
from django.utils import timezone
from habeas.cases import erasing, judging, retention
from habeas.cases.models import Claim, Judgement, Person, RetentionRule
from habeas.accounts.models import Team
from habeas.core.actor import Actor
erasing.finish()
if main(["check"]):
    sys.exit(3)
print("as it was written", flush=True)
actor = Actor(user.pk, "desk")
for n, claim in enumerate(Claim.objects.order_by("pk")):
    said = Judgement.objects.filter(claim=claim)
    if not said:
        judging.judge(claim, ("accept", "reject")[n % 2], actor=actor, reason="Seen.")
    if n % 3 == 0 and not said.exclude(undoes=None):
        judging.undo(claim, actor=actor)
for person in Person.objects.order_by("pk")[:3]:
    if not person.erased_at:
        erasing.erase(person, reason="Asked for by the family.", actor=actor)
if not RetentionRule.objects.exists():
    retention.set_rule(Team.objects.get(), "originals", 1, actor=actor, used=True)
retention.keep(via="watch", now=timezone.now() + timedelta(days=2))
sys.exit(main(["check"]))
"""
LEFT = """
import django; django.setup()
from habeas.audit.models import *; from habeas.cases.models import *; from habeas.sources.models import *
told = [
    Judgement.objects.order_by("claim", "pk").values_list("claim", "verdict", "reason", "undoes__verdict"),
    Erasure.objects.order_by("pk").values_list("person", "documents"),
    Document.objects.order_by("pk").values_list("text_sha256", "title"),
    Claim.objects.order_by("pk").values_list("kind", "words"), Person.objects.order_by("pk").values_list("name"),
    SearchText.objects.order_by("pk").values_list("folded"), PersonName.objects.order_by("pk").values_list("person"),
    AuditLine.objects.order_by("pk").values_list("action", "subject"),
]
print([list(rows) for rows in told])
"""
# Takes in a folder and dies where it first comes to a step of keeping what the claims add up to.
DIES = """
import os, signal, sys
from habeas.cli import desk, main
desk.open_desk()
from habeas.cases import kept
setattr(kept, sys.argv[1], lambda *_told: os.kill(os.getpid(), signal.SIGKILL))
main(["ingest", sys.argv[2]])
"""
# What lists show, what a fold makes of the same, what is kept, how many marks stand, and what changed.
SHOWN = """
from habeas.cli import desk
user = desk.open_desk()
from habeas.cases import folding, queries
from habeas.cases.models import Case
from habeas.cases.models_kept import KeptState, StaleState, StateChange
from habeas.sources.models import Document
cases = Case.objects.visible_to(user).select_related("person")
made = folding.folded([case.person_id for case in cases], Document.objects.visible_to(user))
shown = {row.person: row for row in queries.case_rows(user)}
assert shown == {case.person_id: folding.case_row(case, made[case.person_id]) for case in cases}
print(KeptState.objects.count(), StaleState.objects.count(), StateChange.objects.count())
"""


def reports(folder: Path, wanted: int) -> Path:
    folder.mkdir()
    for number in range(wanted):
        text = REPORT.format(name=NAMES[number % len(NAMES)], age=20 + number % 60)
        (folder / f"{number:03}.txt").write_text(f"Report {number}.\n\n{text}", encoding="utf-8")
    return folder


class Desk(NamedTuple):
    """A folder and a database of its own."""

    data: Path
    database: Database

    def start(self, *command: str, out: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        """Python with these arguments, on this desk."""
        own = {"HABEAS_DATA_DIR": str(self.data), "HABEAS_DATABASE_URL": self.database.url}
        environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "habeas.config.settings"}
        return subprocess.Popen(
            [sys.executable, *command], env=environment, stdout=out, stderr=subprocess.PIPE, text=True
        )

    def habeas(self, *command: str) -> subprocess.Popen[str]:
        return self.start("-m", "habeas", *command)

    def done(self, *command: str) -> float:
        """The seconds that a command takes."""
        started, process = time.monotonic(), self.habeas(*command)
        said = process.communicate(timeout=600)[1]
        assert process.returncode == 0, said
        return time.monotonic() - started

    def said(self, program: str) -> str:
        process = self.start("-c", program, out=subprocess.PIPE)
        told, fault = process.communicate()
        assert process.returncode == 0, fault
        return told

    def counted(self) -> list[str]:
        return self.said(COUNTED).split()

    def has_ended(self) -> bool:
        """Whether a run on the desk came to its end."""
        found = self.database.run("SELECT COUNT(*) FROM sources_run WHERE finished_at IS NOT NULL")
        return bool(found[0][0])


class Desks:
    """Makes desks on one of the two databases, as many as are asked for."""

    def __init__(self, folder: Path, kind: str, held: ExitStack) -> None:
        self.folder, self.kind, self.held, self.numbers = folder, kind, held, count()

    def make(self, *, copy_of: Desk | None = None) -> Desk:
        data = self.folder / f"desk-{next(self.numbers)}"
        if copy_of:
            shutil.copytree(copy_of.data, data)
        if self.kind == "postgresql":
            return Desk(data, self.held.enter_context(postgres(copy_of and copy_of.database)))
        return Desk(data, Database(f"sqlite:////{str(data / 'habeas.sqlite3').lstrip('/')}"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def desks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desks]:
    with ExitStack() as held:
        yield Desks(tmp_path, request.param, held)


@pytest.mark.slow
def test_whenever_it_is_killed_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path, desks: Desks) -> None:
    folder = str(reports(tmp_path / "reports", max(40, 2 * KILLS)))
    chance = random.Random(1)  # noqa: S311 - moments, not secrets
    alone, killed = desks.make(), desks.make()
    takes = alone.done("ingest", folder)
    starts = alone.done("check")  # nothing is done before: on a busy machine that is most of the time
    expected, kills = alone.counted(), 0
    while kills < KILLS:
        process = killed.habeas("ingest", folder)
        try:
            process.wait(timeout=chance.uniform(starts / 4, starts + min(takes, 8.0)))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()  # nothing is left open
        killed.done("check")
        if killed.has_ended():  # also killed on its way out: to take in once more would capture everything again
            assert killed.counted() == expected
            killed = desks.make()  # the next is killed on a desk of its own
    killed.done("ingest", folder)
    killed.done("check")
    assert killed.counted() == expected


@pytest.mark.slow
def test_two_processes_with_the_same_folder_do_the_work_of_one(tmp_path: Path, desks: Desks) -> None:
    folder = str(reports(tmp_path / "reports", 30))
    alone, both = desks.make(), desks.make()
    alone.done("ingest", folder)
    both.done("check")  # the tables are made
    processes = [both.habeas("ingest", folder) for _ in range(2)]
    assert [(process.communicate(timeout=600)[1], process.returncode) for process in processes] == [("", 0)] * 2
    both.done("check")
    assert both.counted() == alone.counted()


class Judging:
    """Judges every claim, erases three people, keeps a rule of retention; looks first whether all is as it was left."""

    def __init__(self, desk: Desk) -> None:
        self.process = desk.start("-c", JUDGED, out=subprocess.PIPE)
        assert self.process.stdout
        while (line := self.process.stdout.readline()) != "as it was written\n":
            assert line, self.process.communicate()[1]

    def is_done(self, within: float | None = None) -> bool:
        """Whether it came to its end within the seconds; it is killed where it did not."""
        try:
            fault = self.process.communicate(timeout=within)[1]
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            return False
        assert self.process.returncode == 0, fault
        return True


@pytest.mark.slow
def test_killed_while_judging_and_erasing_all_is_done_once(tmp_path: Path, desks: Desks) -> None:
    before = desks.make()
    before.done("ingest", str(reports(tmp_path / "reports", 20)))
    alone, killed = desks.make(copy_of=before), desks.make(copy_of=before)
    started = time.monotonic()
    assert Judging(alone).is_done()
    takes, left = time.monotonic() - started, alone.said(LEFT)
    chance = random.Random(2)  # noqa: S311 - moments, not secrets
    kills = 0
    while kills < KILLS:
        if not Judging(killed).is_done(chance.uniform(0.0, takes / 3)):
            kills += 1
            continue
        assert killed.said(LEFT) == left
        killed = desks.make(copy_of=before)  # the next is killed on a desk of its own
    assert Judging(killed).is_done()
    assert killed.said(LEFT) == left


# Between what was written and the fold, in the fold, and between what it made and the marks.
@pytest.mark.slow
@pytest.mark.parametrize("step", ["_catch_up", "fresh", "forget"])
def test_killed_before_a_mark_is_gone_lists_show_the_fold_and_the_next_run_keeps_it(
    tmp_path: Path, desks: Desks, step: str
) -> None:
    folder, killed = str(reports(tmp_path / "reports", 3)), desks.make()
    killed.done("check")
    process = killed.start("-c", DIES, step, folder)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    killed.done("check")
    assert killed.said(SHOWN) == "0 3 0\n"
    killed.done("ingest", folder)
    killed.done("check")
    assert killed.said(SHOWN) == "3 0 3\n"
