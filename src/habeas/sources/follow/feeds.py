"""Looking at feeds: which are due, what they list, what is new, changed or withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from habeas.sources import apart
from habeas.sources.fetch import Headers
from habeas.sources.follow import letters
from habeas.sources.follow.outcome import HELD_FOR, LONGEST_WAIT, Answered, Followed, retry_after
from habeas.sources.follow.shared import Shared
from habeas.sources.listing import Entry, Listing
from habeas.sources.models import Feed, FeedItem
from habeas.sources.page import Page
from habeas.sources.visits import NotYet, Outcome
from habeas.sources.walk import find

NOT_LISTED = "It is no longer listed."


@transaction.atomic
def due(now: datetime) -> list[Feed]:
    """The feeds whose time has come, held for this worker alone until `HELD_FOR` is over."""
    feeds = list(_due(now).select_for_update().order_by("next_at", "pk"))
    Feed.objects.filter(pk__in=[feed.pk for feed in feeds]).update(next_at=now + HELD_FOR)
    return feeds


def left(now: datetime) -> int:
    """How many feeds are due, and held by nobody."""
    return _due(now).count()


def _due(now: datetime) -> QuerySet[Feed]:
    """What is to be looked at now. A time further ahead than any wait comes from a clock that went wrong."""
    ahead = Feed.objects.filter(paused_at=None, next_at__gt=now + LONGEST_WAIT)
    wrong = [feed.pk for feed in ahead if feed.next_at > now + max(LONGEST_WAIT, timedelta(minutes=feed.every_minutes))]
    return Feed.objects.filter(Q(next_at__lte=now) | Q(pk__in=wrong), paused_at=None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look gave: a listing, or None where nothing changed; the answer of a web server; the mark of a mailbox."""

    listing: Listing | None
    page: Page | None = None
    mark: str = ""


def look(feed: Feed, shared: Shared) -> Seen:
    """What the feed lists now. Raises SourcesError where it cannot be had. Touches no database."""
    if feed.kind == "folder":
        return Seen(_files(feed.address))
    if feed.kind == "mailbox":
        found, mark = letters.listed(feed, shared)
        return Seen(found, mark=mark)
    if feed.kind == "page":
        # The page is the item: it is asked for once, when the item is fetched.
        return Seen(Listing("page", (Entry(feed.address, feed.address, version=timezone.now().isoformat()),)))
    page = shared.named_page(feed.address, _conditions(feed))
    if page.status == 304:
        return Seen(None, page)
    if page.status != 200:
        raise Answered(page)
    found = apart.listed(page.body, page.url)
    for further in found.further[-3:]:  # the newest parts of a large sitemap stand last
        part = shared.page(further)
        if part.status != 200:
            raise Answered(part)
        found = replace(found, entries=(*found.entries, *apart.listed(part.body, part.url).entries))
    return Seen(found, page)


def _conditions(feed: Feed) -> Headers:
    told = (("If-None-Match", feed.etag), ("If-Modified-Since", feed.last_modified))
    return tuple((name, value) for name, value in told if value and value.isascii() and value.isprintable())


def _files(folder: str) -> Listing:
    entries = []
    for found in find([folder]):
        if isinstance(found.where, Path):
            told = found.where.stat()
            entries.append(
                Entry(str(found.where), str(found.where), found.where.name, "", f"{told.st_mtime_ns} {told.st_size}")
            )
    return Listing("folder", tuple(entries))


@transaction.atomic
def note(outcome: Outcome[Feed, Seen], now: datetime, followed: Followed) -> None:
    """Puts on record what a look gave: new and changed items to fetch, or the trouble and when to look again."""
    feed, seen = outcome.wanted, outcome.answer
    if isinstance(outcome.fault, NotYet):
        Feed.objects.filter(pk=feed.pk).update(next_at=feed.next_at)
        return
    followed.feeds += 1
    if seen is None:
        _trouble(feed, outcome.fault, now)
        followed.troubles.append(feed.trouble)
        return
    if seen.listing:
        _list(feed, seen.listing, now)
    if seen.page and seen.page.status == 200:
        feed.etag, feed.last_modified = seen.page.header("etag"), seen.page.header("last-modified")
    feed.failures, feed.trouble, feed.last_ok_at, feed.mark = 0, "", now, seen.mark
    feed.next_at = now + timedelta(minutes=feed.every_minutes)
    feed.save(update_fields=["etag", "last_modified", "failures", "trouble", "last_ok_at", "next_at", "mark"])


def _trouble(feed: Feed, fault: Exception | None, now: datetime) -> None:
    feed.failures += 1
    wait = timedelta(minutes=feed.every_minutes) * 2 ** min(feed.failures - 1, 10)
    asked = retry_after(fault.page, now) if isinstance(fault, Answered) else None
    feed.next_at = now + min(max(wait, asked or wait), LONGEST_WAIT)
    feed.trouble = str(fault)
    feed.save(update_fields=["failures", "next_at", "trouble"])


def _list(feed: Feed, found: Listing, now: datetime) -> None:
    """New entries wait to be fetched, oldest first; changed ones are fetched again; withdrawn ones are marked."""
    listed = {_key(entry.id): entry for entry in reversed(found.entries)}
    known = _known(feed, listed)
    FeedItem.objects.bulk_create(
        FeedItem(feed=feed, key=key, seen_at=now, next_at=now, **_told(entry))
        for key, entry in listed.items()
        if key not in known
    )
    for key, item in known.items():
        entry = listed.get(key)
        if entry and (entry.version != item.version or item.trouble == NOT_LISTED):
            FeedItem.objects.filter(pk=item.pk).update(
                next_at=now, gone_at=None, attempts=0, parts=0, trouble="", **_told(entry)
            )
        elif entry is None and item.gone_at is None and _is_withdrawn(item, known, listed, feed):
            FeedItem.objects.filter(pk=item.pk).update(gone_at=now, trouble=NOT_LISTED, next_at=None)


def _known(feed: Feed, listed: Mapping[str, Entry]) -> dict[str, FeedItem]:
    """What the feed listed before, by key; where its address tells that it is the same, by the key that it has now.

    Some feeds number all that they list anew at every look.
    """
    known = {item.key: item for item in FeedItem.objects.filter(feed=feed)}
    lost = {item.url: item for key, item in known.items() if key not in listed}
    renumbered = []
    for key, entry in listed.items():
        item = lost.pop(entry.url, None) if key not in known else None
        if item:
            del known[item.key]
            item.key = key
            known[key] = item
            renumbered.append(item)
    FeedItem.objects.bulk_update(renumbered, ["key"], batch_size=500)
    return known


def _is_withdrawn(item: FeedItem, known: dict[str, FeedItem], listed: dict[str, Entry], feed: Feed) -> bool:
    """Whether an item is missing from a feed that still lists an older one; old items leave a feed by themselves."""
    if feed.kind in {"folder", "mailbox"}:
        return feed.kind == "folder"  # of a mailbox, what is new is listed alone
    return any(known[key].pk < item.pk for key in listed if key in known)


def _told(entry: Entry) -> dict[str, str]:
    return {"url": entry.url, "title": entry.title, "published_on": entry.published, "version": entry.version[:100]}


def _key(told: str) -> str:
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
