"""Who may change what: coordinators the plan, people of a partner what that partner does."""

from __future__ import annotations

from django.db.models import QuerySet

from habeas.accounts.models import User
from habeas.advocacy.errors import PlanError
from habeas.advocacy.models import Coalition, Partner, PlanCase, Seat
from habeas.core.actor import Actor

LONGEST_NAME = 200


class NotYours(PlanError):
    """Only people of that organisation, or coordinators of the plan, can do this."""


def seats(coalition: Coalition, actor: Actor) -> QuerySet[Seat, Seat]:
    """The seats that the actor has in the coalition now."""
    return Seat.objects.filter(partner__coalition=coalition, user=actor.user_id, user__is_active=True, until=None)


def must_coordinate(coalition: Coalition, actor: Actor) -> None:
    """Raises NotYours for whoever does not coordinate the plan."""
    if not seats(coalition, actor).filter(coordinates=True).exists():
        raise NotYours("Only a coordinator of the plan can do this; ask one of them.")


def must_act_for(partner: Partner, actor: Actor) -> None:
    """Raises NotYours for whoever has no seat with the partner."""
    if not seats(partner.coalition, actor).filter(partner=partner).exists():
        raise NotYours(f"Only people of {partner.name} can do this; ask one of them.")


def must_see(case: PlanCase | None, coalition: Coalition, actor: Actor) -> None:
    """Raises PlanError where the case is not in this plan, or the actor does not see it."""
    user = User.objects.get(pk=actor.user_id)
    if case and not PlanCase.objects.visible_to(user).filter(pk=case.pk, coalition=coalition).exists():
        raise PlanError("That case is not in this plan, or is not shared with you; choose one from the list.")


def words(value: str, what: str, longest: int = LONGEST_NAME) -> str:
    """The words, trimmed. Raises PlanError where there are none, too many, or characters that nobody types."""
    kept = " ".join(value.split())
    if not kept:
        raise PlanError(f"{what} is empty; write it.")
    if len(kept) > longest or not kept.isprintable():
        raise PlanError(f"{what} is longer than {longest} characters or holds control characters; write it shorter.")
    return kept
