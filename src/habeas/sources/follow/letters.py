"""Mailboxes as sources: what is new in one, and a letter of it as documents."""

from __future__ import annotations

import re

from habeas.sources import formats
from habeas.sources.errors import SourcesError, TooLarge, UnreadableFile
from habeas.sources.follow.shared import Shared
from habeas.sources.listing import Entry, Listing
from habeas.sources.mailbox import Letters
from habeas.sources.models import Feed, FeedItem

_ADDRESS = re.compile(r";UIDVALIDITY=(\d+)/;UID=(\d+)$")  # RFC 5092


def listed(feed: Feed, shared: Shared) -> tuple[Listing, str]:
    """The letters that came since the last look, newest first, and the mark of how far they were listed."""
    validity, uid = _marked(feed.mark)
    box = shared.mailbox(feed)
    try:
        new = box.new_since(validity, uid)
    except SourcesError as fault:
        shared.broke(feed, fault)
        raise
    last = new.uids[-1] if new.uids else uid if validity == new.validity else 0
    return Listing("mailbox", tuple(_entry(feed, new, one) for one in reversed(new.uids))), f"{new.validity} {last}"


def documents(item: FeedItem, shared: Shared) -> list[formats.Item]:
    """The letter and what is attached to it. Raises SourcesError where it cannot be had."""
    found = _ADDRESS.search(item.url)
    if found is None:
        raise UnreadableFile(f"{item.url} is no address of a letter.")
    box = shared.mailbox(item.feed)
    try:
        data = box.letter(int(found[1]), int(found[2]))
    except (TooLarge, UnreadableFile):
        raise
    except SourcesError as fault:
        shared.broke(item.feed, fault)
        raise
    return list(formats.letter_items(data, f"letter {found[2]}", by_mail=True))


def _marked(mark: str) -> tuple[int, int]:
    validity, _, uid = mark.partition(" ")
    return int(validity or 0), int(uid or 0)


def _entry(feed: Feed, new: Letters, uid: int) -> Entry:
    return Entry(f"{new.validity} {uid}", f"{feed.address};UIDVALIDITY={new.validity}/;UID={uid}")
