"""Forms about actors: spellings that are one actor, and spellings that are not."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.ledger import View

from ..access import REVIEWERS, Short, Words, back_to
from ..desk import TheDesk, ThePerson
from .signing import sign

routes = APIRouter(dependencies=[REVIEWERS])


@routes.post("/actors/merge")
def merge_actors(
    desk: TheDesk, person: ThePerson, actor: Annotated[list[str], Form()], back: Short = "/actors", reason: Words = ""
) -> RedirectResponse:
    """The actors are one; the first of them, in the order of the page, keeps its id and name."""
    with View(desk.ledger) as view:
        found = [view.actor(id) for id in dict.fromkeys(actor)]
    if len(found) < 2:
        raise HTTPException(422, "choose at least two actors that are one")
    groups = [sorted(variant.text for variant in one.variants) for one in found]
    together = sorted({text for group in groups for text in group})
    sign(desk, person, "merge", found[0].id, before=groups, after=[together], reason=reason)
    return back_to(back)


@routes.post("/actors/{id}/split")
def split_actor(
    desk: TheDesk,
    person: ThePerson,
    id: str,
    spelling: Annotated[list[str], Form()],
    seen: Short = "",
    reason: Words = "",
) -> RedirectResponse:
    """The chosen spellings are another actor than the rest."""
    with View(desk.ledger) as view:
        found = view.actor(id)
    spelt = [variant.text for variant in found.variants]
    out = sorted(text for text in spelt if text in spelling)
    stay = sorted(text for text in spelt if text not in spelling)
    if not out or not stay:
        raise HTTPException(422, "choose some of the spellings, not none and not all")
    sign(desk, person, "split", id, before=[sorted(spelt)], after=[stay, out], reason=reason, seen=seen)
    return back_to(f"/actors?q={quote(out[0])}")
