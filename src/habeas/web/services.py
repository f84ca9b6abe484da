"""Every write of the desk's own: up to when somebody has seen what came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from habeas.accounts.models import User
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.web.models import LastLook


def last_look(user: User) -> datetime | None:
    """Up to when the user has seen what came; None where they never said so."""
    return LastLook.objects.filter(user=user).values_list("until", flat=True).first()


@transaction.atomic
def mark_seen(user: User, until: datetime, *, actor: Actor) -> LastLook:
    """What came up to `until` counts as seen; a time still to come counts as now."""
    look, _is_new = LastLook.objects.get_or_create(user=user)
    look.before, look.until = look.until, min(until, timezone.now())
    look.save()
    audit.record("web.today.seen", look, actor=actor)
    return look


@transaction.atomic
def unmark_seen(user: User, *, actor: Actor) -> None:
    """Goes back to what counted as seen before; once."""
    look, _is_new = LastLook.objects.get_or_create(user=user)
    look.until = look.before
    look.save()
    audit.record("web.today.seen_undone", look, actor=actor)
