"""Commands that take reports in and look after the originals."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.errors import InputRejected

from . import DONE, REJECTED
from .terminal import complain, one_line, say

if TYPE_CHECKING:
    from firsthand.ingest import Intake
    from firsthand.model import RawReport

# One transaction takes this many reports or bytes, whichever comes first: few transactions, and little memory.
BATCH_REPORTS = 500
BATCH_BYTES = 32 * 1024 * 1024

# With more new reports than this only the counts are printed.
LISTED = 20


@click.command(short_help="Take reports into the ledger.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what was rejected.")
@click.pass_context
def add(ctx: click.Context, sources: tuple[str, ...], quiet: bool) -> None:
    """Take reports into the ledger: files, folders, globs, or - for standard input.

    The bytes are kept as they came, under their SHA-256; the same report is added once, however often it is given.
    An input that cannot be taken is named on standard error with the reason, and the others are taken.

    \b
    Example:
      firsthand add reports/ wire.jsonl "pages/*.html"
    """
    from firsthand.ingest import read
    from firsthand.ledger import Writer

    kinds: Counter[str] = Counter()
    taken: list[RawReport] = []
    known = rejected = 0
    with Writer(ctx.obj) as writer:
        batch: list[tuple[RawReport, bytes]] = []
        size = 0

        def flush() -> None:
            nonlocal known, size
            added = writer.add(batch)
            new = set(added.new)
            for raw, _ in batch:
                if raw.id in new:
                    new.discard(raw.id)
                    kinds[raw.media_type] += 1
                    if len(taken) <= LISTED:
                        taken.append(raw)
            known += len(added.known)
            batch.clear()
            size = 0

        for item in _guarded(read(sources, stdin=sys.stdin.buffer)):
            if isinstance(item, InputRejected):
                if _is_ledger(item.what, ctx.obj):
                    continue
                rejected += 1
                complain(f"rejected {one_line(str(item))}")
                continue
            batch.append((item.report, item.original))
            size += len(item.original)
            if len(batch) >= BATCH_REPORTS or size >= BATCH_BYTES:
                flush()
        flush()
    if not quiet:
        _tell(kinds, taken, known, rejected)
    ctx.exit(REJECTED if rejected else DONE)


@click.command(short_help="Check that every original still has its hash.")
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Check that the bytes of every original still have the hash they came in with, and that the chain of judgements is
    unbroken. What is damaged is named on standard error; exit status 1.

    \b
    Example:
      firsthand verify
    """
    from firsthand.ledger import View

    with View(ctx.obj) as view:
        damaged = 0
        for damage in view.verify():
            damaged += 1
            complain(f"damaged {damage.subject} {one_line(damage.name)}: {damage.why}")
        say(f"{view.count('originals')} originals and {view.count('judgements')} judgements checked, {damaged} damaged")
    ctx.exit(REJECTED if damaged else DONE)


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


def _tell(kinds: Counter[str], taken: list[RawReport], known: int, rejected: int) -> None:
    new = sum(kinds.values())
    if new <= LISTED:
        for raw in taken:
            notes = f"  ({'; '.join(raw.steps)})" if raw.steps else ""
            say(f"{raw.id}  {raw.media_type:4}  {one_line(raw.name)}{one_line(notes) and '  ' + one_line(notes)}")
    as_what = ", ".join(f"{count} as {kind}" for kind, count in sorted(kinds.items()))
    parts = [f"{new} {'report' if new == 1 else 'reports'} added" + (f" ({as_what})" if as_what else "")]
    if known:
        parts.append(f"{known} in the ledger already")
    if rejected:
        parts.append(f"{rejected} rejected")
    say("; ".join(parts))
