"""`habeas access`: who may see which case, from the command line."""

from __future__ import annotations

import pytest

from cast import cast, report
from habeas.cases.models import Case
from habeas.cli import main

pytestmark = pytest.mark.django_db


def test_whoever_runs_the_machine_lets_somebody_in(capsys: pytest.CaptureFixture[str]) -> None:
    people = cast()
    report(people.alice, "Tarek Oumari")
    number = str(Case.objects.get().pk)
    assert main(["access"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["access", number, "--show", "charlie", "--limit"]) == 0
    assert capsys.readouterr().out == f"Case {number} is limited; it is seen by charlie, desk.\n"
    assert main(["access"]) == 0
    assert "Tarek" not in capsys.readouterr().out
    assert main(["access", number, "--hide", "charlie", "--open"]) == 0
    assert capsys.readouterr().out == f"Case {number} is open to its team; it is seen by alice, bob, desk.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("999999",), "There is no case 999999"),
        (("{case}", "--show", "nobody"), "is called 'nobody'"),
        (("{case}", "--hide", "bob"), "is not shown to bob"),
    ],
)
def test_what_cannot_be_is_one_sentence(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str) -> None:
    report(cast().alice, "Tarek Oumari")
    assert main(["access", *(word.format(case=Case.objects.get().pk) for word in words)]) == 1
    told = capsys.readouterr().err
    assert (says in told, told.count("\n")) == (True, 1)
