"""Forms about origins: reports that carry one text, and reports that do not."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.incidents import regrouping
from firsthand.ledger import View
from firsthand.model import Origin

from ..access import REVIEWERS, Short, Words, back_to
from ..desk import TheDesk, ThePerson
from .signing import sign

routes = APIRouter(dependencies=[REVIEWERS])


@routes.post("/origins/merge")
def merge_origins(
    desk: TheDesk,
    person: ThePerson,
    report: Annotated[list[str], Form()],
    back: Short = "/",
    reason: Words = "",
    pair: Short = "",
) -> RedirectResponse:
    """The reports carry one text: their origins are one. ``pair`` is the doubt that this settles, where there was one."""
    origins = _origins(desk.ledger, report)
    if len(origins) < 2:
        raise HTTPException(422, "these reports share one origin already")
    before, after = regrouping(
        [origin.reports for origin in origins], [[r for origin in origins for r in origin.reports]]
    )
    sign(desk, person, "merge", origins[0].id, before=before, after=after, reason=reason)
    if pair:
        sign(desk, person, "accept", pair, reason=reason or "one text", changes=False)
    return back_to(back)


@routes.post("/origins/split")
def split_origin(
    desk: TheDesk,
    person: ThePerson,
    report: Annotated[list[str], Form()],
    back: Short = "/",
    reason: Words = "",
    pair: Short = "",
) -> RedirectResponse:
    """The chosen reports do not carry the text of the others that they were put with."""
    origins = _origins(desk.ledger, report)
    if len(origins) != 1:
        raise HTTPException(422, "choose reports of one origin")
    (origin,) = origins
    out = sorted(set(report) & set(origin.reports))
    stay = sorted(set(origin.reports) - set(out))
    if not out or not stay:
        raise HTTPException(422, "choose some of the reports of the origin, not none and not all")
    before, after = regrouping([origin.reports], [stay, out])
    sign(desk, person, "split", origin.id, before=before, after=after, reason=reason)
    if pair:
        sign(desk, person, "reject", pair, reason=reason or "two texts", changes=False)
    return back_to(back)


def _origins(ledger: str, reports: list[str]) -> list[Origin]:
    with View(ledger) as view:
        for report in reports:
            view.raw(report)
        return sorted(view.lineage_of(reports).origins, key=lambda origin: (-len(origin.reports), origin.id))
