"""A mailbox over IMAP (RFC 9051): which letters it holds, and each letter's bytes. It is only read, never changed.

TLS from the first byte (RFC 8314). A server is a stranger: what it sends is bounded in size and time, and its words
stand in no message of ours. No database here.
"""

from __future__ import annotations

import base64
import imaplib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlsplit

import httpcore2

from habeas.sources.errors import SourcesError, TooLarge, UnreadableFile
from habeas.sources.guarded import FetchFailed, FetchRefused, GuardedBackend, TimedStream, trust

LETTER_LIMIT = 25_000_000  # bytes of one letter
ANSWER_LIMIT = LETTER_LIMIT + 5_000_000  # bytes of all that one command brings
TIME_LIMIT = 120.0  # seconds for one command
STEP_TIMEOUT = 20.0  # seconds without a byte
LINE_LIMIT = 100_000  # bytes
MOST = 5_000  # letters of one look
PORTS = {"imaps": 993, "imap": 143}
T = TypeVar("T")


class WrongPassword(FetchFailed):
    """The server did not take the name and the password."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mailbox is. `is_plain`: without TLS, which is for hosts that were allowed by name."""

    user: str
    host: str
    port: int
    folder: str
    is_plain: bool

    def __str__(self) -> str:
        """The address in its one form, as RFC 5092 writes it."""
        scheme = "imap" if self.is_plain else "imaps"
        port = "" if self.port == PORTS[scheme] else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{quote(self.user, safe='')}@{host}{port}/{quote(self.folder, safe='/')}"


def is_mailbox(address: str) -> bool:
    """Whether an address is that of a mailbox."""
    return address.strip().casefold().startswith(("imaps://", "imap://"))


def place(address: str) -> Place:
    """The mailbox at `imaps://USER@HOST/FOLDER`; without a folder, INBOX. Raises FetchRefused for anything else."""
    wanted = "write imaps://USER@HOST/FOLDER, as in imaps://news@mail.example/INBOX"
    try:
        parts = urlsplit(address.strip())
        port, host, user = parts.port, parts.hostname or "", unquote(parts.username or "")
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError as fault:
        raise FetchRefused(f"That is no address of a mailbox; {wanted}.") from fault
    if parts.password is not None:
        raise FetchRefused(f"A password does not belong into an address; {wanted}.")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if parts.scheme not in PORTS or not host or not user or parts.query or parts.fragment or port == 0:
        raise FetchRefused(f"{address!r} is no address of a mailbox; {wanted}.")
    if not (user + folder).isprintable():
        raise FetchRefused(f"{address!r} has signs that no mailbox has in its name; {wanted}.")
    return Place(user, host, port or PORTS[parts.scheme], folder, is_plain=parts.scheme == "imap")


@dataclass(frozen=True, slots=True)
class Letters:
    """What is new in a mailbox: its UIDVALIDITY, and the UIDs of letters that were not listed before, oldest first."""

    validity: int
    uids: tuple[int, ...]


