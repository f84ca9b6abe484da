"""The process that watches dies: another takes its place and its work; it does not outlive the command."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from databases import sqlite
from habeas.cli.replacing import keep_running
from mail_servers import until
from watched_desk import NAMES, Desk, outlet

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc"),
]


def at_work(command: subprocess.Popen[str]) -> list[int]:
    """The processes that the command started to watch: those, of its children, that do more than keep accounts."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (path / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == command.pid and b"spawn_main" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
    return found


def test_a_watch_that_is_killed_is_replaced_and_goes_on_with_what_it_held(tmp_path: Path) -> None:
    with outlet() as server:
        desk = Desk(tmp_path / "desk", sqlite(tmp_path), server)
        server.listed = 2
        command = desk.start("watch", "--every", "0.01")
        assert command.stderr
        try:
            until(lambda: desk.count("watch_delivery WHERE sent_at IS NOT NULL") > 0, seconds=120)
            (first,) = at_work(command)
            os.kill(first, signal.SIGKILL)
            said = command.stderr.readline()
            assert said == ("The process at work ended (SIGKILL); what it did is kept. Another begins in 1 s.\n")
            server.listed = 4
            desk.time_passes()
            until(lambda: desk.count("sources_feeditem WHERE document_id IS NOT NULL") == 4, seconds=120)
            (second,) = at_work(command)
            assert second != first
        finally:
            command.kill()
        command.communicate(timeout=60)  # its process had the same standard error, which ends with it
        until(lambda: not Path(f"/proc/{second}").exists())


def raise_with_a_name() -> None:
    raise ValueError(NAMES[0])


def test_how_it_died_is_told_without_what_it_said_and_each_time_the_next_waits_longer(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    waits: list[float] = []

    def waited(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("habeas.cli.replacing.time.sleep", waited)
    with pytest.raises(KeyboardInterrupt):
        keep_running(raise_with_a_name)
    assert waits == [1.0, 2.0, 4.0]
    said = capfd.readouterr().err
    assert "ValueError" in said
    assert "test_watch_replaced.py" in said
    assert NAMES[0] not in said
    assert "The process at work ended (exit 1)" in said


class Ended:
    """A process that has ended already."""

    exitcode = 1

    def join(self) -> None:
        """At once."""


def test_what_dies_for_days_on_end_is_still_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def waited(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1_500:  # at five minutes each
            raise KeyboardInterrupt

    monkeypatch.setattr("habeas.cli.replacing.time.sleep", waited)
    monkeypatch.setattr("habeas.cli.replacing._started", lambda _work, _values: Ended())
    with pytest.raises(KeyboardInterrupt):
        keep_running(raise_with_a_name)
    assert waits[:3] == [1.0, 2.0, 4.0]
    assert set(waits[9:]) == {300.0}
