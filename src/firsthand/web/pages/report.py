"""A report, the claim inside it, and reports beside each other."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.export.context import between
from firsthand.ledger import View

from ..desk import TheDesk
from ..facts.claims import headline
from ..facts.report import report_page, side_by_side

routes = APIRouter()

# Columns that a screen holds beside each other and can still be read.
COLUMNS = 4


@routes.get("/reports/{id}", response_class=HTMLResponse)
def report(request: Request, desk: TheDesk, id: str) -> HTMLResponse:
    with View(desk.ledger) as view:
        page = report_page(view, id)
    return desk.render(request, "report.html", page=page)


@routes.get("/claims/{id}")
def claim(desk: TheDesk, id: str) -> RedirectResponse:
    with View(desk.ledger) as view:
        found = view.claim(id)
    return RedirectResponse(f"/reports/{quote(found.report, safe='')}#{quote(id, safe='')}", status_code=303)


@routes.get("/compare", response_class=HTMLResponse)
def compared(request: Request, desk: TheDesk, r: Annotated[list[str], Query(min_length=1)]) -> HTMLResponse:
    wanted = list(dict.fromkeys(r))[:COLUMNS]
    if len(wanted) < 2:
        raise HTTPException(422, "choose at least two different reports to compare")
    with View(desk.ledger) as view:
        documents = [view.document(report) for report in wanted]
        told = [between(view, documents[0], other) for other in documents[1:]]
        homes = view.incidents_by_id(dict.fromkeys(i for report in wanted for i in view.incidents_of(report)[:1]))
    return desk.render(
        request,
        "compare.html",
        documents=documents,
        verdicts=[verdict for verdict, _ in told],
        changes=[change for _, changes in told for change in changes],
        rows=side_by_side(documents),
        homes=homes,
        name=headline,
    )
