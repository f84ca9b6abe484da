"""Fetching one page, from a server that does everything wrong."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2
import pytest

from habeas.sources import fetch as fetching
from habeas.sources import guarded
from habeas.sources.fetch import FetchFailed, FetchRefused, fetch
from habeas.sources.formats import web_item

HERE = frozenset({"127.0.0.1"})
TEXT = "Tarek Oumari, a weaver, was arrested on Monday, his sister said. “They told us nothing.”"


class Server(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        answer = getattr(self, f"_{self.path.strip('/').replace('-', '_')}", None)
        if answer:
            answer()
        else:
            self._send(404, b"no such page")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/plain; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _plain(self) -> None:
        self._send(200, TEXT.encode())

    def _zipped(self) -> None:
        self._send(200, gzip.compress(TEXT.encode()), Content_Encoding="gzip")

    def _windows(self) -> None:
        self._send(200, "أسير مضرب".encode("windows-1256"), Content_Type="text/plain; charset=windows-1256")

    def _moved(self) -> None:
        self._send(302, b"", Location="/plain")

    def _loop(self) -> None:
        self._send(302, b"", Location="/loop")

    def _to_private(self) -> None:
        self._send(302, b"", Location="http://localhost:1/secret")

    def _to_file(self) -> None:
        self._send(302, b"", Location="file:///etc/passwd")

    def _bomb(self) -> None:
        self._send(200, gzip.compress(bytes(60_000_000)), Content_Encoding="gzip")

    def _liar(self) -> None:
        self._send(200, b"this is not gzip", Content_Encoding="gzip")

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b"x" * 1_000_000)

    def _slow(self) -> None:
        time.sleep(1.0)

    def _dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def _dripping_headers(self) -> None:
        self.send_response(200)
        try:
            for number in range(40):
                self.wfile.write(f"X-{number}: a\r\n".encode())
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def _continuing(self) -> None:
        try:
            for _ in range(40):
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def _cut_short(self) -> None:
        self._send(200, gzip.compress(TEXT.encode() * 50)[:-12], Content_Encoding="gzip")

    def _zipped_in_parts(self) -> None:
        half = len(TEXT) // 2
        self._send(
            200, gzip.compress(TEXT[:half].encode()) + gzip.compress(TEXT[half:].encode()), Content_Encoding="gzip"
        )

    def _zipped_and_padded(self) -> None:
        self._send(200, gzip.compress(TEXT.encode()) + bytes(512), Content_Encoding="gzip")

    def _zipped_and_endless(self) -> None:
        self._send(200, gzip.compress(TEXT.encode()), Content_Encoding="gzip")
        with suppress(OSError):
            while True:
                self.wfile.write(bytes(1_000_000))

    def _empty_for_ever(self) -> None:
        self._send(200, gzip.compress(b"")[:10], Content_Encoding="gzip")  # the header alone
        with suppress(OSError):
            while True:
                self.wfile.write(b"\x00\x00\x00\xff\xff" * 200_000)  # blocks of nothing

    def _brotli(self) -> None:
        self._send(200, b"\x0b\x02\x80hello\x03", Content_Encoding="br")

    def _header_bomb(self) -> None:
        self.send_response(200)
        with suppress(OSError):
            for number in range(100_000):
                self.wfile.write(f"X-{number}: {'a' * 1_000}\r\n".encode())

    def _chunks_without_end(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")

    def _to_nonsense(self) -> None:
        self._send(302, b"", Location="http://[x/")

    def _to_empty_label(self) -> None:
        self._send(302, b"", Location="http://a..example/")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    serving.daemon_threads = True
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    serving.server_close()


@pytest.mark.parametrize("path", ["/plain", "/zipped", "/zipped-in-parts", "/zipped-and-padded", "/moved"])
def test_a_page_comes_whole(server: str, path: str) -> None:
    page = fetch(server + path, allowed_hosts=HERE)
    assert page.body.decode() == TEXT
    assert (page.status, page.asked) == (200, server + path)
    assert page.url == server + ("/plain" if path == "/moved" else path)
    assert page.header("Content-Type").startswith("text/plain")


def test_the_charset_that_the_server_states_is_used(server: str) -> None:
    item = web_item(fetch(server + "/windows", allowed_hosts=HERE))
    assert item.text == "أسير مضرب"
    assert item.url == server + "/windows"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/nowhere", "answered with 404"),
        ("/loop", "leads on and on"),
        ("/bomb", "more than 25 MB"),
        ("/endless", "more than 25 MB"),
        ("/chunks-without-end", "more than 25 MB"),
        ("/zipped-and-endless", "more than 25 MB"),
        ("/empty-for-ever", "more than 25 MB"),
        ("/header-bomb", "could not be fetched"),
        ("/brotli", "packed in a way that Habeas did not ask for"),
        ("/liar", "cannot be unpacked"),
        ("/cut-short", "cannot be unpacked"),
    ],
)
def test_a_page_that_cannot_be_had_is_one_sentence(server: str, path: str, says: str) -> None:
    with pytest.raises(FetchFailed, match=says):
        fetch(server + path, allowed_hosts=HERE)


def test_a_silent_server_is_left(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "STEP_TIMEOUT", 0.3)
    with pytest.raises(FetchFailed, match="did not answer"):
        fetch(server + "/slow", allowed_hosts=HERE)


@pytest.mark.parametrize("path", ["/dripping", "/dripping-headers", "/continuing"])
def test_a_server_that_drips_is_left(server: str, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(fetching, "TIME_LIMIT", 0.5)
    with pytest.raises(FetchFailed, match="took longer"):
        fetch(server + path, allowed_hosts=HERE)


@pytest.mark.parametrize("path", ["/to-private", "/to-file", "/to-nonsense", "/to-empty-label"])
def test_a_redirect_does_not_lead_where_we_would_not_go(server: str, path: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(server + path, allowed_hosts=HERE)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://post.example/1",
        "file:///etc/passwd",
        "http://",
        "http://amal:secret@post.example/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://a..example/",
        f"http://{'a' * 64}.example/",
        "http://127.0.0.1:99999/",
    ],
)
def test_addresses_that_are_not_asked_for(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(url)


def test_a_name_that_leads_elsewhere_after_it_was_checked_does_not_lead_us_there(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public at the first look and ours at the next: each connection goes to what was checked for it."""
    answers, connected = ["93.184.215.14", "127.0.0.1"], list[str]()
    port, connect, resolve = int(server.rpartition(":")[2]), httpcore2.SyncBackend.connect_tcp, socket.getaddrinfo

    def resolved(host: str, *rest: Any, **more: Any) -> list[Any]:
        return resolve(answers.pop(0) if host == "basit.example" else host, *rest, **more)

    def connected_to(self: httpcore2.SyncBackend, host: str, *rest: Any) -> httpcore2.NetworkStream:
        connected.append(host)
        return connect(self, "127.0.0.1", *rest)  # the public address is played by our own server

    monkeypatch.setattr(guarded.socket, "getaddrinfo", resolved)
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connected_to)
    with pytest.raises(FetchRefused, match="private network"):
        fetch(f"http://basit.example:{port}/moved")
    assert (connected, answers) == (["93.184.215.14"], [])


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:0001::", False),
        ("64:ff9b::127.0.0.1", False),
        ("64:ff9b::93.184.215.14", True),
        ("64:ff9b:1::127.0.0.1", False),
        ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("fec0::1", False),
    ],
)
def test_which_addresses_are_public(address: str, is_public: bool) -> None:
    assert guarded.is_public(address) is is_public
