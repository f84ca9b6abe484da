"""Settling a conflict: one side is taken for right and the others for wrong, or nobody can tell; all in one go."""

from __future__ import annotations

from django.db import transaction

from habeas.cases import judging
from habeas.cases.casefile import Conflict
from habeas.cases.models import Claim
from habeas.core.actor import Actor


@transaction.atomic
def settle(conflict: Conflict, side: int | None, *, actor: Actor, reason: str = "") -> list[Claim]:
    """The claims judged: those of the side with that number accepted, the others rejected; all unsure for None.

    Each judgement is a row of its own and can be taken back by itself. Raises CannotJudge for a side that is none.
    """
    if side is not None and side not in range(len(conflict.sides)):
        raise judging.CannotJudge("This conflict has no such side; look at it again, it may have changed.")
    verdicts = {
        row.claim: "unsure" if side is None else "accept" if number == side else "reject"
        for number, held in enumerate(conflict.sides)
        for row in held.rows
    }
    claims = list(Claim.objects.filter(pk__in=verdicts).order_by("pk"))
    for claim in claims:
        judging.judge(claim, verdicts[claim.pk], actor=actor, reason=reason)
    return claims
