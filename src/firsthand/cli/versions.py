"""``versions``: what a page said, and what it says now."""

from __future__ import annotations

import difflib
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from firsthand.errors import NotFound

from .find import find
from .terminal import one_line, say

if TYPE_CHECKING:
    from firsthand.ledger import View
    from firsthand.model import Document


@click.command()
@click.argument("page", metavar="URL|REPORT")
@click.option("--list", "listed", is_flag=True, help="Only list the versions.")
@click.pass_context
def versions(ctx: click.Context, page: str, listed: bool) -> None:
    """Print every version of a page that was kept, oldest first, and what changed from each to the next: lines that went with
    a minus, lines that came with a plus. PAGE is an address, or a report that came from one.

    \b
    Example:
      firsthand versions https://example.org/story
    """
    from firsthand.ledger import View

    with View(ctx.obj) as view:
        url = page if page.lower().startswith(("http://", "https://")) else _address(view, page)
        if url is None:
            raise NotFound(f"{page} came without an address", hint="give the address of the page")
        kept = view.at_address(url)
        if not kept:
            raise NotFound(f"no report came from {url}", hint="`firsthand add URL` fetches it")
        documents = [_document(view, report) for report, _ in kept]
        captures = view.captures(url=url)
    say(one_line(url))
    for document, (_, added) in zip(documents, kept, strict=True):
        seen = [capture.at for capture in captures if capture.payload == document.sha256]
        when = f"seen {', '.join(seen)}" if seen else f"retrieved {document.retrieved}" if document.retrieved else ""
        say(f"{document.id}  added {added}  sha256 {document.sha256[:16]}…  {one_line(when)}".rstrip())
    if listed:
        return
    for before, after in pairwise(documents):
        say()
        for line in changed_lines(before, after):
            say(line)


def changed_lines(before: Document, after: Document) -> list[str]:
    """What changed in title and paragraphs, as a unified diff with one line of context."""
    diff = difflib.unified_diff(_lines(before), _lines(after), before.id, after.id, lineterm="", n=1)
    return list(diff) or [f"{before.id} and {after.id}: the same text; what differs is around it"]


def _lines(document: Document) -> list[str]:
    return [f"title: {one_line(document.title or '')}", *(one_line(part) for part in document.text.split("\n\n"))]


def _address(view: View, typed: str) -> str | None:
    _, report = find(view, typed, ("reports",))
    return view.raw(report).url or _document(view, report).url


def _document(view: View, report: str) -> Document:
    """The cleaned report, also where the ledger has not been built since it was added."""
    from firsthand.clean import clean

    try:
        return view.document(report)
    except NotFound:
        return clean(view.raw(report))
