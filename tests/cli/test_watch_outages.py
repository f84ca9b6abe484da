"""A database and a webhook that are away for a while: the watch says so, waits, and tells each alert once."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from databases import Database, needs_postgres, postgres
from habeas.cli import main
from mail_servers import HERE, until
from watched_desk import Desk, outlet


class Wire:
    """A line to a server that can be cut, and mended."""

    def __init__(self, host: str, port: int) -> None:
        self.to, self.is_cut, self._pairs = (host, port), False, list[socket.socket]()
        self._door = socket.create_server((HERE, 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for held in self._pairs:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self._door.close()
        for held in self._pairs:
            held.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near = self._door.accept()[0]
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self.to)
                self._pairs += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def wired() -> Iterator[tuple[Database, Wire, str]]:
    with postgres() as database:
        parts = urlsplit(database.url)
        wire = Wire(parts.hostname or HERE, parts.port or 5432)
        through = parts._replace(netloc=f"{parts.username}:{parts.password}@{HERE}:{wire.port}").geturl()
        yield database, wire, through
        wire.close()


@pytest.mark.slow
@needs_postgres
def test_what_waits_for_a_database_and_a_webhook_is_told_once_when_they_are_back(
    tmp_path: Path, wired: tuple[Database, Wire, str]
) -> None:
    database, wire, through = wired
    with outlet() as server:
        desk = Desk(tmp_path / "desk", database, server, through)
        server.listed, server.is_away = 3, True
        process = desk.start("watch", "--every", "0.01")
        until(lambda: desk.count("watch_delivery WHERE error <> ''") > 0, seconds=60)
        wire.cut()
        said = process.stderr
        assert said is not None
        assert said.readline().startswith("The database does not answer; what was done is kept")
        server.is_away = False
        wire.mend()
        desk.time_passes()
        until(lambda: desk.count("watch_delivery WHERE sent_at IS NULL") == 0, seconds=120)
        process.terminate()
        process.communicate()
        told = Counter(alert["alert"] for message in server.told for alert in message["alerts"])
        assert set(told.values()) == {1}
        assert len(told) == desk.count("watch_alert") > 0


@pytest.mark.django_db
def test_one_round_without_a_database_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.db.utils import OperationalError  # noqa: PLC0415 - Django's, beside the one test that needs it

    def away(**_: object) -> None:
        raise OperationalError("server closed the connection: secret")

    monkeypatch.setattr("habeas.watch.services.fetch", away)
    monkeypatch.setattr("django.db.connection.close", lambda: None)  # the test's own
    assert main(["watch", "--once"]) == 1
    assert capsys.readouterr().err.endswith(
        "The database does not answer; what was done is kept, and the rest waits.\n"
    )
