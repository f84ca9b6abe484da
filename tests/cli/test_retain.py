"""A rule in days by the command: said first, done with --yes."""

from pathlib import Path

import pytest
import time_machine

from habeas.cli import main
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(settings: object, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "desk"  # type: ignore[attr-defined]
    (tmp_path / "report.txt").write_text("BASIT, March 3 - The market opened on Monday.\n", encoding="utf-8")
    with time_machine.travel("2025-03-04T08:00Z"):
        assert main(["ingest", str(tmp_path / "report.txt"), "--published", "2025-03-04"]) == 0
    return tmp_path


def test_it_says_what_would_go_and_then_does_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = ["retain", "--days", "30", "--unconnected", "--originals"]
    assert main(rule) == 0
    assert "1 documents that lead to no case would lose file and text" in capsys.readouterr().out
    assert "market" in Document.objects.get().text
    assert main([*rule, "--yes"]) == 0
    assert "1 documents that lead to no case lost file and text" in capsys.readouterr().out
    assert "market" not in Document.objects.get().text
    assert not any(b"market" in path.read_bytes() for path in (desk / "desk").rglob("*") if path.is_file())
    assert main(["check"]) == 0
    assert main(rule) == 0
    assert "0 documents" in capsys.readouterr().out


def test_a_rule_says_what_and_of_whom(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retain", "--days", "30"]) == 1
    assert "--originals, --unconnected" in capsys.readouterr().err
    assert main(["retain", "--days", "0", "--originals"]) == 1
    assert "1 or more" in capsys.readouterr().err
    assert main(["retain", "--days", "9", "--originals", "--source", "Nahr"]) == 1
    assert "called Nahr" in capsys.readouterr().err
