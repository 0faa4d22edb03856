"""Forms about the desk itself: take a decision back, sign under another name, bring the figures up to date."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.ledger import View
from firsthand.model import taken_back

from ..access import ANYBODY, REVIEWER_COOKIE, REVIEWERS, Short, Words, back_to
from ..desk import TheDesk, ThePerson
from .signing import sign

routes = APIRouter()


@routes.post("/decisions/{id}/undo", dependencies=[REVIEWERS])
def undo(desk: TheDesk, person: ThePerson, id: str, back: Short = "/decisions", reason: Words = "") -> RedirectResponse:
    with View(desk.ledger) as view:
        judgements = view.judgements()
    found = next((j for j in judgements if j.id == id), None)
    if found is None:
        raise HTTPException(404, "there is no such decision")
    if found.id in taken_back(judgements):
        raise HTTPException(409, "this decision has been taken back already")
    newest = [j.id for j in judgements if j.subject == found.subject][-1]
    sign(
        desk, person, "undo", found.subject, before=found.after, after=found.before, reason=reason or "taken back", undoes=id,
        seen=newest,
    )  # fmt: skip
    return back_to(back)


@routes.post("/reviewer", dependencies=[ANYBODY])
def reviewer(person: ThePerson, name: Short, back: Short = "/") -> RedirectResponse:
    """Under which name decisions are signed, where there are no accounts."""
    if person.account:
        raise HTTPException(403, "on a desk with accounts decisions are signed with the account's name")
    response = back_to(back)
    if name.strip():
        response.set_cookie(REVIEWER_COOKIE, quote(name.strip()), httponly=True, samesite="strict", max_age=90 * 86400)
    return response


@routes.post("/update", dependencies=[REVIEWERS])
def update(desk: TheDesk, back: Short = "/") -> RedirectResponse:
    desk.updater.ask()
    return back_to(back)
