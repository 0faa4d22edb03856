"""A real browser on a desk of its own: Chromium as the system has it, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import uvicorn

from firsthand.ledger import View
from firsthand.model import Settings
from firsthand.web.app import create_app
from firsthand.web.desk import Desk

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


def chromium() -> str:
    """Where the browser is. Skips the test where there is none."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium is installed: chromium is not on the PATH")
    return found


@contextmanager
def started() -> Iterator[Any]:
    """The browser, running."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # No sandbox of its own: in containers, where these tests mostly run, it cannot make one.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Served:
    """A desk that listens on a free port of this machine."""

    def __init__(self, ledger: str, settings: Settings | None = None) -> None:
        app = create_app(ledger, settings)
        self.ledger = ledger
        self.desk: Desk = app.state.desk
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
        self._thread = Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        assert self.desk.updater.wait(120)
        self._server.should_exit = True
        self._thread.join(30)

    def settled(self) -> None:
        """Waits until the figures are up to date."""
        assert self.desk.updater.wait(120)
        assert self.desk.updater.state().failure == ""

    def main_incident(self) -> str:
        with View(self.ledger) as view:
            return max(view.incidents(), key=lambda incident: (len(incident.links), incident.id)).id


# Milliseconds. A wait ends when what is waited for is there; a machine that runs other tests beside takes long to make figures.
_PATIENCE = 90_000


class Watched:
    """A page whose complaints are kept: errors of scripts, blocked loads, requests to anywhere but the desk."""

    def __init__(self, browser: Any, served: Served, **options: Any) -> None:
        self.context = browser.new_context(base_url=served.address, **options)
        self.context.set_default_timeout(_PATIENCE)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self._waiting: set[Any] = set()
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", lambda request: self._asked(request.url, served.address))
        self.page.on("request", lambda request: self._waiting.add(request))
        for ended in ("requestfinished", "requestfailed"):
            self.page.on(ended, lambda request: self._waiting.discard(request))

    def open(self, address: str) -> None:
        """Goes there and waits until nothing that the page and its scripts ask for is missing, for a tenth of a second."""
        self.page.goto(address)
        quiet = 0
        while quiet < 2:
            self.page.wait_for_timeout(50)
            quiet = 0 if self._waiting else quiet + 1

    def close(self) -> None:
        self.context.close()
        assert self.complaints == []

    def _heard(self, message: Any) -> None:
        # A refused form is told by the browser too; the page tells it to the person.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {url}")


#: Opens a page whose complaints fail the test; the options are those of a browser context.
Open = Callable[..., Watched]

# What sticks out to the right of a page that ought to fit, leaving out what scrolls within itself.
_WIDE = """
  document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1 ? [] :
    [document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")]
      .filter((node) => node.scrollWidth > innerWidth && !node.closest(".scroll")).map((node) => node.outerHTML.slice(0, 160))]
"""
# Every form and list that is folded away is looked at too, up to as many as a page of the demonstration has.
_UNFOLD = "[...document.querySelectorAll('details')].slice(0, 40).forEach((node) => { node.open = true; })"


def keeps_out(page: Any, *, within: str = "") -> list[Any]:
    """What keeps somebody out of the page that is open: violations that axe-core finds, and what is wider than the screen."""
    page.evaluate(_UNFOLD)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    where = f"'{within}', " if within else ""
    found = page.evaluate(f"axe.run({where}{{ resultTypes: ['violations'] }})")["violations"]
    told = [(v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in found]
    return told + (page.evaluate(_WIDE) if not within else [])
