"""The desk as an application: pages read from a view, decisions written as judgements, one origin, no scripts needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect

from firsthand.errors import FirsthandError, NotFound, SettingsError
from firsthand.ledger import View
from firsthand.model import Settings

from . import deciding, pages
from .access import SESSION_COOKIE, Person, named
from .deciding.people import sign_in_at
from .desk import Desk

# Nothing from elsewhere, no inline script or style, no frames around us, forms only to ourselves.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page elsewhere that has its own name point at this machine is refused by the name it asks for.
LOOPBACK_NAMES = ("127.0.0.1", "localhost")
# Answered to whoever asks, signed in or not.
OPEN = ("/static/", "/sign-in", "/shared/")


def create_app(ledger: str, settings: Settings | None = None, *, hosts: Sequence[str] = ()) -> FastAPI:
    """The application for the ledger at ``ledger`` (a path or URL). ``hosts`` are names it answers to beside loopback's.

    Raises LedgerError where the ledger cannot be used.
    """
    with View(ledger):
        pass  # an unusable ledger is told before the first page, not on it
    app = FastAPI(title="firsthand desk", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(ledger, settings or Settings(), local=not hosts)
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for routes in (*pages.ROUTERS, *deciding.ROUTERS):
        app.include_router(routes)
    app.middleware("http")(_with_person)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK_NAMES, *hosts])
    app.middleware("http")(_with_headers)
    _tell_errors(app, desk)
    return app


Answer = Callable[[Request], Awaitable[Response]]


async def _with_person(request: Request, answer: Answer) -> Response:
    """Who asks: an account with an open session; on a desk without accounts, whoever is at this machine."""
    desk: Desk = request.app.state.desk
    # An update that runs now and ends before the page is written may have come too late for what the page has read by then.
    request.state.update = desk.updater.state()
    request.state.person = (
        None if request.url.path.startswith("/static/") else await run_in_threadpool(_asking, request)
    )
    if request.state.person is None and not request.url.path.startswith(OPEN):
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        if request.method != "GET":
            return await _told(
                desk, request, 401, "you are not signed in, or your session has ended: sign in and try again"
            )
        return sign_in_at(back)
    return await answer(request)


def _asking(request: Request) -> Person | None:
    desk: Desk = request.app.state.desk
    token = request.cookies.get(SESSION_COOKIE, "")
    account = desk.door.who(token)
    if account is not None:
        return Person(account.name, account.role, account=True, session=token)
    return None if desk.door.accounts.any() or not desk.local else Person(named(request), "admin")


async def _with_headers(request: Request, answer: Answer) -> Response:
    response = await answer(request)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": with it browsers send our own forms with "Origin: null". A share link is a secret, though.
    referrer = "no-referrer" if request.url.path.startswith("/shared/") else "same-origin"
    response.headers["Referrer-Policy"] = referrer
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-cache" if request.url.path.startswith("/static/") else "no-store"
    return response


async def _told(desk: Desk, request: Request, status: int, what: str) -> HTMLResponse:
    """Every failure is one page of the same shape: what happened, why, what to try, and what had been typed."""
    # Where a form was refused, its page as it is now; the address comes from the browser, so only a path of our own is taken.
    came = urlsplit(request.headers.get("referer", ""))
    back = came.path + (f"?{came.query}" if came.query else "") if came.netloc == request.url.netloc else ""
    sent = request.method == "POST"
    phrase = "Not signed" if sent and status in (401, 409, 422) else HTTPStatus(status).phrase
    return desk.render(
        request, "error.html", status=status, what=what, phrase=phrase, again=back if sent else "",
        typed=await _typed(request) if sent else [],
    )  # fmt: skip


async def _typed(request: Request) -> list[tuple[str, str]]:
    """What a person had typed into the form, field by field: a browser that goes back may show the page without it."""
    try:
        form = await request.form()
    except (HTTPException, RuntimeError, ClientDisconnect):  # it was no form, or could not be read
        return []
    return [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and value.strip() and name not in _NOT_TYPED
    ]


#: Fields that the page filled in, or that no page may show again.
_NOT_TYPED = frozenset(
    {
        "token", "back", "seen", "password", "pair", "key", "copies", "at", "report", "reports", "incident", "verb", "stage",
        "precision", "other", "actor", "spelling",
    }
)  # fmt: skip


def _tell_errors(app: FastAPI, desk: Desk) -> None:
    @app.exception_handler(NotFound)
    async def missing(request: Request, error: NotFound) -> HTMLResponse:
        return await _told(desk, request, 404, str(error))

    @app.exception_handler(FirsthandError)
    async def failed(request: Request, error: FirsthandError) -> HTMLResponse:
        return await _told(desk, request, 500, str(error))

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> HTMLResponse:
        return await _told(desk, request, 422, "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> HTMLResponse:
        return await _told(desk, request, error.status_code, str(error.detail))


def serve(
    ledger: str,
    *,
    settings: Settings | None = None,
    host: str = "127.0.0.1",
    port: int = 8017,
    names: Sequence[str] = (),
) -> None:
    """Runs the desk until it is interrupted: on the loopback address, or for others where the ledger has accounts.

    ``names`` are what browsers call this machine by. Raises SettingsError where others could come in without an account.
    """
    import uvicorn

    elsewhere = host not in ("127.0.0.1", "localhost", "::1")
    app = create_app(ledger, settings, hosts=(*names, host) if elsewhere or names else ())
    if (elsewhere or names) and not app.state.desk.door.accounts.any():
        raise SettingsError(
            "the desk is for this machine only",
            why="its ledger has no accounts, so anybody could sign as anybody",
            hint="make one with `firsthand accounts add NAME --role admin`",
        )
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
