"""Which document is the translation of which: told by hand, or stated when it was captured."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from habeas.accounts import roles
from habeas.accounts.models import User
from habeas.accounts.roles import Right
from habeas.audit import services as audit
from habeas.core import listed
from habeas.core.actor import Actor
from habeas.sources import seen
from habeas.sources.errors import SourcesError
from habeas.sources.models import Capture, Document, Translation

_TOLD = "SELECT c.id FROM {texts} AS asked JOIN sources_capture c ON c.stated_original = asked.value"


class CannotPair(SourcesError):
    """This document cannot be the translation of that one."""


@transaction.atomic
def pair(document: Document, original: Document, *, actor: Actor) -> Translation:
    """The row that says that the document is a translation of `original`; the one there where it said so already.

    Raises CannotPair for a document of itself, of another team, or of its own translation.
    """
    seen.must_see(actor, (document, original))
    roles.must(actor, Right.REPORT, document.team_id)
    if original.team_id != document.team_id or original.pk == document.pk:
        raise CannotPair("A document is the translation of another document of the same team.")
    if _original_key(original) == document.pk:
        raise CannotPair("That document is itself a translation of this one; take that back first.")
    return _add(document, original, actor)


@transaction.atomic
def unpair(document: Document, *, actor: Actor) -> Translation | None:
    """The row that says that the document is no translation of what it was paired with; None where it was not."""
    seen.must_see(actor, [document])
    roles.must(actor, Right.REPORT, document.team_id)
    return _add(document, None, actor) if _original_key(document) else None


def found(team: int, told: str) -> Document | None:
    """The document of the team with that number, or that was published at or taken from that address, the newest."""
    if told.isascii() and told.isdecimal():
        return Document.objects.filter(team=team, pk=int(told)).first() if len(told) < 19 else None
    if not told.isprintable():  # no address, and PostgreSQL takes no NUL
        return None
    where = Q(url=told) | Q(final_url=told) | Q(original=told)
    capture = Capture.objects.filter(where, document__team=team).select_related("document").order_by("-pk").first()
    return capture.document if capture and told else None


def pair_as_stated(capture: Capture, *, actor: Actor) -> None:
    """Pairs a document just captured with what it says that it translates, and with those that say they translate it.

    What is not here yet is paired when it comes.
    """
    document = capture.document
    if capture.stated_original:
        original = found(document.team_id, capture.stated_original)
        if original and original.pk != document.pk and _original_key(original) != document.pk:
            _add(document, original, actor)
    addresses = {capture.url, capture.final_url, capture.original} - {""}
    told = [key for (key,) in listed.rows(_TOLD, addresses)]
    if told:
        _pair_waiting(document, told, actor)


def _pair_waiting(document: Document, captures: Collection[int], actor: Actor) -> None:
    """Pairs the documents of those captures that are the team's, and paired with nothing yet, with the document."""
    waiting = Capture.objects.filter(pk__in=captures, document__team=document.team_id)
    told = Translation.objects.filter(document=OuterRef("document"))
    for other in waiting.exclude(document=document).filter(~Exists(told)).select_related("document"):
        _add(other.document, document, actor)


def original_of(document: Document, user: User) -> Document | None:
    """What the document translates; None where nothing is told, or where the user may not see it."""
    key = _original_key(document)
    return Document.objects.visible_to(user).filter(pk=key).first() if key else None


def translations_of(document: Document, user: User) -> list[Document]:
    """The translations of the document that the user may see, the newest first."""
    newest = _newest(Translation.objects.filter(document__translation_rows__original=document).order_by("pk"))
    keys = [key for key, original in newest.items() if original == document.pk]
    return list(Document.objects.visible_to(user).filter(pk__in=keys).order_by("-pk"))


def _original_key(document: Document) -> int | None:
    return _newest(Translation.objects.filter(document=document).order_by("pk")).get(document.pk)


def _newest(told: Iterable[Translation]) -> dict[int, int | None]:
    return {row.document_id: row.original_id for row in told}


def _add(document: Document, original: Document | None, actor: Actor) -> Translation:
    newest = Translation.objects.filter(document=document).order_by("pk").last()
    if newest and newest.original_id == (original.pk if original else None):
        return newest
    made = Translation.objects.create(
        document=document, original=original, made_at=timezone.now(), made_by_id=actor.user_id
    )
    action = "sources.translation.told" if original else "sources.translation.taken_back"
    audit.record(action, document, actor=actor, detail={"translation": made.pk}, wrote=[made])
    return made
