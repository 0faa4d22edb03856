"""Everything that anybody decided."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from firsthand.ledger import View
from firsthand.model import standing

from ..desk import TheDesk
from ..facts.review import challenges

routes = APIRouter()

PAGE = 100


@routes.get("/decisions", response_class=HTMLResponse)
def decisions(request: Request, desk: TheDesk, by: str = "", verb: str = "", page: int = 1) -> HTMLResponse:
    with View(desk.ledger) as view:
        judgements = view.judgements()
        doubted = {challenge.judgement.id: challenge.why for challenge in challenges(view, judgements)}
    stands = {judgement.id for judgement in standing(judgements)}
    chosen = [j for j in reversed(judgements) if (not by or j.by == by) and (not verb or j.verb == verb)]
    pages = (len(chosen) + PAGE - 1) // PAGE or 1
    page = max(1, min(page, pages))
    return desk.render(
        request,
        "decisions.html",
        judgements=chosen[(page - 1) * PAGE : page * PAGE],
        found=len(chosen),
        people=sorted({j.by for j in judgements}),
        verbs=sorted({j.verb for j in judgements}),
        asked={"by": by, "verb": verb},
        stands=stands,
        doubted=doubted,
        page=page,
        pages=pages,
    )
