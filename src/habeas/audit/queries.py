"""What people see of the audit."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import Q, QuerySet

from habeas.audit.models import AuditLine

_ACTOR = re.compile(r"user (\d+) via (\w+)")


def lines(users: Collection[int], *, action: str = "") -> QuerySet[AuditLine]:
    """The lines of what these users did, the newest first; of one action where it is given."""
    by = Q()
    for user in users:
        by |= Q(actor__startswith=f"user {user} via ")
    found = AuditLine.objects.filter(by) if by else AuditLine.objects.none()
    return (found.filter(action=action) if action else found).order_by("-id")


def who(line: AuditLine) -> tuple[int, str]:
    """The key of the user who did it, and by what (desk, ingest, demo …); (0, "") for a line of nobody on file."""
    found = _ACTOR.fullmatch(line.actor)
    return (int(found[1]), found[2]) if found else (0, "")
