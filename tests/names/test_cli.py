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
        process.stdin.close()
        assert (process.stdout.read(), process.wait()) == (b"", 0)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"no tab here", "Line 1 of standard input holds no tab between two names."),
        (b"", "Line 1 of standard input holds no tab between two names."),
        (b"Sami Darwish\tSamy Darwich\t1", "Line 1 of standard input holds more than two names."),
        (b"Sami \xff\tSami", "Line 1 of standard input is not UTF-8 text."),
    ],
)
def test_a_line_that_holds_no_pair_is_named_and_the_next_is_answered(line: bytes, complaint: str) -> None:
    pairs = line + "\nسامي درويش\tSami Darwish\n".encode()
    done = subprocess.run(COMMAND, input=pairs, capture_output=True, check=False)
    first, second = done.stdout.decode().splitlines()
    assert (done.returncode, first, second.split("\t")[1]) == (1, "\t\t", "same")
    assert done.stderr.decode() == f"habeas: {complaint}\n"


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
