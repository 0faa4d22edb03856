"""Pages in HTML that stand alone: no script, nothing fetched, every word from a report escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from firsthand.lineage import Row
from firsthand.model import Alteration, Document, Span

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
body { color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
td.aligned { background: #eef5ee; }
mark { background: #ffe9a8; color: inherit; font-weight: 600; }
.moved { color: #555; font-style: italic; }
small { color: #555; }
""".strip()


def comparison_page(
    left: Document, right: Document, verdict: str, rows: Sequence[Row], changes: Sequence[Alteration]
) -> str:
    """Two reports side by side; aligned passages share a line, words that differ are marked."""
    body = [f"<h1>Two reports compared</h1>\n<p>{escape(verdict)}</p>\n<table>\n<thead><tr>"]
    body += [f'<th scope="col">{_heading(document)}</th>' for document in (left, right)]
    body.append("</tr></thead>\n<tbody>")
    for row in rows:
        shade = ' class="aligned"' if row.left and row.right else ""
        moved = ' <span class="moved">(moved)</span>' if row.moved else ""
        ours, theirs = _html(left_pieces(row, left.text)), _html(right_pieces(row, right.text))
        body.append(f"<tr><td{shade}>{ours}</td><td{shade}>{theirs}{moved}</td></tr>")
    body.append("</tbody>\n</table>")
    if changes:
        items = "\n".join(f"<li><b>{escape(change.kind)}</b>: {escape(change.why)}</li>" for change in changes)
        body.append(f"<h2>What changed</h2>\n<ul>\n{items}\n</ul>")
    return page("Two reports compared", "\n".join(body))


def page(title: str, body: str) -> str:
    """A whole page around ``body``, which must be HTML already."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _heading(document: Document) -> str:
    when = document.published.isoformat() if document.published else "undated"
    return "<br>".join(escape(part) for part in (document.title, document.site, when, document.source_id) if part)


class Piece(NamedTuple):
    """A run of one side of a row; ``differs`` where the other side has it otherwise."""

    text: str
    differs: bool


def left_pieces(row: Row, text: str) -> list[Piece]:
    """The left side of ``row``, whose spans are in ``text``; alone in its row, nothing of it differs."""
    marked = row.right is not None
    return list(_pieces(row.left, [(s.left, marked and s.kind != "same") for s in row.segments], text))


def right_pieces(row: Row, text: str) -> list[Piece]:
    """The right side of ``row``."""
    marked = row.left is not None
    return list(_pieces(row.right, [(s.right, marked and s.kind != "same") for s in row.segments], text))


def _pieces(whole: Span | None, segments: Sequence[tuple[Span | None, bool]], text: str) -> Iterator[Piece]:
    """The segments with the space between them; space belongs to no segment and never differs."""
    if whole is None:
        return
    at = whole.start
    for span, differs in segments:
        if span is not None:
            if span.start > at:
                yield Piece(text[at : span.start], False)
            yield Piece(span.of(text), differs)
            at = span.end
    if at < whole.end:
        yield Piece(text[at : whole.end], False)


def _html(pieces: Sequence[Piece]) -> str:
    return "".join(f"<mark>{escape(p.text)}</mark>" if p.differs else escape(p.text) for p in pieces)
