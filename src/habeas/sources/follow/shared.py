"""What the visits of one round share: the hosts that are allowed, the rules of servers, and open mailboxes."""

from __future__ import annotations

import threading
from collections import Counter

from habeas.sources import mailbox
from habeas.sources.errors import SourcesError
from habeas.sources.mailbox import Mailbox
from habeas.sources.models import Feed
from habeas.sources.robots import Robots

MOST_CONNECTIONS = 3  # to one mailbox in one round, where they break


class Shared:
    """One round's; threads may share it. Close it after the round."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self.hosts, self.robots = hosts, Robots(hosts)
        self._open: dict[int, Mailbox] = {}
        self._broken: dict[int, SourcesError] = {}
        self._tried: Counter[int] = Counter()
        self._lock = threading.Lock()

    def mailbox(self, feed: Feed) -> Mailbox:
        """The open mailbox of a feed. Raises what happened last where its connections break again and again."""
        with self._lock:
            held = self._open.get(feed.pk)
            if held is None and self._tried[feed.pk] >= MOST_CONNECTIONS:
                raise self._broken[feed.pk]
            self._tried[feed.pk] += held is None
        if held is None:
            held = self._opened(feed)
            with self._lock:
                self._open[feed.pk] = held
        return held

    def broke(self, feed: Feed, fault: SourcesError) -> None:
        """Notes that the connection of a mailbox is of no use any more."""
        with self._lock:
            held, self._broken[feed.pk] = self._open.pop(feed.pk, None), fault
        if held:
            held.close()

    def close(self) -> None:
        """Ends every connection."""
        for held in self._open.values():
            held.close()
        self._open.clear()

    def _opened(self, feed: Feed) -> Mailbox:
        try:
            return Mailbox(mailbox.place(feed.address), feed.password, self.hosts)
        except SourcesError as fault:
            self.broke(feed, fault)
            raise
