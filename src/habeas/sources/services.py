"""Every write to sources, documents and captures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from habeas import __version__
from habeas.accounts.models import Team, User
from habeas.audit import services as audit
from habeas.core.actor import Actor
from habeas.sources import store
from habeas.sources.formats import Item
from habeas.sources.mailbox import is_mailbox
from habeas.sources.models import Capture, Document, Run, Source
from habeas.sources.stated import Stated
from habeas.sources.translations import pair_as_stated
from habeas.sources.warc import exchange

NOT_STATED = "Source not stated"
TOOL = f"habeas {__version__}"


class Captured(NamedTuple):
    """What became of one item: its document, and whether the document and the capture are new."""

    document: Document
    is_new: bool
    is_new_capture: bool


LetBack = Callable[[Document, Item, Stated, Actor], bool]
_rooms: list[LetBack] = []


def ask_before_again(let_back: LetBack) -> None:
    """Has a room above say whether a document of which something was removed may be captured again, and put it back.

    Call it in the room's `ready`.
    """
    if let_back not in _rooms:
        _rooms.append(let_back)


def open_run(team: Team, collector: User, fingerprint: str, *, once: bool = False) -> Run:
    """The unfinished run with the same fingerprint, so that a killed one goes on, or else a new one.

    Two processes that take in the same files at once share the run. With `once` a finished run is gone on with too,
    and so captures nothing again.
    """
    finished = Run.objects.filter(team=team, fingerprint=fingerprint).exclude(finished_at=None).order_by("id").first()
    if once and finished:
        return finished
    run, _is_new = Run.objects.get_or_create(
        team=team,
        fingerprint=fingerprint,
        finished_at=None,
        defaults={"collector": collector, "started_at": timezone.now()},
    )
    return run


@transaction.atomic
def close_run(run: Run, *, actor: Actor, counts: dict[str, int]) -> None:
    """Marks the run as finished; taking in the same files after this is a new capture of each."""
    if Run.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now()):
        audit.record("sources.run.finished", run, actor=actor, detail=counts)


def capture(run: Run, item: Item, original: str, stated: Stated, *, actor: Actor) -> Captured:
    """The document that holds the item's bytes, with this capture of it on record.

    `original` is the path or address the item was taken from, its place in the file included; an item that the run
    has captured already is left as it is, one that has changed since is captured too. The bytes are on disk before any
    row refers to them. What may not come back (`ask_before_again`) is not captured, and its bytes do not stay.
    """
    sha256 = store.sha256(item.data)
    store.put(item.data, sha256)
    there = Document.objects.filter(team_id=run.team_id, sha256=sha256).exclude(erased_at=None).first()
    if there and not all(let_back(there, item, stated, actor) for let_back in _rooms):
        _remove_if_nobodys(sha256)
        return Captured(there, is_new=False, is_new_capture=False)
    try:
        with transaction.atomic():
            document = Document.objects.filter(team_id=run.team_id, sha256=sha256).first()
            known = _known(run, original, sha256) if document else None
            found = known or _captured(run, item, original, stated, document, sha256, actor)
    except IntegrityError:  # another process of the same run was quicker
        known = _known(run, original, sha256)
        if known is None:
            raise
        found = known
    if found.document.erased_at:
        _remove_if_nobodys(sha256)
    return found


def _remove_if_nobodys(sha256: str) -> None:
    """Removes bytes that were removed on purpose before and have just come again."""
    if is_nobodys(sha256):
        store.path_of(sha256).unlink(missing_ok=True)


def _known(run: Run, original: str, sha256: str) -> Captured | None:
    known = Capture.objects.filter(run=run, original=original, sha256=sha256).select_related("document").first()
    return Captured(known.document, is_new=False, is_new_capture=False) if known else None


def _captured(
    run: Run, item: Item, original: str, stated: Stated, document: Document | None, sha256: str, actor: Actor
) -> Captured:
    now = timezone.now()
    warc = exchange(item.page, now) if item.page else b""
    if warc:
        store.put(warc, store.sha256(warc))
    source = source_named((stated.source or item.source or NOT_STATED)[:200], now, actor)
    is_new = document is None
    if document is None:
        document = Document.objects.create(
            team_id=run.team_id,
            sha256=sha256,
            size=len(item.data),
            media_type=item.media_type,
            title=stated.title or item.title,
            text=item.text,
            text_sha256=text_sha256(item.text),
            language=stated.language or item.language,
            published_on=stated.published or item.published,
            added_at=now,
        )
    made = Capture.objects.create(
        run=run,
        original=original,
        document=document,
        source=source,
        captured_at=now,
        collector_id=run.collector_id,
        method=_method(item, original),
        tool=TOOL,
        url=stated.url or (item.page.asked if item.page else item.url),
        final_url=item.page.url if item.page else "",
        http_status=item.page.status if item.page else None,
        http_headers=list(item.page.headers) if item.page else [],
        sha256=sha256,
        size=len(item.data),
        media_type=item.media_type,
        stated_date=stated.published or item.published,
        stated_language=stated.language or item.language,
        stated_original=stated.original or item.original,
        warc_sha256=store.sha256(warc) if warc else "",
    )
    audit.record(
        "sources.document.captured",
        document,
        actor=actor,
        detail={"capture": made.pk, "sha256": sha256},
        wrote=[document, made] if is_new else [made],
    )
    pair_as_stated(made, actor=actor)
    return Captured(document, is_new, is_new_capture=True)


def source_named(name: str, now: datetime, actor: Actor) -> Source:
    """The source of that name, added where there is none yet."""
    known = Source.objects.filter(name=name).first()
    if known:
        return known
    source, is_new = Source.objects.get_or_create(name=name, defaults={"created_at": now})
    if is_new:
        audit.record("sources.source.added", source, actor=actor, wrote=[source])
    return source


def _method(item: Item, original: str) -> str:
    if item.page:
        return "web"
    if is_mailbox(original):
        return "imap"
    return "jsonl" if item.media_type == "application/json" else "file"


def text_sha256(text: str) -> str:
    """The SHA-256 (hex) of a document's text as it was taken from its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_nobodys(sha256: str) -> bool:
    """Whether no document or capture that was not erased rests on the bytes with this hash."""
    documents = Document.objects.filter(sha256=sha256, erased_at=None)
    captures = Capture.objects.filter(warc_sha256=sha256, document__erased_at=None)
    return not documents.exists() and not captures.exists()


def sweep_erased() -> int:
    """Removes the bytes of erased documents that are still on disk, as after a kill; how many there were.

    What another team's document or capture rests on stays.
    """
    found = set(Document.objects.exclude(erased_at=None).values_list("sha256", flat=True))
    found |= set(Capture.objects.exclude(document__erased_at=None).values_list("warc_sha256", flat=True))
    gone = [sha256 for sha256 in sorted(found - {""}) if store.path_of(sha256).exists() and is_nobodys(sha256)]
    for sha256 in gone:
        store.path_of(sha256).unlink(missing_ok=True)
    return len(gone)
