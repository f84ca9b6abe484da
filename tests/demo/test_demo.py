"""`habeas demo`, as a newcomer runs it."""

import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

PLANNED = ("coalition", "plancase", "version", "adoption", "pledge", "communication", "meeting", "namelist")
HABEAS = [sys.executable, "-m", "habeas"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(folder: Path) -> str:
    return run(folder, "demo", "--no-serve")


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*HABEAS, *arguments],
        env={**os.environ, "HABEAS_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_prints_a_case_file_with_words_under_its_lines(told: str) -> None:
    for words in ("Marzouq al-Khayyat", "hunger strike", "administrative detention", "Sijill Centre", "conflict"):
        assert words.casefold() in told.casefold()


def test_it_says_what_it_could_not_read(told: str) -> None:
    assert "Arabic" in told


def test_running_it_again_changes_nothing(folder: Path, told: str) -> None:
    again = run(folder, "demo", "--no-serve")
    assert again.startswith("0 new documents, 0 captured again")
    assert again.split("\n\n", 1)[1] == told.split("\n\n", 1)[1]


def test_the_brothers_have_a_case_each_and_groups_have_none(folder: Path, told: str) -> None:
    environment = {"HABEAS_DATA_DIR": str(folder / "demo")}
    for name in ("Hani al-Rumaili", "Sami al-Rumaili", "Lamis Dourani", "Danel Korvash"):
        done = subprocess.run(
            [*HABEAS, "case", name], env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"
        assert name.split()[-1] in done.stdout


def test_the_watch_has_looked_at_every_case(folder: Path, told: str) -> None:
    assert re.search(r"^[1-9]\d* alerts stand", told, re.MULTILINE)
    environment = {**os.environ, "HABEAS_DATA_DIR": str(folder / "demo")}
    command = [*HABEAS, "watch", "--list"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    alerts = done.stdout.partition("Days to come")[0]
    assert all(name in alerts for name in ("Marzouq al-Khayyat", "Danel Korvash"))


def test_one_plan_is_made_however_often_the_demo_runs(folder: Path, told: str) -> None:
    run(folder, "demo", "--no-serve")
    with closing(sqlite3.connect(next((folder / "demo").glob("*.sqlite3")))) as database:
        counts = [database.execute(f"SELECT count(*) FROM advocacy_{table}").fetchone()[0] for table in PLANNED]  # noqa: S608
    assert counts == [1, 3, 1, 2, 3, 1, 1, 1]


def test_each_item_of_the_wire_keeps_its_own_day_and_title(told: str) -> None:
    documents = " ".join(told.partition("\nDocuments\n")[2].split())
    assert "2026-11-03, Sawari Wire “" in documents
    assert "items on detention" not in documents


def test_the_desk_of_the_user_stays_untouched(folder: Path, told: str) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["demo"]


@pytest.fixture
def address(folder: Path, told: str) -> Iterator[str]:
    with subprocess.Popen(
        [*HABEAS, "serve", "--port", "8765", "--workers", "1"],
        env={**os.environ, "HABEAS_DATA_DIR": str(folder / "demo")},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        link = ""
        while not link:
            line = process.stdout.readline()
            assert line, "the desk did not start"
            link = (re.findall(r"http\S+/sign-in/link/\S+", line) or [""])[0]
        yield link
        process.terminate()


@pytest.mark.slow
def test_the_desk_is_served_to_who_has_the_link_and_to_nobody_else(address: str) -> None:
    front = address.partition("/sign-in")[0] + "/"
    for _ in range(100):
        try:
            with urllib.request.urlopen(front, timeout=5) as answer:  # noqa: S310
                landed, page = answer.url, answer.read().decode()
            break
        except urllib.error.URLError:
            time.sleep(0.1)
    assert "/sign-in" in landed
    assert "Khayyat" not in page
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
        assert answer.status == 200
        assert "<form" in answer.read().decode()


@pytest.mark.slow
def test_a_second_desk_on_the_same_port_is_one_sentence(folder: Path, address: str) -> None:
    done = subprocess.run(
        [*HABEAS, "serve", "--port", "8765"],
        env={**os.environ, "HABEAS_DATA_DIR": str(folder / "demo")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "8765 cannot be used" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
