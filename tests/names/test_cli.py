"""`habeas names`: pairs compared as they come, people found in any spelling."""

import subprocess
import sys

import pytest

from cast import report
from habeas.accounts.services import local_operator
from habeas.cli import main

COMMAND = [sys.executable, "-m", "habeas", "names", "compare", "-"]


def test_two_names_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", "Sami Darwish", "سامي درويش"]) == 0
    score, verdict, reason = capsys.readouterr().out.rstrip("\n").split("\t")
    assert (0.5 <= float(score) <= 1, verdict) == (True, "same")
    assert "same consonants" in reason


def test_pairs_are_answered_in_order_and_as_they_come() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        for pair, verdict in (("Sami Darwish\tSamy Darwich", "same"), ("Sami Darwish\tTarek Oumari", "different")):
            process.stdin.write(f"{pair}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline().decode().split("\t")[1] == verdict  # before the next pair is written
        process.stdin.write("no tab here\nسامي درويش\tSami Darwish\n".encode())
        process.stdin.close()
        rest = process.stdout.read().decode().splitlines()
        assert (rest[0], rest[1].split("\t")[1]) == ("\t\t", "same")
        assert process.wait() == 1


def test_one_name_alone_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", "Sami Darwish"]) == 1
    assert "Two names are needed" in capsys.readouterr().err


@pytest.mark.django_db
def test_somebody_on_file_is_found_in_another_script(capsys: pytest.CaptureFixture[str]) -> None:
    operator = local_operator()
    report(operator, "Sami Darwish")
    assert main(["names", "find", "سامي درويش"]) == 0
    _score, verdict, name, _reason = capsys.readouterr().out.rstrip("\n").split("\t")
    assert (verdict, name) == ("same", "Sami Darwish")
    assert main(["names", "find", "Olwen Pritchard"]) == 1
    assert "Nobody on file is named like" in capsys.readouterr().err
