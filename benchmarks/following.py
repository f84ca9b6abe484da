"""CPU of looking at fifty feeds at once, beside fifty plain requests with httpx2 and the time that the server takes.

The server is a process of its own on this machine and answers each request after a third of a second, as fifty hosts.
Each feed lists twenty items. Measured are a first look, at which all are new, and one at which nothing is. The CPU is
that of this process and of the one in which feeds are opened. Each figure is one JSON line; exit 1 where a look costs
more CPU than the server takes time: then we, and not the server, would be what is slow.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FEEDS, ITEMS, ANSWERS_AFTER_S = 50, 20, 0.3
HOSTS = [f"127.0.0.{n}" for n in range(1, FEEDS + 1)]


class Outlet(BaseHTTPRequestHandler):
    """Answers every request with the same feed, and that there are no rules for robots."""

    def do_GET(self) -> None:
        """The feed."""
        time.sleep(ANSWERS_AFTER_S)
        items = "".join(
            f"<item><guid>{n}</guid><link>http://basit.example/{n}</link><title>Report {n}</title></item>"
            for n in range(ITEMS)
        )
        body = f"<rss version='2.0'><channel><title>Basit Post</title>{items}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def serve(port: Any) -> None:
    """Serves on all addresses of this machine, until killed."""
    ThreadingHTTPServer.request_queue_size = FEEDS
    server = ThreadingHTTPServer(("127.0.0.1" if os.uname().sysname != "Linux" else "", 0), Outlet)
    port.value = server.server_address[1]
    server.serve_forever()


def main() -> None:
    """Prints the figures."""
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    server.start()
    while not port.value:
        time.sleep(0.05)
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        os.environ["HABEAS_DATA_DIR"], os.environ["HABEAS_FETCH_HOSTS"] = folder, ",".join(HOSTS)
        os.environ.pop("HABEAS_DATABASE_URL", None)
        plain = _measured(lambda: _plain(port.value))
        _desk(port.value)
        looks = {name: _measured(_look) for name in ("all_new", "nothing_new")}
    server.kill()
    from habeas.sources.visits import AT_ONCE

    bound_s = -(-FEEDS // AT_ONCE) * ANSWERS_AFTER_S
    for name, (cpu, wall) in looks.items():
        told = {"bench": "following", "look": name, "feeds": FEEDS, "cpu_ms_each": round(cpu / FEEDS * 1000, 2)}
        beside = {"plain_cpu_ms_each": round(plain[0] / FEEDS * 1000, 2), "ratio": round(cpu / plain[0], 2)}
        print(json.dumps({**told, **beside, "wall_s": round(wall, 2), "server_s": bound_s, "cpu_s": round(cpu, 2)}))
    if max(cpu for cpu, _ in looks.values()) > bound_s:
        raise SystemExit("Looking at feeds costs more CPU than the server takes time.")


def _plain(port: int) -> None:
    """Fifty requests of one client, sixteen at once."""
    from concurrent.futures import ThreadPoolExecutor

    import httpx2

    with httpx2.Client() as client, ThreadPoolExecutor(16) as threads:
        for answer in threads.map(client.get, [f"http://{host}:{port}/feed" for host in HOSTS]):
            answer.raise_for_status()


def _desk(port: int) -> None:
    from habeas.cli.desk import open_desk

    user = open_desk()
    from habeas.accounts.services import home_team
    from habeas.core.actor import Actor
    from habeas.sources.follow import add_feed

    for host in HOSTS:
        add_feed(home_team(user), f"http://{host}:{port}/feed", actor=Actor(user.pk, "bench"), source="Basit Post")
    from habeas.sources import apart

    apart.listed(b"<rss version='2.0'><channel></channel></rss>", "warm")  # a watch that runs has it open


def _look() -> None:
    from django.conf import settings
    from django.utils import timezone

    from habeas.sources.follow import Followed, feeds
    from habeas.sources.follow.shared import Shared
    from habeas.sources.models import Feed
    from habeas.sources.visits import host_of, visit

    Feed.objects.update(next_at=timezone.now())
    now, followed = timezone.now(), Followed()
    with closing(Shared(frozenset(settings.FETCH_HOSTS))) as shared:
        for seen in visit(feeds.due(now), lambda f: host_of(f.address), lambda f: feeds.look(f, shared), lambda _: 0.0):
            feeds.note(seen, now, followed)
    if followed.troubles:
        raise SystemExit(followed.troubles[0])


def _measured(work: Any) -> tuple[float, float]:
    """Seconds of CPU, and on the wall; the process that opens feeds is asked for its own."""
    began, children, at = time.process_time(), _children_s(), time.perf_counter()
    work()
    return time.process_time() - began + _children_s() - children, time.perf_counter() - at


def _children_s() -> float:
    from habeas.sources import apart

    if not apart._held:
        return 0.0
    fields = Path(f"/proc/{apart._held[0].process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
