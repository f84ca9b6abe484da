"""The page of rules of retention: seen by the team, set and ended by its admins, looked at first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cases.test_retaining import loose
from cast import Cast, actor, colleague, report
from habeas.accounts.models import Membership, User
from habeas.cases import sharing
from habeas.cases.models import Case, Document, RetentionRule
from web.pages import text_of

PAGE, ADD = "/settings/retention", "/settings/retention/add"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def asked(people: Cast, **more: str) -> dict[str, str]:
    team = Membership.objects.get(user=people.alice).team_id
    return {"team": str(team), "what": "unconnected", "days": "30", "source": "", **more}


def test_a_rule_is_looked_at_first_then_set_then_ended(alice: Client, people: Cast) -> None:
    report(people.alice, "Tarek Oumari")
    loose(people)
    assert "None: everything stays." in text_of(alice.get(PAGE))
    shown = text_of(alice.post(ADD, asked(people)))
    on = timezone.localdate() + timedelta(days=30)
    assert "would remove this of 1 document." in shown
    assert str(on.year) in shown
    assert "first kept tomorrow" in shown
    assert not RetentionRule.objects.exists()
    answer = alice.post(ADD, asked(people, agreed="1"), follow=True)
    assert "The rule stands." in text_of(answer)
    assert "after 30 days without anything new" in text_of(answer)
    assert "set by" in text_of(answer)
    rule = RetentionRule.objects.get()
    assert "The rule is ended." in text_of(alice.post(f"{PAGE}/{rule.pk}/end", follow=True))
    assert "None: everything stays." in text_of(alice.get(PAGE))


def test_what_is_looked_at_first_names_nobody_whose_file_is_hidden(alice: Client, people: Cast) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=400)):
        report(people.bob, "Hala Dirani", "{name} was released.", kind="release", date="2026-03-03")
        document = report(people.bob, "Tarek Oumari", "{name} was released.", kind="release", date="2026-03-03")
    sharing.limit(Case.objects.get(person__name="Tarek Oumari"), actor=actor(people.bob))
    page = text_of(alice.post(ADD, asked(people, what="closed")))
    assert "Hala Dirani" in page
    assert "Oumari" not in page
    page = text_of(alice.post(ADD, asked(people, what="originals", used="1")))
    assert f"document {document.pk - 1}" in page
    assert f"document {document.pk}" not in page


def test_a_team_where_they_may_not_erase_is_looked_at_by_nobody(alice: Client, people: Cast) -> None:
    other = Membership.objects.get(user=people.charlie).team
    Membership.objects.create(team=other, user=people.alice, joined_at=timezone.now(), roles=["reader"])
    given = {"team": str(other.pk), "what": "originals", "days": "1", "source": ""}
    assert alice.post(ADD, given).status_code == 404


def test_what_it_is_due_for_is_listed_by_name(alice: Client, people: Cast) -> None:
    loose(people)
    page = text_of(alice.post(ADD, asked(people, what="originals", days="1", used="1")))
    assert "would remove this of 1 document." in page
    assert "What it is due for today" not in page
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"days": "soon"}, "as a number"),
        ({"days": "0"}, "from 1 to 36500"),
        ({"days": "٣٠"}, "as a number"),
        ({"what": "everything"}, "nothing that a rule removes"),
        ({"source": "Nahr"}, "called Nahr"),
        ({"what": "closed", "source": "Basit Post"}, "no single source"),
    ],
)
@pytest.mark.parametrize("agreed", [{}, {"agreed": "1"}])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    alice: Client, people: Cast, wrong: dict[str, str], says: str, agreed: dict[str, str]
) -> None:
    answer = alice.post(ADD, asked(people, **wrong, **agreed))
    assert answer.status_code == 400
    assert says in text_of(answer)
    if "days" in wrong:
        assert f'value="{wrong["days"]}"' in answer.content.decode()
    assert not RetentionRule.objects.exists()


def test_an_outsider_sees_no_rule_and_sets_and_ends_none(alice: Client, charlie: Client, people: Cast) -> None:
    alice.post(ADD, asked(people, agreed="1"))
    rule = RetentionRule.objects.get()
    assert "after 30 days" not in text_of(charlie.get(PAGE))
    for told in (asked(people), asked(people, agreed="1"), asked(people, team="many"), asked(people, team="99999")):
        assert charlie.post(ADD, told).status_code == 404
    assert charlie.post(f"{PAGE}/{rule.pk}/end").status_code == 404
    assert RetentionRule.objects.get() == rule


def test_who_may_not_erase_sees_the_rules_and_changes_none(
    alice: Client, people: Cast, client_of: Callable[[User], Client]
) -> None:
    loose(people)
    alice.post(ADD, asked(people, agreed="1"))
    client = client_of(colleague(people, "editor"))
    page = text_of(client.get(PAGE))
    assert "after 30 days" in page
    assert "Set a rule" not in page
    assert "would remove" not in page  # how many there are may be no business of theirs
    assert client.post(ADD, asked(people, agreed="1")).status_code == 403
    assert client.post(f"{PAGE}/{RetentionRule.objects.get().pk}/end").status_code == 403
    assert RetentionRule.objects.count() == 1
