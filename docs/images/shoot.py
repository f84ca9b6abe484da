"""Pictures of every page of a demo desk: desktop, dark, phone and Arabic.

python docs/images/shoot.py [FOLDER] [PART OF A NAME …]; without a folder it renews the two pictures of the README.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import subprocess
import sys
import tempfile
import time
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
USER, PASSWORD = "desk", "quiet harbour lantern"
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
    "speakers": "/statements/speakers",
    "search": "/search?q=Khayyat",
    "watch": "/watch",
    "settings": "/settings",
    "organisations": "/organisations",
    "nowhere": "/nowhere",
    "plans": "/plan",
}
PLAN = ("version", "partners", "pledges", "gaps", "inbox", "communications", "meetings", "lists")
ONE_OF_PLAN = {"plan-case": "cases", "plan-pledge": "pledges", "plan-meeting": "meetings", "plan-list": "lists"}
APP = {"factor-app": "/second-factor/totp/activate/"}
FACTORS = {
    "factor-codes": "/second-factor/recovery-codes/",
    "factor-key": "/second-factor/webauthn/add/",
    "factor-off": "/second-factor/totp/deactivate/",
    "factors": "/second-factor/",
}
AT_THE_DOOR = {"sign-in": "/sign-in", "spent-link": "/sign-in/link/spent"}
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
    """The pages to show, with one case, one document and one plan of the demo."""
    page.goto(f"{HOME}/cases")
    case = page.locator(".case-rows h2 a", has_text=SHOWN).first.get_attribute("href") or ""
    page.goto(f"{HOME}{case}")
    document = re.sub("#.*", "", page.locator("#timeline ~ ol .from a").first.get_attribute("href") or "")
    page.goto(f"{HOME}{document}")
    mend = page.locator(".judge .mend").nth(1).get_attribute("href") or ""
    one = {"case": case, "person": f"{case}/person", "document": document, "mend": mend}
    return {**PAGES, **one, "add-claim": f"{document}/claims/add", **of_plan(page)}


def of_plan(page: Page) -> dict[str, str]:
    """The pages of the demo's plan, and one of each kind of thing in it."""
    page.goto(f"{HOME}/plan")
    plan = page.locator('main a[href^="/plan/"]').first.get_attribute("href") or ""
    shown = {"plan": plan, **{f"plan-{name}": f"{plan}/{name}" for name in PLAN}}
    for name, where in ONE_OF_PLAN.items():
        page.goto(HOME + (plan if where == "cases" else f"{plan}/{where}"))
        inside = re.compile(rf"{plan}/{where}/\d+$")
        found = [one.get_attribute("href") or "" for one in page.locator("main a").all()]
        shown[name] = next(one for one in found if inside.search(one))
    return shown


def with_password(page: Page) -> None:
    """Gives the user a password, and opens what is changed only after it was asked for."""
    page.goto(f"{HOME}/settings")
    for field in ("new_password1", "new_password2"):
        page.locator(f"#{field}").fill(PASSWORD)
    page.locator("form.fields button.main").click()
    page.goto(HOME + APP["factor-app"])
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_selector("#secret")


def with_app(page: Page) -> None:
    """Turns an authenticator app on."""
    page.goto(HOME + APP["factor-app"])
    page.locator("#id_code").fill(code_of(page.locator("#secret").inner_text()))
    page.locator("main button.main").click()
    page.wait_for_url("**/recovery-codes/**")


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now (RFC 6238)."""
    told = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = told[-1] & 15
    return f"{(int.from_bytes(told[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


class Camera:
    """Takes a picture of each page in each look whose name holds one of the words asked for."""

    def __init__(self, browser: Browser, folder: Path, wanted: tuple[str, ...]) -> None:
        self.browser, self.folder, self.wanted = browser, folder, wanted

    def take(self, shown: dict[str, str], cookies: Any = ()) -> None:
        """The pages at these addresses, to whoever has the cookies."""
        for look, like in LOOKS.items():
            context = self.browser.new_context(base_url=HOME, **like)
            context.add_cookies(list(cookies))
            page = context.new_page()
            for name, address in shown.items():
                if self.is_wanted(file := f"{name}-{look}.png"):
                    page.goto(address)
                    page.screenshot(path=self.folder / file, full_page=True)
            context.close()

    def asked_for_a_code(self) -> None:
        """The page between a password and the desk."""
        for look, like in LOOKS.items():
            context = self.browser.new_context(base_url=HOME, **like)
            page = context.new_page()
            page.goto("/sign-in")
            page.locator("#id_username").fill(USER)
            page.locator("#id_password").fill(PASSWORD)
            page.locator("main button[type=submit]").first.click()
            page.wait_for_url("**/second-factor/authenticate/**")
            if self.is_wanted(file := f"factor-asked-{look}.png"):
                page.screenshot(path=self.folder / file, full_page=True)
            context.close()

    def is_wanted(self, file: str) -> bool:
        """Whether that picture was asked for."""
        return not self.wanted or any(part in file for part in self.wanted)


def every_page(browser: Browser, door: Page, folder: Path, wanted: tuple[str, ...]) -> None:
    """Writes a picture of every page in every look."""
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(browser, folder, wanted)
    camera.take(addresses(door), session(door))
    with_password(door)
    camera.take(APP, session(door))
    with_app(door)
    camera.take(FACTORS, session(door))
    camera.take(AT_THE_DOOR)
    camera.asked_for_a_code()


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


def session(page: Page) -> list[Any]:
    """The cookie that says who looks."""
    return [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]


def main(folder: str = "", *wanted: str) -> None:
    """Fills a demo desk in a folder that is thrown away, serves it, takes the pictures."""
    with tempfile.TemporaryDirectory() as data, served(data) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        door = browser.new_page(locale="en")
        door.goto(link)
        door.locator("main button").click()
        door.wait_for_selector(".rooms")
        if folder:
            every_page(browser, door, Path(folder), wanted)
        else:
            for_readme(browser, session(door), addresses(door))


if __name__ == "__main__":
    main(*sys.argv[1:])
