"""Originals and reports that a desk has kept long enough, removed by a rule in days: the hash and the rule are left.

The rule is given each time (`habeas retain`), or is one that a team has set (`cases.retention`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.cases import closed, erasing
from habeas.cases.models import Case, Claim, Judgement, Link, Name, SearchText, Sighting, Statement
from habeas.core import append_only
from habeas.core.actor import Actor
from habeas.core.errors import HabeasError
from habeas.sources import services as sources
from habeas.sources.models import Capture, Document, FeedItem, Translation

TOGETHER = 50  # documents in one transaction
What = Literal["originals", "unconnected"]
WHAT: tuple[What, ...] = ("unconnected", "originals")  # in the order in which several are kept
Needed = Callable[[], Collection[int]]
_rooms: list[Needed] = []


class CannotRetire(HabeasError):
    """The rule cannot be kept like that."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What goes: the `originals` of documents, or all of what is `unconnected` with any case, and after how many days.

    The days count from when a document was last captured. `source` names one source; empty is the whole desk.
    Without `used` the originals stay of what somebody judged, what an open case or a plan rests on; what is unconnected
    is none of these anyway. `number` is that of a rule which a team has set.
    """

    what: What
    days: int
    source: str = ""
    used: bool = True
    number: int | None = None


def keep_too(needed: Needed) -> None:
    """Has the documents kept whole on which rows of a room above rest; it gives their keys. Call it in `ready`."""
    if needed not in _rooms:
        _rooms.append(needed)


def due(rule: Rule, *, actor: Actor, now: datetime | None = None) -> QuerySet[Document, Document]:
    """The documents that the rule is due for, oldest first, of the teams in which the actor may erase.

    Raises NotAllowed for whoever may erase nowhere, CannotRetire for less than a day or a source that is not here.
    """
    if rule.days < 1:
        raise CannotRetire("Give the days after which it goes: 1 or more.")
    if rule.source and not Capture.objects.filter(source__name=rule.source).exists():
        raise CannotRetire(f"No document is of a source called {rule.source}; `habeas source list` names some.")
    return due_of(_mine(actor), rule, now)


def due_of(documents: QuerySet[Document, Document], rule: Rule, now: datetime | None) -> QuerySet[Document, Document]:
    """Of these documents those that the rule is due for, oldest first."""
    lately = (now or timezone.now()) - timedelta(days=rule.days)
    captures = Capture.objects.filter(document=OuterRef("pk"))
    old = documents.filter(Exists(captures), ~Exists(captures.filter(captured_at__gt=lately)))
    if rule.source:
        old = old.exclude(Exists(captures.exclude(source__name=rule.source)))
    if rule.what == "originals":
        found = old.filter(erased_at=None)
        return (found if rule.used else _spared(found)).order_by("pk")
    return _unconnected(old).order_by("pk")


def retire(rule: Rule, *, actor: Actor, now: datetime | None = None) -> Iterator[int]:
    """How many documents the rule was kept for so far, some fifty at a time; to be gone through to its end.

    Each few are one transaction, and a line of the audit each document. Safe to kill and to run again; bytes that a
    kill left are named by `habeas check`. Raises as `due`.
    """
    return retire_all(lambda: due(rule, actor=actor, now=now), rule, actor=actor)


def retire_all(are_due: Callable[[], QuerySet[Document, Document]], rule: Rule, *, actor: Actor) -> Iterator[int]:
    """As `retire`, of the documents that `are_due`: they are looked for again before each few."""
    done = 0
    while some := _retire_some(are_due, rule, actor):
        sources.sweep_erased()
        done += some
        yield done
    if done:
        erasing.finish()


def _retire_some(are_due: Callable[[], QuerySet[Document, Document]], rule: Rule, actor: Actor) -> int:
    """How many of the documents were retired; they are looked for once nobody else can link or judge them any more."""
    with append_only.lifted():
        audit.one_writer_at_a_time()
        some = list(are_due()[:TOGETHER])
        for document in some:
            _retire(document, rule, actor)
    return len(some)


def _mine(actor: Actor) -> QuerySet[Document, Document]:
    if roles.is_operator(actor):
        return Document.objects.all()
    roles.must_somewhere(actor, Right.ERASE)
    user = User.objects.get(pk=actor.user_id)
    return Document.objects.visible_to(user).filter(team__in=roles.teams_of(user, Right.ERASE))


def _unconnected(old: QuerySet[Document, Document]) -> QuerySet[Document, Document]:
    """Those that lead to nobody on file, that nobody judged, paired or added to, and that no plan rests on."""
    paired = Translation.objects.filter(Q(document=OuterRef("pk")) | Q(original=OuterRef("pk")))
    found = old.filter(Exists(Capture.objects.filter(document=OuterRef("pk")).exclude(original="")))
    return _without(found, _links(), *_judged(OuterRef("pk")), paired)


def _spared(old: QuerySet[Document, Document]) -> QuerySet[Document, Document]:
    """Those in which nobody judged anything, and that lead to no open case and no plan."""
    return _without(old, *_judged(OuterRef("pk")), _links().exclude(person__in=closed.ended().values("person")))


def _links() -> QuerySet[Link, Link]:
    """The links by which a document leads to somebody on file, or may."""
    return Link.objects.filter(sighting__reading__document=OuterRef("pk")).exclude(verdict="different")


def _judged(document: OuterRef) -> tuple[QuerySet[Any, Any], ...]:
    """What shows that somebody judged or added something in the document."""
    return (
        Judgement.objects.filter(claim__reading__document=document),
        Judgement.objects.filter(statement__reading__document=document),
        Judgement.objects.filter(link__sighting__reading__document=document),
        Claim.objects.filter(reading__document=document).exclude(added_by=None),
    )


def _without(found: QuerySet[Document, Document], *used: QuerySet[Any, Any]) -> QuerySet[Document, Document]:
    """The documents but for those of which there is any of these rows, and those on which a plan rests."""
    for rows in used:
        found = found.exclude(Exists(rows))
    return found.exclude(pk__in=needed())


def needed() -> set[int]:
    """The keys of the documents on which rows of the rooms above rest."""
    return {key for needed in _rooms for key in needed()}


def without_needed(cases: QuerySet[Case, Case], *, used: bool) -> QuerySet[Case, Case]:
    """The cases but for those whose erasing removes a file on which a plan rests.

    Without `used` also where an open case rests on it, or where anything in it was judged, of whomever.
    """
    there = "sighting__reading__document"
    theirs = Link.objects.filter(person=OuterRef("person"), verdict="same")
    found = cases.exclude(Exists(theirs.filter(**{f"{there}__in": needed()})))
    if used:
        return found
    beside = Link.objects.filter(**{there: OuterRef(there)}, person__merged_into=None, person__erased_at=None)
    of_open = beside.exclude(verdict="different").exclude(person__in=closed.ended().values("person"))
    for rows in (of_open, *_judged(OuterRef(there))):
        found = found.exclude(Exists(theirs.filter(Exists(rows))))
    return found


def _retire(document: Document, rule: Rule, actor: Actor) -> None:
    hashes = {"sha256": document.sha256, "text_sha256": document.text_sha256}
    document.erased_at = document.erased_at or timezone.now()
    wrote: list[Model] = [document]
    if rule.what == "unconnected":
        wrote += _emptied(document)
    document.save(force_update=True)
    detail = {"what": rule.what, "days": rule.days, "by_source": bool(rule.source), **hashes}
    detail |= {"rule": rule.number} if rule.number else {}
    audit.record("cases.document.retired", document, actor=actor, detail=detail, wrote=wrote)


def _emptied(document: Document) -> Iterator[Model]:
    """The rows emptied of what was read in the document: they stay as shells, so that the audit still holds."""
    document.title = erasing.blocked(document.title)
    document.text = erasing.blocked(document.text)
    document.text_sha256 = sources.text_sha256(document.text)
    yield from erasing.without_origin([document.pk])
    FeedItem.objects.filter(document=document).update(title="")  # its address stays: else it is fetched again
    sightings = Sighting.objects.filter(reading__document=document)
    names = set(sightings.values_list("folded", flat=True))
    yield from erasing.emptied(sightings, name=erasing.GONE, folded="", mentions=[])
    claims = erasing.emptied(Claim.objects.filter(reading__document=document), **erasing.NO_CLAIM)
    erasing.read_anew([(document.text, claims)])
    yield from claims
    said = Statement.objects.filter(reading__document=document)
    yield from erasing.emptied(said, role="", organisation="", outlet="")
    yield from erasing.emptied(Link.objects.filter(sighting__reading__document=document), reason="")
    SearchText.objects.filter(document=document).update(folded="")
    erasing.forget_sketches([document.pk])
    erasing.forget_names(Name.objects.filter(team=document.team_id), names)
