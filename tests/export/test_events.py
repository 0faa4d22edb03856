"""One row an event: the columns that other programs know, and nothing made up to fill them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from firsthand.errors import FirsthandError
from firsthand.export.events import ACLED, UCDP, country_name, write_acled, write_geojson, write_ucdp
from firsthand.export.files import write_csv
from firsthand.ledger import View
from firsthand.wording import whole_figure


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ucdp_has_its_49_columns_and_a_row_for_every_dated_incident(built_demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    with View(str(built_demo)) as view:
        written, left_out = write_ucdp(view, path)
        incidents = {incident.id: incident for incident in view.incidents()}
        figures = {id: view.figures_of(id) for id in incidents}
    found = rows(path)
    assert len(UCDP) == 49
    assert list(found[0]) == list(UCDP)
    assert (len(found), written + left_out) == (written, len(incidents))
    for row in found:
        incident, killed = incidents[row["id"]], whole_figure(figures[row["id"]], "killed")
        assert row["date_start"] == str(incident.when.start)
        for column in ("low", "best", "high"):
            number = getattr(killed, column) if killed else None
            assert row[column] == ("" if number is None else str(number))


def test_the_sources_of_a_ucdp_row_stand_in_one_order(built_demo: Path, tmp_path: Path) -> None:
    with View(str(built_demo)) as view:
        write_ucdp(view, tmp_path / "ged.csv")
        known = {(d.site or "", str(d.published or ""), d.title or "") for d in view.documents()}
    for row in rows(tmp_path / "ged.csv"):
        cells = [row[name].split("; ") for name in ("source_office", "source_date", "source_headline")]
        assert set(zip(*cells, strict=True)) <= known
        assert [day for day in cells[1] if day] == sorted(day for day in cells[1] if day)


def test_acled_has_one_number_and_leaves_unknown_empty(built_demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    with View(str(built_demo)) as view:
        write_acled(view, path)
        figures = {incident.id: view.figures_of(incident.id) for incident in view.incidents()}
    for row in rows(path):
        assert list(row) == list(ACLED)
        killed = whole_figure(figures[row["event_id_cnty"]], "killed")
        if killed is None or (killed.best is None and killed.low is None):
            assert row["fatalities"] == ""
        else:
            assert int(row["fatalities"]) in (killed.best, killed.low)


def test_geojson_holds_every_incident(built_demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "incidents.geojson"
    with View(str(built_demo)) as view:
        write_geojson(view, path)
        incidents = {incident.id: incident for incident in view.incidents()}
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert {feature["id"] for feature in collection["features"]} == set(incidents)
    for feature in collection["features"]:
        incident = incidents[feature["id"]]
        if incident.lat is None:
            assert feature["geometry"] is None
        else:
            assert feature["geometry"]["coordinates"] == [incident.lon, incident.lat]


def test_words_of_strangers_are_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["title", "low"], [['=HYPERLINK("x")', -1], ["@x", None]])
    assert list(csv.reader(path.open(encoding="utf-8"))) == [["title", "low"], ['\'=HYPERLINK("x")', "-1"], ["'@x", ""]]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FirsthandError, match="cannot write"):
        write_csv(tmp_path / "no" / "folder" / "x.csv", ["a"], [])


def test_countries_have_names() -> None:
    assert country_name("IQ") == "Iraq"
    assert country_name("XX") == "XX"
    assert country_name(None) is None
