"""Rules of retention that a team sets: what each would remove and when, what it removes, and what it spares."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from advocacy.coalition import held
from cast import Cast, actor, cast, colleague, document, of_two_teams, read_as, report
from habeas.accounts.models import Membership, Team
from habeas.accounts.roles import NotAllowed
from habeas.audit import checks as audit
from habeas.audit.models import AuditLine
from habeas.cases import closed, erasing, judging, people, retaining, retention, services, sharing
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, Claim, Person, RetentionRound, RetentionRule, Sighting
from habeas.cases.retention import CannotRetain, Kept, Outlook
from habeas.sources import store
from habeas.sources.models import Document

from .test_retaining import faults, left, loose

pytestmark = pytest.mark.django_db
NOW = timezone.now()
YEAR = 365


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> Cast:
    """Tarek Oumari, who is held; Hala Dirani, who was released; and a report that leads to nobody on file."""
    settings.DATA_DIR = tmp_path
    made = cast()
    report(made.alice, "Tarek Oumari")
    report(made.alice, "Hala Dirani", "{name} was released.", kind="release", date="2026-03-03")
    loose(made)
    return made


def team(people_: Cast) -> Team:
    return Membership.objects.get(user=people_.alice).team


def ruled(desk: Cast, what: str, **more: Any) -> RetentionRule:
    return retention.set_rule(team(desk), what, YEAR, actor=actor(desk.alice), **more)


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


def kept(days: int) -> Kept:
    return retention.keep(via="watch", now=after(days))


def test_documents_that_lead_to_nobody_go_on_their_day_and_a_line_says_by_which_rule(desk: Cast) -> None:
    rule = ruled(desk, "unconnected")
    assert retention.outlook(rule, desk.alice) == Outlook(1, timezone.localdate(after(YEAR)))
    assert kept(YEAR - 1) == Kept()
    assert left("Darzi")
    assert kept(YEAR + 1) == Kept(documents=1)
    assert not left("Darzi")
    line = AuditLine.objects.get(action="cases.document.retired")
    assert (line.actor, line.detail["rule"], line.detail["days"]) == (f"user {desk.alice.pk} via watch", rule.pk, YEAR)
    assert Person.objects.filter(erased_at=None).count() == 2
    assert retention.outlook(rule, desk.alice, after(YEAR + 1)) == Outlook(0, None)
    assert faults() == []


def test_a_case_that_ended_goes_when_nothing_came_for_so_long_and_an_open_one_stays(desk: Cast) -> None:
    rule = ruled(desk, "closed")
    assert retention.outlook(rule, desk.alice) == Outlook(1, timezone.localdate(after(YEAR)))
    assert [case.person.name for case in retention.due(rule, desk.alice, after(YEAR + 1))] == ["Hala Dirani"]  # type: ignore[union-attr]
    assert kept(YEAR - 1) == Kept()
    assert kept(YEAR + 1) == Kept(cases=1)
    assert not left("Dirani")
    assert left("Oumari")
    (line,) = AuditLine.objects.filter(action="cases.person.erased")
    assert line.actor == f"user {desk.alice.pk} via watch"
    made = erasing.Erasure.objects.get()
    assert made.reason == f"rule {rule.pk} of retention: held no longer, 365 days without news"
    assert made.made_by == desk.alice
    assert faults() == []


@pytest.mark.parametrize("why", ["captured", "judged", "named", "in conflict", "dead", "in a plan", "merged"])
def test_of_cases_that_ended_those_stay_to_which_something_holds(
    desk: Cast, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hala, by = Person.objects.get(name="Hala Dirani"), actor(desk.alice)
    rule = ruled(desk, "closed")
    if why == "captured":
        with time_machine.travel(after(30)):
            document(desk.alice, "Hala Dirani was released.", url="https://basit.example/again")
    elif why == "judged":
        judging.judge(Claim.objects.get(kind="release", modality="actual"), "unsure", actor=by)
    elif why == "named":
        people.add_alias(hala, "Umm Salim", reason="as her son says", user=desk.alice, actor=by)
    elif why == "in conflict":
        report(desk.alice, "Hala Dirani", "{name} was released on Friday.", kind="release", date="2026-03-06")
    elif why == "dead":
        report(desk.alice, "Hala Dirani", "{name} died.", kind="death", date="2026-03-09")
    elif why == "in a plan":
        case = Case.objects.get(person=hala)
        monkeypatch.setattr(closed, "_rooms", [lambda: {case.pk}])
    else:
        people.merge(hala, Person.objects.get(name="Tarek Oumari"), reason="one", user=desk.alice, actor=by)
    assert kept(YEAR + 1) == Kept()
    assert not retention.due(rule, desk.alice, after(YEAR + 1)).exists()
    assert left("Dirani")


def test_plans_keep_their_cases(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    plan = held()
    assert {key for needed in closed._rooms for key in needed()} == {plan.tarek.case_id, plan.salma.case_id}


def both_in_one_report(desk: Cast) -> Document:
    """A report of alice's that names Hala Dirani, who was released, and Nabil Sefrawi, who is held."""
    made = document(desk.alice, "Hala Dirani was released. Nabil Sefrawi was arrested.")
    one = read_as(made.text, "Hala Dirani", kind="release", date="2026-03-03")
    two = read_as(made.text, "Nabil Sefrawi")
    read = replace(
        one,
        entities=(*one.entities, replace(two.entities[0], id="e2")),
        claims=(replace(one.claims[0], evidence=((0, 25),)), replace(two.claims[0], id="c2", subject="e2")),
    )
    services.take_in(made, read, reader="test", actor=actor(desk.alice))
    return made


