"""Makes the README's pictures from the demo: `.venv/bin/python docs/images/shoot.py` (needs /usr/bin/chromium)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ADDRESS = re.compile(r"http://\S+/sign-in/link/\S+")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    """Serves a fresh demo and writes case.png and document.png beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "habeas", "demo", "--port", "8123"]
        environment = {**os.environ, "HABEAS_DATA_DIR": folder}
        with subprocess.Popen(demo, env=environment, stdout=subprocess.PIPE, text=True) as serving:
            assert serving.stdout is not None
            link = next(found[0] for line in serving.stdout if (found := ADDRESS.search(line)))
            try:
                _shoot(link)
            finally:
                serving.terminate()


def _shoot(link: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name=re.compile("Marzouq", re.IGNORECASE)).first.click()
        page.goto(f"{page.url}?on=2026-08-31")
        page.set_viewport_size({"width": 1280, "height": 1120})  # down to the end of the drawing
        page.screenshot(path=HERE / "case.png")
        page.set_viewport_size({"width": 1280, "height": 860})
        _document(page)
        browser.close()


def _document(page: Page) -> None:
    page.get_by_role("link", name="Documents", exact=True).first.click()
    page.get_by_role("link", name="Striking detainee moved to hospital in chains").click()
    page.locator(".card").nth(2).hover()
    page.wait_for_timeout(400)
    page.screenshot(path=HERE / "document.png")


if __name__ == "__main__":
    main()
