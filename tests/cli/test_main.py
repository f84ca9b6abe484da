"""The command line itself: one sentence for every failure."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.cli import main


@pytest.mark.parametrize(
    "argv", [[], ["nonsense"], ["read"], ["names", "compare", "only one"], ["case", "Amal", "--on", "soon"]]
)
def test_a_wrong_command_line_is_one_sentence_and_exit_1(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(argv)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    assert code == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith("habeas")
    assert len(said.splitlines()) == 1


def test_what_a_desk_keeps_is_for_its_user_alone(tmp_path: Path) -> None:
    environment = {**os.environ, "HABEAS_DATA_DIR": str(tmp_path / "above" / "desk")}
    subprocess.run(
        [sys.executable, "-m", "habeas", "check"], env=environment, check=True, capture_output=True, umask=0o022
    )
    kept = [tmp_path / "above", *(tmp_path / "above").rglob("*")]
    assert len(kept) > 2
    assert [path.name for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


@pytest.mark.parametrize("time", ["soon", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "2026-02-30"])
def test_a_time_that_there_is_not_is_one_sentence(time: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "Amal", "--known-at", time]) == 1
    assert (
        capsys.readouterr().err == f"habeas: --known-at is {time!r}; write a date or time such as 2026-03-09T18:00.\n"
    )
