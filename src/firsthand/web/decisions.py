"""The forms that decide. Each writes one judgement, signed and chained, and asks for the figures to be brought up to date."""

from __future__ import annotations

import json
import secrets
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.incidents import regrouping
from firsthand.ledger import View, Writer
from firsthand.model import OUTCOMES, VICTIM_CLASSES, Claim, standing
from firsthand.model.judgement import Verb

from .app import REVIEWER_COOKIE, Desk
from .facts import as_decided

GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
MAX_WORDS = 4000  # a reason is a paragraph or two, not a document

Words = Annotated[str, Form(max_length=MAX_WORDS)]
Short = Annotated[str, Form(max_length=200)]


def router(desk: Desk) -> APIRouter:
    """All forms of the desk. Each demands the token of this run and a request from our own pages."""
    routes = APIRouter()

    def checked(request: Request, token: str) -> None:
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            raise HTTPException(403, "this form was sent from another site")
        if not secrets.compare_digest(token.encode(), desk.token.encode()):
            raise HTTPException(403, "this form is from an earlier run of the desk: go back and load the page again")

    def sign(
        request: Request,
        verb: Verb,
        subject: str,
        *,
        before: object = "",
        after: object = "",
        reason: str = "",
        seen: str | None = None,
        undoes: str | None = None,
    ) -> None:
        """Appends the judgement, unless one on ``subject`` came after ``seen``, the newest that the page had shown."""
        with desk.deciding:
            if seen is not None:
                with View(desk.ledger) as view:
                    _unchanged(view, subject, seen)
            with Writer(desk.ledger) as writer:
                writer.judge(
                    by=desk.reviewer(request),
                    verb=verb,
                    subject=subject,
                    before=_json(before),
                    after=_json(after),
                    reason=reason.strip(),
                    undoes=undoes,
                )
        desk.updater.ask()

    @routes.post("/claims/{id}/judge")
    def judge_claim(
        request: Request, id: str, token: Short, verb: Short, back: Short = "/", seen: Short = "", reason: Words = "",
        low: Short = "", high: Short = "", outcome: Short = "", victims: Annotated[list[str] | None, Form()] = None,
    ) -> RedirectResponse:  # fmt: skip
        checked(request, token)
        with View(desk.ledger) as view:
            (claim,) = as_decided([view.claim(id)], view.judgements())
        if verb == "correct":
            after = _correction(claim, low, high, outcome, victims or [])
            before = {name: _tally_field(claim, name) for name in after}
            sign(request, "correct", id, before=before, after=after, reason=reason, seen=seen)
        elif verb == "accept" or verb == "reject":
            sign(request, "accept" if verb == "accept" else "reject", id, reason=reason, seen=seen)
        else:
            raise HTTPException(422, f"a claim cannot be decided on with {verb!r}")
        return _back(back)

    @routes.post("/incidents/{id}/grade")
    def grade(
        request: Request, id: str, token: Short, grade: Short, seen: Short = "", back: Short = "/", reason: Words = ""
    ) -> RedirectResponse:
        checked(request, token)
        if grade not in GRADES:
            raise HTTPException(422, f"{grade!r} is no grade: use {', '.join(GRADES)}")
        if not reason.strip():
            raise HTTPException(422, "a grade needs a reason: say in a sentence what it rests on")
        with View(desk.ledger) as view:
            view.incident(id)
            now = view.grade_of(id)
        before = {"grade": now.grade if now else None}
        sign(request, "grade", id, before=before, after={"grade": grade}, reason=reason, seen=seen)
        return _back(back)

    @routes.post("/incidents/{id}/note")
    def note(request: Request, id: str, token: Short, reason: Words, back: Short = "/") -> RedirectResponse:
        checked(request, token)
        if not reason.strip():
            raise HTTPException(422, "the note is empty")
        with View(desk.ledger) as view:
            view.incident(id)
        sign(request, "note", id, reason=reason)
        return _back(back)

    @routes.post("/incidents/{id}/merge")
    def merge(
        request: Request, id: str, token: Short, other: Short, seen: Short | None = None, reason: Words = ""
    ) -> RedirectResponse:
        checked(request, token)
        with View(desk.ledger) as view:
            one, two = view.incident(id), view.incident(other.strip())
        if one.id == two.id:
            raise HTTPException(422, "an incident cannot be merged with itself")
        before, after = regrouping([one.reports, two.reports], [[*one.reports, *two.reports]])
        sign(request, "merge", one.id, before=before, after=after, reason=reason, seen=seen)
        return _back("/decisions")  # only one of the two incidents keeps its page

    @routes.post("/incidents/{id}/split")
    def split(
        request: Request,
        id: str,
        token: Short,
        reports: Annotated[list[str], Form()],
        seen: Short | None = None,
        reason: Words = "",
    ) -> RedirectResponse:
        checked(request, token)
        with View(desk.ledger) as view:
            incident = view.incident(id)
        out = sorted(set(reports) & set(incident.reports))
        stay = sorted(set(incident.reports) - set(out))
        if not out or not stay:
            raise HTTPException(422, "choose some of the reports, not none and not all")
        before, after = regrouping([incident.reports], [stay, out])
        sign(request, "split", id, before=before, after=after, reason=reason, seen=seen)
        return _back(f"/incidents/{quote(id)}")

    @routes.post("/suggestions/{id}/reject")
    def keep_apart(
        request: Request, id: str, token: Short, reason: Words = "", back: Short = "/queue"
    ) -> RedirectResponse:
        checked(request, token)
        with View(desk.ledger) as view:
            if id not in {suggestion.id for suggestion in view.suggestions()}:
                raise HTTPException(404, "there is no such pair in doubt")
        sign(request, "reject", id, reason=reason)
        return _back(back)

    @routes.post("/decisions/{id}/undo")
    def undo(request: Request, id: str, token: Short, back: Short = "/decisions") -> RedirectResponse:
        checked(request, token)
        with View(desk.ledger) as view:
            found = next((j for j in view.judgements() if j.id == id), None)
            stands = {j.id for j in standing(view.judgements())}
        if found is None:
            raise HTTPException(404, "there is no such decision")
        if found.id not in stands:
            raise HTTPException(409, "this decision has been taken back already, or is itself a taking back")
        sign(request, "undo", found.subject, before=found.after, after=found.before, reason="taken back", undoes=id)
        return _back(back)

    @routes.post("/reviewer")
    def reviewer(request: Request, token: Short, name: Short, back: Short = "/") -> RedirectResponse:
        checked(request, token)
        response = _back(back)
        if name.strip():
            response.set_cookie(
                REVIEWER_COOKIE, quote(name.strip()), httponly=True, samesite="strict", max_age=90 * 86400
            )
        return response

    @routes.post("/update")
    def update(request: Request, token: Short, back: Short = "/") -> RedirectResponse:
        checked(request, token)
        desk.updater.ask()
        return _back(back)

    return routes


