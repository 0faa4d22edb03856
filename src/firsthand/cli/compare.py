"""``compare``: two reports beside each other."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.model import Document

from .find import find
from .terminal import console, one_line, safe, say

if TYPE_CHECKING:
    from rich.text import Text

    from firsthand.export.pages import Piece


# Texts side by side are for reading, in a file too.
PIPED = 160


@click.command()
@click.argument("left", metavar="REPORT")
@click.argument("right", metavar="REPORT")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page instead of printing.")
@click.pass_context
def compare(ctx: click.Context, left: str, right: str, html: Path | None) -> None:
    """Print two reports side by side. Aligned passages stand on one line, words that differ are marked; below, what
    changed in the copy.

    \b
    Example:
      firsthand compare agency-dareth velm-online
    """
    from firsthand.export.context import between
    from firsthand.export.files import write_text
    from firsthand.export.pages import comparison_page, left_pieces, right_pieces
    from firsthand.ledger import View
    from firsthand.lineage import compare as align

    with View(ctx.obj) as view:
        first, second = (view.document(find(view, name, ("reports",))[1]) for name in (left, right))
        verdict, changes = between(view, first, second)
    rows = align(first, second)
    if html is not None:
        write_text(html, comparison_page(first, second, verdict, rows, changes))
        return
    from rich.table import Table

    out = console(piped=PIPED)
    half = max(20, (out.width - 7) // 2)
    table = Table(box=None, pad_edge=False, show_header=True)
    for document in (first, second):
        table.add_column(safe(heading(document)), width=half, header_style="bold")
    table.add_row("", "")
    for row in rows:
        both = row.left is not None and row.right is not None
        ours, theirs = _cell(left_pieces(row, first.text), both), _cell(right_pieces(row, second.text), both)
        if row.moved:
            theirs.append("  (moved)", style="dim italic")
        table.add_row(ours, theirs)
        table.add_row("", "")
    out.print(table)
    out.print(safe(verdict), style="bold")
    for change in changes:
        say("\n" + textwrap.fill(f"{change.kind}: {one_line(change.why)}", out.width, subsequent_indent="  "))


def heading(document: Document) -> str:
    """Who published what when, on one line."""
    when = document.published.isoformat() if document.published else "undated"
    parts = (document.source_id, document.site or "", when, document.title or "")
    return one_line(" · ".join(part for part in parts if part))


def _cell(pieces: Sequence[Piece], aligned: bool) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        words = safe(piece.text)
        if piece.differs and piece.text.strip() and not sys.stdout.isatty():
            words = f"‹{words}›"  # colour is lost in a file or a pipe
        text.append(words, style=("bold yellow" if piece.differs else "green") if aligned else "")
    return text
