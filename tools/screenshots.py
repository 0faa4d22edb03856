"""Takes pictures of the desk's pages on the demonstration ledger, for the README and to look at a change.

    python tools/screenshots.py demo-out/firsthand.db pictures/ [--dark] [--width 1280]

Needs the packages of `pip install "firsthand[web,dev]"` and a Chromium on the PATH. The ledger is only read.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn
from playwright.sync_api import sync_playwright

from firsthand.ledger import View
from firsthand.web.app import create_app


def addresses(ledger: str) -> dict[str, str]:
    """A page of each kind, of the incident with the most reports."""
    with View(ledger) as view:
        main = max(view.incidents(), key=lambda incident: (len(incident.links), incident.id))
    one, other = (main.reports * 2)[:2]
    return {
        "incidents": "/",
        "incident": f"/incidents/{main.id}",
        "report": f"/reports/{one}",
        "compare": f"/compare?r={one}&r={other}",
        "queue": "/queue",
        "actors": "/actors",
        "decisions": "/decisions",
    }


def take(ledger: str, folder: Path, *, dark: bool, width: int, height: int) -> None:
    """Writes one PNG a page to ``folder``."""
    server = uvicorn.Server(uvicorn.Config(create_app(ledger), host="127.0.0.1", port=0, log_level="warning"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        scheme = "dark" if dark else "light"
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        for name, address in addresses(ledger).items():
            page.goto(f"http://127.0.0.1:{port}{address}", wait_until="networkidle")
            page.screenshot(path=folder / f"{name}.png")
            print(folder / f"{name}.png")
        browser.close()
    server.should_exit = True
    thread.join(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=900)
    options = parser.parse_args()
    take(options.ledger, options.folder, dark=options.dark, width=options.width, height=options.height)


if __name__ == "__main__":
    main()
