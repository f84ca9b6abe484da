"""A web archive that we export opens and replays in the viewer that archives use, ReplayWeb.page, in a real browser.

The viewer is no part of Habeas: HABEAS_REPLAY_VIEWER names a folder with it (`npm pack replaywebpage`, unpacked).
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Frame, Page

from cast import actor, cast
from habeas.sources import wacz
from habeas.sources.formats import Item
from habeas.sources.models import Capture
from habeas.sources.page import Page as Fetched
from habeas.sources.services import capture, open_run
from habeas.sources.stated import Stated

VIEWER = Path(os.environ.get("HABEAS_REPLAY_VIEWER") or "no viewer")
HERE = "127.0.0.1"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(not (VIEWER / "ui.js").exists(), reason="skipped: no viewer (HABEAS_REPLAY_VIEWER names one)"),
]
PAGES = {
    "https://basit.example/news/1": "Tarek Oumari was arrested on Monday in Basit, his lawyer said.",
    "https://basit.example/ar/2?b=2&a=1": "اعتقال طارق عمري يوم الاثنين في باسط.",
}
# The viewer asks for its frame as soon as its worker is registered, and gives up where the worker is not active three
# tries of a tenth of a second later, as on a busy machine. So the worker is made ready before the viewer is put up.
SHOWN = """<!doctype html><meta charset="utf-8"><script src="/ui.js"></script><script>
navigator.serviceWorker.register("/replay/sw.js?serveIndex=1", {{scope: "/replay/"}}).then(async (found) => {{
  const worker = found.installing || found.waiting || found.active;
  while (worker.state !== "activated")
    await new Promise((changed) => worker.addEventListener("statechange", changed, {{once: true}}));
  document.body.append(document.querySelector("template").content);
}});
</script><body><template>
<replay-web-page source="/case.wacz" url="{url}" embed="replayonly" replayBase="/replay/"></replay-web-page>
</template>"""


def archive(path: Path) -> None:
    """What Habeas exports of two pages that came packed, as most do."""
    people = cast()
    run = open_run(people.alice.teams.get(), people.alice, "feed 1")
    for url, words in PAGES.items():
        body = f"<!doctype html><meta charset=utf-8><title>Report</title><p>{words}</p>".encode()
        headers = (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Encoding", "gzip"),
            ("X-Frame-Options", "DENY"),
        )
        item = Item(data=body, media_type="text/html", text=words, page=Fetched(url, url, 200, headers, body))
        capture(run, item, url, Stated(source="Basit Post"), actor=actor(people.alice))
    found = Capture.objects.select_related("document").order_by("pk")
    assert wacz.write(found, path, "case 1", actor=actor(people.alice)) == 2


class _Site(SimpleHTTPRequestHandler):
    """The viewer, a page that embeds it, and the archive, by ranges as the viewer asks for it."""

    wacz: bytes = b""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/case.wacz":
            self._part()
        elif path == "/replay/sw.js":
            self._send(200, b'importScripts("/sw.js");', "text/javascript")
        elif path == "/shown":
            url = escape(unquote(self.path.partition("?url=")[2]))
            self._send(200, SHOWN.format(url=url).encode(), "text/html")
        else:
            super().do_GET()

    do_HEAD = do_GET  # noqa: N815 - as the server asks for it

    def _part(self) -> None:
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        size = len(self.wacz)
        if not asked:
            self._send(200, self.wacz, "application/wacz", Accept_Ranges="bytes")
            return
        first = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        where = f"bytes {first}-{last}/{size}"
        self._send(206, self.wacz[first : last + 1], "application/wacz", Accept_Ranges="bytes", Content_Range=where)

    def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": kind, "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    archive(tmp_path / "case.wacz")
    handler = type("Site", (_Site,), {"wacz": (tmp_path / "case.wacz").read_bytes()})
    server = ThreadingHTTPServer((HERE, 0), partial(handler, directory=str(VIEWER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HERE}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("url", "words"), PAGES.items())
def test_an_export_replays_in_the_standard_viewer(chromium: Browser, site: str, url: str, words: str) -> None:
    # A browser that knows no other host: what the viewer asks of the network, its worker included, fails at once.
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", alone])
    try:
        page = browser.new_page()
        page.goto(f"{site}/shown?url={quote(url, safe='')}")
        frame = replayed(page, words)
        assert url in frame.url  # as the archive has it, and not from the network
    finally:
        browser.close()


def replayed(page: Page, words: str) -> Frame:
    """The frame that shows the archived page."""
    for _ in range(300):
        for frame in page.frames:
            if "mp_/" in frame.url and words in (frame.text_content("body", timeout=2_000) or ""):
                return frame
        page.wait_for_timeout(200)
    pytest.fail(f"nothing replays; the frames are {[frame.url for frame in page.frames]}")
