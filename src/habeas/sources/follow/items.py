"""Fetching what feeds list: each item once, again when it changed, later where a server is in trouble."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from habeas.accounts.models import User
from habeas.core.actor import Actor
from habeas.sources import formats, services
from habeas.sources.errors import SourcesError, TooLarge, Unfinished, UnreadableFile
from habeas.sources.follow import letters
from habeas.sources.follow.outcome import HELD_FOR, LONGEST_WAIT, Answered, Followed, retry_after
from habeas.sources.follow.shared import Shared
from habeas.sources.guarded import FetchFailed
from habeas.sources.models import Document, FeedItem
from habeas.sources.robots import Robots
from habeas.sources.services import Captured
from habeas.sources.stated import Stated
from habeas.sources.visits import HOST_S, NotYet, Outcome, foreseen, host_of

FIRST_WAIT = timedelta(minutes=5)
MOST_ATTEMPTS, MOST_UNANSWERED = 8, 20  # half a day where a server answers with trouble, two weeks where it is away
AT_A_TIME = 200  # items claimed together
GONE = {404, 410}
REFUSED = {401, 402, 403, 405, 406, 451}


def waiting(now: datetime) -> list[FeedItem]:
    """Items to fetch now, held for this worker alone until `HELD_FOR` is over: those of each feed in turn.

    A feed of thousands, or one whose server is slow, leaves the others their places.
    """
    by_feed = Window(RowNumber(), partition_by=F("feed"), order_by=F("pk").asc())
    turns = _due(now).annotate(turn=by_feed).order_by("turn", "pk").values_list("pk", flat=True)
    while keys := list(turns[:AT_A_TIME]):
        if held := _held(keys, now):
            return held
    return []  # another worker holds what there was


def left(now: datetime) -> int:
    """How many items are to be fetched, and held by nobody."""
    return _due(now).count()


def _due(now: datetime) -> QuerySet[FeedItem]:
    """What is to be fetched now. A time further ahead than any wait comes from a clock that went wrong."""
    is_time = Q(next_at__lte=now) | Q(next_at__gt=now + LONGEST_WAIT)
    return FeedItem.objects.filter(is_time, feed__paused_at=None)


@transaction.atomic
def _held(keys: list[int], now: datetime) -> list[FeedItem]:
    due = _due(now).filter(pk__in=keys).select_related("feed__source", "feed__team", "document")
    held = list(due.select_for_update(of=("self",)).order_by("pk"))
    FeedItem.objects.filter(pk__in=[item.pk for item in held]).update(next_at=now + HELD_FOR)
    return held


def host(item: FeedItem) -> str:
    """The server that has the item; '' for a file."""
    return host_of(item.url)


def pause_s(item: FeedItem, robots: Robots) -> float:
    """Seconds to wait before the item, after another of the same server."""
    is_web = host(item) and item.feed.kind != "mailbox"
    return max(settings.FETCH_PAUSE_S, robots.wait_s(item.url)) if is_web else 0.0


def get(item: FeedItem, shared: Shared, until: float) -> Iterator[formats.Item]:
    """The documents in the item; of a file of this machine they come as they are asked for, for `HOST_S` at most.

    Raises SourcesError where it cannot be had, of a file also later. Touches no database.
    """
    if item.feed.kind == "folder":
        ends = min(until, time.monotonic() + HOST_S)
        return foreseen(item, formats.items(Path(item.url), after=item.parts, until=ends))
    if item.feed.kind == "mailbox":
        return iter(letters.documents(item, shared))
    page = shared.page(item.url)
    if page.status != 200:
        raise Answered(page)
    return iter([formats.web_item(page)])


def keep(
    got: Outcome[FeedItem, Iterator[formats.Item]],
    now: datetime,
    followed: Followed,
    take: Callable[[Captured], None],
    actor: Actor,
) -> None:
    """Captures what came and hands it on, or puts the trouble on record."""
    item, documents, fault = got.wanted, list[Document](), got.fault
    if isinstance(fault, NotYet):
        FeedItem.objects.filter(pk=item.pk).update(next_at=item.next_at)
        return
    try:
        for captured in _captured(item, got.answer or iter(()), actor):
            take(captured)
            followed.fetched += 1
            followed.new += captured.is_new
            documents.append(captured.document)
    except SourcesError as met:  # in the midst of a file: what came before it stays
        fault = met
    _has(item, documents)
    if isinstance(fault, Unfinished):
        item.parts, item.next_at = fault.parts, now
        item.save(update_fields=["document", "changes", "parts", "next_at"])
    elif fault:
        _fail(item, fault, now)
        followed.troubles.append(item.trouble)
    else:
        _done(item, now)  # after the last document: a kill before it loses none


def _captured(item: FeedItem, found: Iterator[formats.Item], actor: Actor) -> Iterator[Captured]:
    run = None
    for one in found:
        if _is_known(item, one):
            continue
        run = run or services.open_run(item.feed.team, User.objects.get(pk=actor.user_id), f"feed {item.feed_id}")
        original = " ".join(filter(None, (item.url, one.position)))
        yield services.capture(run, one, original, _stated(item, one), actor=actor)


def _stated(item: FeedItem, one: formats.Item) -> Stated:
    """What the feed says of it. Who publishes a letter is its sender; a file's name is a title for want of another."""
    source = "" if item.feed.kind == "mailbox" else item.feed.source.name
    title = one.title or item.title if item.feed.kind == "folder" else item.title
    return Stated(source, item.published_on, item.feed.language, "", title)


def _is_known(item: FeedItem, found: formats.Item) -> bool:
    """Whether the page reads as it did: what changed in it (a date, an advertisement) is not its text."""
    return item.document is not None and item.document.text_sha256 == services.text_sha256(found.text)


def _has(item: FeedItem, documents: list[Document]) -> None:
    """The item is the first of its documents: what came of a file in an earlier round stays that."""
    if documents and not (item.parts and item.document):
        item.changes += item.document_id is not None and item.document != documents[0]
        item.document = documents[0]


def _done(item: FeedItem, now: datetime) -> None:
    item.fetched_at, item.next_at, item.attempts, item.parts, item.trouble, item.gone_at = now, None, 0, 0, "", None
    told = ["document", "changes", "fetched_at", "next_at", "attempts", "parts", "trouble", "gone_at"]
    item.save(update_fields=told)


def _fail(item: FeedItem, fault: Exception | None, now: datetime) -> None:
    page = fault.page if isinstance(fault, Answered) else None
    item.attempts, item.parts, item.trouble, item.next_at = item.attempts + 1, 0, str(fault), None
    if page and page.status in GONE:
        item.gone_at = now
    elif _is_tried_again(item, fault):
        wait = min(FIRST_WAIT * 2 ** (item.attempts - 1), LONGEST_WAIT)
        item.next_at = now + ((retry_after(page, now) if page else None) or wait)
    item.save(update_fields=["document", "changes", "attempts", "parts", "trouble", "gone_at", "next_at"])


def _is_tried_again(item: FeedItem, fault: Exception | None) -> bool:
    """Whether trying again may help: a server's trouble passes; a refusal, or a page without an article, stays.

    A letter is tried until it comes, or is found to hold no words: nothing else tells of it.
    """
    if item.feed.kind == "mailbox":
        return not isinstance(fault, (TooLarge, UnreadableFile))
    if isinstance(fault, FetchFailed):
        return item.attempts < MOST_UNANSWERED
    return isinstance(fault, Answered) and fault.page.status not in REFUSED and item.attempts < MOST_ATTEMPTS
