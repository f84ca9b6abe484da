"""Seals, on record, for rows of a desk from before there were seals: for what they said before nobody vouches."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from habeas.accounts import roles
from habeas.accounts.roles import Right
from habeas.audit import untold
from habeas.core.actor import Actor


def seal(sealed: Iterable[type[models.Model]], *, actor: Actor) -> int:
    """How many rows of these models that no line of the audit tells of were sealed as they are now."""
    roles.must_somewhere(actor, Right.GOVERN)
    return untold.seal(sealed, actor=actor)
