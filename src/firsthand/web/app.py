"""The desk as an application: pages read from a view, decisions written as judgements, one origin, no scripts needed."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from firsthand.errors import FirsthandError, NotFound
from firsthand.export.tree import how_told
from firsthand.ledger import View
from firsthand.model import Settings
from firsthand.wording import range_told

from .facts import IncidentRow, incident_rows
from .updating import Updater

# Nothing from elsewhere, no inline script or style, no frames around us, forms only to ourselves.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page elsewhere that has its own name point at this machine is refused by the name it asks for.
LOOPBACK_NAMES = ["127.0.0.1", "localhost"]
REVIEWER_COOKIE = "firsthand_reviewer"


@dataclass
class Desk:
    """What the pages share: where the ledger is, the form token of this run, the list of incidents as last read."""

    ledger: str
    settings: Settings
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    updater: Updater = field(init=False)
    _rows: tuple[str | None, list[IncidentRow]] = (None, [])
    _lock: Lock = field(default_factory=Lock)
    deciding: Lock = field(default_factory=Lock)  # between looking whether a decision still fits and signing it

    def __post_init__(self) -> None:
        self.updater = Updater(self.ledger, self.settings)

    def rows(self, view: View) -> list[IncidentRow]:
        """The list of incidents; read again only when a build has changed the figures."""
        key = view.stage_key("reconcile")
        with self._lock:
            if key is None or self._rows[0] != key:
                self._rows = (key, incident_rows(view))
            return self._rows[1]

    def reviewer(self, request: Request) -> str:
        """Who signs: the name set on the page, or the user of this machine."""
        named = unquote(request.cookies.get(REVIEWER_COOKIE, "")).strip()
        if named:
            return named[:200]
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # a user that the machine has no name for
            return "unnamed reviewer"


def environment() -> Environment:
    """Templates with every value escaped and no undefined name let through."""
    templates = Environment(
        loader=PackageLoader("firsthand.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["range"] = lambda figure: range_told(figure.low, figure.best, figure.high)
    templates.filters["how_copied"] = how_told
    templates.filters["plainly"] = lambda words: str(words).replace("_", " ")
    templates.filters["segment"] = lambda text: quote(str(text), safe="")
    return templates


Render = Callable[..., HTMLResponse]


def create_app(ledger: str, settings: Settings | None = None) -> FastAPI:
    """The application for the ledger at ``ledger`` (a path or URL). Raises LedgerError where it cannot be used."""
    from . import decisions, pages

    desk = Desk(ledger, settings or Settings())
    with View(ledger):
        pass  # an unusable ledger is told before the first page, not on it
    app = FastAPI(title="firsthand desk", docs_url=None, redoc_url=None, openapi_url=None)
    templates = environment()

    def render(request: Request, template: str, /, *, status: int = 200, **facts: object) -> HTMLResponse:
        page = templates.get_template(template).render(
            path=request.url.path,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            token=desk.token,
            reviewer=desk.reviewer(request),
            update=desk.updater.state(),
            **facts,
        )
        return HTMLResponse(page, status_code=status)

    app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_NAMES)
    app.middleware("http")(_with_headers)
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.include_router(pages.router(desk, render))
    app.include_router(decisions.router(desk))
    _tell_errors(app, render)
    return app


async def _with_headers(request: Request, answer: Callable[..., object]) -> Response:
    response: Response = await answer(request)  # type: ignore[misc]
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": with it browsers send our own forms with "Origin: null".
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-cache" if request.url.path.startswith("/static/") else "no-store"
    return response


def _tell_errors(app: FastAPI, render: Render) -> None:
    """Every failure is one page of the same shape: what happened, why, what to try."""

    def told(request: Request, status: int, what: str) -> HTMLResponse:
        return render(request, "error.html", status=status, what=what, phrase=HTTPStatus(status).phrase)

    @app.exception_handler(NotFound)
    async def missing(request: Request, error: NotFound) -> HTMLResponse:
        return told(request, 404, str(error))

    @app.exception_handler(FirsthandError)
    async def failed(request: Request, error: FirsthandError) -> HTMLResponse:
        return told(request, 500, str(error))

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> HTMLResponse:
        return told(request, 422, "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> HTMLResponse:
        return told(request, error.status_code, str(error.detail))


def serve(ledger: str, *, settings: Settings | None = None, port: int = 8017) -> None:
    """Runs the desk until it is interrupted, on the loopback address alone: there are no accounts."""
    import uvicorn

    uvicorn.run(create_app(ledger, settings), host="127.0.0.1", port=port, log_level="warning", server_header=False)
