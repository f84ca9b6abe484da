"""Connections to strangers' servers: to checked addresses alone, encrypted, and over at a deadline.

Every address that a name leads to is checked, and the connection goes to the address that was checked: a server cannot
lead us to this machine or its network by changing a name in between.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from functools import cache

import httpcore2

from habeas.sources.errors import SourcesError

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291: what else there is leads to no public host


class FetchFailed(SourcesError):
    """The page could not be fetched."""


class FetchRefused(SourcesError):
    """Habeas does not ask for such an address."""


@cache
def trust() -> ssl.SSLContext:
    """Whom we trust over TLS: reading the machine's list of authorities costs more than a page."""
    return ssl.create_default_context()


class GuardedBackend(httpcore2.SyncBackend):
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
    ) -> TimedStream:
        """A connection to the first address of `host` that answers. Raises FetchRefused for a private one."""
        fault: httpcore2.ConnectError | None = None
        for address in self._addresses(host, port):
            try:
                within = _left(timeout, self._deadline)
                stream = super().connect_tcp(address, port, within, local_address, socket_options)
                return TimedStream(stream, self._deadline)
            except httpcore2.ConnectError as met:
                fault = met
        raise fault or httpcore2.ConnectError(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host not in self._allowed_hosts and not all(is_public(address) for address in addresses):
            raise FetchRefused(
                f"{host} is on this machine or a private network; Habeas goes there only where HABEAS_FETCH_HOSTS "
                "names it."
            )
        return addresses


class TimedStream(httpcore2.NetworkStream):
    """A connection that is over at the deadline, whatever comes: also headers that drip, and "continue" for ever."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came. Raises TimeoutError after the deadline, as every other step."""
        return self._stream.read(max_bytes, _left(timeout, self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends."""
        self._stream.write(buffer, _left(timeout, self.deadline))

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        """The same connection, encrypted."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(timeout, self.deadline))
        return TimedStream(stream, self.deadline)

    def get_extra_info(self, info: str) -> object:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, deadline: float) -> float:
    """Seconds that one step may take. Raises TimeoutError where none are left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left if timeout is None else min(timeout, left)


def is_public(address: str) -> bool:
    """Whether an IP address, with its zone where it has one, is on the public network."""
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
