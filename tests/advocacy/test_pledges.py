"""Who does what for whom by when; kept by evidence, silent by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.coalition import Held, promised
from advocacy.test_contacts import letter
from cast import actor, document, report
from habeas.advocacy import terms
from habeas.advocacy.checks import SEALED
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import PlanCase, Pledge
from habeas.advocacy.queries import pledges as queries
from habeas.advocacy.queries.contacts import communications
from habeas.advocacy.queries.evidence import proposals
from habeas.advocacy.queries.plan import notes
from habeas.advocacy.queries.pledges import Asked
from habeas.advocacy.services import coalition, pledges
from habeas.audit.checks import faults
from habeas.cases.models import Statement
from habeas.core.errors import NotThere
from web.desks import spoken

TODAY = timezone.localdate()


def test_there_are_five_tracks_and_every_action_is_on_one_of_them() -> None:
    assert list(terms.labels("tracks")) == ["political", "legal", "media", "humanitarian", "public"]
    assert {action["track"] for action in terms.table("actions").values()} == set(terms.labels("tracks"))


def test_a_pledge_takes_its_track_from_its_action_and_no_other_is_taken(plan: Held) -> None:
    assert promised(plan, plan.aid, plan.dana, action="medical_visit").track == "humanitarian"
    with pytest.raises(PlanError, match="not on the list"):
        promised(plan, plan.aid, plan.dana, action="military")
    assert Pledge.objects.count() == 1


def test_it_is_silent_by_itself_when_its_day_has_passed(plan: Held) -> None:
    made = promised(plan, plan.aid, plan.dana, due_on=TODAY)
    assert queries.state_on(made, TODAY) == "pledged"
    assert queries.state_on(made, TODAY + timedelta(days=1)) == "silent"
    pledges.move(made, "under_way", actor=actor(plan.dana))
    assert queries.state_on(made, TODAY + timedelta(days=1)) == "silent"
    assert queries.count_pledges(plan.dana, plan.coalition, TODAY + timedelta(days=1), Asked(state="silent")) == 1
    assert queries.count_pledges(plan.dana, plan.coalition, TODAY, Asked(state="silent")) == 0


def test_it_is_kept_by_evidence_alone(plan: Held) -> None:
    made = promised(plan, plan.legal, plan.people.alice)
    with pytest.raises(PlanError, match="by evidence"):
        pledges.move(made, "kept", actor=actor(plan.people.alice))
    shows = document(plan.people.alice, "Basit Legal sent its letter.")
    pledges.move(made, "kept", actor=actor(plan.people.alice), document=shows)
    assert queries.pledge_row(plan.people.alice, made, TODAY).steps[0].document == shows.pk
    assert queries.pledge_row(plan.dana, made, TODAY).steps[0].document is None
    assert queries.state_on(made, TODAY + timedelta(days=99)) == "kept"
    assert not list(faults(SEALED))


def test_evidence_that_the_person_does_not_see_is_none(plan: Held) -> None:
    made = promised(plan, plan.aid, plan.dana)
    with pytest.raises(NotThere, match="no such document here"):
        pledges.move(made, "kept", actor=actor(plan.dana), document=document(plan.people.alice, "Not yours."))


def test_what_the_partner_said_of_the_case_is_offered_as_evidence(plan: Held) -> None:
    made = promised(plan, plan.legal, plan.people.alice)
    spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")  # before the pledge was made
    assert queries.evidence(plan.people.alice, made) == []
    Pledge.objects.filter(pk=made.pk).update(made_at="2026-03-01T00:00Z")
    made.refresh_from_db()
    (found,) = queries.evidence(plan.people.alice, made)
    assert found.said.passage.words == "that he be freed"
    said = Statement.objects.get(pk=found.said.statement)
    assert pledges.move(made, "kept", actor=actor(plan.people.alice), statement=said).statement == said
    assert queries.evidence(plan.dana, made) == []


def test_a_report_is_offered_for_the_open_pledges_that_it_may_keep(plan: Held) -> None:
    user, by = plan.people.alice, actor(plan.people.alice)
    made = promised(plan, plan.legal, user)
    Pledge.objects.filter(pk=made.pk).update(made_at="2026-03-01T00:00Z")
    told = spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Legal")
    spoken(plan.people, "Salma Benhadi", "that he be freed", organisation="Basit Post Workers")
    acted = report(user, "Tarek Oumari", "Basit Legal visited {name}.", kind="visit", phase="done", actor="Basit Legal")
    found = proposals(user)
    assert {(one.passage.document, one.statement is None) for one in found} == {(told.pk, False), (acted.pk, True)}
    assert [one.passage.words for one in proposals(user, document=told)] == ["that he be freed"]
    assert len(proposals(user, coalition=plan.coalition)) == 2
    assert proposals(plan.dana) == []  # neither the pledge nor the reports are hers
    pledges.move(made, "kept", actor=by, document=acted)
    assert proposals(user) == []


@pytest.mark.parametrize("state", ["broken", "withdrawn"])
def test_broken_and_withdrawn_say_why(plan: Held, state: str) -> None:
    made = promised(plan, plan.aid, plan.dana)
    with pytest.raises(PlanError, match="Why is empty"):
        pledges.move(made, state, actor=actor(plan.dana))
    pledges.move(made, state, actor=actor(plan.dana), words="No visa.")
    assert [row.state for row in queries.pledges(plan.dana, plan.coalition, TODAY)] == [state]


def test_nobody_promises_for_others_or_for_a_case_that_they_do_not_see(plan: Held) -> None:
    with pytest.raises(PlanError, match="Only people of Sawari Aid"):
        promised(plan, plan.aid, plan.emil)
    with pytest.raises(PlanError, match="not shared with you"):
        promised(plan, plan.press, plan.emil, case=plan.salma)
    with pytest.raises(PlanError, match="a case or a group"):
        promised(plan, plan.press, plan.emil, case=None)
    assert not Pledge.objects.exists()


def test_a_partner_sees_the_pledges_of_what_is_shared_with_it(plan: Held) -> None:
    promised(plan, plan.legal, plan.people.alice, case=plan.salma)
    promised(plan, plan.legal, plan.people.alice)
    promised(plan, plan.legal, plan.people.alice, case=None, group="those isolated")
    seen = {
        user.username: [row.whom for row in queries.pledges(user, plan.coalition, TODAY)]
        for user in (plan.dana, plan.emil, plan.people.charlie)
    }
    assert seen == {
        "dana": ["Salma Aydin", "Tarek Oumari", "those isolated"],
        "emil": ["Tarek Oumari", "those isolated"],
        "charlie": [],
    }
    coalition.unshare(plan.salma.shares.get(), actor=actor(plan.people.alice))
    assert "Salma Aydin" not in [row.whom for row in queries.pledges(plan.dana, plan.coalition, TODAY)]


def test_notes_stay_inside_one_organisation(plan: Held) -> None:

    coalition.note(plan.aid, "The family asked us to wait.", actor=actor(plan.dana), case=plan.tarek)
    assert [one.words for one in notes(plan.dana, plan.coalition, plan.tarek)] == ["The family asked us to wait."]
    assert notes(plan.people.alice, plan.coalition, plan.tarek) == []
    with pytest.raises(PlanError, match="Only people of Sawari Aid"):
        coalition.note(plan.aid, "Not ours.", actor=actor(plan.emil))


def test_only_who_sees_the_file_shares_it_and_the_last_coordinator_stays(plan: Held) -> None:
    with pytest.raises(PlanError, match="who see the case file"):
        coalition.share(plan.salma, plan.press, actor=actor(plan.dana))
    alices = plan.legal.seats.get(user=plan.people.alice)
    with pytest.raises(PlanError, match="last coordinator"):
        coalition.unseat(alices, actor=actor(plan.people.alice))
    coalition.unseat(plan.press.seats.get(), actor=actor(plan.people.alice))
    assert queries.pledges(plan.emil, plan.coalition, TODAY) == []
    assert not list(faults(SEALED))


def test_a_case_taken_out_leaves_the_plan_and_its_history_stays(plan: Held) -> None:
    made = promised(plan, plan.aid, plan.dana)
    letter(plan)
    with pytest.raises(PlanError, match="who see the case file"):
        coalition.take_out(plan.tarek, "No more.", actor=actor(plan.dana))
    with pytest.raises(PlanError, match="Why is empty"):
        coalition.take_out(plan.tarek, " ", actor=actor(plan.people.alice))
    coalition.take_out(plan.tarek, "The family asked us.", actor=actor(plan.people.alice))
    assert list(PlanCase.objects.visible_to(plan.dana).values_list("pk", flat=True)) == [plan.salma.pk]
    (row,) = queries.pledges(plan.dana, plan.coalition, TODAY)
    assert (row.whom, row.state, row.case) == ("Tarek Oumari", "withdrawn", None)
    made.refresh_from_db()
    assert queries.pledge_row(plan.dana, made, TODAY).steps[0].words == "The family asked us."
    assert [one.whom for one in communications(plan.dana, plan.coalition, TODAY)] == [("Tarek Oumari",)]
    assert queries.pledges(plan.people.charlie, plan.coalition, TODAY) == []
    with pytest.raises(PlanError, match="not in this plan"):
        promised(plan, plan.aid, plan.dana)
    back = coalition.add_case(plan.coalition, plan.tarek.case, actor=actor(plan.people.alice))
    assert back.pk != plan.tarek.pk
    assert not list(faults(SEALED))
