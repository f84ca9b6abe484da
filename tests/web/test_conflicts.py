"""Settling a conflict, and taking back what was just done."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import Cast, report
from habeas.cases import queries
from habeas.cases.judging import CannotJudge
from habeas.cases.models import Case, Judgement
from habeas.cases.settling import settle
from habeas.core.actor import Actor
from web.pages import text_of


@pytest.fixture
def case(people: Cast) -> Case:
    for day in (2, 9):
        report(people.alice, "Tarek Oumari", f"{{name}} was arrested on {day} March.", date=f"2026-03-0{day}")
    return Case.objects.get()


def conflict(people: Cast, case: Case) -> dict[str, str]:
    file = queries.case_file(case, people.alice)
    assert file is not None
    return {"conflict": file.state.conflicts[0].key}


def test_one_side_is_right_and_the_other_is_not(alice: Client, people: Cast, case: Case) -> None:
    sent = conflict(people, case) | {"side": "1", "reason": "The lawyer has the paper."}
    answer = alice.post(f"/cases/{case.pk}/conflicts", sent, follow=True)
    shown = text_of(answer)
    assert "The conflict is judged" in shown
    assert "No two claims of this case contradict each other" in shown
    made = Judgement.objects.order_by("claim").values_list("verdict", "reason")
    assert list(made) == [("reject", "The lawyer has the paper."), ("accept", "The lawyer has the paper.")]
    assert "The conflict is judged" not in text_of(alice.get(f"/cases/{case.pk}"))


def test_nobody_can_tell_and_both_sides_stay(alice: Client, people: Cast, case: Case) -> None:
    alice.post(f"/cases/{case.pk}/conflicts", conflict(people, case) | {"side": "unsure"})
    assert set(Judgement.objects.values_list("verdict", flat=True)) == {"unsure"}
    assert conflict(people, case)


def test_it_is_taken_back_as_a_whole(alice: Client, people: Cast, case: Case) -> None:
    sent = conflict(people, case)
    alice.post(f"/cases/{case.pk}/conflicts", sent | {"side": "0"})
    keys = list(Judgement.objects.values_list("claim", flat=True))
    answer = alice.post("/undo", {"claim": keys, "next": f"/cases/{case.pk}"})
    assert answer.headers["Location"] == f"/cases/{case.pk}"
    assert conflict(people, case) == sent
    again = alice.post("/undo", {"claim": keys, "next": "https://elsewhere.example/"})
    assert again.status_code == 409
    assert 'href="/"' in again.content.decode()


@pytest.mark.parametrize("sent", [{"side": "7"}, {"side": ""}, {"side": "0", "conflict": "another"}])
def test_what_is_not_there_changes_nothing(alice: Client, people: Cast, case: Case, sent: dict[str, str]) -> None:
    answer = alice.post(f"/cases/{case.pk}/conflicts", conflict(people, case) | sent)
    assert answer.status_code == 409
    assert "That changed nothing" in text_of(answer)
    assert not Judgement.objects.exists()


def test_an_outsider_settles_and_undoes_nothing(alice: Client, charlie: Client, people: Cast, case: Case) -> None:
    sent = conflict(people, case) | {"side": "0"}
    assert charlie.post(f"/cases/{case.pk}/conflicts", sent).status_code == 404
    alice.post(f"/cases/{case.pk}/conflicts", sent)
    keys = list(Judgement.objects.values_list("claim", flat=True))
    assert charlie.post("/undo", {"claim": keys}).status_code == 404
    assert charlie.post("/undo", {}).status_code == 404
    assert Judgement.objects.filter(undoes=None).count() == Judgement.objects.count() == 2


def test_a_side_that_is_none_is_refused(people: Cast, case: Case) -> None:
    file = queries.case_file(case, people.alice)
    assert file is not None
    with pytest.raises(CannotJudge):
        settle(file.state.conflicts[0], 2, actor=Actor(people.alice.pk, "test"))
