"""``compare``: two reports beside each other."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.model import Alteration, Document, Passage

from .find import find
from .terminal import console, one_line, safe, say

if TYPE_CHECKING:
    from rich.text import Text

    from firsthand.export.collate import Piece
    from firsthand.ledger import View


@click.command(short_help="Print two reports side by side, what they share marked.")
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
    from firsthand.export.collate import collate
    from firsthand.export.files import write_text
    from firsthand.export.pages import comparison_page
    from firsthand.ledger import View

    with View(ctx.obj) as view:
        first, second = (view.document(find(view, name, ("reports",))[1]) for name in (left, right))
        verdict, passages, changes = between(view, first, second)
    rows = collate(first.text, second.text, passages)
    if html is not None:
        write_text(html, comparison_page(first, second, verdict, rows, changes))
        return
    from rich.table import Table

    half = max(20, (console().width - 7) // 2)
    table = Table(box=None, pad_edge=False, show_header=True)
    for document in (first, second):
        table.add_column(safe(heading(document)), width=half, header_style="bold")
    table.add_row("", "")
    for row in rows:
        ours, theirs = _cell(row.left, row.kind == "aligned"), _cell(row.right, row.kind == "aligned")
        if row.moved:
            theirs.append("  (moved)", style="dim italic")
        table.add_row(ours, theirs)
        table.add_row("", "")
    out = console()
    out.print(table)
    out.print(f"{verdict}", style="bold")
    for change in changes:
        say("\n" + textwrap.fill(f"{change.kind}: {one_line(change.why)}", out.width, subsequent_indent="  "))


def between(view: View, left: Document, right: Document) -> tuple[str, tuple[Passage, ...], tuple[Alteration, ...]]:
    """The verdict on two reports in a sentence, their aligned passages (source side: ``left``), and what changed."""
    lineage = view.lineage_of([left.id, right.id])
    pair = {left.id, right.id}
    changes = tuple(change for change in lineage.alterations if {change.source, change.derived} == pair)
    for copy in lineage.copies:
        if {copy.source, copy.derived} == pair:
            return one_line(copy.why), _from(left.id, copy.source, copy.passages), changes
    origins = {report: origin for origin in lineage.origins for report in origin.reports}
    if origins[left.id] == origins[right.id] and left.id != right.id:
        from firsthand.pipeline import aligned

        return one_line(f"Both carry copy of one origin: {origins[left.id].why}"), aligned(left, right), changes
    for item in lineage.shared:
        if set(item.reports) == pair:
            return one_line(item.why), _from(left.id, item.reports[0], item.passages), changes
    return "No copying found between these two.", (), changes


def heading(document: Document) -> str:
    """Who published what when, on one line."""
    when = document.published.isoformat() if document.published else "undated"
    parts = (document.source_id, document.site or "", when, document.title or "")
    return one_line(" · ".join(part for part in parts if part))


def _from(left: str, source: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    if source == left:
        return tuple(passages)
    return tuple(Passage(p.derived_span, p.source_span, p.score) for p in passages)


def _cell(pieces: Sequence[Piece], aligned: bool) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        words = safe(piece.text)
        if piece.differs and piece.text.strip() and not sys.stdout.isatty():
            words = f"‹{words}›"  # colour is lost in a file or a pipe
        text.append(words, style=("bold yellow" if piece.differs else "green") if aligned else "")
    return text
