"""Fetching what feeds list: each item once, again when it changed, later where a server is in trouble."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from habeas.accounts.models import User
from habeas.core.actor import Actor
from habeas.sources import formats, services
from habeas.sources.errors import TooLarge, UnreadableFile
from habeas.sources.follow import letters
from habeas.sources.follow.outcome import HELD_FOR, LONGEST_WAIT, Answered, Followed, retry_after
from habeas.sources.follow.shared import Shared
from habeas.sources.guarded import FetchFailed
from habeas.sources.models import Document, FeedItem
from habeas.sources.robots import Robots
from habeas.sources.services import Captured
from habeas.sources.stated import Stated
from habeas.sources.visits import NotYet, Outcome, host_of

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


def get(item: FeedItem, shared: Shared) -> list[formats.Item]:
    """The documents in the item. Raises SourcesError where it cannot be had. Touches no database."""
    if item.feed.kind == "folder":
        return list(formats.items(Path(item.url)))
    if item.feed.kind == "mailbox":
        return letters.documents(item, shared)
    page = shared.page(item.url)
    if page.status != 200:
        raise Answered(page)
    return [formats.web_item(page)]


def keep(
    got: Outcome[FeedItem, list[formats.Item]],
    now: datetime,
    followed: Followed,
    take: Callable[[Captured], None],
    actor: Actor,
) -> None:
    """Captures what came and hands it on, or puts the trouble on record."""
    item = got.wanted
    if isinstance(got.fault, NotYet):
        FeedItem.objects.filter(pk=item.pk).update(next_at=item.next_at)
        return
    if got.answer is None:
        _fail(item, got.fault, now)
        followed.troubles.append(item.trouble)
        return
    # Who publishes a letter is its sender, not the mailbox.
    source = "" if item.feed.kind == "mailbox" else item.feed.source.name
    stated = Stated(source, item.published_on, item.feed.language, "", item.title)
    run = services.open_run(item.feed.team, User.objects.get(pk=actor.user_id), f"feed {item.feed_id}")
    documents = []
    for found in got.answer:
        if _is_known(item, found):
            continue
        original = " ".join(filter(None, (item.url, found.position)))
        captured = services.capture(run, found, original, stated, actor=actor)
        take(captured)
        followed.fetched += 1
        followed.new += captured.is_new
        documents.append(captured.document)
    _done(item, documents[0] if documents else item.document, now)  # after the last: a kill before it loses none


def _is_known(item: FeedItem, found: formats.Item) -> bool:
    """Whether the page reads as it did: what changed in it (a date, an advertisement) is not its text."""
    return item.document is not None and item.document.text_sha256 == services.text_sha256(found.text)


def _done(item: FeedItem, document: Document | None, now: datetime) -> None:
    changed = item.document_id is not None and item.document != document
    item.document, item.changes = document, item.changes + changed
    item.fetched_at, item.next_at, item.attempts, item.trouble, item.gone_at = now, None, 0, "", None
    item.save(update_fields=["document", "changes", "fetched_at", "next_at", "attempts", "trouble", "gone_at"])


def _fail(item: FeedItem, fault: Exception | None, now: datetime) -> None:
    page = fault.page if isinstance(fault, Answered) else None
    item.attempts, item.trouble, item.next_at = item.attempts + 1, str(fault), None
    if page and page.status in GONE:
        item.gone_at = now
    elif _is_tried_again(item, fault):
        wait = min(FIRST_WAIT * 2 ** (item.attempts - 1), LONGEST_WAIT)
        item.next_at = now + ((retry_after(page, now) if page else None) or wait)
    item.save(update_fields=["attempts", "trouble", "gone_at", "next_at"])


def _is_tried_again(item: FeedItem, fault: Exception | None) -> bool:
    """Whether trying again may help: a server's trouble passes; a refusal, or a page without an article, stays.

    A letter is tried until it comes, or is found to hold no words: nothing else tells of it.
    """
    if item.feed.kind == "mailbox":
        return not isinstance(fault, (TooLarge, UnreadableFile))
    if isinstance(fault, FetchFailed):
        return item.attempts < MOST_UNANSWERED
    return isinstance(fault, Answered) and fault.page.status not in REFUSED and item.attempts < MOST_ATTEMPTS
