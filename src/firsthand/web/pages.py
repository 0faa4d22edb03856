"""The pages that read."""

from __future__ import annotations

from collections import Counter
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse

from firsthand.export.brief import brief
from firsthand.export.context import between
from firsthand.export.pages import left_pieces, right_pieces
from firsthand.ledger import View
from firsthand.lineage import compare as align
from firsthand.model import OUTCOMES, VICTIM_CLASSES, Grouping, standing
from firsthand.reconcile import POLICIES, sensitivity
from firsthand.wording import range_told

from . import facts
from .app import Desk, Render
from .decisions import GRADES

CHOICES = {"outcomes": OUTCOMES, "classes": VICTIM_CLASSES}
# Rows a page: a long list stays quick to read and to send.
PAGE = 200


def router(desk: Desk, render: Render) -> APIRouter:
    """All reading pages of the desk."""
    routes = APIRouter()

    @routes.get("/", response_class=HTMLResponse)
    def incidents(
        request: Request,
        q: str = "",
        country: str = "",
        start: str = "",
        end: str = "",
        outcome: str = "",
        grade: str = "",
        page: int = 1,
    ) -> HTMLResponse:
        query = facts.Query(q.strip(), country, _day(start), _day(end), outcome, grade)
        with View(desk.ledger) as view:
            rows = desk.rows(view)
            built = view.stage_key("reconcile") is not None
            counts = {"reports": view.count("reports"), "origins": view.count("origins")}
        chosen = [row for row in rows if query.matches(row)]
        page = max(1, min(page, (len(chosen) + PAGE - 1) // PAGE or 1))
        return render(
            request,
            "incidents.html",
            rows=chosen[(page - 1) * PAGE : page * PAGE],
            found=len(chosen),
            page=page,
            pages=(len(chosen) + PAGE - 1) // PAGE or 1,
            counts=counts,
            built=built,
            asked={"q": q, "country": country, "start": start, "end": end, "outcome": outcome, "grade": grade},
            countries=sorted({row.country for row in rows if row.country}),
            outcomes=OUTCOMES,
            grades=sorted({row.grade for row in rows if row.grade}),
            by_day=_by_day(chosen),
            mapped=[_mapped(row) for row in chosen[:2000] if row.lat is not None],
        )

    @routes.get("/incidents/{id}", response_class=HTMLResponse)
    def incident(request: Request, id: str) -> HTMLResponse:
        with View(desk.ledger) as view:
            page = facts.incident_page(view, id)
            others = [row for row in desk.rows(view) if row.id != id][:500]
        return render(request, "incident.html", page=page, others=others, grades=GRADES, **CHOICES)

    @routes.get("/incidents/{id}/brief.md")
    def markdown(id: str) -> PlainTextResponse:
        with View(desk.ledger) as view:
            return PlainTextResponse(brief(view, id), media_type="text/markdown; charset=utf-8")

    @routes.get("/incidents/{id}/sensitivity", response_class=HTMLResponse)
    def policies(request: Request, id: str) -> HTMLResponse:
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
        return render(request, "sensitivity.html", incident=incident, rows=compared, policies=POLICIES, told=range_told)

    @routes.get("/reports/{id}", response_class=HTMLResponse)
    def report(request: Request, id: str) -> HTMLResponse:
        with View(desk.ledger) as view:
            return render(request, "report.html", page=facts.report_page(view, id), **CHOICES)

    @routes.get("/claims/{id}")
    def claim(id: str) -> RedirectResponse:
        with View(desk.ledger) as view:
            found = view.claim(id)
        return RedirectResponse(f"/reports/{quote(found.report, safe='')}#{quote(id, safe='')}", status_code=303)

    @routes.get("/compare", response_class=HTMLResponse)
    def compared(request: Request, left: str, right: str) -> HTMLResponse:
        with View(desk.ledger) as view:
            one, other = view.document(left), view.document(right)
            verdict, changes = between(view, one, other)
        rows = [
            {"row": row, "left": left_pieces(row, one.text), "right": right_pieces(row, other.text)}
            for row in align(one, other)
        ]
        pair = {"left": one, "right": other, "rows": rows, "name": facts.headline}
        return render(request, "compare.html", verdict=verdict, changes=changes, **pair)

    @routes.get("/queue", response_class=HTMLResponse)
    def queue(request: Request) -> HTMLResponse:
        with View(desk.ledger) as view:
            items = facts.queue(view, desk.rows(view))
        return render(request, "queue.html", items=items[:PAGE], found=len(items), kinds=Counter(i.kind for i in items))

    @routes.get("/actors", response_class=HTMLResponse)
    def actors(request: Request, q: str = "") -> HTMLResponse:
        with View(desk.ledger) as view:
            everyone = view.actors()
        asked = q.strip().casefold()
        spelt = {actor.id: [actor.name, *(v.text for v in actor.variants)] for actor in everyone.values()}
        found = [a for a in everyone.values() if any(asked in name.casefold() for name in spelt[a.id])]
        found.sort(key=lambda actor: (-len({r for v in actor.variants for r in v.reports}), actor.name))
        names = {actor.id: actor.name for actor in everyone.values()}
        return render(request, "actors.html", actors=found[:PAGE], found=len(found), asked=q, names=names)

    @routes.get("/decisions", response_class=HTMLResponse)
    def decisions(request: Request) -> HTMLResponse:
        with View(desk.ledger) as view:
            judgements = view.judgements()
        stands = {judgement.id for judgement in standing(judgements)}
        return render(request, "decisions.html", judgements=judgements[::-1], stands=stands)

    @routes.get("/state.json")
    def state() -> JSONResponse:
        update = desk.updater.state()
        return JSONResponse({"running": update.running, "failure": update.failure})

    return routes


def _day(text: str) -> date | None:
    """A day from a form; anything that is none asks for nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_day(rows: list[facts.IncidentRow]) -> list[tuple[str, int]]:
    counted = Counter(row.start.isoformat() for row in rows if row.start is not None and row.start == row.end)
    return sorted(counted.items())


def _mapped(row: facts.IncidentRow) -> dict[str, object]:
    return {
        "id": row.id, "title": row.title, "when": row.when, "place": row.place, "killed": row.killed,
        "lat": row.lat, "lon": row.lon, "precision": row.precision,
    }  # fmt: skip
