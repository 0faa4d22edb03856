"""The search in the full text of reports and in their claims."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from firsthand.ledger import View
from firsthand.ledger.folding import asked, fold, matches
from firsthand.model import Document

from ..desk import TheDesk
from ..facts.claims import as_decided, count_told, day_told, headline, source_told

routes = APIRouter()

PAGE = 25
# Words before and after a find, enough to see what it is about.
AROUND = 14


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds the words: a passage around the first of them, and the claims that hold all of them."""

    id: str
    title: str
    site: str
    published: str
    passage: tuple[tuple[str, bool], ...]
    claims: tuple[tuple[str, str, str], ...]


@routes.get("/search", response_class=HTMLResponse)
def search(request: Request, desk: TheDesk, q: str = "", page: int = 1) -> HTMLResponse:
    page = max(1, page)
    with View(desk.ledger) as view:
        total, reports = view.search(q, limit=PAGE, offset=(page - 1) * PAGE)
        hits = [_hit(view, view.document(report), q) for report in reports]
    pages = (total + PAGE - 1) // PAGE or 1
    return desk.render(request, "search.html", asked=q, hits=hits, total=total, page=page, pages=pages)


def _hit(view: View, document: Document, q: str) -> Hit:
    parts = asked(q)
    found = []
    for claim in as_decided(view.claims_of(document.id).claims, view.judgements()):
        words = claim.span.of(document.field_text(claim.field))
        if matches(fold(words), parts):
            told = f"{source_told(claim, document)}: {' '.join(words.split())}"
            found.append((claim.id, count_told(claim) or claim.certainty, told))
    return Hit(
        document.id,
        headline(document),
        document.site or document.source_id,
        day_told(document),
        passage(document.text, q) or passage(document.title or "", q),
        tuple(found[:5]),
    )


def passage(text: str, q: str) -> tuple[tuple[str, bool], ...]:
    """The words around the first find in ``text``, each with whether it was asked for; empty where none was.

    >>> [word for word, hit in passage("Shells fell on Tarvo at dawn.", "tarvo") if hit]
    ['Tarvo']
    """
    wanted = {word for words, _ in asked(q) for word in words}
    begun = tuple(words[-1] for words, open_ended in asked(q) if open_ended)
    pieces = re.findall(r"\S+", text)
    hits = [any(w in wanted or (begun and w.startswith(begun)) for w in fold(piece)) for piece in pieces]
    if True not in hits:
        return ()
    first = max(0, hits.index(True) - AROUND)
    last = first + 2 * AROUND
    shown = list(zip(pieces[first:last], hits[first:last], strict=True))
    return ((("…", False),) if first else ()) + tuple(shown) + ((("…", False),) if last < len(pieces) else ())
