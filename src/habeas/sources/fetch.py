"""One page from the network, as a stranger's server gives it: bounded in size, time and redirects, never from inside.

Only http and https. Every address that a name leads to is checked, after each redirect too, and the connection goes to
the address that was checked; a server cannot lead us to this machine or its network by changing a name in between.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

import httpcore2
import httpx2

from habeas import __version__
from habeas.sources.errors import SourcesError
from habeas.sources.page import Page

BODY_LIMIT = 25_000_000  # bytes, as sent and as unpacked
TIME_LIMIT = 60.0  # seconds for one page, redirects included
STEP_TIMEOUT = 20.0  # seconds without a byte
REDIRECTS = 8
AGENT = f"habeas/{__version__} (documentation of detention cases; one page at a person's request)"
MOVED = {301, 302, 303, 307, 308}


class FetchFailed(SourcesError):
    """The page could not be fetched."""


class FetchRefused(SourcesError):
    """Habeas does not ask for such an address."""


def fetch(url: str, *, allowed_hosts: frozenset[str] = frozenset()) -> Page:
    """The page at `url`, after redirects. `allowed_hosts` names hosts that may be on a private network.

    Raises FetchRefused for an address that is not asked for, FetchFailed for one that does not answer with a page.
    """
    deadline = time.monotonic() + TIME_LIMIT
    backend = _GuardedBackend(allowed_hosts)
    asked = url
    with httpcore2.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=backend) as pool:
        for _ in range(REDIRECTS + 1):
            page = _ask(pool, asked, url, deadline)
            if page.status not in MOVED or not page.header("location"):
                return _answered(page)
            url = urljoin(url, page.header("location"))
    raise FetchFailed(
        f"{asked} leads on and on (more than {REDIRECTS} redirects); give the address of the page itself."
    )


def _answered(page: Page) -> Page:
    if page.status != 200:
        raise FetchFailed(f"{page.asked} answered with {page.status} instead of a page.")
    return page


def _ask(pool: httpcore2.ConnectionPool, asked: str, url: str, deadline: float) -> Page:
    url = _must_be_web(url)
    headers = [("User-Agent", AGENT), ("Accept-Encoding", "gzip"), ("Accept", "*/*")]
    extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), STEP_TIMEOUT)}
    try:
        with pool.stream("GET", url, headers=headers, extensions=extensions) as answer:
            got = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers)
            page = Page(asked, url, answer.status, got, b"")
            if page.status in MOVED:
                return page
            body = b"".join(_bounded(_unpacked(answer.iter_stream(), page.header("content-encoding")), asked, deadline))
            return Page(asked, url, answer.status, got, body)
    except (httpcore2.TimeoutException, TimeoutError) as fault:
        raise FetchFailed(f"{asked} did not answer within {STEP_TIMEOUT:.0f} seconds; try again later.") from fault
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError) as fault:
        raise FetchFailed(f"{asked} could not be fetched ({_reason(fault)}).") from fault
    except zlib.error as fault:
        raise FetchFailed(f"{asked} sent a body that cannot be unpacked.") from fault


def _must_be_web(url: str) -> str:
    """The address in the form that goes over the wire: international names and signs encoded."""
    try:
        parts = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as fault:
        raise FetchRefused(f"{url!r} is not an address; copy it from the browser's address bar.") from fault
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise FetchRefused(f"{url!r} is not a web address; Habeas asks for http:// and https:// alone.")
    if parts.userinfo:
        raise FetchRefused("An address with a user name or password in it is not asked for; leave them out.")
    return str(parts)


def _unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding.casefold() not in {"gzip", "x-gzip", "deflate"}:
        yield from chunks
        return
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)  # finds out by itself whether it is gzip or zlib
    for chunk in chunks:
        waiting = chunk
        while waiting:
            yield unpack.decompress(waiting, 1_000_000)  # a bomb is stopped by the bound on what comes out
            waiting = unpack.unconsumed_tail
    yield unpack.flush()


def _bounded(chunks: Iterable[bytes], asked: str, deadline: float) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > BODY_LIMIT:
            raise FetchFailed(f"{asked} sends more than {BODY_LIMIT / 1e6:.0f} MB; Habeas kept nothing of it.")
        if time.monotonic() > deadline:
            raise FetchFailed(f"{asked} took longer than {TIME_LIMIT:.0f} seconds; Habeas stopped and kept nothing.")
        yield chunk


def _reason(fault: BaseException) -> str:
    return str(fault).strip().rstrip(".") or type(fault).__name__


class _GuardedBackend(httpcore2.SyncBackend):
    """Connects to checked addresses alone."""

    def __init__(self, allowed_hosts: frozenset[str]) -> None:
        self._allowed_hosts = allowed_hosts

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of `host` that answers. Raises FetchRefused for a private one."""
        fault: httpcore2.ConnectError | None = None
        for address in self._addresses(host, port):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore2.ConnectError as met:
                fault = met
        raise fault or httpcore2.ConnectError(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host not in self._allowed_hosts and not all(_is_public(address) for address in addresses):
            raise FetchRefused(
                f"{host} is on this machine or a private network; Habeas fetches from the public web alone."
            )
        return addresses


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv6 address can carry an IPv4 one (mapped, 6to4, Teredo, NAT64), and lead there.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast
