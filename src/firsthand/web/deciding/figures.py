"""Forms about figures, contradictions and other matters of the queue: a person stands behind one, or finds it settled."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.ledger import View
from firsthand.wording import range_told

from ..access import REVIEWERS, Short, Words, back_to
from ..desk import TheDesk, ThePerson
from ..facts.queue import still_open
from ..facts.review import bounds, challenges
from ..words import counted_told
from .signing import needed, sign

routes = APIRouter(dependencies=[REVIEWERS])


@routes.post("/figures/{id}/accept")
def accept_figure(
    desk: TheDesk, person: ThePerson, id: str, back: Short = "/", seen: Short = "", reason: Words = ""
) -> RedirectResponse:
    """Somebody stands behind this range. Should the claims come to another one later, that is shown."""
    needed(reason, "standing behind a figure")
    with View(desk.ledger) as view:
        found = view.figures_by_id([id])
    if not found:
        raise HTTPException(404, "there is no such figure any more: load the page again")
    (figure,) = found
    before = bounds(figure) | {"told": f"{range_told(figure.low, figure.best, figure.high)} {counted_told(figure)}"}
    sign(desk, person, "accept", id, before=before, after=bounds(figure), reason=reason, seen=seen, changes=False)
    return back_to(back)


@routes.post("/queue/settle")
def settle(
    desk: TheDesk, person: ThePerson, key: Short, reason: Words = "", back: Short = "/queue"
) -> RedirectResponse:
    """A matter of the queue that a person has looked at and leaves as it is."""
    needed(reason, "settling a matter")
    with View(desk.ledger) as view:
        summary = desk.summary(view)
        judgements = view.judgements()
        open_keys = {
            item.key for item in still_open(summary.matters, judgements, challenges(view, judgements), summary.by_id)
        }
    if key not in open_keys:
        raise HTTPException(404, "this matter is no longer open")
    sign(desk, person, "accept", key, reason=reason, changes=False)
    return back_to(back)


@routes.post("/suggestions/{id}/reject")
def keep_apart(
    desk: TheDesk, person: ThePerson, id: str, reason: Words = "", back: Short = "/queue"
) -> RedirectResponse:
    """Two incidents that the machine holds for perhaps one stay two."""
    with View(desk.ledger) as view:
        if id not in {suggestion.id for suggestion in view.suggestions()}:
            raise HTTPException(404, "there is no such pair in doubt")
    sign(desk, person, "reject", id, reason=reason, changes=False)
    return back_to(back)
