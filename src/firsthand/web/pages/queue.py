"""What needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from firsthand.ledger import View

from ..desk import TheDesk
from ..facts.claims import day_told, headline, newest_decisions
from ..facts.queue import READING, TEXTS, QueueItem, still_open
from ..facts.review import challenges
from ..paging import paged

routes = APIRouter()

PAGE = 100
# Matters of one kind about one incident that stand open; more of the same are folded away, or they would hide all others.
ALIKE = 5

#: Where a matter is settled by looking at its incident, what the way there is called.
LOOK = {
    "contested figure": "See who says what",
    "does this report belong?": "See its reports",
    "where was it?": "Set the place",
    "when was it?": "Set the day",
    "decision in doubt": "See the decision",
}


@routes.get("/queue", response_class=HTMLResponse)
def queue(request: Request, desk: TheDesk, kind: str = "", page: int = 1) -> HTMLResponse:
    with View(desk.ledger) as view:
        summary = desk.summary(view)
        judgements = view.judgements()
        items = still_open(summary.matters, judgements, challenges(view, judgements), summary.by_id)
        kinds = Counter(item.kind for item in items)
        chosen = [item for item in items if not kind or item.kind == kind]
        shown, page, pages = paged(chosen, page, PAGE)
        texts = {report for item in shown if item.kind == TEXTS and item.pair for report in item.pair}
        documents = {document.id: document for document in view.documents(sorted(texts))}
    return desk.render(
        request,
        "queue.html",
        groups=[_by_kind(items) for _, items in groupby(shown, key=lambda item: (item.title, item.incident))],
        newest=newest_decisions(judgements),
        reading=READING,
        rows=summary.by_id,
        texts={
            id: f"“{headline(document)}” ({document.site or 'site unknown'}, {day_told(document)})"
            for id, document in documents.items()
        },
        one_text=TEXTS,
        alike_at_once=ALIKE,
        look=LOOK,
        found=len(items),
        kinds=sorted(kinds.items()),
        kind=kind,
        page=page,
        pages=pages,
    )


def _by_kind(items: Iterable[QueueItem]) -> list[tuple[str, list[QueueItem]]]:
    """The matters about one incident by kind, the kind of the most consequential first."""
    out: dict[str, list[QueueItem]] = {}
    for item in items:
        out.setdefault(item.kind, []).append(item)
    return list(out.items())


@routes.get("/state.json")
def state(desk: TheDesk) -> JSONResponse:
    update = desk.updater.state()
    return JSONResponse({"running": update.running, "failure": update.failure})