def test_a_case_that_ended_stays_while_an_open_one_rests_on_the_same_report(desk: Cast) -> None:
    made = both_in_one_report(desk)
    ruled(desk, "closed")
    assert kept(YEAR + 1) == Kept()
    assert store.path_of(made.sha256).exists()
    ruled(desk, "closed", used=True)
    assert retention.keep(via="watch", now=after(YEAR + 2)) == Kept(cases=1)


def test_a_case_that_ended_stays_while_its_report_was_judged_about_somebody_else(desk: Cast) -> None:
    made = both_in_one_report(desk)
    report(desk.alice, "Nabil Sefrawi", "{name} was released.", kind="release", date="2026-03-04")
    about = Claim.objects.get(reading__document=made, subject__name="Nabil Sefrawi")
    judging.judge(about, "accept", actor=actor(desk.alice))
    ruled(desk, "closed")
    assert kept(YEAR + 1) == Kept()
    assert store.path_of(made.sha256).exists()
    ruled(desk, "closed", used=True)
    assert retention.keep(via="watch", now=after(YEAR + 2)) == Kept(cases=2)


def test_what_is_hidden_is_not_counted_for_whoever_looks_ahead(desk: Cast) -> None:
    rule = ruled(desk, "closed")
    sharing.limit(Case.objects.get(person__name="Hala Dirani"), actor=actor(desk.bob))
    found = [retention.outlook(rule, one).count for one in (desk.bob, desk.alice)]
    assert found == [1, 0]
    assert [retention.due(rule, one, after(YEAR + 1)).count() for one in (desk.bob, desk.alice)] == [1, 0]
    assert kept(YEAR + 1) == Kept(cases=1)


