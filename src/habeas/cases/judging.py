"""What people say of claims: yes, no or unsure, each a row of its own with its line in the audit, and its way back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from habeas.audit import services as audit
from habeas.cases.models import Claim, Judgement
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError

VERDICTS = ("accept", "reject", "unsure")


class CannotJudge(HabeasError):
    """The claim cannot be judged like that."""


@transaction.atomic
def judge(claim: Claim, verdict: str, *, actor: Actor, reason: str = "") -> Judgement:
    """The judgement added: `verdict` is accept, reject or unsure. The newest that stands counts; none is overwritten.

    Raises CannotJudge for any other verdict.
    """
    if verdict not in VERDICTS:
        raise CannotJudge(f"{verdict!r} is no judgement; say {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}.")
    made = Judgement.objects.create(
        claim=claim, verdict=verdict, reason=reason, made_at=timezone.now(), made_by_id=actor.user_id
    )
    audit.record(
        "cases.claim.judged", claim, actor=actor, detail={"judgement": made.pk, "verdict": verdict}, wrote=[made]
    )
    return made


@transaction.atomic
def undo(claim: Claim, *, actor: Actor) -> Judgement:
    """The row that takes back the newest judgement on the claim; the one before it counts again.

    Raises CannotJudge where there is none to take back.
    """
    audit.one_writer_at_a_time()
    standing = Judgement.objects.filter(claim=claim, undoes=None, undone_by=None).order_by("made_at", "pk").last()
    if standing is None:
        raise CannotJudge("Nobody has judged this claim, so there is nothing to undo.")
    made = Judgement.objects.create(
        claim=claim, verdict="undo", undoes=standing, made_at=timezone.now(), made_by_id=actor.user_id
    )
    audit.record("cases.claim.judgement_undone", claim, actor=actor, detail={"judgement": standing.pk}, wrote=[made])
    return made
