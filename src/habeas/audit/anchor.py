"""The newest line of the audit, noted beside the database: a chain alone does not show that its last lines are gone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from habeas.audit.models import AuditLine


class Anchor(NamedTuple):
    """The number and the hash of a line that was kept."""

    line: int
    hash: str


def path() -> Path:
    """The file that holds the anchor."""
    return Path(settings.DATA_DIR) / "audit_end"


def held() -> Anchor | None:
    """The anchor, or None where there is none. Raises ValueError where the file holds something else."""
    try:
        return _anchor(path().read_bytes())
    except FileNotFoundError:
        return None


def stands(anchor: Anchor) -> bool:
    """Whether the line that the anchor names is in the audit."""
    return AuditLine.objects.filter(pk=anchor.line, hash=anchor.hash).exists()


def move_to(line: AuditLine) -> None:
    """Notes the line, which must have been committed. Never backwards, and never away from a line that is missing."""
    with _locked() as file:
        before = _anchor(os.pread(file, 200, 0))
        if before and (line.pk <= before.line or (line.previous != before.hash and not stands(before))):
            return
        os.pwrite(file, f"{line.pk:020} {line.hash}\n".encode(), 0)  # one write of one length: whole or not at all


def _anchor(content: bytes) -> Anchor | None:
    if not content:
        return None
    number, hash_ = content.decode("ascii").split()
    return Anchor(int(number), hash_)


@contextmanager
def _locked() -> Iterator[int]:
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)
