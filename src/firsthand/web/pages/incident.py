"""An incident, and the forms in which it leaves the desk."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from firsthand.export.brief import brief, plain
from firsthand.ledger import PublicView, View
from firsthand.model import Grouping, Judgement, standing
from firsthand.reconcile import POLICIES, sensitivity
from firsthand.wording import range_told

from ..desk import TheDesk
from ..facts.incident import IncidentPage, incident_page
from ..facts.review import figure_told
from ..pictures import family, tolls
from ..words import counted_told

routes = APIRouter()

# Incidents to choose from where one is merged with another; the rest is found by its id.
NEAR = 200


@routes.get("/incidents/{id}", response_class=HTMLResponse)
def incident(request: Request, desk: TheDesk, id: str) -> HTMLResponse:
    with View(desk.ledger) as view:
        page = incident_page(view, id)
        rows = desk.summary(view).rows
    start = page.context.incident.when.start
    days = start.toordinal() if start else 0
    # Those nearest in time first: what was taken for two is seldom a year apart.
    others = sorted(
        (row for row in rows if row.id != id), key=lambda row: abs((row.start.toordinal() if row.start else 0) - days)
    )[:NEAR]
    shares = desk.door.accounts.shares(id)
    return desk.render(
        request,
        "incident.html",
        page=page,
        others=others,
        shares=shares,
        tree=family(page.descents, page.sites),
        tolls=tolls(page.tolls),
    )


@routes.get("/incidents/{id}/brief.md")
def markdown(desk: TheDesk, id: str, download: bool = False) -> Response:
    with PublicView(desk.ledger) as view:
        text = brief(view, id) + _decided(incident_page(view, id))
    return _file(text, "text/markdown; charset=utf-8", f"{id}.md", download=download)


@routes.get("/incidents/{id}/figures.csv")
def table(desk: TheDesk, id: str) -> Response:
    """The figures with status, reason, who stands behind them, and the claims they rest on."""
    with PublicView(desk.ledger) as view:
        page = incident_page(view, id)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["incident", "outcome", "victims", "place", "low", "best", "high", "status", "voices", "origins", "reports", "why",
         "accepted_by", "claims"]
    )  # fmt: skip
    for figure in page.context.figures:
        place = page.context.places.get(figure.place or "")
        row = [
            id, figure.outcome, figure.victims, place.name if place else "", figure.low, figure.best, figure.high, figure.status,
            figure.voices, figure.origins, figure.reports, figure.why, page.accepted.get(figure.id, ""), " ".join(figure.claims),
        ]  # fmt: skip
        writer.writerow([_harmless(cell) for cell in row])
    return _file(out.getvalue(), "text/csv; charset=utf-8", f"{id}-figures.csv", download=True)


@routes.get("/incidents/{id}/record.json")
def record(desk: TheDesk, id: str) -> Response:
    """The incident with its figures, claims, conflicts and decisions, as the records they are."""
    with PublicView(desk.ledger) as view:
        page = incident_page(view, id)
    return _file(
        json.dumps(_record(page), ensure_ascii=False, indent=1, default=str),
        "application/json",
        f"{id}.json",
        download=True,
    )


@routes.get("/incidents/{id}/sensitivity", response_class=HTMLResponse)
def policies(request: Request, desk: TheDesk, id: str) -> HTMLResponse:
    with View(desk.ledger) as view:
        incident = view.incident(id)
        assigned = view.assignments_of(id)
        reports = sorted({*incident.reports, *view.reports_of_claims([a.claim for a in assigned])})
        compared = sensitivity(
            Grouping(incidents=(incident,), assignments=assigned, victims=view.victims_of(id)),
            view.claims(reports),
            view.lineage_of(reports),
            documents=view.documents(reports),
            judgements=view.judgements(),
        )
    return desk.render(
        request,
        "sensitivity.html",
        incident=incident,
        rows=compared,
        policies=POLICIES,
        used={name for row in compared for name in row.by_policy},
        told=range_told,
    )


def _record(page: IncidentPage) -> dict[str, object]:
    context = page.context
    return {
        "incident": asdict(context.incident),
        "figures": [asdict(figure) | {"accepted": page.accepted.get(figure.id)} for figure in context.figures],
        "conflicts": [asdict(conflict) for conflict in context.conflicts],
        "grade": asdict(context.grade) if context.grade else None,
        "victims": [asdict(victim) for victim in context.victims],
        "claims": [asdict(claim) for claim in context.claims.values()],
        "origins": [asdict(origin) for origin in context.lineage.origins],
        "review": asdict(page.review),
        "judgements": [asdict(judgement) for judgement in page.judgements],
    }


def _decided(page: IncidentPage) -> str:
    """Who stands behind which figure and what people decided about the incident, as the end of its brief."""
    stands = standing(page.judgements)
    if not stands:
        return (
            "\n## Decisions\n\nNobody has decided anything about this incident: all of it is the machine's proposal.\n"
        )
    figures = [figure for figure in page.context.figures if figure.id in page.accepted]
    behind = [
        f"- **{range_told(f.low, f.best, f.high)} {counted_told(f)}**: {plain(page.accepted[f.id])}" for f in figures
    ]
    lines = [
        f"- {j.at[:16].replace('T', ' ')} UTC, {plain(j.by)}: {j.verb} {_subject(j, page)}"
        + (f" ({plain(j.reason)})" if j.reason else "") + f", hash `{j.hash[:16]}`"
        for j in stands
    ]  # fmt: skip
    heading = "\n## Who stands behind which figure\n\n" + "\n".join(behind) + "\n" if behind else ""
    return heading + "\n## Decisions\n\n" + "\n".join(lines) + "\n"


def _subject(judgement: Judgement, page: IncidentPage) -> str:
    """What a decision is about, in words where the page has them."""
    if judgement.subject.startswith("fig-"):
        return f"the figure {plain(figure_told(judgement))}"
    if judgement.subject == page.context.incident.id:
        return "the incident"
    line = page.lines.get(judgement.subject)
    if line is not None:
        return f"“{plain(line.words)}” ({plain(line.source)}, in {plain(line.site)})"
    return f"`{judgement.subject}`"


def _harmless(cell: object) -> object:
    """A cell that a spreadsheet would take for a formula, kept as words."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _file(text: str, kind: str, name: str, *, download: bool) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if download else {}
    if kind.startswith("text/markdown"):
        return PlainTextResponse(text, media_type=kind, headers=headers)
    return Response(text, media_type=kind, headers=headers)
