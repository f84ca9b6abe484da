"""What a server asks of robots (RFC 9309), asked once a round and host."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from protego import Protego

from habeas.sources.errors import SourcesError
from habeas.sources.fetch import ask
from habeas.sources.guarded import FetchFailed, FetchRefused

NAME = "habeas"
LONGEST_WAIT_S = 30.0
SIZE = 500_000  # bytes of a robots.txt that are looked at (RFC 9309, 2.5)


class StayAway(FetchRefused):
    """The server does not want robots to fetch this address."""


class Robots:
    """The rules of the hosts that were asked in one round. Threads may share one."""

    def __init__(self, allowed_hosts: frozenset[str]) -> None:
        self._allowed_hosts = allowed_hosts
        self._known: dict[str, Protego | SourcesError] = {}
        self._lock = threading.Lock()

    def must_permit(self, url: str) -> None:
        """Raises StayAway where the server wants no robots at this address, FetchFailed where it fails to tell.

        Who fails to tell is taken to say no, for now (RFC 9309, 2.3.1.4): it may tell at another time.
        """
        rules = self._rules(url)
        if isinstance(rules, SourcesError):
            raise rules.with_traceback(None)
        if not rules.can_fetch(url, NAME):
            raise StayAway(f"{url} asks robots to stay away.")

    def wait_s(self, url: str) -> float:
        """Seconds that the server wants between two pages; 0 where it does not say."""
        rules = self._rules(url)
        return 0.0 if isinstance(rules, SourcesError) else min(float(rules.crawl_delay(NAME) or 0), LONGEST_WAIT_S)

    def _rules(self, url: str) -> Protego | SourcesError:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            rules = self._known.get(origin)
        if rules is None:
            rules = self._asked(origin)
            with self._lock:
                self._known[origin] = rules
        return rules

    def _asked(self, origin: str) -> Protego | SourcesError:
        try:
            page = ask(f"{origin}/robots.txt", allowed_hosts=self._allowed_hosts)
        except SourcesError as fault:
            return fault
        if 400 <= page.status < 500 and page.status != 429:
            return Protego.parse("")  # there are no rules
        if page.status != 200:
            return FetchFailed(f"{page.asked} answered with {page.status}.")
        return Protego.parse(page.body[:SIZE].decode("utf-8", "replace"))
