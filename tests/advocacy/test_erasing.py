"""Whoever is erased goes from alerts and plans too, and what is others' stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from advocacy.coalition import Held, promised
from cast import actor
from habeas.advocacy import checks
from habeas.advocacy.models import Communication, ListedName, NameList, Note, PlanCase
from habeas.advocacy.services import coalition, contacts
from habeas.audit import checks as audit
from habeas.cases import erasing
from habeas.core import append_only
from habeas.watch import checks as watch_checks
from habeas.watch.models import Alert
from habeas.watch.services import dismiss

pytestmark = pytest.mark.django_db
SECRET = "Tarek Oumari of Basit"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def everything() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table's own name
            found += cursor.fetchall()
    return str(found)


def sent(plan: Held, *cases: PlanCase) -> Communication:
    told = contacts.Sent(to="the prison service", to_kind="authority", ask="release", partner=plan.legal, note=SECRET)
    return contacts.communicate(plan.coalition, told, cases, actor=actor(plan.people.alice))


def test_nothing_of_them_is_left_in_alerts_and_plans(plan: Held) -> None:
    by, case = actor(plan.people.alice), plan.tarek.case
    promised(plan, plan.legal, plan.people.alice, note=SECRET)
    coalition.note(plan.legal, SECRET, actor=by, case=plan.tarek)
    alone, together = sent(plan, plan.tarek), sent(plan, plan.tarek, plan.salma)
    names = NameList.objects.create(
        partner=plan.legal, title="First list", kind="release", made_at=timezone.now(), made_by=plan.people.alice
    )
    for number, (name, whose) in enumerate([("Tarek Oumari", None), ("T. Oumari", case), ("Salma Aydin", None)], 1):
        ListedName.objects.create(list=names, number=number, name=name, verdict="same", case=whose)
    day = date(2026, 3, 4)
    alert = Alert.objects.create(
        case=case, rule="x", due_on=day, label=SECRET, reasons=[{"label": SECRET}], as_of=day, raised_at=timezone.now()
    )
    dismiss(alert, actor=by, reason=SECRET)
    erasing.erase(case.person, reason="asked for by the family", actor=by)
    together.refresh_from_db()
    alone.refresh_from_db()
    assert (together.note, alone.note, alone.to) == (SECRET, "", "")
    Communication.objects.filter(pk=together.pk).update(note="")
    assert "Oumari" not in everything()
    assert Note.objects.get().words == ""
    assert [one.name for one in ListedName.objects.order_by("pk")] == ["(erased)", "(erased)", "Salma Aydin"]
    assert list(PlanCase.objects.filter(until=None)) == [plan.salma]
    assert append_only.missing() == []


def test_the_audit_still_holds(plan: Held) -> None:
    promised(plan, plan.legal, plan.people.alice, note=SECRET)
    coalition.note(plan.legal, SECRET, actor=actor(plan.people.alice), case=plan.tarek)
    sent(plan, plan.tarek)
    erasing.erase(plan.tarek.case.person, reason="asked", actor=actor(plan.people.alice))
    assert not list(audit.faults((*checks.SEALED, *watch_checks.SEALED)))
