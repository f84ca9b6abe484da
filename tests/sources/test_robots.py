"""What a server says of robots: kept to, and where it lies or fails to tell, taken to say no; it holds nobody up."""

from __future__ import annotations

import gzip
import time

import pytest

from habeas.sources.errors import SourcesError
from habeas.sources.guarded import FetchFailed, FetchRefused
from habeas.sources.robots import LONGEST_WAIT_S, Robots, StayAway
from sources.test_follow import Answer, Outlet, endless, outlet, send, status

__all__ = ["outlet"]  # the fixture
HERE = frozenset({"127.0.0.1"})
WILD = "Disallow: /" + "*a" * 200 + "*b$\n"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (send("User-agent: *\nDisallow: /a/"), StayAway),
        (send("User-agent: *\nDisallow: /b/"), None),
        (send("User-agent: habeas\nDisallow: /\n\nUser-agent: *\nAllow: /"), StayAway),
        (send(b"\xff\xfe\x00 no text at all"), None),
        (send(b""), None),
        (status(404), None),
        (status(403), None),
        (status(429), FetchFailed),
        (status(503), FetchFailed),
        (status(302, Location="http://169.254.169.254/"), FetchRefused),
        (status(302, Location="/robots.txt"), FetchFailed),
        (endless, FetchFailed),
        (send(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip"), FetchFailed),
        (send("User-agent: *\n" + WILD * 500), None),
    ],
)
def test_who_may_fetch(outlet: Outlet, answer: Answer, fault: type[SourcesError] | None) -> None:
    outlet.answers["/robots.txt"] = answer
    robots, began = Robots(HERE), time.process_time()
    for path in ("/a/" + "a" * 1_500, "/a/2"):
        assert refusal(robots, outlet.url(path)) is fault
    assert outlet.asked["/robots.txt"] <= 9  # asked once, with its redirects
    assert time.process_time() - began < 10


def refusal(robots: Robots, url: str) -> type[SourcesError] | None:
    try:
        robots.must_permit(url)
    except SourcesError as fault:
        return type(fault)
    return None


@pytest.mark.parametrize(
    ("told", "longest"), [("2", 2.0), ("-5", 0.0), ("nan", 30.0), ("inf", 30.0), ("1e999", 30.0), ("soon", 0.0)]
)
def test_no_wait_is_longer_than_ours_or_shorter_than_none(outlet: Outlet, told: str, longest: float) -> None:
    outlet.answers["/robots.txt"] = send(f"User-agent: *\nCrawl-delay: {told}")
    waits = Robots(HERE).wait_s(outlet.url("/a/1"))
    assert 0 <= max(0.0, waits) <= longest <= LONGEST_WAIT_S
