"""Documents read again by a newer reader: what it says now that it did not, and what became of people's judgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from habeas import extraction
from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.cases import kept, services
from habeas.cases.models import Claim, Reading
from habeas.cases.opening import read
from habeas.cases.returning import GONE
from habeas.core.actor import Actor
from habeas.core.folding import fold
from habeas.sources.models import Document

Said = tuple[str, str, str, str, str, str, str]  # whom, kind, phase, modality, date, value, place


@dataclass(frozen=True, slots=True)
class Changed:
    """What reading one document again changed: claims that are gone and new, as words; `same` counts the others.

    `carried` counts the judgements that stand as they were, `queued` those that wait for a look; both 0 in a rehearsal.
    """

    document: int
    before: str
    after: str
    same: int
    gone: tuple[str, ...]
    new: tuple[str, ...]
    carried: int = 0
    queued: int = 0


def unread(user: User) -> QuerySet[Document, Document]:
    """The documents of the teams that the user takes in reports for, unread by the present reader, oldest first.

    Documents that go with limited cases are among them: a file that few see must not be left to an older reader. Those
    whose text went, with somebody erased or by a rule in days, are not: between blocks words would mean somebody else.
    """
    done = Reading.objects.filter(document=OuterRef("pk"), reader=extraction.READER)
    teams = roles.teams_of(user, Right.REPORT)
    return Document.objects.filter(~Exists(done), ~GONE, team__in=teams).order_by("pk")


def reread(user: User, *, dry_run: bool = False, via: str = "reread") -> Iterator[Changed]:
    """Each of the user's documents that an older reader read, read again and taken in; a rehearsal writes nothing.

    Safe to stop and run again: what the present reader has read is left as it is.
    """
    actor = Actor(user.pk, via)
    for key in list(unread(user).values_list("pk", flat=True)):
        yield _reread(Document.objects.get(pk=key), actor, dry_run=dry_run)
    kept.catch_up()


def _reread(document: Document, actor: Actor, *, dry_run: bool) -> Changed:
    before = Reading.objects.filter(document=document).order_by("pk").last()
    reading = read(document.text, document.title, document.published_on, document.language)
    taken = None if dry_run else services.take_in_all([(document, reading)], reader=extraction.READER, actor=actor)[0]
    told, now = _told(before), _told_now(reading)
    return Changed(
        document=document.pk,
        before=before.reader if before else "",
        after=extraction.READER,
        same=len(told.keys() & now.keys()),
        gone=tuple(words for said, words in told.items() if said not in now),
        new=tuple(words for said, words in now.items() if said not in told),
        carried=taken.carried if taken else 0,
        queued=taken.queued if taken else 0,
    )


def _told(reading: Reading | None) -> dict[Said, str]:
    if reading is None:
        return {}
    claims = Claim.objects.filter(reading=reading, added_by=None, carried_from=None).exclude(kind="erased")
    return _in_words((claim.subject.name, claim) for claim in claims.select_related("subject").order_by("pk"))


def _told_now(reading: extraction.Reading) -> dict[Said, str]:
    names = {entity.id: entity.name for entity in reading.entities}
    return _in_words((names[claim.subject], claim) for claim in reading.claims if claim.subject in names)


def _in_words(found: Iterable[tuple[str, Claim | extraction.reading.Claim]]) -> dict[Said, str]:
    """Each claim in a line of words, by what makes it the same claim."""
    out: dict[Said, str] = {}
    for name, claim in found:
        date, value, place = claim.date or "", "" if claim.value is None else str(claim.value), claim.place or ""
        key = (fold(name), claim.kind, claim.phase, claim.modality, date, value, fold(place))
        told = [f"{claim.kind}/{claim.phase}", "" if claim.modality == "actual" else claim.modality, value, date, place]
        out[key] = f"{name}: {' '.join(filter(None, told))}"
    return out
