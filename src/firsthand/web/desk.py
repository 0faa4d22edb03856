"""What the pages share: the ledger, the list of incidents as last read, and how a page is made."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from firsthand.ledger import View
from firsthand.model import OUTCOMES, VICTIM_CLASSES, Settings
from firsthand.wording import range_told

from .access import Person, form_token
from .accounts import Doorkeeper
from .facts.lists import IncidentRow, country_names, incident_rows
from .facts.queue import QueueItem, standing_matters
from .updating import Updater, UpdateState
from .words import GRADES, STANDING, copied_told, counted_told


@dataclass(frozen=True)
class Summary:
    """All incidents and all open matters as the build with ``key`` left them."""

    key: str | None
    rows: list[IncidentRow]
    matters: list[QueueItem]

    @property
    def by_id(self) -> dict[str, IncidentRow]:
        return {row.id: row for row in self.rows}


@dataclass
class Desk:
    """One ledger, served. ``token`` is the secret of this run; ``local`` that only this machine can ask."""

    ledger: str
    settings: Settings
    local: bool = True
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    updater: Updater = field(init=False)
    door: Doorkeeper = field(init=False)
    templates: Environment = field(init=False)
    _summary: Summary | None = None
    _reading: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.updater = Updater(self.ledger, self.settings)
        self.door = Doorkeeper(self.ledger)
        self.templates = environment()

    def summary(self, view: View) -> Summary:
        """The list of incidents, read again when a build has changed the figures. While it is read anew in a large ledger, pages
        go on showing the one before: nobody waits for a list of tens of thousands."""
        key = view.stage_key("reconcile")
        found = self._summary
        if found is None:
            with self._reading:
                found = self._summary = self._summary or _summarised(view, key)
            return found
        if key is None or found.key != key:
            if len(found.rows) < _AT_ONCE:
                found = self._summary = _summarised(view, key)
            elif self._reading.acquire(blocking=False):
                Thread(target=self._read_anew, name="firsthand-list", daemon=True).start()
        return found

    def _read_anew(self) -> None:
        try:
            with View(self.ledger) as view:
                self._summary = _summarised(view, view.stage_key("reconcile"))
        finally:
            self._reading.release()

    def render(self, request: Request, template: str, /, *, status: int = 200, **facts: object) -> HTMLResponse:
        """The page that ``template`` makes of ``facts``."""
        person: Person | None = getattr(request.state, "person", None)
        before: UpdateState | None = getattr(request.state, "update", None)  # before anything was read for the page
        page = self.templates.get_template(template).render(
            path=request.url.path,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            token=form_token(self.token, person),
            person=person,
            decides=person is not None and person.may("reviewer"),
            prefix=getattr(request.state, "prefix", ""),
            local=self.local,
            update=before if before is not None and before.running else self.updater.state(),
            **facts,
        )
        return HTMLResponse(page, status_code=status)


# With more claims than this, those of an incident are corrected on the pages of their reports: their forms would be most of a
# page of megabytes.
MOST_FORMS = 120
# Of a long list as many stand open on the page of an incident; the rest is folded away behind its number.
SHOWN_AT_ONCE = 20

# Reading this many incidents anew takes about a tenth of a second, which a person does not notice: measured on 5,000.
_AT_ONCE = 500


def _summarised(view: View, key: str | None) -> Summary:
    rows = incident_rows(view)
    return Summary(key, rows, standing_matters(view, {row.id: row for row in rows}))


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
    templates.filters["standing"] = lambda status: STANDING.get(status, status)
    templates.filters["how_copied"] = copied_told
    templates.filters["counted"] = counted_told
    templates.filters["plainly"] = lambda words: str(words).replace("_", " ")
    templates.filters["segment"] = lambda text: quote(str(text), safe="")
    templates.filters["country"] = lambda code: country_names().get(code, code)
    templates.globals.update(
        outcomes=OUTCOMES, classes=VICTIM_CLASSES, grades=GRADES, most_forms=MOST_FORMS, shown_at_once=SHOWN_AT_ONCE
    )
    return templates


def _the_desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _the_person(request: Request) -> Person:
    person: Person = request.state.person
    return person


#: What a page or a form asks for: the desk, and who asks.
TheDesk = Annotated[Desk, Depends(_the_desk)]
ThePerson = Annotated[Person, Depends(_the_person)]
