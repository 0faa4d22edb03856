"""What a share link shows: one incident and its reports, to read; nothing that is withheld, and nothing else of the ledger."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from firsthand.ledger import PublicView

from ..desk import Desk, TheDesk
from ..facts.incident import incident_page
from ..facts.report import report_page
from ..pictures import family, tolls

routes = APIRouter(prefix="/shared")


@routes.get("/{token}", response_class=HTMLResponse)
def incident(request: Request, desk: TheDesk, token: str) -> HTMLResponse:
    id = _incident(request, desk, token)
    with PublicView(desk.ledger) as view:
        page = incident_page(view, id)
    return desk.render(
        request,
        "incident.html",
        page=page,
        others=[],
        shares=[],
        tree=family(page.descents, page.sites),
        tolls=tolls(page.tolls),
    )


@routes.get("/{token}/reports/{id}", response_class=HTMLResponse)
def report(request: Request, desk: TheDesk, token: str, id: str) -> HTMLResponse:
    incident = _incident(request, desk, token)
    with PublicView(desk.ledger) as view:
        if id not in view.incident(incident).reports:
            raise HTTPException(404, "this link shows no such report")
        page = report_page(view, id)
    return desk.render(request, "report.html", page=page)


def _incident(request: Request, desk: Desk, token: str) -> str:
    """The incident that the link shows. Whoever follows it is nobody here, whatever session their browser holds."""
    share = desk.door.shared(token)
    if share is None:
        raise HTTPException(404, "this link has ended or was withdrawn: ask for a new one")
    request.state.person = None
    request.state.prefix = f"/shared/{token}"
    return share.incident
