"""`habeas watch`: rounds, the list, and sentences for what cannot be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from habeas.accounts.models import Team
from habeas.accounts.services import local_operator
from habeas.cases import retention
from habeas.cases.intake import ingest
from habeas.cases.models import Person
from habeas.cases.models_kept import StaleState
from habeas.cli import main
from habeas.core.actor import Actor
from habeas.sources.models import Document
from habeas.sources.stated import Stated

TEXT = "Tarek Oumari was arrested on 4 March 2026 in Basit. He began a hunger strike on 5 March 2026."


@pytest.fixture
def desk(db: None, settings: object, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    ingest([str(report)], Stated(source="Basit Post", published="2026-03-05"), user=local_operator())
    return tmp_path


def test_a_round_prints_what_it_raised_with_the_words_and_the_next_raises_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", "--on", "2026-03-08"]) == 0
    said = capsys.readouterr().out
    assert "Tarek Oumari: reported on hunger strike: 72 hours" in said
    assert "(Basit Post, 2026-03-05)" in said
    assert main(["watch", "--on", "2026-03-08"]) == 0
    assert "0 alerts raised" in capsys.readouterr().out
    assert main(["watch", "--list"]) == 0
    listed = capsys.readouterr().out
    assert "2026-03-11  Tarek Oumari: reported on hunger strike: day 7" in listed


@pytest.mark.usefixtures("desk")
def test_a_round_folds_what_a_killed_command_left_marked() -> None:
    StaleState.objects.create(person=Person.objects.get())
    assert main(["watch", "--on", "2026-03-08"]) == 0
    assert not StaleState.objects.exists()


@pytest.mark.usefixtures("desk")
def test_a_round_keeps_the_rules_of_retention_and_none_as_if_it_were_another_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    by = Actor(local_operator().pk, "command")
    retention.set_rule(Team.objects.get(), "originals", 30, actor=by, used=True)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert main(["watch", "--on", "2026-03-08"]) == 0
        assert "removed" not in capsys.readouterr().out
        assert main(["watch", "--once"]) == 0
        assert "1 documents and 0 cases removed, as rules of retention say." in capsys.readouterr().out
        assert main(["watch", "--once"]) == 0
        assert "removed" not in capsys.readouterr().out
    assert Document.objects.get().erased_at is not None


@pytest.mark.parametrize("argv", [["--on", "soon"], ["--every", "0"], ["--every", "nan"], ["--every", "inf"]])
def test_a_wrong_option_is_one_sentence(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", *argv]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
