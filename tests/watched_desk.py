"""A desk that other processes watch: an outlet and a webhook on this machine, and settings that ask without pausing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from databases import Database

HERE = "127.0.0.1"
GIVEN = [
    "Tarek",
    "Salma",
    "Yusuf",
    "Huda",
    "Hani",
    "Lina",
    "Nabil",
    "Rania",
    "Idris",
    "Farah",
    "Karim",
    "Dalal",
    "Munir",
    "Sawsan",
    "Omar",
]
FAMILY = [
    "Oumari",
    "Aydin",
    "Darwish",
    "Nasir",
    "Delwan",
    "Benhadi",
    "Karroubi",
    "Dirani",
    "Sefrawi",
    "Marzouq",
    "Tahan",
    "Zoabi",
    "Qutub",
    "Haddar",
]
NAMES = [f"{given} {family}" for family in FAMILY for given in GIVEN]
DAY = date.today().isoformat()  # noqa: DTZ011 - the desk's own day; it stays what it was where a test runs past midnight
SETTINGS = "from habeas.config.settings import *\nFETCH_PAUSE_S = 0.0\n"
PREPARE = """
import sys; from habeas.cli import desk; user = desk.open_desk()
from habeas.accounts.services import home_team; from habeas.core.actor import Actor
from habeas.sources.follow import add_feed; from habeas.watch.channels import open_channel
me = Actor(user.pk, "test")
add_feed(home_team(user), sys.argv[1] + "/feed", actor=me, source="Basit Post", every_minutes=5)
open_channel(user, "webhook", actor=me, address=sys.argv[1] + "/hook")
"""


class Outlet(ThreadingHTTPServer):
    """Lists its first `listed` reports, one about each of `NAMES`.

    `looks` counts how often it was asked for the list, `asked` how often for each report; `told` is what its webhook
    got.
    """

    daemon_threads = True

    def __init__(self) -> None:
        self.listed, self.looks, self.told, self.is_away = 0, 0, list[dict[str, Any]](), False
        self.asked = Counter[int]()
        super().__init__((HERE, 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.server_address[1]}"

    def feed(self) -> str:
        items = (
            {"id": str(n), "url": f"{self.url}/{n}", "title": f"Report {n}", "date_published": f"{DAY}T08:00:00Z"}
            for n in reversed(range(self.listed))
        )
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Basit Post", "items": [*items]})


def article(n: int) -> str:
    name = NAMES[n]
    words = f"{name}, a weaver, was arrested in Basit on {DAY}, a lawyer said. {name} began a hunger strike on {DAY}."
    return f"<html><body><article><p>{words}</p><p>Report {n}: {words}</p></article></body></html>"


class _Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        number = self.path.strip("/")
        if number == "feed":
            self.server.looks += 1
            self._send(200, self.server.feed(), "application/feed+json")
        elif number.isdecimal() and int(number) < self.server.listed:
            self.server.asked[int(number)] += 1
            self._send(200, article(int(number)), "text/html; charset=utf-8")
        else:
            self._send(404, "", "text/plain")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.server.is_away:
            self.server.told.append(json.loads(body))
        self._send(503 if self.server.is_away else 200, "", "text/plain")

    def _send(self, status: int, body: str, kind: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


class Desk:
    """A desk in `folder`, and the commands that work on it."""

    def __init__(self, folder: Path, database: Database, outlet: Outlet, url: str = "") -> None:
        folder.mkdir(exist_ok=True)
        (folder / "quick_settings.py").write_text(SETTINGS)
        self.database, self.outlet = database, outlet
        self.env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
            "DJANGO_SETTINGS_MODULE": "quick_settings",
            "HABEAS_DATA_DIR": str(folder / "data"),
            "HABEAS_DATABASE_URL": url or database.url,
            "HABEAS_FETCH_HOSTS": HERE,
        }
        subprocess.run([sys.executable, "-c", PREPARE, outlet.url], env=self.env, check=True, timeout=600)

    def start(self, *command: str) -> subprocess.Popen[str]:
        arguments, pipe = [sys.executable, "-m", "habeas", *command], subprocess.PIPE
        return subprocess.Popen(arguments, env=self.env, stdout=subprocess.DEVNULL, stderr=pipe, text=True)

    def done(self, *command: str) -> None:
        process = self.start(*command)
        said = process.communicate(timeout=1800)[1]
        assert process.returncode == 0, said

    def time_passes(self) -> None:
        """What a worker that died holds is due again: as a quarter of an hour later."""
        self.database.run("UPDATE sources_feed SET next_at = CURRENT_TIMESTAMP")
        self.database.run("UPDATE sources_feeditem SET next_at = CURRENT_TIMESTAMP WHERE next_at IS NOT NULL")
        self.database.run("UPDATE watch_delivery SET next_try_at = CURRENT_TIMESTAMP WHERE sent_at IS NULL")

    def alerts(self) -> list[tuple[Any, ...]]:
        """Each alert as (name of the person, rule, step)."""
        return self.database.run(
            "SELECT p.name, a.rule, a.step FROM watch_alert a JOIN cases_case c ON c.id = a.case_id"
            " JOIN cases_person p ON p.id = c.person_id ORDER BY 1, 2, 3"
        )

    def has(self) -> list[int]:
        """The reports that were fetched and taken in."""
        rows = self.database.run("SELECT url FROM sources_feeditem WHERE document_id IS NOT NULL")
        return [int(str(url).rpartition("/")[2]) for (url,) in rows]

    def count(self, what: str) -> int:
        ((number,),) = self.database.run(f"SELECT count(*) FROM {what}")  # noqa: S608 - our own words
        return int(number)


@contextmanager
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
