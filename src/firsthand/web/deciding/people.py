"""Accounts: signing in and out, who may do what, and links that show one incident."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from firsthand.errors import SettingsError
from firsthand.ledger import ROLES, Role, View

from ..access import ADMINS, ANYBODY, REVIEWERS, SESSION_COOKIE, Short, back_to, safe_back
from ..accounts import SESSION_HOURS, hashed
from ..desk import TheDesk, ThePerson

routes = APIRouter()
open_routes = APIRouter()  # answered before anybody has signed in


@open_routes.get("/sign-in", response_class=HTMLResponse)
def sign_in_page(request: Request, desk: TheDesk, back: str = "/") -> HTMLResponse:
    return desk.render(request, "sign_in.html", back=safe_back(back), failed="")


@open_routes.post("/sign-in", dependencies=[ANYBODY], response_model=None)
def sign_in(
    request: Request, desk: TheDesk, name: Short, password: Short, back: Short = "/"
) -> HTMLResponse | RedirectResponse:
    try:
        token = desk.door.sign_in(name.strip(), password)
        failed = "" if token else "This name and password do not belong together."
    except SettingsError as error:
        token, failed = None, str(error)
    if token is None:
        return desk.render(request, "sign_in.html", status=401, back=safe_back(back), failed=failed)
    response = back_to(back)
    response.set_cookie(
        SESSION_COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https",
        max_age=SESSION_HOURS * 3600,
    )  # fmt: skip
    return response


@routes.post("/sign-out", dependencies=[ANYBODY])
def sign_out(request: Request, desk: TheDesk) -> RedirectResponse:
    desk.door.sign_out(request.cookies.get(SESSION_COOKIE, ""))
    response = back_to("/sign-in")
    response.delete_cookie(SESSION_COOKIE)
    return response


@routes.get("/accounts", response_class=HTMLResponse)
def accounts(request: Request, desk: TheDesk, person: ThePerson) -> HTMLResponse:
    if not person.may("admin"):
        raise HTTPException(403, "only an admin sees the accounts")
    return desk.render(
        request, "accounts.html", accounts=desk.door.accounts.all(), shares=desk.door.accounts.shares(), roles=ROLES
    )


@routes.post("/accounts", dependencies=[ADMINS])
def add_account(desk: TheDesk, name: Short, password: Short, role: Short) -> RedirectResponse:
    wanted = _role(role)
    first = not desk.door.accounts.any()
    if first and wanted != "admin":
        raise HTTPException(422, "the first account has to be an admin's, or nobody could make another")
    try:
        desk.door.add(name.strip(), wanted, password)
    except SettingsError as error:
        raise HTTPException(422, str(error)) from error
    return back_to("/sign-in" if first else "/accounts")


@routes.post("/accounts/{name}/change", dependencies=[ADMINS])
def change_account(desk: TheDesk, name: str, role: Short = "", password: Short = "") -> RedirectResponse:
    try:
        desk.door.accounts.change(
            name, role=_role(role) if role else None, password=hashed(password) if password else None
        )
    except SettingsError as error:
        raise HTTPException(422, str(error)) from error
    return back_to("/accounts")


@routes.post("/accounts/{name}/remove", dependencies=[ADMINS])
def remove_account(desk: TheDesk, name: str) -> RedirectResponse:
    try:
        desk.door.accounts.remove(name)
    except SettingsError as error:
        raise HTTPException(422, str(error)) from error
    return back_to("/accounts")


@routes.post("/incidents/{id}/share", dependencies=[REVIEWERS])
def share(request: Request, desk: TheDesk, person: ThePerson, id: str) -> HTMLResponse:
    """Makes a link that shows this incident to whoever has it. It is shown once: only its hash is kept."""
    with View(desk.ledger) as view:
        incident = view.incident(id)
    token = desk.door.share(id, person.name)
    address = f"{request.url.scheme}://{request.url.netloc}/shared/{token}"
    return desk.render(request, "share.html", incident=incident, address=address)


@routes.post("/shares/{link}/withdraw", dependencies=[REVIEWERS])
def withdraw(desk: TheDesk, link: str, back: Short = "/") -> RedirectResponse:
    desk.door.accounts.unshare(link)
    return back_to(back)


def _role(role: str) -> Role:
    found = next((each for each in ROLES if each == role), None)
    if found is None:
        raise HTTPException(422, f"{role!r} is no role: use {', '.join(ROLES)}")
    return found


def sign_in_at(path: str) -> RedirectResponse:
    """To the page for signing in, and back here afterwards."""
    return RedirectResponse(f"/sign-in?back={quote(path, safe='')}", status_code=303)
