"""`habeas check` names whatever was changed behind its back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cast import actor
from habeas.accounts.models import Membership, Team, User
from habeas.accounts.services import local_operator
from habeas.audit.models import AuditLine
from habeas.cases import judging
from habeas.cases.models import Case, Claim, Judgement, Link, NameKey, News, Reading, Sighting, Statement
from habeas.cli import main
from habeas.core import append_only
from habeas.sources import store
from habeas.sources.models import Capture, Document, Source

REPORT = """BASIT, March 3 - Tarek Oumari, a 34-year-old weaver, was arrested at the Selm crossing on Monday, his sister
Hala Oumari said. "They have told us nothing," she said. Oumari has been held in administrative detention since then.
"""

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)


@pytest.fixture
def desk(settings: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A desk with one report, and a judgement on one of its claims."""
    settings.DATA_DIR = tmp_path / "desk"  # type: ignore[attr-defined]
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert main(["ingest", str(tmp_path / "report.txt"), "--published", "2026-03-04"]) == 0
    judging.judge(Claim.objects.earliest("pk"), "accept", actor=actor(local_operator()), reason="Seen.")
    capsys.readouterr()
    return tmp_path


def flip_a_byte() -> None:
    path = store.path_of(Document.objects.get().sha256)
    path.chmod(0o600)
    path.write_bytes(b"X" + path.read_bytes()[1:])


def edit_the_text() -> None:
    document = Document.objects.get()
    Document.objects.update(text=document.text.replace("Monday", "Sunday"))


def join_a_team() -> None:
    other = User.objects.create(username="intruder")
    Membership.objects.create(team=Team.objects.get(), user=other, joined_at="2026-03-04T00:00Z")


def forge_a_claim() -> None:
    claim = Claim.objects.earliest("pk")
    claim.pk, claim.local_id = None, "forged"
    claim.save()


CHANGES: list[tuple[Callable[[], object], str]] = [
    (flip_a_byte, "Document 1: its file was changed"),
    (edit_the_text, "Document 1: its text was changed"),
    (lambda: store.path_of(Document.objects.get().sha256).unlink(), "is missing from the data folder"),
    (lambda: Document.objects.update(published_on="2026-04-04"), "Document 1: it is not as line"),
    (lambda: Source.objects.update(name="Another"), "Source 1: it is not as line"),
    (lambda: Capture.objects.update(url="https://elsewhere.example/"), "Capture 1: it is not as line"),
    (lambda: Reading.objects.update(relevant=False), "Reading 1: it is not as line"),
    (lambda: Sighting.objects.filter(pk=1).update(mentions=[]), "Sighting 1: it is not as line"),
    (lambda: Statement.objects.filter(pk=1).update(acts=["threat"]), "Statement 1: it is not as line"),
    (lambda: Statement.about.through.objects.all().delete(), "it is gone; line"),
    (lambda: Claim.objects.filter(pk=1).update(kind="death"), "Claim 1: it is not as line"),
    (lambda: Claim.objects.filter(pk=1).update(date="1999"), "Claim 1: it is not as line"),
    (lambda: Claim.objects.filter(pk=1).update(modality="denied"), "Claim 1: it is not as line"),
    (lambda: Claim.objects.filter(pk=1).update(words="Else."), "Claim 1: the words of its passage are not those"),
    (lambda: Link.objects.filter(pk=1).update(score=0.2), "Link 1: it is not as line"),
    (lambda: Link.objects.filter(pk=1).delete(), "Link 1: it is gone; line"),
    (lambda: Judgement.objects.update(verdict="reject"), "Judgement 1: it is not as line"),
    (lambda: Judgement.objects.all().delete(), "Judgement 1: it is gone; line"),
    (lambda: Case.objects.update(opened_at="2026-01-01T00:00Z"), "Case 1: it is not as line"),
    (forge_a_claim, "no line of the audit tells who wrote it"),
    (join_a_team, "no line of the audit tells who wrote it"),
    (lambda: News.objects.update(newest_on="2020-01-01"), "Person 1: the case list misses their newest document"),
    (lambda: AuditLine.objects.earliest("pk").delete(), "Audit: a line is missing or was moved before line"),
    (lambda: AuditLine.objects.latest("pk").delete(), "which was the newest once, is missing"),
    (lambda: AuditLine.objects.filter(pk=3).update(actor="user 9 via desk"), "Audit: line 3"),
]


def test_a_desk_that_nobody_touched_is_as_it_was_written(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    newest = AuditLine.objects.latest("pk")
    assert f"The audit ends with line {newest.pk}, {newest.hash}" in capsys.readouterr().out


def test_the_deep_check_names_what_the_quick_one_takes_for_granted(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--deep"]) == 0
    NameKey.objects.earliest("pk").delete()
    assert main(["check"]) == 0
    assert main(["check", "--deep"]) == 1
    assert "Name 1: it is not looked up as it is spelt" in capsys.readouterr().err
    assert main(["check", "--deep", "--fold-again"]) == 0


@pytest.mark.parametrize(("change", "says"), CHANGES, ids=[str(number) for number in range(len(CHANGES))])
def test_each_change_is_named(
    desk: Path, capsys: pytest.CaptureFixture[str], change: Callable[[], object], says: str
) -> None:
    with append_only.lifted():
        change()
    assert main(["check"]) == 1
    assert says in capsys.readouterr().err
