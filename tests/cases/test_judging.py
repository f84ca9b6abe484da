"""Judgements on claims: added, counted, taken back, and told in the audit."""

from __future__ import annotations

import pytest

from cast import Cast, actor, cast, report
from habeas.audit.checks import faults
from habeas.audit.models import AuditLine
from habeas.cases import judging, queries
from habeas.cases.checks import SEALED
from habeas.cases.models import Case, Claim, Judgement

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def claim(people: Cast) -> Claim:
    report(people.alice, "Tarek Oumari")
    return Claim.objects.get()


def judged(claim: Claim, people: Cast) -> str:
    (card,) = queries.document_view(claim.reading.document, people.alice).cards
    assert card.row is not None
    return card.row.judged


@pytest.mark.parametrize(("verdict", "shown"), [("accept", "accepted"), ("reject", "rejected"), ("unsure", "unsure")])
def test_a_judgement_counts(people: Cast, claim: Claim, verdict: str, shown: str) -> None:
    made = judging.judge(claim, verdict, actor=actor(people.bob))
    assert made.made_by == people.bob
    assert judged(claim, people) == shown


def test_the_newest_counts_and_undoing_brings_back_the_one_before(people: Cast, claim: Claim) -> None:
    for verdict in ("accept", "reject"):
        judging.judge(claim, verdict, actor=actor(people.alice))
    shown = [judged(claim, people)]
    for _ in range(2):
        judging.undo(claim, actor=actor(people.bob))
        shown.append(judged(claim, people))
    assert shown == ["rejected", "accepted", "proposed"]
    assert Judgement.objects.count() == 4


def test_a_rejected_claim_leaves_the_state(people: Cast, claim: Claim) -> None:
    judging.judge(claim, "reject", actor=actor(people.alice))
    file = queries.case_file(Case.objects.get(), people.alice)
    assert file is not None
    assert file.state.custody.state == "unknown"


def test_there_must_be_something_to_undo(people: Cast, claim: Claim) -> None:
    with pytest.raises(judging.CannotJudge, match="nothing to undo"):
        judging.undo(claim, actor=actor(people.alice))
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("verdict", ["", "yes", "undo", "mend"])
def test_another_verdict_is_refused(people: Cast, claim: Claim, verdict: str) -> None:
    with pytest.raises(judging.CannotJudge, match="accept, reject or unsure"):
        judging.judge(claim, verdict, actor=actor(people.alice))


def test_each_leaves_a_line_in_the_audit(people: Cast, claim: Claim) -> None:
    made = judging.judge(claim, "accept", actor=actor(people.alice))
    judging.undo(claim, actor=actor(people.bob))
    lines = AuditLine.objects.order_by("-pk")[:2]
    assert [(line.action, line.actor, line.detail["judgement"]) for line in lines] == [
        ("cases.claim.judgement_undone", f"user {people.bob.pk} via desk", made.pk),
        ("cases.claim.judged", f"user {people.alice.pk} via desk", made.pk),
    ]
    assert not list(faults(SEALED))