class Mailbox:
    """An open mailbox. Raises SourcesError, with one sentence, wherever the server does not answer as it should."""

    def __init__(self, where: Place, password: str, allowed_hosts: frozenset[str]) -> None:
        if where.is_plain and where.host not in allowed_hosts:
            raise FetchRefused(
                f"The password for {where.host} would go over the network in clear; write imaps://, or, where the host "
                "is on this machine, name it in HABEAS_FETCH_HOSTS."
            )
        self._where = where
        with self._told():
            self._server = _Server(where, allowed_hosts)
        try:
            self._sign_in(password)
            self.validity = self._open_folder()
        except BaseException:
            self.close()
            raise

    def new_since(self, validity: int, uid: int) -> Letters:
        """The letters after `uid`, at most `MOST`, the oldest first; of a mailbox not seen before the newest."""
        if validity == self.validity:
            found = self._uids(f"{uid + 1}:*", by_uid=True)
            return Letters(self.validity, tuple(found_uid for found_uid in found if found_uid > uid)[:MOST])
        count = self._count
        return Letters(self.validity, self._uids(f"{max(1, count - MOST + 1)}:{count}", by_uid=False) if count else ())

    def letter(self, validity: int, uid: int) -> bytes:
        """The bytes of a letter. Raises TooLarge for one beyond the limit, UnreadableFile for one that is gone."""
        if validity != self.validity:
            raise UnreadableFile(f"{self._where} was made anew since; its letters are listed again at the next look.")
        data = self._asked(lambda server: server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LETTER_LIMIT + 1}>)"))
        letter = next((part[1] for part in data if isinstance(part, tuple)), b"")
        if len(letter) > LETTER_LIMIT:
            raise TooLarge(f"Letter {uid} of {self._where} is larger than {LETTER_LIMIT / 1e6:.0f} MB.")
        if not letter:
            raise UnreadableFile(f"Letter {uid} of {self._where} is no longer there.")
        return bytes(letter)

    def close(self) -> None:
        """Says good-bye and ends the connection."""
        self._server.within(5.0)
        with suppress(imaplib.IMAP4.error, OSError, httpcore2.NetworkError, httpcore2.TimeoutException, SourcesError):
            self._server.logout()
        self._server.shutdown()

    def _sign_in(self, password: str) -> None:
        user = self._where.user
        if not (user + password).isprintable():
            raise WrongPassword(f"The password for {self._where} holds signs that no password has; give it again.")
        try:
            with self._told():
                if "AUTH=PLAIN" in self._server.capabilities:
                    self._server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
                else:
                    self._server.login(user, password)
        except _NotDone as fault:
            raise WrongPassword(
                f"{self._where} does not take the name and the password; give the password again."
            ) from (fault.__cause__)

    def _open_folder(self) -> int:
        count = self._asked(lambda server: server.select(f'"{_utf7(self._where.folder)}"', readonly=True))[0]
        validity = self._server.response("UIDVALIDITY")[1][0]
        if not (count and count.isdigit() and validity and validity.isdigit()):
            raise FetchFailed(f"{self._where} is on a server that does not number its letters for good.")
        self._count = int(count)
        return int(validity)

    def _uids(self, which: str, *, by_uid: bool) -> tuple[int, ...]:
        def ask(server: _Server) -> tuple[str, list[Any]]:
            return server.uid("FETCH", which, "(UID)") if by_uid else server.fetch(which, "(UID)")

        found = (re.search(rb"UID (\d{1,10})", line) for line in self._asked(ask) if isinstance(line, bytes))
        return tuple(sorted({int(uid[1]) for uid in found if uid}))

    def _asked(self, command: Callable[[_Server], tuple[str, list[T]]]) -> list[T]:
        """The data of an answer that says OK."""
        with self._told():
            self._server.within(TIME_LIMIT)
            answer, data = command(self._server)
        if answer != "OK":
            raise FetchFailed(
                f"{self._where} could not be read (the server answered {answer}); see whether its folder is there."
            )
        return data

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Faults of a connection as one sentence. The server's own words are left out: it may say what we told it."""
        try:
            yield
        except (httpcore2.TimeoutException, TimeoutError) as fault:
            raise FetchFailed(f"{self._where} did not answer in time; it is tried again later.") from fault
        except (httpcore2.NetworkError, imaplib.IMAP4.abort, OSError, ValueError, IndexError) as fault:
            raise FetchFailed(
                f"{self._where} could not be reached ({_why(fault)}); it is tried again later."
            ) from fault
        except imaplib.IMAP4.error as fault:
            raise _NotDone(f"{self._where} refuses what it was asked.") from fault


def _why(fault: Exception) -> str:
    is_distrusted = "certificate" in str(fault).casefold() and not isinstance(fault, imaplib.IMAP4.error)
    return "this machine does not trust its certificate" if is_distrusted else type(fault).__name__


class _NotDone(FetchFailed):
    """The server says no."""


class _Server(imaplib.IMAP4):
    """IMAP over a guarded connection that is bounded in time, in the length of lines and in what a command brings."""

    def __init__(self, where: Place, allowed_hosts: frozenset[str]) -> None:
        self._is_plain, self._allowed_hosts = where.is_plain, allowed_hosts
        self._came, self._left = bytearray(), ANSWER_LIMIT
        super().__init__(where.host, where.port, STEP_TIMEOUT)

    def within(self, seconds: float) -> None:
        """What comes next may take so long, and bring as much as one command may."""
        self._stream.deadline, self._left = time.monotonic() + seconds, ANSWER_LIMIT

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connects, with TLS unless the mailbox is a plain one."""
        deadline = time.monotonic() + TIME_LIMIT
        stream = GuardedBackend(self._allowed_hosts, deadline).connect_tcp(host, port, timeout)
        self._stream: TimedStream = stream if self._is_plain else stream.start_tls(trust(), host, timeout)

    def read(self, size: int) -> bytes:
        """So many bytes. Raises FetchFailed for more than an answer may have."""
        if size > self._left:
            raise FetchFailed("The mail server sends more than a letter can have; Habeas kept nothing of it.")
        while len(self._came) < size:
            self._more()
        return self._taken(size)

    def readline(self) -> bytes:
        """A line with its end; what came of it where it is too long."""
        while (end := self._came.find(b"\n")) < 0 and len(self._came) < LINE_LIMIT:
            self._more()
        return self._taken(min(end + 1 or LINE_LIMIT, LINE_LIMIT))

    def send(self, data: bytes) -> None:  # type: ignore[override]
        """Sends."""
        self._stream.write(data, STEP_TIMEOUT)

    def shutdown(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def _more(self) -> None:
        came = self._stream.read(65536, STEP_TIMEOUT)
        if not came:
            raise self.abort("the connection was closed")
        self._came += came

    def _taken(self, size: int) -> bytes:
        self._left -= size
        if self._left < 0:
            raise FetchFailed("The mail server sends more than a letter can have; Habeas kept nothing of it.")
        taken = bytes(self._came[:size])
        del self._came[:size]
        return taken


def _utf7(folder: str) -> str:
    """The name of a folder as it goes over the wire (RFC 3501, 5.1.3), quoted."""

    def encoded(signs: re.Match[str]) -> str:
        return "&" + base64.b64encode(signs[0].encode("utf-16-be"), b"+,").rstrip(b"=").decode() + "-"

    told = re.sub(r"[^ -~]+", encoded, folder.replace("&", "&-"))
    return told.replace("\\", "\\\\").replace('"', '\\"')
