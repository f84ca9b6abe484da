"""Who read a document, and what a newer version of the reader says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from habeas.accounts.models import User
from habeas.cases import access
from habeas.cases.fold import labels
from habeas.cases.models import Claim, Reading
from habeas.sources.models import Document


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: by which version, when, and what it found. The newest counts."""

    reader: str
    at: datetime
    claims: int
    statements: int


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that one of two readings has and the other lacks: of whom, what, when (EDTF), and the words."""

    subject: str
    what: str
    date: str
    words: str


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a document, the newest first; what the newest says anew and no longer, beside the one before."""

    readings: tuple[Read, ...]
    added: tuple[Told, ...] = ()
    dropped: tuple[Told, ...] = ()


def readings_of(document: Document, user: User) -> Readings:
    """The readings of a document; none where the user may not see it."""
    seen = Document.objects.visible_to(user).filter(pk=document.pk)
    counted = Reading.objects.filter(document__in=seen).annotate(
        n_claims=Count("claims", distinct=True), n_statements=Count("statements", distinct=True)
    )
    found = list(counted.order_by("-pk"))
    read = tuple(Read(one.reader, one.read_at, one.n_claims, one.n_statements) for one in found)
    if len(found) < 2:
        return Readings(read)
    newest, before = (_told(reading, user) for reading in found[:2])
    return Readings(
        read,
        added=tuple(one for one in newest if one not in before),
        dropped=tuple(one for one in before if one not in newest),
    )


def _told(reading: Reading, user: User) -> dict[Told, None]:
    """The claims of a reading that the user may see, in text order; those that a person added by hand left out."""
    claims = access.claims(user).filter(reading=reading, added_by=None).select_related("subject").order_by("pk")
    return {Told(claim.subject.name, _what(claim), claim.date, claim.words): None for claim in claims}


def _what(claim: Claim) -> str:
    words = labels.WORDS.get((claim.kind, claim.phase), f"{claim.kind.replace('_', ' ')}: {claim.phase}")
    value = labels.length(claim.value)
    return labels.MODALITIES.get(claim.modality, "{}").format(f"{words}: {value}" if value else words)
