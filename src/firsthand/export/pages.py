"""Pages in HTML that stand alone: no script, nothing fetched, every word from a report escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from firsthand.model import Alteration, Document

from .collate import Piece, Row

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
        shade = ' class="aligned"' if row.kind == "aligned" else ""
        moved = ' <span class="moved">(moved)</span>' if row.moved else ""
        body.append(f"<tr><td{shade}>{_pieces(row.left)}</td><td{shade}>{_pieces(row.right)}{moved}</td></tr>")
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


def _pieces(pieces: Sequence[Piece]) -> str:
    return "".join(f"<mark>{escape(p.text)}</mark>" if p.differs else escape(p.text) for p in pieces)
