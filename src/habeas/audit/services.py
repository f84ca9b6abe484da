"""Adding to the audit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone

from habeas.audit import anchor
from habeas.audit.models import AuditLine
from habeas.audit.seals import seals
from habeas.core import adding
from habeas.core.actor import Actor

START = "0" * 64
CHAIN_LOCK = 0x4841_4245  # any number, the same in every worker


class Deed(NamedTuple):
    """One named action on one record, as `record` tells of it."""

    action: str
    subject: object
    detail: Mapping[str, Any]
    wrote: Iterable[models.Model]


def record(
    action: str,
    subject: object,
    *,
    actor: Actor,
    detail: Mapping[str, Any] | None = None,
    wrote: Iterable[models.Model] = (),
) -> AuditLine:
    """The line added for one named action on one record; call it in the transaction that does the action.

    `action` is dotted and in the past tense (`sources.document.captured`); `detail` holds ids and counts, never names.
    `wrote` are the rows that it added or changed, as they are now: `habeas check` holds each row to its newest line.
    """
    return record_all([Deed(action, subject, detail or {}, wrote)], actor=actor)[0]


def record_all(deeds: Iterable[Deed], *, actor: Actor) -> list[AuditLine]:
    """The lines added for actions that are done in one transaction, a line each, in their order."""
    with transaction.atomic(savepoint=False):
        one_writer_at_a_time()
        previous = AuditLine.objects.order_by("-id").values_list("hash", flat=True).first() or START
        lines = []
        for deed in deeds:
            lines.append(_line(deed, str(actor), previous))
            previous = lines[-1].hash
        adding.add(lines)
        if lines:
            transaction.on_commit(partial(anchor.move_to, lines[-1]), robust=True)
    return lines


def _line(deed: Deed, actor: str, previous: str) -> AuditLine:
    line = adding.made(
        AuditLine,
        at=timezone.now(),
        actor=actor,
        action=deed.action,
        subject=deed.subject if isinstance(deed.subject, str) else _label(deed.subject),
        detail=dict(deed.detail),
        wrote=seals(deed.wrote),
        previous=previous,
    )
    line.hash = digest(line)
    return line


def one_writer_at_a_time() -> None:
    """Waits until no other worker is in a transaction that called this; ends with the transaction.

    Besides the chain, whatever decides from what it has just read (is this person on file already?) calls it first.
    SQLite takes its write lock when the transaction begins; on PostgreSQL it is an advisory lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def digest(line: AuditLine) -> str:
    """The SHA-256 (hex) that the line must carry: over its own content and the hash before it."""
    content = [_utc(line.at), line.actor, line.action, line.subject, line.detail, line.wrote, line.previous]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _label(subject: object) -> str:
    return f"{type(subject).__name__.lower()} {getattr(subject, 'pk', '')}".strip()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
