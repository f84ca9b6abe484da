"""Rows that no line of the audit tells of, as a desk from before there were seals has them; and those sealed late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models, transaction

from habeas.audit import checks, services
from habeas.audit.models import AuditLine
from habeas.core.actor import Actor

SEALED_LATE = "audit.rows.sealed_late"
ROWS = 500  # in one line


class Late(NamedTuple):
    """Rows of one kind that were sealed late: how many, and when (ISO date)."""

    kind: str
    on: str
    rows: int


def late() -> list[Late]:
    """The rows sealed late, in the order in which they were: for what they said before that day nobody vouches."""
    count: Counter[tuple[str, str]] = Counter()
    for line in AuditLine.objects.filter(action=SEALED_LATE).order_by("pk"):
        count[line.subject, f"{line.at:%Y-%m-%d}"] += line.detail["rows"]
    return [Late(kind, on, rows) for (kind, on), rows in count.items()]


def seal(sealed: Iterable[type[models.Model]], *, actor: Actor) -> int:
    """How many rows that no line tells of were sealed as they are now, five hundred in a line that says so.

    Safe to kill and to run again. Whoever calls it looks whether the actor may.
    """
    count = 0
    for model, keys in list(checks.untold(sealed)):
        for start in range(0, len(keys), ROWS):
            count += _seal(model, keys[start : start + ROWS], actor)
    return count


@transaction.atomic
def _seal(model: type[models.Model], keys: list[int], actor: Actor) -> int:
    rows = list(model._base_manager.filter(pk__in=keys).order_by("pk"))
    detail = {"rows": len(rows), "first": keys[0], "last": keys[-1]}
    services.record(SEALED_LATE, str(model._meta.verbose_name), actor=actor, detail=detail, wrote=rows)
    return len(rows)
