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
from dataclasses import replace
from functools import cache
from typing import NamedTuple
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
AGENT = f"habeas/{__version__} (documentation of detention cases)"
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291: what else there is leads to no public host
MOVED = {301, 302, 303, 307, 308}


class FetchFailed(SourcesError):
    """The page could not be fetched."""


class FetchRefused(SourcesError):
    """Habeas does not ask for such an address."""


Headers = tuple[tuple[str, str], ...]


def fetch(url: str, *, allowed_hosts: frozenset[str] = frozenset()) -> Page:
    """The page at `url`, after redirects. `allowed_hosts` names hosts that may be on a private network.

    Raises FetchRefused for an address that is not asked for, FetchFailed for one that does not answer with a page.
    """
    return _answered(ask(url, allowed_hosts=allowed_hosts))


def ask(url: str, *, headers: Headers = (), allowed_hosts: frozenset[str] = frozenset()) -> Page:
    """What `url` answers, after redirects, whatever its status; `headers` are sent beside our own.

    Raises FetchRefused for an address that is not asked for, FetchFailed where there is no answer.
    """
    deadline = time.monotonic() + TIME_LIMIT
    asked = url
    with _pool(allowed_hosts, deadline) as pool:
        for _ in range(REDIRECTS + 1):
            page = _ask(pool, asked, url, deadline, _Request("GET", headers))
            if page.status not in MOVED or not page.header("location"):
                return page
            url = _joined(url, page.header("location"))
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
    return httpcore2.ConnectionPool(ssl_context=_trust(), network_backend=_GuardedBackend(allowed_hosts, deadline))


@cache
def _trust() -> ssl.SSLContext:
    """Whom we trust over TLS: reading the machine's list of authorities costs more than a page."""
    return ssl.create_default_context()


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
            body = b"".join(_bounded(_unpacked(answer.iter_stream(), page.header("content-encoding")), asked))
            return replace(page, body=body)
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
    if not unpack.eof:
        raise zlib.error("the end is missing")


def _bounded(chunks: Iterable[bytes], asked: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > BODY_LIMIT:
            raise FetchFailed(f"{asked} sends more than {BODY_LIMIT / 1e6:.0f} MB; Habeas kept nothing of it.")
        yield chunk


def _reason(fault: BaseException) -> str:
    return str(fault).strip().rstrip(".") or type(fault).__name__


class _GuardedBackend(httpcore2.SyncBackend):
    """Connects to checked addresses alone."""

    def __init__(self, allowed_hosts: frozenset[str], deadline: float) -> None:
        self._allowed_hosts, self._deadline = allowed_hosts, deadline

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
                within = _left(timeout, self._deadline)
                stream = super().connect_tcp(address, port, within, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
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


class _TimedStream(httpcore2.NetworkStream):
    """A connection that is over at the deadline, whatever comes: also headers that drip, and "continue" for ever."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came. Raises TimeoutError after the deadline, as every other step."""
        return self._stream.read(max_bytes, _left(timeout, self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends."""
        self._stream.write(buffer, _left(timeout, self._deadline))

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(timeout, self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, deadline: float) -> float:
    """Seconds that one step may take. Raises TimeoutError where none are left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left if timeout is None else min(timeout, left)


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv6 address can carry an IPv4 one (mapped, 6to4, Teredo, NAT64), and lead there.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if ip not in GLOBAL_UNICAST:
            return False
    return ip.is_global and not ip.is_multicast
