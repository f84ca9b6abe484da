"""What a server asks of robots (RFC 9309), asked once a round and host."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from protego import Protego

from habeas.sources.errors import SourcesError
from habeas.sources.fetch import ask

NAME = "habeas"
LONGEST_WAIT_S = 30.0
SIZE = 500_000  # bytes of a robots.txt that are looked at (RFC 9309, 2.5)


class Robots:
    """The rules of the hosts that were asked in one round. Threads may share one."""

    def __init__(self, allowed_hosts: frozenset[str]) -> None:
        self._allowed_hosts = allowed_hosts
        self._known: dict[str, Protego] = {}
        self._lock = threading.Lock()

    def permits(self, url: str) -> bool:
        """Whether the server lets robots fetch this address. A server that fails to tell is taken to say no."""
        return bool(self._rules(url).can_fetch(url, NAME))

    def wait_s(self, url: str) -> float:
        """Seconds that the server wants between two pages; 0 where it does not say."""
        return min(float(self._rules(url).crawl_delay(NAME) or 0), LONGEST_WAIT_S)

    def _rules(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            rules = self._known.get(origin)
        if rules is None:
            rules = self._asked(origin)
            with self._lock:
                self._known[origin] = rules
        return rules

    def _asked(self, origin: str) -> Protego:
        try:
            page = ask(f"{origin}/robots.txt", allowed_hosts=self._allowed_hosts)
        except SourcesError:
            return Protego.parse("User-agent: *\nDisallow: /")
        if 400 <= page.status < 500 and page.status != 429:
            return Protego.parse("")  # there are no rules
        text = page.body[:SIZE].decode("utf-8", "replace") if page.status == 200 else "User-agent: *\nDisallow: /"
        return Protego.parse(text)
