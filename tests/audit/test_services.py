"""The audit chain: every line named, every change of it noticed."""

import pytest

from habeas.audit import services as audit
from habeas.audit.models import AuditLine
from habeas.core.actor import Actor

ALICE = Actor(1, "desk")


@pytest.fixture
def three_lines(db: None) -> list[AuditLine]:
    return [
        audit.record(f"tests.thing.{verb}", "thing 1", actor=ALICE, detail={"n": 1})
        for verb in ("made", "seen", "sent")
    ]


def test_a_whole_chain_has_no_faults(three_lines: list[AuditLine]) -> None:
    assert list(audit.faults()) == []
    assert [line.previous for line in three_lines[1:]] == [line.hash for line in three_lines[:-1]]
    assert str(three_lines[0]) == f"{three_lines[0].pk} tests.thing.made thing 1"


@pytest.mark.parametrize("field", ["actor", "action", "subject", "detail"])
def test_an_edited_line_is_named(three_lines: list[AuditLine], field: str) -> None:
    AuditLine.objects.filter(pk=three_lines[1].pk).update(**{field: {"n": 2} if field == "detail" else "other"})
    (fault,) = audit.faults()
    assert f"line {three_lines[1].pk}" in fault
    assert "changed" in fault


def test_a_removed_line_is_noticed(three_lines: list[AuditLine]) -> None:
    three_lines[1].delete()
    (fault,) = audit.faults()
    assert f"before line {three_lines[2].pk}" in fault
