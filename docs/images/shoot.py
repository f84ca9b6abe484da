"""Pictures of every page of a demo desk: desktop, phone and Arabic.

python docs/images/shoot.py [FOLDER] [PART OF A NAME …]; without a folder it renews the two pictures of the README.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PORT = 8099
HOME = f"http://127.0.0.1:{PORT}"
HERE = Path(__file__).parent
SHOWN = "Khayyat"
PAGES = {
    "today": "/",
    "add": "/reports/add",
    "judge": "/judge",
    "matches": "/matches",
    "sources": "/sources",
    "audit": "/audit",
    "cases": "/cases",
    "documents": "/documents",
    "statements": "/statements",
    "search": "/search?q=Khayyat",
}
PLAN = {"watch": "/watch", "settings": "/settings", "organisations": "/organisations"}
LOOKS = {
    "desktop": {"viewport": {"width": 1360, "height": 860}, "locale": "en"},
    "dark": {"viewport": {"width": 1360, "height": 860}, "locale": "en", "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "locale": "en", "is_mobile": True, "has_touch": True},
    "arabic": {"viewport": {"width": 1360, "height": 860}, "locale": "ar"},
    "arabic-phone": {"viewport": {"width": 390, "height": 844}, "locale": "ar", "is_mobile": True, "has_touch": True},
}


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The sign-in address of a demo desk that is served meanwhile."""
    command = [sys.executable, "-m", "habeas", "demo", "--port", str(PORT)]
    where = {**os.environ, "HABEAS_DEMO_DIR": folder}
    with subprocess.Popen(command, env=where, stdout=subprocess.PIPE, text=True) as desk:  # noqa: S603 - our own command
        try:
            yield next(line.strip() for line in desk.stdout or () if "/sign-in/link/" in line)
        finally:
            desk.terminate()


def addresses(page: Page) -> dict[str, str]:
    """The pages to show, with one case and one document of the demo."""
    page.goto(f"{HOME}/cases")
    case = page.locator(".case-rows h2 a", has_text=SHOWN).first.get_attribute("href") or ""
    page.goto(f"{HOME}{case}")
    document = re.sub("#.*", "", page.locator("#timeline ~ ol .from a").first.get_attribute("href") or "")
    page.goto(f"{HOME}{document}")
    mend = page.locator(".judge .mend").nth(1).get_attribute("href") or ""
    return {**PAGES, "case": case, "document": document, "mend": mend, "person": f"{case}/person", **PLAN}


def take(browser: Browser, cookies: Any, shown: dict[str, str], folder: Path, wanted: tuple[str, ...]) -> None:
    """Writes a picture of each page in each look whose name holds one of the words asked for."""
    for look, like in LOOKS.items():
        context = browser.new_context(base_url=HOME, **like)
        context.add_cookies(cookies)
        page = context.new_page()
        for name, address in shown.items():
            file = f"{name}-{look}.png"
            if not wanted or any(part in file for part in wanted):
                page.goto(address)
                page.screenshot(path=folder / file, full_page=True)
        context.close()


def for_readme(browser: Browser, cookies: Any, shown: dict[str, str]) -> None:
    """Writes case.png and document.png beside this file, each small."""
    context = browser.new_context(base_url=HOME, viewport={"width": 1280, "height": 1000}, locale="en-GB")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(shown["case"])
    page.screenshot(path=HERE / "case.png")
    page.goto(shown["document"])
    page.locator(".card").nth(1).hover()
    page.wait_for_timeout(400)
    page.screenshot(path=HERE / "document.png")
    context.close()


def main(folder: str = "", *wanted: str) -> None:
    """Fills a demo desk in a folder that is thrown away, serves it, takes the pictures."""
    with tempfile.TemporaryDirectory() as data, served(data) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        door = browser.new_page()
        door.goto(link)
        door.locator("main button").click()
        door.wait_for_selector(".rooms")
        cookies = [cookie for cookie in door.context.cookies() if cookie["name"] == "sessionid"]
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            take(browser, cookies, addresses(door), Path(folder), wanted)
        else:
            for_readme(browser, cookies, addresses(door))


if __name__ == "__main__":
    main(*sys.argv[1:])
