"""One page from the network, as a stranger's server gives it: bounded in size, time and redirects, never from inside.

Only http and https. Every address that a name leads to is checked, after each redirect too, and the connection goes to
the address that was checked; a server cannot lead us to this machine or its network by changing a name in between.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urljoin

import httpcore2
import httpx2

from habeas import __version__
from habeas.sources.guarded import FetchFailed, FetchRefused, GuardedBackend, trust
from habeas.sources.page import Page

BODY_LIMIT = 25_000_000  # bytes, as sent and as unpacked
TIME_LIMIT = 60.0  # seconds for one page, redirects included
STEP_TIMEOUT = 20.0  # seconds without a byte
REDIRECTS = 8
AGENT = f"habeas/{__version__} (documentation of detention cases)"
GZIP = b"\x1f\x8b"  # how a part of a gzip file begins (RFC 1952): there may be several, one after the other
MOVED = {301, 302, 303, 307, 308}


Headers = tuple[tuple[str, str], ...]


def fetch(url: str, *, allowed_hosts: frozenset[str] = frozenset()) -> Page:
    """The page at `url`, after redirects. `allowed_hosts` names hosts that may be on a private network.

    Raises FetchRefused for an address that is not asked for, FetchFailed for one that does not answer with a page.
    """
    return _answered(ask(url, allowed_hosts=allowed_hosts))


def _anywhere(_: str) -> None:
    """Permits."""


def ask(
    url: str,
    *,
    headers: Headers = (),
    allowed_hosts: frozenset[str] = frozenset(),
    must_permit: Callable[[str], None] = _anywhere,
) -> Page:
    """What `url` answers, after redirects, whatever its status; `headers` are sent beside our own.

    `must_permit` is called with each address that a redirect leads to, before it is asked, and raises SourcesError
    where it is not to be. Raises FetchRefused for an address that is not asked for, FetchFailed where there is no
    answer.
    """
    deadline = time.monotonic() + TIME_LIMIT
    asked = url
    with _pool(allowed_hosts, deadline) as pool:
        for _ in range(REDIRECTS + 1):
            page = _ask(pool, asked, url, deadline, _Request("GET", headers))
            if page.status not in MOVED or not page.header("location"):
                return page
            url = web_address(_joined(url, page.header("location")))
            must_permit(url)
    raise FetchFailed(
        f"{asked} leads on and on (more than {REDIRECTS} redirects); give the address of the page itself."
    )


def post(url: str, body: bytes, headers: Headers = (), *, allowed_hosts: frozenset[str] = frozenset()) -> None:
    """Sends `body` to `url`, once; redirects are not followed. Addresses and time are bounded as in `fetch`.

    Raises FetchRefused for an address that is not asked, FetchFailed where it does not answer with a 2xx.
    """
    deadline = time.monotonic() + TIME_LIMIT
    with _pool(allowed_hosts, deadline) as pool:
        status = _ask(pool, url, url, deadline, _Request("POST", headers, body)).status
    if not 200 <= status < 300:
        raise FetchFailed(f"{url} answered with {status}.")


class _Request(NamedTuple):
    method: str
    headers: Headers = ()
    content: bytes | None = None


def _pool(allowed_hosts: frozenset[str], deadline: float) -> httpcore2.ConnectionPool:
    return httpcore2.ConnectionPool(ssl_context=trust(), network_backend=GuardedBackend(allowed_hosts, deadline))


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as fault:
        raise FetchRefused(f"{url} leads to {location!r}, which is not an address.") from fault


def _answered(page: Page) -> Page:
    if page.status != 200:
        raise FetchFailed(f"{page.asked} answered with {page.status} instead of a page.")
    return page


def _ask(pool: httpcore2.ConnectionPool, asked: str, url: str, deadline: float, request: _Request) -> Page:
    url = web_address(url)
    headers = (("User-Agent", AGENT), ("Accept-Encoding", "gzip"), ("Accept", "*/*"), *request.headers)
    extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), STEP_TIMEOUT)}
    try:
        with pool.stream(
            request.method, url, headers=list(headers), content=request.content, extensions=extensions
        ) as answer:
            got = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers)
            page = Page(asked, url, answer.status, got, b"", headers)
            if page.status in MOVED:
                return page
            sent = _bounded(answer.iter_stream(), asked)
            body = bytearray()  # thousands of tiny parts cost no more than their bytes
            for part in _bounded(_unpacked(sent, _packing(page)), asked):
                body += part
            return replace(page, body=bytes(body))
    except (httpcore2.TimeoutException, TimeoutError) as fault:
        if time.monotonic() > deadline:
            raise FetchFailed(
                f"{asked} took longer than {TIME_LIMIT:.0f} seconds; Habeas stopped and kept nothing."
            ) from fault
        raise FetchFailed(f"{asked} did not answer within {STEP_TIMEOUT:.0f} seconds; try again later.") from fault
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError) as fault:
        raise FetchFailed(f"{asked} could not be fetched ({_reason(fault)}).") from fault
    except zlib.error as fault:
        raise FetchFailed(f"{asked} sent a body that cannot be unpacked.") from fault


def web_address(url: str) -> str:
    """The address in the form that goes over the wire: international names and signs encoded.

    Raises FetchRefused for what is not a web address, and for one that carries a user name.
    """
    try:
        parts = httpx2.URL(url)
        parts.raw_host.decode("ascii").encode("idna")  # as it will be looked up: no part empty or too long
    except (httpx2.InvalidURL, ValueError) as fault:
        raise FetchRefused(f"{url!r} is not an address; copy it from the browser's address bar.") from fault
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise FetchRefused(f"{url!r} is not a web address; Habeas asks for http:// and https:// alone.")
    if parts.port is not None and not 0 < parts.port < 65536:
        raise FetchRefused(f"{url!r} has a port that there is not; leave it out.")
    if parts.userinfo:
        raise FetchRefused("An address with a user name or password in it is not asked for; leave them out.")
    return str(parts)


def _packing(page: Page) -> str:
    """How the body is packed: gzip, or '' for not at all. Raises FetchFailed for ways that were not asked for."""
    told = page.header("content-encoding").strip().casefold()
    if told in {"", "identity"}:
        return ""
    if told not in {"gzip", "x-gzip", "deflate"}:
        raise FetchFailed(f"{page.asked} sent a body packed in a way that Habeas did not ask for.")
    return "gzip"


def _unpacked(chunks: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """What is packed, in parts of at most a megabyte: a bomb is stopped by the bound on what comes out."""
    if not packing:
        yield from chunks
        return
    unpack = _unpacker()
    for chunk in chunks:
        waiting = chunk
        while waiting and (not unpack.eof or waiting.startswith(GZIP)):  # what else follows the end is no part of it
            unpack = _unpacker() if unpack.eof else unpack
            yield unpack.decompress(waiting, 1_000_000)
            waiting = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    yield unpack.flush()
    if not unpack.eof:
        raise zlib.error("the end is missing")


def _unpacker() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 32)  # finds out by itself whether it is gzip or zlib


def _bounded(chunks: Iterable[bytes], asked: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > BODY_LIMIT:
            raise FetchFailed(f"{asked} sends more than {BODY_LIMIT / 1e6:.0f} MB; Habeas kept nothing of it.")
        yield chunk


def _reason(fault: BaseException) -> str:
    return str(fault).strip().rstrip(".") or type(fault).__name__
