"""Who asks, and what they may do. Every form passes through ``form``: our own page, our own token, a role that may."""

from __future__ import annotations

import getpass
import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote, urlsplit

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.ledger import ROLES, Role

REVIEWER_COOKIE = "firsthand_reviewer"
SESSION_COOKIE = "firsthand_session"

Words = Annotated[str, Form(max_length=4000)]  # a reason is a paragraph or two, not a document
Short = Annotated[str, Form(max_length=300)]
Report = Annotated[str, Form(max_length=400_000)]  # the text of one report, pasted: a long feature has a tenth of that
Many = Annotated[list[str] | None, Form()]


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``account`` False: the desk has no accounts, and the name is taken on trust. ``session`` ties the form token to
    the session."""

    name: str
    role: Role
    account: bool = False
    session: str = ""

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


def named(request: Request) -> str:
    """Who signs on a desk without accounts: the name set on the page, or the user of this machine."""
    chosen = unquote(request.cookies.get(REVIEWER_COOKIE, "")).strip()
    if chosen:
        return chosen[:200]
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user that the machine has no name for
        return "unnamed reviewer"


def form_token(secret: str, person: Person | None) -> str:
    """What every form of this person carries: of this run of the desk, and of this session where there are sessions."""
    session = person.session if person else ""
    return hmac.new(secret.encode(), session.encode(), hashlib.sha256).hexdigest()


def checked_form(request: Request, token: Short) -> None:
    """Raises 403 where the form is not from a page of ours."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "this form was sent from another site")
    expected = form_token(request.app.state.desk.token, request.state.person)
    if not hmac.compare_digest(token.encode(), expected.encode()):
        raise HTTPException(403, "this form is from an earlier run of the desk: go back and load the page again")


def _at_least(role: Role, what: str):  # type: ignore[no-untyped-def]
    def check(request: Request, token: Short) -> None:
        checked_form(request, token)
        person: Person | None = request.state.person
        if person is None or not person.may(role):
            raise HTTPException(403, f"{what}: an admin can change that under Accounts")

    return Depends(check)


#: For routers of forms: a page of ours, and a person who may.
REVIEWERS = _at_least("reviewer", "your account may read, not decide")
ADMINS = _at_least("admin", "your account may not look after accounts")
ANYBODY = Depends(checked_form)


def safe_back(back: str) -> str:
    """Where a form leads: a page of ours, never elsewhere.

    >>> safe_back("/queue#a"), safe_back("//elsewhere.example/"), safe_back("x")
    ('/queue#a', '/', '/')
    """
    ours = back.startswith("/") and back[1:2] not in ("/", "\\") and not any(ord(char) < 32 for char in back)
    return back if ours else "/"


def back_to(path: str) -> RedirectResponse:
    """The answer to a form: the page it came from, loaded anew."""
    return RedirectResponse(safe_back(path), status_code=303)
