"""Actors and the spellings of their names."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from firsthand.ledger import View
from firsthand.ledger.folding import fold
from firsthand.model import Actor, Judgement, standing

from ..desk import TheDesk
from ..facts.claims import headline, newest_decisions
from ..paging import paged

routes = APIRouter()

PAGE = 100
# Reports that are listed for a spelling.
LISTED = 30


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling with the reports that use it: (id, headline, site), at most ``LISTED``."""

    text: str
    count: int
    reports: tuple[tuple[str, str, str], ...]


@routes.get("/actors", response_class=HTMLResponse)
def actors(request: Request, desk: TheDesk, q: str = "", page: int = 1) -> HTMLResponse:
    with View(desk.ledger) as view:
        everyone = view.actors()
        judgements = view.judgements()
    wanted = fold(q)
    found = [actor for actor in everyone.values() if not wanted or _named(actor, wanted)]
    found.sort(key=lambda actor: (-_reports(actor), actor.name, actor.id))
    shown, page, pages = paged(found, page, PAGE)
    return desk.render(
        request,
        "actors.html",
        actors=shown,
        found=len(found),
        asked=q,
        page=page,
        pages=pages,
        names={actor.id: actor.name for actor in everyone.values()},
        decided=_decided(judgements),
        newest=newest_decisions(judgements),
    )


@routes.get("/actors/{id}", response_class=HTMLResponse)
def actor(request: Request, desk: TheDesk, id: str) -> HTMLResponse:
    with View(desk.ledger) as view:
        found = view.actor(id)
        reports = sorted({report for variant in found.variants for report in variant.reports[:LISTED]})
        documents = {document.id: document for document in view.documents(reports)}
        parts = view.actors_by_id(found.part_of)
        judgements = view.judgements_on([id])
    spellings = [
        Spelling(
            variant.text,
            len(variant.reports),
            tuple(
                (report, headline(documents[report]), documents[report].site or documents[report].source_id)
                for report in variant.reports[:LISTED]
                if report in documents
            ),
        )
        for variant in found.variants
    ]
    return desk.render(
        request, "actor.html", actor=found, spellings=spellings, parts=parts, decided=_decided(judgements).get(id, ""),
        judgements=judgements, newest=newest_decisions(judgements),
    )  # fmt: skip


def _named(actor: Actor, wanted: list[str]) -> bool:
    """Whether any spelling holds the words, each at least as a beginning."""
    return any(
        all(any(word.startswith(part) for word in words) for part in wanted)
        for words in (fold(name) for name in (actor.name, *(variant.text for variant in actor.variants)))
    )


def _reports(actor: Actor) -> int:
    return len({report for variant in actor.variants for report in variant.reports})


def _decided(judgements: tuple[Judgement, ...]) -> dict[str, str]:
    """Who settled which actor last."""
    return {
        j.subject: f"{'merged' if j.verb == 'merge' else 'split'} by {j.by}, {j.at[:10]}"
        for j in standing(judgements)
        if j.verb in ("merge", "split") and j.subject.startswith("act-")
    }
