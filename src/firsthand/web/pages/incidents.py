"""The start page: all incidents, filtered, with a map, a timeline and counts."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from firsthand.ledger import View

from ..desk import TheDesk
from ..facts.lists import ORDERS, IncidentRow, Query, by_site, by_time, ordered
from ..facts.review import ANNOTATED, CONFIRMED, Review, reviews
from ..pictures import timeline

routes = APIRouter()

# Rows a page: a long list stays quick to read and to send.
PAGE = 100
# Places on the map: more than this overlap into one blot, and take longer to send than the page.
MAPPED = 1500
# Sites that are counted beside the list.
SITES = 12

REVIEWS = {"none": "not begun", ANNOTATED: "annotated", CONFIRMED: "confirmed"}
STATUSES = ("agreed", "range", "contested", "single", "unknown")


@routes.get("/", response_class=HTMLResponse)
def incidents(
    request: Request,
    desk: TheDesk,
    q: str = "",
    country: str = "",
    start: str = "",
    end: str = "",
    outcome: str = "",
    grade: str = "",
    status: str = "",
    site: str = "",
    review: str = "",
    to: str = "",
    order: str = "date",
    page: int = 1,
) -> HTMLResponse:
    with View(desk.ledger) as view:
        summary = desk.summary(view)
        found = frozenset(view.search(q, limit=1_000_000)[1]) if q.strip() else frozenset()
        staged = reviews(view.judgements())
        counts = {"reports": view.count("reports"), "origins": view.count("origins")}
        built = view.stage_key("reconcile") is not None
    among = _among(summary.rows, staged, review, to)
    query = Query(q.strip(), country, _day(start), _day(end), outcome, grade, status, site, found, among)
    chosen = [row for row in summary.rows if query.matches(row)]
    pages = (len(chosen) + PAGE - 1) // PAGE or 1
    page = max(1, min(page, pages))
    asked = {"q": q, "country": country, "start": start, "end": end, "outcome": outcome, "grade": grade, "status": status,
             "site": site, "review": review, "to": to, "order": order}  # fmt: skip
    return desk.render(
        request,
        "incidents.html",
        rows=ordered(chosen, order)[(page - 1) * PAGE : page * PAGE],
        found=len(chosen),
        page=page,
        pages=pages,
        counts=counts,
        built=built,
        asked=asked,
        query=urlencode({name: value for name, value in asked.items() if value}),
        reviews=staged,
        choices=_choices(summary.rows, staged),
        sites=by_site(chosen)[:SITES],
        times=timeline(by_time(chosen)),
        mapped=[_mapped(row) for row in chosen[:MAPPED] if row.lat is not None],
    )


def _among(rows: list[IncidentRow], staged: dict[str, Review], review: str, to: str) -> frozenset[str] | None:
    """The incidents at a stage of review and given to a person; None where neither is asked for."""
    if not review and not to:
        return None
    wanted = "" if review == "none" else review
    empty = Review()
    return frozenset(
        row.id
        for row in rows
        if (not review or staged.get(row.id, empty).stage == wanted) and (not to or staged.get(row.id, empty).to == to)
    )


def _choices(rows: list[IncidentRow], staged: dict[str, Review]) -> dict[str, object]:
    return {
        "countries": sorted({row.country for row in rows if row.country}),
        "grades": sorted({row.grade for row in rows if row.grade}),
        "statuses": [status for status in STATUSES if any(row.status == status for row in rows)],
        "people": sorted({review.to for review in staged.values() if review.to}),
        "reviews": REVIEWS,
        "orders": ORDERS,
    }


def _day(text: str) -> date | None:
    """A day from a form; anything that is none asks for nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _mapped(row: IncidentRow) -> dict[str, object]:
    return {
        "id": row.id, "title": row.title, "when": row.when, "place": row.place, "killed": row.killed,
        "lat": row.lat, "lon": row.lon, "precision": row.precision,
    }  # fmt: skip
