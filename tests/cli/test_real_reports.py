"""Real reports that may not be in the repository, taken in by the command; from $HABEAS_CORPORA where it is set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from habeas.accounts.services import local_operator
from habeas.cases.casefile import CaseFile
from habeas.cases.models import Case
from habeas.cases.queries import case_file
from habeas.cli import main
from habeas.sources.models import Document

FILE = Path(os.environ.get("HABEAS_CORPORA", "")) / "reports" / "dev.jsonl"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        "HABEAS_CORPORA" not in os.environ or not FILE.exists(), reason="skipped: no corpus (HABEAS_CORPORA names none)"
    ),
]


def test_real_reports_are_taken_in_whole_merge_and_contradict(settings: object, tmp_path: Path) -> None:
    """Every line a document; some case is told of under several spellings; conflicts have words on both sides."""
    settings.DATA_DIR = tmp_path / "desk"  # type: ignore[attr-defined]
    assert main(["ingest", str(FILE)]) == 0
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert Document.objects.count() == len(lines)
    found = files()
    assert any(len({alias.name for alias in file.aliases}) > 1 and len(file.documents) > 1 for file in found)
    conflicts = [conflict for file in found for conflict in file.state.conflicts]
    assert conflicts
    for conflict in conflicts:
        assert len(conflict.sides) > 1
        assert all(side.rows and all(row.passage.words.strip() for row in side.rows) for side in conflict.sides)


def files() -> list[CaseFile]:
    user = local_operator()
    return [file for case in Case.objects.all() if (file := case_file(case, user))]
