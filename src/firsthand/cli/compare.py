"""``compare``: two reports beside each other."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.model import Alteration, Copy, Document, Passage, SharedPassage

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
    from firsthand.export.pages import comparison_page, write_page
    from firsthand.ledger import View

    with View(ctx.obj) as view:
        first, second = (view.document(find(view, name, ("reports",))[1]) for name in (left, right))
        verdict, passages, changes = between(view, first.id, second.id)
    rows = collate(first.text, second.text, passages)
    if html is not None:
        write_page(html, comparison_page(first, second, verdict, rows, changes))
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


def between(view: View, left: str, right: str) -> tuple[str, tuple[Passage, ...], tuple[Alteration, ...]]:
    """The verdict on two reports in a sentence, their aligned passages (source side: ``left``), and what changed."""
    lineage = view.lineage()
    pair = {left, right}
    copies = [copy for copy in lineage.copies if {copy.source, copy.derived} == pair]
    shared = [item for item in lineage.shared if set(item.reports) == pair]
    changes = tuple(a for a in lineage.alterations if {a.source, a.derived} == pair)
    passages = [p for copy in copies for p in _from(left, copy.source, copy.passages)]
    if not copies:
        passages = [p for item in shared for p in _from(left, item.reports[0], item.passages)]
    return _verdict(view, left, right, copies, shared), tuple(passages), changes


def heading(document: Document) -> str:
    """Who published what when, on one line."""
    when = document.published.isoformat() if document.published else "undated"
    parts = (document.source_id, document.site or "", when, document.title or "")
    return one_line(" · ".join(part for part in parts if part))


def _verdict(view: View, left: str, right: str, copies: Sequence[Copy], shared: Sequence[SharedPassage]) -> str:
    if copies:
        return one_line(copies[0].why)
    if shared:
        return one_line(shared[0].why)
    origins = {report: origin for origin in view.origins() for report in origin.reports}
    ours, theirs = origins.get(left), origins.get(right)
    if ours is not None and ours == theirs:
        return one_line(f"Both carry copy of one origin, {ours.name}, through other reports: {ours.why}")
    return "No copying found between these two."


def _from(left: str, source: str, passages: Sequence[Passage]) -> list[Passage]:
    if source == left:
        return list(passages)
    return [Passage(p.derived_span, p.source_span, p.score) for p in passages]


def _cell(pieces: Sequence[Piece], aligned: bool) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        text.append(safe(piece.text), style=("bold yellow" if piece.differs else "green") if aligned else "")
    return text
