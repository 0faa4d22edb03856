"""The five reports that the project starts from, read and reconciled as a build does it. They are not part of the project: the test
looks for them beside the repository and is skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.incidents import group
from firsthand.ingest import Intake, read
from firsthand.model import Settings

SEEDS = next((path for up in Path(__file__).resolve().parents if (path := up / "shared" / "seeds").is_dir()), None)
pytestmark = pytest.mark.skipif(SEEDS is None, reason="the seed reports are not here")


@pytest.fixture(scope="module")
def ledger():
    raws = [result.report for result in read([str(SEEDS)]) if isinstance(result, Intake)]
    records = list(pipeline.Reader(Settings()).records(raws))
    documents = [document for document, _, _ in records]
    claims = [found for _, _, found in records]
    lineage, _ = pipeline.trace(documents)
    grouping = group(documents, [annotation for _, annotation, _ in records], claims, lineage)
    result = pipeline.reconcile(grouping, claims, lineage, documents=documents, settings=Settings())
    return grouping, result


def figures(ledger, incident, outcome="killed", victims="people"):
    """Figures of the incident by the name of the place that they are for; None: the whole."""
    grouping, result = ledger
    names = {place.id: place.name for place in grouping.places}
    chosen = [f for f in result.figures if f.incident == incident and (f.outcome, f.victims) == (outcome, victims)]
    return {names.get(f.place or ""): f for f in chosen}


def incident_with(ledger, low, outcome="killed"):
    """The incident that has a figure with this least number."""
    (found,) = {
        f.incident for f in ledger[1].figures if f.low == low and f.outcome == outcome and f.victims == "people"
    }
    return found


def test_iraq(ledger):
    strikes = incident_with(ledger, 36, "wounded")
    killed = figures(ledger, strikes)["Iraq"]
    assert (killed.low, killed.best, killed.high, killed.status, killed.voices) == (16, 16, 16, "agreed", 2)
    assert {v.voice: len(v.origins) for v in killed.by_voice if v.low == 16} == {
        "Iraqi government": 1,
        "Popular Mobilization Forces": 2,
    }
    wounded = figures(ledger, strikes, "wounded")["Iraq"]
    assert (wounded.low, wounded.best) == (36, 36)
    civilians = figures(ledger, strikes, victims="civilians")["Iraq"]
    assert civilians.status == "contested"
    assert {v.voice for v in civilians.by_voice} == {"Iraqi government", "Militia officials", "mayor of al-Qaim"}


def test_syria(ledger):
    killed = figures(ledger, incident_with(ledger, 36, "wounded"))["Syria"]
    assert (killed.low, killed.best, killed.high) == (23, 23, 23)
    assert [v.low for v in sorted(killed.by_voice, key=lambda v: v.voice)] == [23, None]
    assert [v.voice for v in killed.by_voice if v.low is None] == ["Syrian state media"]


def test_jordan(ledger):
    (killed,) = figures(ledger, incident_with(ledger, 3)).values()
    assert (killed.low, killed.best, killed.high) == (3, 3, 3)


def test_june_2021(ledger):
    strikes = incident_with(ledger, 4)
    (killed,) = figures(ledger, strikes).values()
    assert (killed.low, killed.high, killed.status) == (4, 7, "contested")
    assert {v.voice: v.low for v in killed.by_voice} == {
        "Popular Mobilization Forces": 4,
        "Syrian Observatory for Human Rights": 7,
        "Syrian state media": 1,
    }
    (children,) = figures(ledger, strikes, victims="children").values()
    assert (children.low, children.best, children.high) == (1, 1, 1)


def test_conflicts(ledger):
    strikes = incident_with(ledger, 36, "wounded")
    told = {(c.kind, c.why) for c in ledger[1].conflicts if c.incident == strikes}
    (toll,) = [why for kind, why in told if kind == "narration"]
    assert "“higher toll”, but 16" in toll
    assert "is not higher than 23" in toll
    (victims,) = [why for kind, why in told if kind == "victims"]
    assert all(name in victims for name in ("Militia officials", "Iraqi government", "mayor of al-Qaim"))
    assert "count" not in {kind for kind, _ in told}