def test_a_case_that_ended_stays_while_a_plan_rests_on_its_report(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Document.objects.get(text__startswith="Hala Dirani")
    monkeypatch.setattr(retaining, "_rooms", [lambda: {listed.pk}])
    ruled(desk, "closed", used=True)
    assert kept(YEAR + 1) == Kept()


def test_a_rule_never_takes_another_teams_file_with_its_own(desk: Cast) -> None:
    """Once of one person, then told apart again by hand: the file no longer rests on the other team's documents."""
    change = of_two_teams(desk, "Nabil Sefrawi", "Abu Salim Haddar")
    seen, by = Sighting.objects.get(name="Abu Salim Haddar"), actor(desk.alice)
    report(desk.bob, "Nabil Sefrawi", "{name} was released.", kind="release", date="2026-03-05")
    people.split(change.person, [seen], "Salim", reason="two men", user=desk.alice, actor=by)
    retention.set_rule(change.person.case.team, "closed", YEAR, used=True, actor=actor(desk.bob))
    kept(YEAR + 1)
    assert Person.objects.get(name="Abu Salim Haddar").erased_at is None


def test_what_somebody_judged_goes_where_the_rule_says_so_plainly(desk: Cast) -> None:
    judging.judge(Claim.objects.get(kind="release", modality="actual"), "accept", actor=actor(desk.alice))
    rule = ruled(desk, "closed", used=True)
    assert kept(YEAR - 1) == Kept()
    assert kept(YEAR + 1) == Kept(cases=1)
    assert rule.used
    assert not left("Dirani")


def test_files_of_open_cases_and_of_what_was_judged_stay_unless_the_rule_says_so(desk: Cast) -> None:
    ruled(desk, "originals")
    assert kept(YEAR + 1) == Kept(documents=2)
    there = {made.text for made in Document.objects.all() if store.path_of(made.sha256).exists()}
    assert there == {"Tarek Oumari was arrested."}
    ruled(desk, "originals", used=True)
    assert retention.keep(via="watch", now=after(YEAR + 2)) == Kept(documents=1)
    assert {made.text for made in Document.objects.all()} > {"Tarek Oumari was arrested."}
    assert faults() == []


def test_a_rule_is_gone_through_once_a_day_and_not_on_the_day_it_was_set(desk: Cast) -> None:
    rule = retention.set_rule(team(desk), "originals", 1, actor=actor(desk.alice), used=True)
    assert kept(0) == Kept()
    assert not RetentionRound.objects.exists()
    assert kept(2) == Kept(documents=3)
    assert RetentionRound.objects.get(rule=rule).on == timezone.localdate(after(2))
    assert retention.outlook(rule, desk.alice, after(2)) == Outlook(0, None)
    assert kept(2) == Kept()


def test_the_newest_rule_for_the_same_counts_and_an_ended_one_removes_nothing(desk: Cast) -> None:
    ruled(desk, "unconnected")
    longer = retention.set_rule(team(desk), "unconnected", 2 * YEAR, actor=actor(desk.alice))
    assert retention.standing(desk.bob) == [longer]
    assert kept(YEAR + 1) == Kept()
    retention.end(longer, actor=actor(desk.bob))
    assert retention.standing(desk.alice) == []
    assert kept(2 * YEAR + 2) == Kept()
    assert left("Darzi")
    done = AuditLine.objects.filter(action__startswith="cases.retention.").order_by("pk")
    assert [line.action for line in done] == ["cases.retention.set"] * 2 + ["cases.retention.ended"]
    assert list(audit.faults(SEALED)) == []
    assert RetentionRule.objects.count() == 3


def test_a_rule_touches_no_other_team(desk: Cast) -> None:
    theirs = desk._replace(alice=desk.charlie)
    loose(theirs, "The release of Salma Darzi is demanded once more.")
    retention.set_rule(team(desk), "unconnected", 1, actor=actor(desk.alice))
    assert kept(3) == Kept(documents=1)
    assert Document.objects.get(team=team(theirs)).text.startswith("The release of Salma Darzi")
    assert retention.standing(desk.charlie) == []


def test_who_may_not_erase_sets_and_ends_no_rule(desk: Cast) -> None:
    rule = ruled(desk, "unconnected")
    for who in (colleague(desk, "editor"), desk.charlie):
        with pytest.raises(NotAllowed):
            retention.set_rule(team(desk), "originals", 9, actor=actor(who))
        with pytest.raises(NotAllowed):
            retention.end(rule, actor=actor(who))
    assert retention.standing(desk.alice) == [rule]


@pytest.mark.parametrize(
    ("what", "days", "source", "says"),
    [
        ("everything", 9, "", "nothing that a rule removes"),
        ("originals", 0, "", "from 1 to"),
        ("originals", 40_000, "", "from 1 to"),
        ("originals", 9, "Nahr", "called Nahr"),
        ("closed", 9, "Basit Post", "no single source"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(desk: Cast, what: str, days: int, source: str, says: str) -> None:
    with pytest.raises(CannotRetain, match=says):
        retention.set_rule(team(desk), what, days, actor=actor(desk.alice), source=source)
    assert not RetentionRule.objects.exists()


def test_what_a_killed_round_left_is_removed_by_the_next(desk: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the first document of two: what was done is whole, what was not is done the same day."""
    loose(desk, "The release of Salma Darzi is demanded, her family said.")
    rule = retention.set_rule(team(desk), "unconnected", 1, actor=actor(desk.alice))
    monkeypatch.setattr(retention.retaining, "TOGETHER", 1)
    sweep = retention.retaining.sources.sweep_erased

    def dies() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(retention.retaining.sources, "sweep_erased", dies)
    with pytest.raises(KeyboardInterrupt):
        kept(3)
    assert AuditLine.objects.filter(action="cases.document.retired").count() == 1
    assert not RetentionRound.objects.filter(rule=rule).exists()
    monkeypatch.setattr(retention.retaining.sources, "sweep_erased", sweep)
    assert kept(3) == Kept(documents=1)
    assert not left("Darzi")
    assert faults() == []
