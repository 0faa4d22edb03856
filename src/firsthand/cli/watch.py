"""``watch``: feeds, pages and folders looked at again and again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from firsthand.errors import InputRejected

from . import DONE, REJECTED
from .take import person, stamp_if_configured, take
from .terminal import complain, one_line, say, say_json

if TYPE_CHECKING:
    from firsthand.export.changes import Change
    from firsthand.ingest import Result
    from firsthand.ingest.fetch import Fetcher
    from firsthand.ingest.watching import Watcher

UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Duration(click.ParamType[float]):
    """A length of time in seconds, from "90s", "15m", "2h" or "1d"."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        match = re.fullmatch(r"(\d{1,9})([smhd]?)", str(value).strip())
        if match is None or not int(match[1]):
            self.fail(f"{value!r} is no length of time: write 90s, 15m, 2h or 1d", param, ctx)
        return float(int(match[1]) * UNITS[match[2]])


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--once", is_flag=True, help="Look once and stop.")
@click.option("--every", type=Duration(), default="15m", show_default=True, help="Time between looks: 90s, 15m, 2h.")
@click.option("--webhook", metavar="URL", help="Post what changed there, as JSON.")
@click.option("--entries", is_flag=True, help="Take the entries of a feed as they are, not the pages behind them.")
@click.option("--allow-private", is_flag=True, help="Fetch from machines of your own network, too.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as one JSON object a line.")
@click.option("--by", help="Who adds, for the custody log. Default: $FIRSTHAND_USER, else the user's name.")
@click.pass_context
def watch(
    ctx: click.Context,
    sources: tuple[str, ...],
    once: bool,
    every: float,
    webhook: str | None,
    entries: bool,
    allow_private: bool,
    as_json: bool,
    by: str | None,
) -> None:
    """Look at feeds, web pages, files and folders, take in what is new or changed, build, and say what that changed: new
    incidents, tolls that rose, new contradictions. A SOURCE that ends in .opml is a list of feeds. Servers are asked only for
    what has changed since the last look, which the ledger remembers.

    \b
    Example:
      firsthand watch feeds.opml incoming/ --every 30m
      firsthand watch https://example.org/feed.xml --once --webhook https://example.org/hook
    """
    from firsthand.ingest.fetch import Fetcher
    from firsthand.ingest.watching import Seen, Watcher, watched_sources
    from firsthand.ledger import View, Writer

    named = watched_sources(sources)
    with Writer(ctx.obj):
        pass  # makes the ledger, or brings its schema up to date
    with View(ctx.obj) as view:
        seen = {url: Seen(w.etag, w.last_modified, w.digest) for url, w in view.watched().items()}
    fetcher = Fetcher(allow_private=allow_private)
    watcher = Watcher(fetcher, seen, follow=not entries)
    while True:
        found, rejected = look(ctx.obj, watcher, named, by=by or person())
        _tell(found, as_json=as_json)
        if webhook and found:
            _post(fetcher, webhook, found)
        if once:
            ctx.exit(REJECTED if rejected else DONE)
        time.sleep(every)


def look(ledger: str, watcher: Watcher, sources: list[str], *, by: str) -> tuple[list[Change], int]:
    """One look at all sources: adds, builds where something was added; returns what changed and how many were rejected."""
    from firsthand.export.changes import changes, state_of
    from firsthand.ledger import PublicView, View, Watched, Writer
    from firsthand.runners.local import build

    from .make import settings_in

    with PublicView(ledger) as public:  # what is told may be posted
        before = state_of(public)
    with View(ledger) as view:
        settings = settings_in(view)
    with Writer(ledger) as writer:
        taken = take(writer, _looked(watcher, sources), by=by, ledger=ledger)
        # Only now: what was looked at but not added must be looked at again.
        checked = datetime.now(UTC).isoformat(timespec="seconds")
        for url, seen in watcher.fresh.items():
            writer.put_watched(Watched(url, seen.etag, seen.last_modified, seen.digest, checked))
        watcher.fresh.clear()
    if not taken.forms.total():
        return [], taken.rejected
    stamp_if_configured(ledger)
    built = build(ledger, settings)
    for failed in built.unreadable:
        complain(f"could not read {one_line(failed.name)}: {one_line(failed.why)}")
    with PublicView(ledger) as public:
        return changes(before, state_of(public)), taken.rejected


def _looked(watcher: Watcher, sources: list[str]) -> Iterator[Result]:
    for source in sources:
        try:
            yield from watcher.look(source)
        except InputRejected as error:
            yield error


def _tell(found: list[Change], *, as_json: bool) -> None:
    from firsthand.export.changes import change_row

    for change in found:
        if as_json:
            say_json(change_row(change))
        else:
            what = {"incident": "new incident", "toll": "toll", "contradiction": "contradiction"}[change.kind]
            say(f"{what}  {change.incident}  {one_line(change.title)}: {one_line(change.told)}")


def _post(fetcher: Fetcher, webhook: str, found: list[Change]) -> None:
    import msgspec

    from firsthand.export.changes import change_row

    at = datetime.now(UTC).isoformat(timespec="seconds")
    body = msgspec.json.encode({"at": at, "changes": [change_row(change) for change in found]})
    try:
        fetcher.post(webhook, body, media_type="application/json")
    except InputRejected as error:
        complain(f"could not post what changed: {one_line(str(error))}")
