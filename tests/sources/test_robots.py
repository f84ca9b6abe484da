"""What a server says of robots: kept to, and where it lies or fails to tell, taken to say no; it holds nobody up."""

from __future__ import annotations

import gzip
import time

import pytest

from habeas.sources.robots import LONGEST_WAIT_S, Robots
from sources.test_follow import Answer, Outlet, endless, outlet, send, status

__all__ = ["outlet"]  # the fixture
HERE = frozenset({"127.0.0.1"})
WILD = "Disallow: /" + "*a" * 200 + "*b$\n"


@pytest.mark.parametrize(
    ("answer", "permits"),
    [
        (send("User-agent: *\nDisallow: /a/"), False),
        (send("User-agent: *\nDisallow: /b/"), True),
        (send("User-agent: habeas\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (send(b"\xff\xfe\x00 no text at all"), True),
        (send(b""), True),
        (status(404), True),
        (status(403), True),
        (status(429), False),
        (status(503), False),
        (status(302, Location="http://169.254.169.254/"), False),
        (status(302, Location="/robots.txt"), False),
        (endless, False),
        (send(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip"), False),
        (send("User-agent: *\n" + WILD * 500), True),
    ],
)
def test_who_may_fetch(outlet: Outlet, answer: Answer, permits: bool) -> None:
    outlet.answers["/robots.txt"] = answer
    robots, began = Robots(HERE), time.process_time()
    assert robots.permits(outlet.url("/a/" + "a" * 1_500)) is permits
    assert robots.permits(outlet.url("/a/2")) is permits
    assert outlet.asked["/robots.txt"] <= 9  # asked once, with its redirects
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("told", "longest"), [("2", 2.0), ("-5", 0.0), ("nan", 30.0), ("inf", 30.0), ("1e999", 30.0), ("soon", 0.0)]
)
def test_no_wait_is_longer_than_ours_or_shorter_than_none(outlet: Outlet, told: str, longest: float) -> None:
    outlet.answers["/robots.txt"] = send(f"User-agent: *\nCrawl-delay: {told}")
    waits = Robots(HERE).wait_s(outlet.url("/a/1"))
    assert 0 <= max(0.0, waits) <= longest <= LONGEST_WAIT_S
