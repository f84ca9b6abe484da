"""A run that is killed at random moments, and two that run at once, end as one that was left alone.

HABEAS_KILLS says how often each is killed (8); 200 take about twenty minutes.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

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


def reports(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = REPORT.format(name=NAMES[number % len(NAMES)], age=20 + number % 60)
        (folder / f"{number:03}.txt").write_text(f"Report {number}.\n\n{text}", encoding="utf-8")
    return folder


def desk(data: Path) -> dict[str, str]:
    return {**os.environ, "HABEAS_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "habeas.config.settings"}


def start(data: Path, *command: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "habeas", *command]
    return subprocess.Popen(arguments, env=desk(data), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def done(data: Path, *command: str) -> None:
    process = start(data, *command)
    said = process.communicate(timeout=600)[1]
    assert process.returncode == 0, said


def timed(data: Path, *command: str) -> float:
    """The seconds that a command takes."""
    started = time.monotonic()
    done(data, *command)
    return time.monotonic() - started


def counted(data: Path) -> list[str]:
    return said(data, COUNTED).split()


def said(data: Path, program: str) -> str:
    told = subprocess.run([sys.executable, "-c", program], env=desk(data), capture_output=True, text=True, check=True)
    return told.stdout


def has_ended(data: Path) -> bool:
    """Whether a run on the desk came to its end."""
    with closing(sqlite3.connect(data / "habeas.sqlite3")) as there:
        found = there.execute("SELECT COUNT(*) FROM sources_run WHERE finished_at IS NOT NULL").fetchone()
    return bool(found[0])


@pytest.mark.slow
def test_whenever_it_is_killed_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    folder = reports(tmp_path / "reports", max(40, 2 * KILLS))
    chance = random.Random(1)  # noqa: S311 - moments, not secrets
    alone, killed = tmp_path / "alone", tmp_path / "killed"
    takes = timed(alone, "ingest", str(folder))
    starts = timed(alone, "check")  # nothing is done before: on a busy machine that is most of the time
    kills = 0
    while kills < KILLS:
        process = start(killed, "ingest", str(folder))
        try:
            process.wait(timeout=chance.uniform(starts / 4, starts + min(takes, 8.0)))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()  # nothing is left open
        done(killed, "check")
        if has_ended(killed):  # also killed on its way out: to take in once more would capture everything again
            assert counted(killed) == counted(alone)
            killed = tmp_path / f"killed-{kills}"  # the next is killed on a desk of its own
    done(killed, "ingest", str(folder))
    done(killed, "check")
    assert counted(killed) == counted(alone)


@pytest.mark.slow
def test_two_processes_with_the_same_folder_do_the_work_of_one(tmp_path: Path) -> None:
    folder = reports(tmp_path / "reports", 30)
    alone, both = tmp_path / "alone", tmp_path / "both"
    done(alone, "ingest", str(folder))
    done(both, "check")  # the tables are made
    processes = [start(both, "ingest", str(folder)) for _ in range(2)]
    assert [(process.communicate(timeout=600)[1], process.returncode) for process in processes] == [("", 0)] * 2
    done(both, "check")
    assert counted(both) == counted(alone)


class Judging:
    """Judges every claim, erases three people, keeps a rule of retention; looks first whether all is as it was left."""

    def __init__(self, data: Path) -> None:
        arguments = [sys.executable, "-c", JUDGED]
        self.process = subprocess.Popen(
            arguments, env=desk(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
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
def test_killed_while_judging_and_erasing_all_is_done_once(tmp_path: Path) -> None:
    done(tmp_path / "before", "ingest", str(reports(tmp_path / "reports", 20)))
    alone = Path(shutil.copytree(tmp_path / "before", tmp_path / "alone"))
    started = time.monotonic()
    assert Judging(alone).is_done()
    takes, left = time.monotonic() - started, said(alone, LEFT)
    chance = random.Random(2)  # noqa: S311 - moments, not secrets
    killed = Path(shutil.copytree(tmp_path / "before", tmp_path / "killed"))
    kills = 0
    while kills < KILLS:
        if not Judging(killed).is_done(chance.uniform(0.0, takes / 3)):
            kills += 1
            continue
        assert said(killed, LEFT) == left
        shutil.rmtree(killed)  # it came to its end: the next is killed on a desk of its own
        shutil.copytree(tmp_path / "before", killed)
    assert Judging(killed).is_done()
    assert said(killed, LEFT) == left


# Between what was written and the fold, in the fold, and between what it made and the marks.
@pytest.mark.slow
@pytest.mark.parametrize("step", ["_catch_up", "fresh", "forget"])
def test_killed_before_a_mark_is_gone_lists_show_the_fold_and_the_next_run_keeps_it(tmp_path: Path, step: str) -> None:
    folder, killed = reports(tmp_path / "reports", 3), tmp_path / "killed"
    done(killed, "check")
    process = subprocess.run([sys.executable, "-c", DIES, step, str(folder)], env=desk(killed), check=False)
    assert process.returncode == -signal.SIGKILL
    done(killed, "check")
    assert said(killed, SHOWN) == "0 3 0\n"
    done(killed, "ingest", str(folder))
    done(killed, "check")
    assert said(killed, SHOWN) == "3 0 3\n"
