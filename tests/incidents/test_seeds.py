"""The five reports that the project starts from: their incidents in time and place. They stay outside the repository."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.incidents import group
from firsthand.ingest import Intake, read
from firsthand.model import Grouping, Incident, Interval, Settings

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not here: ../shared/seeds")


@pytest.fixture(scope="module")
def found() -> tuple[Grouping, dict[str, str]]:
    """The grouping, and each report's id by the first three letters of its file's name."""
    raws = [item.report for item in read([str(SEEDS)]) if isinstance(item, Intake)]
    records = list(pipeline.Reader(Settings()).records(raws))
    documents = [document for document, _, _ in records]
    grouping = group(
        documents, [a.without_parse() for _, a, _ in records], [c for _, _, c in records], pipeline.trace(documents)[0]
    )
    return grouping, {raw.source_id[:3]: raw.id for raw in raws}


def main_of(grouping: Grouping, report: str) -> Incident:
    return next(i for i in grouping.incidents if any(link.report == report and link.main for link in i.links))


def names(grouping: Grouping, incident: Incident) -> list[str]:
    by_id = {place.id: place.name for place in grouping.places}
    return [by_id[place] for place in incident.places]


def test_one_night_of_strikes_in_two_countries(found: tuple[Grouping, dict[str, str]]) -> None:
    grouping, reports = found
    incident = main_of(grouping, reports["000"])
    assert {main_of(grouping, reports[r]).id for r in ("001", "002", "004")} == {incident.id}
    assert incident.when == Interval(date(2024, 2, 2), date(2024, 2, 3), "days")
    assert names(grouping, incident) == ["Iraq", "Syria"]
    assert incident.country == "IQ"


def test_the_attack_in_jordan_is_its_own(found: tuple[Grouping, dict[str, str]]) -> None:
    grouping, reports = found
    (incident,) = (i for i in grouping.incidents if "Jordan" in names(grouping, i))
    assert incident.when.day == date(2024, 1, 28)
    assert set(incident.reports) == {reports[r] for r in ("000", "001", "002", "004")}
    actors = {actor.id: actor.name for actor in grouping.actors}
    assert [actors[a] for a in incident.perpetrators] == ["Islamic Resistance in Iraq"]
    strikes = main_of(grouping, reports["000"])
    assert [actors[a] for a in strikes.perpetrators] == ["United States"]
    assert [actors[a] for a in strikes.targets] == ["Iran-linked targets"]
    related = main_of(grouping, reports["000"]).related
    assert (incident.id, "retaliation_for") in {(r.incident, r.relation) for r in related}


def test_the_older_strikes_are_another_incident_without_a_year(found: tuple[Grouping, dict[str, str]]) -> None:
    grouping, reports = found
    incident = main_of(grouping, reports["003"])
    assert incident.reports == (reports["003"],)
    assert incident.when.start is None
    assert len(grouping.incidents) == 3


def test_places_are_told_apart_and_none_lies_in_another_country(found: tuple[Grouping, dict[str, str]]) -> None:
    grouping, _ = found
    countries = {(place.name, place.country) for place in grouping.places if place.name in ("Iraq", "Syria", "Jordan")}
    assert countries == {("Iraq", "IQ"), ("Syria", "SY"), ("Jordan", "JO")}
    set_in = {a.claim: a.place for a in grouping.assignments}
    assert len(set(set_in.values())) >= 4
    assert "United States" not in {name for i in grouping.incidents for name in names(grouping, i)}
