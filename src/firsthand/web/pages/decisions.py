"""Everything that anybody decided."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from firsthand.ledger import View
from firsthand.model import Judgement, taken_back

from ..desk import TheDesk
from ..facts.claims import called, count_told, source_told
from ..facts.review import challenges, figure_told
from ..paging import paged

routes = APIRouter()

PAGE = 100


@routes.get("/decisions", response_class=HTMLResponse)
def decisions(request: Request, desk: TheDesk, by: str = "", verb: str = "", page: int = 1) -> HTMLResponse:
    with View(desk.ledger) as view:
        judgements = view.judgements()
        doubted = {challenge.judgement.id: challenge.why for challenge in challenges(view, judgements)}
        chosen = [j for j in reversed(judgements) if (not by or j.by == by) and (not verb or j.verb == verb)]
        shown, page, pages = paged(chosen, page, PAGE)
        subjects = _subjects(view, shown)
    return desk.render(
        request,
        "decisions.html",
        judgements=shown,
        found=len(chosen),
        people=sorted({j.by for j in judgements}),
        verbs=sorted({j.verb for j in judgements}),
        asked={"by": by, "verb": verb},
        undone=taken_back(judgements),
        doubted=doubted,
        subjects=subjects,
        page=page,
        pages=pages,
    )


def _subjects(view: View, judgements: Sequence[Judgement]) -> dict[str, tuple[str, str]]:
    """What the decisions are about, by the id of the decision: (in words, where to see it). Those about what is no longer there,
    or about neither claim nor figure nor incident, are left out."""
    subjects = {j.subject for j in judgements}
    reports = sorted(view.reports_of_claims(sorted(s for s in subjects if s.startswith("clm-"))))
    documents = {document.id: document for document in view.documents(reports)}
    claims = {c.id: c for found in view.claims(reports) for c in found.claims if c.id in subjects}
    figures = {figure.id: figure for figure in view.figures_by_id(s for s in subjects if s.startswith("fig-"))}
    wanted = {s for s in subjects if s.startswith("inc-")} | {figure.incident for figure in figures.values()}
    titles = {incident.id: incident.title for incident in view.incidents_by_id(sorted(wanted))}
    out = {}
    for j in judgements:
        if j.subject in claims:
            claim = claims[j.subject]
            document = documents[claim.report]
            words = f"{count_told(claim) or 'a statement'}, {source_told(claim, document)}, in {called(document)}"
            out[j.id] = (words, f"/claims/{quote(claim.id)}")
        elif j.subject in figures:
            incident = figures[j.subject].incident
            out[j.id] = (
                f"{figure_told(j)}, {titles.get(incident, incident)}",
                f"/incidents/{quote(incident)}#{j.subject}",
            )
        elif j.subject in titles:
            out[j.id] = (titles[j.subject], f"/incidents/{quote(j.subject)}")
    return out
