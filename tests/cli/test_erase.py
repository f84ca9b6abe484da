"""Erasing somebody by the command: said first, done with --yes, and never without a reason."""

from pathlib import Path

import pytest

from habeas.cases.models import Erasure
from habeas.cli import main
from habeas.sources.models import Document

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = "BASIT, March 3 - Tarek Oumari was arrested at the Selm crossing on Monday, Basit Radio said.\n"


@pytest.fixture
def desk(settings: object, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "desk"  # type: ignore[attr-defined]
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert main(["ingest", str(tmp_path / "report.txt"), "--published", "2026-03-04"]) == 0
    return tmp_path


def test_it_says_what_would_go_and_then_does_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", "Tarek Oumari"]) == 0
    assert "1 documents name Tarek Oumari" in capsys.readouterr().out
    assert main(["erase", "Tarek Oumari", "--yes"]) == 1
    assert "Say why" in capsys.readouterr().err
    assert not Erasure.objects.exists()
    assert main(["erase", "Tarek Oumari", "--yes", "--reason", "asked for by the family"]) == 0
    assert "Oumari" not in Document.objects.get().text
    assert main(["check"]) == 0
    assert main(["case", "Tarek Oumari"]) == 1
    kept = [path for path in (desk / "desk").rglob("*") if path.is_file()]
    assert not any(b"Oumari" in path.read_bytes() for path in kept)
    assert main(["erase", "--again"]) == 0
    assert "0 people were erased again" in capsys.readouterr().out


def test_somebody_must_be_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase"]) == 1
    assert main(["erase", "Nobody Known", "--yes", "--reason", "asked"]) == 1
    assert "No case on this desk" in capsys.readouterr().err
