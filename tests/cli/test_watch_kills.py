"""A watch that is killed at random moments, also two on PostgreSQL: nothing lost, nothing twice, nobody told twice.

HABEAS_WATCH_KILLS says how often (4); 100 take about ten minutes for each of the two.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from databases import needs_postgres, postgres, sqlite
from mail_servers import until
from watched_desk import NAMES, Desk, Outlet, outlet

KILLS = int(os.environ.get("HABEAS_WATCH_KILLS", "4"))
pytestmark = pytest.mark.slow


def test_one_watch_on_sqlite(tmp_path: Path) -> None:
    with outlet() as server:
        desk = Desk(tmp_path / "killed", sqlite(tmp_path), server)
        watched(desk, server, workers=1)
        alone(desk, Desk(tmp_path / "alone", sqlite(tmp_path / "alone"), server))


@needs_postgres
def test_two_watches_on_postgresql(tmp_path: Path) -> None:
    with outlet() as server, postgres() as database:
        desk = Desk(tmp_path / "killed", database, server)
        watched(desk, server, workers=2)
        alone(desk, Desk(tmp_path / "alone", sqlite(tmp_path / "alone"), server))


def watched(desk: Desk, server: Outlet, *, workers: int) -> None:
    """Watches that are killed, while the outlet goes on publishing; then what is left is done, and all is counted."""
    chance = random.Random(workers)  # noqa: S311 - moments, not secrets
    had: dict[int, int] = {}
    pace_s = 5.0  # from a start to a look: a busy machine's moments are as spread as a fast one's
    for _ in range(KILLS):
        server.listed = min(server.listed + 2, len(NAMES))
        looks, began = server.looks, time.monotonic()
        processes = [desk.start("watch", "--every", "0.01") for _ in range(workers)]
        with suppress(AssertionError):  # it may be killed before it looks, too
            until(lambda looks=looks: server.looks > looks, seconds=pace_s * chance.choice([0.5, 4.0, 4.0, 4.0]))
        pace_s = max(min(time.monotonic() - began, 60.0), pace_s if server.looks == looks else 1.0)
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.uniform(0.0, pace_s))
                pytest.fail(str(process.communicate()))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert had == {n: server.asked[n] for n in had}
        had = {n: server.asked[n] for n in desk.has()}  # is not fetched again
        desk.time_passes()
    for _ in range(2):
        desk.done("watch", "--once")
        desk.time_passes()
    assert had == {n: server.asked[n] for n in had}
    desk.done("check")
    count(desk, server)


def count(desk: Desk, server: Outlet) -> None:
    assert desk.count("sources_feeditem WHERE document_id IS NOT NULL") == desk.count("sources_feeditem")
    counted = [desk.count(f"sources_{table}") for table in ("feeditem", "document", "capture")]
    assert counted == [server.listed] * 3
    read = desk.count("cases_reading"), desk.count("(SELECT DISTINCT document_id FROM cases_reading) AS read")
    assert read == (server.listed, server.listed)
    assert set(Counter(desk.alerts()).values()) == {1}
    # A worker that died between sending and noting it sends the same message again, under the same number.
    messages = {told["delivery"]: [alert["alert"] for alert in told["alerts"]] for told in server.told}
    told = Counter(alert for alerts in messages.values() for alert in alerts)
    assert set(told.values()) == {1}
    assert len(told) == desk.count("watch_alert") == desk.count("watch_delivery WHERE sent_at IS NOT NULL")
    again = len(server.told) - len(messages)
    told_of = f"{server.looks} looks, {server.listed} items, {len(told)} alerts, {again} messages sent again"
    print(f"{KILLS} kills: {told_of}")  # noqa: T201


def alone(desk: Desk, other: Desk) -> None:
    """What a watch that nobody killed raises is what was raised."""
    other.done("watch", "--once")
    assert other.alerts() == desk.alerts()