def _json(value: object) -> str:
    """Canonical, so that the same decision has the same words; what is text already stays as it is."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _back(path: str) -> RedirectResponse:
    """To one of our own pages, never elsewhere."""
    target = path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
    return RedirectResponse(target, status_code=303)


def _unchanged(view: View, subject: str, seen: str) -> None:
    """Refuses where somebody decided on ``subject`` after the page was shown (``seen``: the newest decision it showed)."""
    newest = next((j.id for j in reversed(view.judgements()) if j.subject == subject), "")
    if newest != seen:
        raise HTTPException(
            409, "somebody decided on this claim after your page was loaded: go back, load it again and look"
        )


def _correction(claim: Claim, low: str, high: str, outcome: str, victims: list[str]) -> dict[str, object]:
    """The fields that differ from the claim's own. Empty bounds mean unknown, never zero."""
    if claim.tally is None:
        raise HTTPException(422, "this claim holds no count to correct")
    bounds = {"low": _bound(low), "high": _bound(high)}
    least, most = bounds["low"], bounds["high"]
    if least is not None and most is not None and least > most:
        raise HTTPException(422, "the lower bound is above the upper one")
    if outcome and outcome not in OUTCOMES:
        raise HTTPException(422, f"{outcome!r} is no outcome")
    classes = [name for name in VICTIM_CLASSES if name in victims]
    wanted: dict[str, object] = {**bounds, "outcome": outcome or claim.tally.outcome}
    if classes:
        wanted["victims"] = classes
    changed = {name: value for name, value in wanted.items() if value != _tally_field(claim, name)}
    if not changed:
        raise HTTPException(422, "nothing was changed")
    return changed


def _tally_field(claim: Claim, name: str) -> object:
    value = getattr(claim.tally, name)
    return list(value) if isinstance(value, tuple) else value


def _bound(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise HTTPException(422, f"{text!r} is no number of people")
    return int(text)
