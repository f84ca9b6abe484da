"""What the visits of one round share: the hosts that are allowed, the rules of servers, and open mailboxes."""

from __future__ import annotations

import threading
from collections import Counter

from habeas.sources import mailbox
from habeas.sources.errors import SourcesError
from habeas.sources.fetch import Headers, ask
from habeas.sources.mailbox import Mailbox
from habeas.sources.models import Feed
from habeas.sources.page import Page
from habeas.sources.robots import Robots
from habeas.sources.visits import host_of

MOST_CONNECTIONS = 3  # to one mailbox in one round, where they break


class Shared:
    """One round's; threads may share it. Close it after the round."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self.hosts, self.robots = hosts, Robots(hosts)
        self._open: dict[int, Mailbox] = {}
        self._broken: dict[int, SourcesError] = {}
        self._tried: Counter[int] = Counter()
        self._lock = threading.Lock()

    def page(self, url: str) -> Page:
        """What an address that somebody's server listed answers, after redirects; robots.txt is kept to at each.

        Raises SourcesError where there is no answer, or the server wants no robots there.
        """
        self.robots.must_permit(url)
        return ask(url, allowed_hosts=self.hosts, must_permit=self.robots.must_permit)

    def named_page(self, url: str, headers: Headers = ()) -> Page:
        """What an address that a person gave answers; robots.txt is kept to at the other hosts that it leads to.

        Raises SourcesError as `page`.
        """

        def must_permit(other: str) -> None:
            if host_of(other) != host_of(url):
                self.robots.must_permit(other)

        return ask(url, headers=headers, allowed_hosts=self.hosts, must_permit=must_permit)

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
