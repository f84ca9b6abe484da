"""Reading again by the command, and gold printed."""

import json
from pathlib import Path

import pytest

from habeas import extraction
from habeas.accounts.services import local_operator
from habeas.cases import judging
from habeas.cases.models import Claim, Reading
from habeas.cli import main
from habeas.core import append_only
from habeas.core.actor import Actor

REPORT = "BASIT, March 3 - Tarek Oumari was arrested at the Selm crossing on Monday. He is on hunger strike.\n"


@pytest.fixture
def desk(db: None, settings: object, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "desk"  # type: ignore[attr-defined]
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert main(["ingest", str(tmp_path / "report.txt"), "--published", "2026-03-04"]) == 0
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    capsys.readouterr()
    assert main([*command]) == 0
    return capsys.readouterr().out


def test_the_present_reader_has_nothing_to_read_again(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "reread") == "0 documents read again. 0 judgements carried over, 0 wait for a look.\n"


def test_a_newer_reader_says_what_changed_and_then_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrest = Claim.objects.get(kind="arrest")
    judging.judge(arrest, "accept", actor=Actor(local_operator().pk, "desk"))
    with append_only.lifted():
        Claim.objects.filter(kind="hunger_strike").update(phase="start")  # as an older reader would have had it
    monkeypatch.setattr(extraction, "READER", "newer")
    rehearsed = printed(capsys, "reread", "--dry-run")
    assert Reading.objects.count() == 1
    done = printed(capsys, "reread")
    for out in (rehearsed, done):
        assert "  - Tarek Oumari: hunger_strike/start" in out
        assert "  + Tarek Oumari: hunger_strike/ongoing" in out
    assert "1 documents would be read again." in rehearsed
    assert done.endswith("1 documents read again. 1 judgements carried over, 0 wait for a look.\n")
    rows = Reading.objects.count()
    assert printed(capsys, "reread", "--quiet").startswith("0 documents")
    assert Reading.objects.count() == rows == 2


def test_gold_is_a_reading_a_line(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "export", "gold") == ""
    judging.judge(Claim.objects.get(kind="arrest"), "accept", actor=Actor(local_operator().pk, "desk"))
    (line,) = printed(capsys, "export", "gold").splitlines()
    told = {claim["kind"]: claim for claim in json.loads(line)["claims"]}
    assert "optional" not in told["arrest"]
    assert told["hunger_strike"]["optional"]


def test_what_cannot_be_exported_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["export", "silver"])
    assert stop.value.code == 1
    assert "gold" in capsys.readouterr().err


def test_on_a_terminal_it_tells_how_far_it_is(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "READER", "a newer one")
    main(["reread", "--quiet", "--dry-run"])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    main(["reread", "--quiet", "--dry-run"])
    assert capsys.readouterr().err == "\r1 of 1 documents\n"
