"""No command loads Django, the network or a model before it needs it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.cli.main import COMMANDS

HEAVY = ("django", "trafilatura", "onnxruntime", "httpx2", "pypdfium2", "rich", "numpy")
PROBE = """
import json, sys
from habeas.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as leaving:
    code = leaving.code
print(json.dumps([code or 0, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def loaded(folder: Path, *argv: str) -> tuple[int, set[str]]:
    """The exit code of a command run in a process of its own, and the packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *argv],
        env={**os.environ, "HABEAS_DATA_DIR": str(folder / "desk")},
        capture_output=True,
        text=True,
        check=True,
    )
    code, packages = json.loads(done.stdout.splitlines()[-1])
    return code, set(packages)


@pytest.mark.parametrize("command", [command.__name__.rpartition(".")[2] for command in COMMANDS])
def test_the_help_of_a_command_loads_nothing_heavy(tmp_path: Path, command: str) -> None:
    code, packages = loaded(tmp_path, command, "--help")
    assert code == 0
    assert packages.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "argv",
    [
        ["case", "Amal", "--on", "soon"],
        ["case", "Amal", "--known-at", "lately"],
        ["ingest", "report.txt", "--published", "yesterday"],
        ["ingest", "nowhere.txt", "--dry-run"],
        ["read", "nowhere.txt"],
    ],
)
def test_what_is_wrong_is_told_before_anything_heavy_is_loaded(tmp_path: Path, argv: list[str]) -> None:
    code, packages = loaded(tmp_path, *argv)
    assert code == 1
    assert "django" not in packages
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    "argv",
    [["read", "{file}"], ["ingest", "{file}", "--dry-run"], ["names", "compare", "Tarek Oumari", "Tareq al-Oumari"]],
)
def test_the_libraries_and_a_rehearsal_need_no_django_and_leave_nothing(tmp_path: Path, argv: list[str]) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Tarek Oumari was arrested on Monday, his sister said.", encoding="utf-8")
    code, packages = loaded(tmp_path, *(word.format(file=file) for word in argv))
    assert code == 0
    assert packages.isdisjoint({"django", "trafilatura", "httpx2", "pypdfium2", "rich"})
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_help_answers_in_half_a_second_of_cpu() -> None:
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-m", "habeas", "--help"], capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert "ingest" in done.stdout
    assert min(spent) < 0.5
