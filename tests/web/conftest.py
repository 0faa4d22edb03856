"""The desk on the demonstration ledger."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from firsthand.ledger import View
from firsthand.model import Claim, Incident, Judgement, Settings
from firsthand.resources import resource_path
from firsthand.runners.local import build
from firsthand.web.access import form_token
from firsthand.web.app import create_app
from firsthand.web.desk import Desk

from .browser import Open, Served, Watched, started

ADDRESS = "http://127.0.0.1:8017"
PLACES = Settings(places_file=str(resource_path("demo/places.tsv")), actors_file=str(resource_path("demo/actors.tsv")))


class Reviewer:
    """A browser without scripts: reads pages, fills in forms."""

    def __init__(self, ledger: Path, settings: Settings | None = None) -> None:
        self.ledger = str(ledger)
        app = create_app(self.ledger, settings)
        self.desk: Desk = app.state.desk
        self.client = TestClient(app, base_url=ADDRESS, follow_redirects=False)

    @property
    def token(self) -> str:
        """What forms carry on a desk without accounts."""
        return form_token(self.desk.token, None)

    def page(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    def send(self, path: str, status: int = 303, **fields: object) -> str:
        """Sends the form with the token of this run; waits until the figures are up to date."""
        answer = self.client.post(path, data={"token": self.token, **fields})
        assert answer.status_code == status, answer.text[:2000]
        assert self.desk.updater.wait(120)
        assert self.desk.updater.state().failure == ""
        return answer.text

    def seen(self, path: str, action: str) -> str:
        """What the form on ``path`` that goes to ``action`` says its page had seen."""
        form = re.search(rf'<form [^>]*action="{re.escape(action)}".*?</form>', self.page(path), re.DOTALL)
        assert form is not None
        field = re.search(r'name="seen" value="([^"]*)"', form[0])
        assert field is not None
        return field[1]

    def figures(self, incident: str) -> dict[tuple[str, str], tuple[int | None, int | None, int | None]]:
        """The figures of the whole incident: (low, best, high) by outcome and class."""
        with View(self.ledger) as view:
            found = view.figures_of(incident)
        return {(f.outcome, f.victims): (f.low, f.best, f.high) for f in found if f.place is None}

    def main_incident(self) -> Incident:
        """The incident with the most reports."""
        with View(self.ledger) as view:
            return max(view.incidents(), key=lambda incident: (len(incident.links), incident.id))

    def claims(self, incident: str, *, victims: str, outcome: str = "killed") -> list[Claim]:
        """The incident's claims that count people of that class alone."""
        with View(self.ledger) as view:
            assigned = {assignment.claim for assignment in view.assignments_of(incident)}
            claims = [claim for found in view.claims() for claim in found.claims if claim.id in assigned]
        return [c for c in claims if c.tally and c.tally.outcome == outcome and c.tally.victims == (victims,)]

    def decided(self) -> tuple[Judgement, ...]:
        """Every judgement, in order; the chain holds."""
        with View(self.ledger) as view:
            assert list(view.verify()) == []
            return view.judgements()


@pytest.fixture
def reviewer(demo_ledger: Path) -> Iterator[Reviewer]:
    """On a ledger of its own, which the test may change."""
    found = Reviewer(demo_ledger)
    yield found
    assert found.desk.updater.wait(120)


@pytest.fixture(scope="session")
def reader(built_demo: Path) -> Reviewer:
    """On the shared ledger: for tests that only read."""
    return Reviewer(built_demo)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with started() as found:
        yield found


@pytest.fixture(scope="session")
def placed_demo(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration ledger with its invented places known, so that there is a map."""
    path = tmp_path_factory.mktemp("placed") / "demo.db"
    shutil.copy(built_demo, path)
    build(str(path), PLACES, workers=1)
    return path


@pytest.fixture
def served(placed_demo: Path, tmp_path: Path) -> Iterator[Served]:
    path = tmp_path / "demo.db"
    shutil.copy(placed_demo, path)
    found = Served(str(path), PLACES)
    yield found
    found.stop()


@pytest.fixture
def open_page(browser: Any, served: Served) -> Iterator[Open]:
    """Opens pages whose complaints fail the test."""
    opened: list[Watched] = []

    def open_one(**options: Any) -> Watched:
        opened.append(Watched(browser, served, **options))
        return opened[-1]

    yield open_one
    for page in opened:
        page.close()
