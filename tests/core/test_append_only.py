"""The database itself refuses to change or remove what is only ever added."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cast import Cast, cast, report
from habeas.audit.models import AuditLine
from habeas.cases import checks, judging
from habeas.cases.models import Claim, Erasure, Judgement, JudgingRule, Link, Reading, Sighting, Statement
from habeas.core import append_only
from habeas.core.actor import Actor
from habeas.sources.models import Capture, Document

pytestmark = pytest.mark.django_db
GUARDED = [
    *(Reading, Sighting, Statement, Statement.about.through, Claim, Link, Judgement, JudgingRule, Erasure),
    *(AuditLine, Document, Capture),
]
WITH_ROWS = [Reading, Sighting, Claim, Link, Judgement, JudgingRule, AuditLine, Document, Capture]


@pytest.fixture
def desk() -> Cast:
    people = cast()
    report(people.alice, "Tarek Oumari")
    judging.judge(Claim.objects.get(), "accept", actor=Actor(people.alice.pk, "desk"))
    judging.set_rule(people.alice.teams.get(), "claim", 2, actor=Actor(people.alice.pk, "desk"))
    return people


@pytest.mark.parametrize("model", WITH_ROWS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("sql", ["UPDATE {table} SET id = id + 1000", "DELETE FROM {table}"])
def test_no_row_can_be_changed_or_removed(desk: Cast, model: type, sql: str) -> None:
    before = list(model.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match="is only ever added to"), transaction.atomic(), connection.cursor() as now:
        now.execute(sql.format(table=model._meta.db_table))
    assert list(model.objects.order_by("pk").values()) == before


def test_every_table_that_is_only_added_to_has_its_guard(desk: Cast) -> None:
    assert append_only.missing() == []
    with append_only.lifted():
        assert set(append_only.missing()) >= {model._meta.db_table for model in GUARDED}
        Claim.objects.update(place="Ofra")
    assert append_only.missing() == []
    assert Claim.objects.get().place == "Ofra"


def test_the_guard_is_up_again_when_lifting_it_failed(desk: Cast) -> None:
    with pytest.raises(IntegrityError), append_only.lifted():
        Claim.objects.update(id=None)
    assert append_only.missing() == []


def test_check_names_a_table_whose_guard_is_gone_and_migrate_puts_it_up(desk: Cast) -> None:
    table = Claim._meta.db_table
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")
    (fault,) = checks.faults()
    assert fault.startswith(f"Table {table}: ")
    call_command("migrate", verbosity=0)
    assert list(checks.faults()) == []
