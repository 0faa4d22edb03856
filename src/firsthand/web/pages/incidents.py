"""The start page: all incidents, filtered, with a map, a timeline and counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse

from firsthand.ledger import View

from ..desk import Desk, TheDesk
from ..facts.lists import ORDERS, IncidentRow, Query, by_site, by_time, ordered
from ..facts.queue import undecided
from ..facts.review import ANNOTATED, CONFIRMED, Review, reviews
from ..paging import paged
from ..pictures import timeline

routes = APIRouter()

# Rows a page: a long list stays quick to read and to send.
PAGE = 60
# Places on the map: more than this overlap into one blot, and take longer to send than the page.
MAPPED = 1500
# UCDP's precision of a place known no better than its province.
PROVINCE = 4
# Sites that are counted beside the list.
SITES = 12

REVIEWS = {"none": "not begun", ANNOTATED: "annotated", CONFIRMED: "confirmed"}
STATUSES = ("agreed", "range", "contested", "single", "unknown")


@dataclass(frozen=True)
class Asked:
    """What the list is asked for, as it stands in the address."""

    q: str = ""
    country: str = ""
    start: str = ""
    end: str = ""
    outcome: str = ""
    grade: str = ""
    status: str = ""
    site: str = ""
    review: str = ""
    to: str = ""
    order: str = "date"

    @property
    def address(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def chosen(self, desk: Desk, view: View, staged: dict[str, Review]) -> list[IncidentRow]:
        """The incidents that fit, newest first."""
        rows = desk.summary(view).rows
        found = frozenset(view.search(self.q, limit=1_000_000)[1]) if self.q.strip() else frozenset()
        among = _among(rows, staged, self.review, self.to)
        query = Query(
            self.q.strip(), self.country, _day(self.start), _day(self.end), self.outcome, self.grade, self.status, self.site,
            found, among,
        )  # fmt: skip
        return [row for row in rows if query.matches(row)]


AskedFor = Annotated[Asked, Depends()]


@routes.get("/", response_class=HTMLResponse)
def incidents(request: Request, desk: TheDesk, asked: AskedFor, page: int = 1) -> HTMLResponse:
    with View(desk.ledger) as view:
        judgements = view.judgements()
        staged = reviews(judgements)
        chosen = asked.chosen(desk, view, staged)
        summary = desk.summary(view)
        rows = summary.rows
        counts = {"reports": view.count("reports"), "origins": view.count("origins")}
        built = view.stage_key("reconcile") is not None
    shown, page, pages = paged(ordered(chosen, asked.order), page, PAGE)
    return desk.render(
        request,
        "incidents.html",
        rows=shown,
        found=len(chosen),
        waiting=len(undecided(summary.matters, judgements)),
        page=page,
        pages=pages,
        counts=counts,
        built=built,
        asked=asdict(asked),
        query=asked.address,
        reviews=staged,
        choices=_choices(rows, staged),
        sites=by_site(chosen)[:SITES],
        times=timeline(by_time(chosen)),
    )


@routes.get("/map.json")
def mapped(desk: TheDesk, asked: AskedFor) -> JSONResponse:
    """Where the incidents of the list were, for the map: fetched beside the page, which need not wait for it."""
    with View(desk.ledger) as view:
        chosen = asked.chosen(desk, view, reviews(view.judgements()))
    return JSONResponse([_mapped(row) for row in chosen if row.lat is not None][:MAPPED])


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
        "outlines": row.country if row.precision == PROVINCE and row.country in _outlined() else None,
    }  # fmt: skip


@cache
def _outlined() -> frozenset[str]:
    """The countries whose provinces can be drawn as they are."""
    folder = files("firsthand.web") / "static" / "vendor" / "provinces"
    return frozenset(entry.name[:2] for entry in folder.iterdir() if entry.name.endswith(".json"))
