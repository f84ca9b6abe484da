"""The audit chain: every line named, every change of it noticed, and every row held to the line that wrote it."""

from __future__ import annotations

import pytest

from habeas.accounts.models import Team
from habeas.audit import anchor, checks
from habeas.audit import services as audit
from habeas.audit.models import AuditLine
from habeas.core import append_only
from habeas.core.actor import Actor

ALICE = Actor(1, "desk")


@pytest.fixture
def three_lines(db: None, settings: object, tmp_path: object) -> list[AuditLine]:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    return [
        audit.record(f"tests.thing.{verb}", "thing 1", actor=ALICE, detail={"n": 1})
        for verb in ("made", "seen", "sent")
    ]


def team(name: str) -> Team:
    made = Team.objects.create(name=name)
    audit.record("tests.team.made", made, actor=ALICE, wrote=[made])
    return made


def test_a_whole_chain_has_no_faults(three_lines: list[AuditLine]) -> None:
    assert list(checks.faults()) == []
    assert [line.previous for line in three_lines[1:]] == [line.hash for line in three_lines[:-1]]
    assert str(three_lines[0]) == f"{three_lines[0].pk} tests.thing.made thing 1"


@pytest.mark.parametrize("field", ["actor", "action", "subject", "detail", "wrote"])
def test_an_edited_line_is_named(three_lines: list[AuditLine], field: str) -> None:
    values = {"detail": {"n": 2}, "wrote": {"accounts.team": {}}}
    with append_only.lifted():
        AuditLine.objects.filter(pk=three_lines[1].pk).update(**{field: values.get(field, "other")})
    (fault,) = checks.faults()
    assert f"line {three_lines[1].pk}" in fault
    assert "changed" in fault


def test_a_removed_line_is_noticed(three_lines: list[AuditLine]) -> None:
    with append_only.lifted():
        three_lines[1].delete()
    (fault,) = checks.faults()
    assert f"before line {three_lines[2].pk}" in fault


def test_a_removed_last_line_is_noticed_also_after_others_were_added(three_lines: list[AuditLine]) -> None:
    last = three_lines[2].pk
    for line in three_lines:
        anchor.move_to(line)
    assert list(checks.end_faults()) == []
    with append_only.lifted():
        AuditLine.objects.filter(pk=last).delete()
    anchor.move_to(audit.record("tests.thing.made", "thing 2", actor=ALICE))
    assert list(checks.faults()) == []
    (fault,) = checks.end_faults()
    assert f"line {last}" in fault


def test_lines_noted_out_of_turn_leave_the_newest_noted(three_lines: list[AuditLine]) -> None:
    for at in (0, 2, 1):
        anchor.move_to(three_lines[at])
    assert anchor.held() == (three_lines[2].pk, three_lines[2].hash)


@pytest.mark.parametrize(("content", "says"), [(None, "is missing"), (b"", "is missing"), (b"x", "is damaged")])
def test_a_missing_or_damaged_note_of_the_end_is_named(
    three_lines: list[AuditLine], content: bytes | None, says: str
) -> None:
    if content is not None:
        anchor.path().write_bytes(content)
    (fault,) = checks.end_faults()
    assert says in fault


@pytest.mark.django_db(transaction=True)
def test_the_end_is_noted_when_a_line_is_kept_and_not_before(settings: object, tmp_path: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    line = audit.record("tests.thing.made", "thing 1", actor=ALICE)
    assert anchor.held() == (line.pk, line.hash)
    assert list(checks.end_faults()) == []


def test_a_row_edited_removed_or_added_beside_the_audit_is_named(three_lines: list[AuditLine]) -> None:
    edited, removed, kept = team("One"), team("Two"), team("Three")
    assert list(checks.faults([Team])) == []
    gone = removed.pk
    Team.objects.filter(pk=edited.pk).update(name="Another")
    removed.delete()
    added = Team.objects.create(name="Four")
    said = list(checks.faults([Team]))
    assert said == [
        f"Team {edited.pk}: it is not as line {three_lines[2].pk + 1} of the audit left it.",
        f"Team {gone}: it is gone; line {three_lines[2].pk + 2} of the audit tells of it.",
        f"Team {added.pk}: no line of the audit tells who wrote it.",
    ]
    assert not any(f"Team {kept.pk}" in fault for fault in said)


def test_a_row_is_held_to_the_newest_line_that_wrote_it(three_lines: list[AuditLine]) -> None:
    one = team("One")
    one.name = "Renamed"
    one.save()
    newest = audit.record("tests.team.renamed", one, actor=ALICE, wrote=[one])
    assert list(checks.faults([Team])) == []
    Team.objects.filter(pk=one.pk).update(name="One")
    (fault,) = checks.faults([Team])
    assert f"line {newest.pk} " in fault
