"""Commands that take reports in and look after the originals."""

from __future__ import annotations

import getpass
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand import __version__
from firsthand.errors import InputRejected
from firsthand.wording import counted

from . import DONE, REJECTED
from .terminal import complain, one_line, say

if TYPE_CHECKING:
    from firsthand.ingest import Intake
    from firsthand.ledger import Writer
    from firsthand.model import RawReport

# One transaction takes this many reports or bytes, whichever comes first: few transactions, and little memory.
BATCH_REPORTS = 500
BATCH_BYTES = 32 * 1024 * 1024

# With more new reports than this only the counts are printed.
LISTED = 20


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column of a CSV file is what.")
@click.option("--follow", is_flag=True, help="Fetch the pages that a feed or sitemap lists, instead of its entries.")
@click.option("--allow-private", is_flag=True, help="Fetch from machines of your own network, too.")
@click.option("--by", help="Who adds them, for the custody log. Default: $FIRSTHAND_USER, else the user's name.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what was rejected.")
@click.pass_context
def add(
    ctx: click.Context,
    sources: tuple[str, ...],
    columns: tuple[str, ...],
    follow: bool,
    allow_private: bool,
    by: str | None,
    quiet: bool,
) -> None:
    """Take reports into the ledger: files, folders, globs, web addresses, or - for standard input.

    The bytes are kept as they came, under their SHA-256; the same report is added once, however often it is given.
    An input that cannot be taken is named on standard error with the reason, and the others are taken; at the end standard
    error says what was taken as what. Only a web address makes this program use the network: robots.txt is obeyed, and the
    answer is kept with its headers. FIELD is one of id, text, html, url, site, title, published, author, language, retrieved.

    \b
    Example:
      firsthand add reports/ wire.jsonl "pages/*.html"
      firsthand add coded.csv --map text=Body --map published=Day
      firsthand add https://example.org/feed.xml --follow
    """
    from firsthand.ingest import read
    from firsthand.ledger import Writer

    mapping = dict(_mapped(pair) for pair in columns)
    fetcher = None
    if follow or any(source.lower().startswith(("http://", "https://")) for source in sources):
        from firsthand.ingest.fetch import Fetcher

        fetcher = Fetcher(allow_private=allow_private)
    items = read(sources, stdin=sys.stdin.buffer, columns=mapping, fetcher=fetcher, follow=follow)
    with Writer(ctx.obj) as writer:
        taken = take(writer, _guarded(items), by=by or person(), ledger=ctx.obj)
    if not quiet:
        taken.tell()
        if mapping and taken.known:
            complain(
                "a report keeps what was said of it when it was first added: for other columns add the file to a new ledger"
            )
    if taken.forms:
        stamp_if_configured(ctx.obj)
    ctx.exit(REJECTED if taken.rejected else DONE)


@dataclass
class Taken:
    """What came of taking reports in: new ones by format, the first of them, those that were known, those rejected, and
    what a person should know of the files."""

    forms: Counter[str] = field(default_factory=Counter)
    first: list[RawReport] = field(default_factory=list)
    known: int = 0
    rejected: int = 0
    notes: list[str] = field(default_factory=list)

    def tell(self) -> None:
        """The reports on standard output, the counts on standard error."""
        new = self.forms.total()
        if new <= LISTED:
            for raw in self.first:
                notes = f"  ({'; '.join(raw.steps)})" if raw.steps else ""
                say(f"{raw.id}  {raw.media_type:4}  {one_line(raw.name)}{one_line(notes) and '  ' + one_line(notes)}")
        for note in self.notes:
            complain(one_line(note))
        as_what = ", ".join(f"{count} as {form}" for form, count in sorted(self.forms.items()))
        parts = [f"{counted(new, 'report')} added" + (f" ({as_what})" if as_what else "")]
        if self.known:
            parts.append(f"{self.known} in the ledger already")
        if self.rejected:
            parts.append(f"{self.rejected} rejected")
        complain("; ".join(parts))


def take(writer: Writer, items: Iterator[Intake | InputRejected], *, by: str, ledger: str) -> Taken:
    """Adds the reports batch by batch; names on standard error what is rejected, as it comes."""
    taken = Taken()
    batch: list[Intake] = []
    size = 0
    for item in items:
        if isinstance(item, InputRejected):
            if not _is_ledger(item.what, ledger):
                taken.rejected += 1
                complain(f"rejected {one_line(str(item))}")
            continue
        if item.note:
            taken.notes.append(item.note)
        batch.append(item)
        size += len(item.original)
        if len(batch) >= BATCH_REPORTS or size >= BATCH_BYTES:
            _flush(writer, batch, taken, by)
            batch, size = [], 0
    _flush(writer, batch, taken, by)
    return taken


def _flush(writer: Writer, batch: list[Intake], taken: Taken, by: str) -> None:
    fetched = {item.fetched.capture.id: item.fetched for item in batch if item.fetched}
    added = writer.add(
        ((item.report, item.original) for item in batch),
        by=by,
        details={item.report.id: _details(item) for item in batch},
        captures=[(each.capture, each.warc) for each in fetched.values()],
    )
    new = set(added.new)
    for item in batch:
        if item.report.id in new:
            new.discard(item.report.id)
            taken.forms[item.form or item.report.media_type] += 1
            if len(taken.first) <= LISTED:
                taken.first.append(item.report)
    taken.known += len(added.known)


def _details(item: Intake) -> dict[str, str]:
    out = {"form": item.form, "program": f"firsthand {__version__}"}
    if item.fetched:
        out["capture"] = item.fetched.capture.id
    return out


def stamp_if_configured(ledger: str) -> None:
    """Has the timestamp service in $FIRSTHAND_TIMESTAMPS, if one is named there, sign the log. The reports are in, whether it
    answers or not."""
    from firsthand.errors import FirsthandError

    service = os.environ.get("FIRSTHAND_TIMESTAMPS")
    if not service:
        return
    from .custody import stamped

    try:
        complain(stamped(ledger, service))
    except FirsthandError as error:
        complain(f"the reports are added, but: {one_line(str(error))}; `firsthand stamp` tries again")


def person() -> str:
    """Who works here, as the custody log names them."""
    named = os.environ.get("FIRSTHAND_USER", "").strip()
    if named:
        return named[:200]
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user that the machine has no name for
        return "unnamed user"


def _mapped(pair: str) -> tuple[str, str]:
    from firsthand.ingest.readers.jsonl import ALIASES

    name, _, column = pair.partition("=")
    if name not in ALIASES or not column:
        raise click.BadParameter(f"{pair!r}: write FIELD=COLUMN, FIELD one of {', '.join(ALIASES)}", param_hint="--map")
    return name, column


def _is_ledger(name: str, ledger: str) -> bool:
    """Whether ``name`` is the ledger's own file, met in a folder that was given: nobody meant to add that."""
    own = {Path(ledger + ending).absolute() for ending in ("", "-wal", "-shm")} if "://" not in ledger else set()
    return Path(name).absolute() in own


def _guarded(items: Iterator[Intake | InputRejected]) -> Iterator[Intake | InputRejected]:
    """The same items; an InputRejected that is raised, not yielded, ends the reading but is told like the others."""
    try:
        yield from items
    except InputRejected as error:
        yield error
