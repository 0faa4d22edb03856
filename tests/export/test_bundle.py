"""The bundle holds what the contract says, and its references lead somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firsthand.errors import FirsthandError
from firsthand.export.bundle import write_bundle
from firsthand.export.rows import judgement_row, place_row, victim_row
from firsthand.export.schema import TABLES
from firsthand.ledger import View
from firsthand.model import Judgement, Place, Span, Victim

# Fields that other programs may rely on, by table, with the Python types that they may have.
NOTHING = type(None)
CONTRACT: dict[str, dict[str, tuple[type, ...]]] = {
    "reports": {
        "id": (str,), "source_id": (str,), "url": (str, NOTHING), "site": (str, NOTHING), "title": (str, NOTHING),
        "text": (str,), "published": (str, NOTHING), "published_basis": (str,), "retrieved": (str, NOTHING),
        "language": (str, NOTHING), "sha256": (str,), "origin": (str,), "incidents": (list,), "map": (list,),
    },
    "origins": {"id": (str,), "name": (str,), "reports": (list,), "credited": (bool,)},
    "copies": {
        "source": (str,), "derived": (str,), "relation": (str,), "coverage": (float, int), "direction": (float, int),
        "passages": (list,),
    },
    "claims": {
        "id": (str,), "report": (str,), "field": (str,), "span": (list,), "source": (dict, NOTHING), "cue": (dict, NOTHING),
        "content": (list,), "quotes": (list,), "certainty": (str,), "incident": (str, NOTHING), "place": (str, NOTHING),
        "date": (str, NOTHING), "tally": (dict, NOTHING),
    },
    "incidents": {
        "id": (str,), "title": (str,), "type": (str,), "date_start": (str, NOTHING), "date_end": (str, NOTHING),
        "date_precision": (str,), "places": (list,), "lat": (float, NOTHING), "lon": (float, NOTHING),
        "where_precision": (int, NOTHING), "perpetrators": (list,), "targets": (list,), "reports": (list,), "related": (list,),
    },
    "figures": {
        "incident": (str,), "outcome": (str,), "victims": (str,), "place": (str, NOTHING), "low": (int, NOTHING),
        "best": (int, NOTHING), "high": (int, NOTHING), "status": (str,), "policy": (str,), "voices": (int,),
        "origins": (int,), "reports": (int,), "claims": (list,), "why": (str,),
    },
    "conflicts": {"incident": (str,), "kind": (str,), "claims": (list,), "why": (str,)},
    "actors": {"id": (str,), "name": (str,), "kind": (str,), "variants": (list,), "roles": (list,), "part_of": (list,)},
    "places": {
        "id": (str,), "name": (str,), "country": (str, NOTHING), "admin1": (str, NOTHING), "lat": (float, NOTHING),
        "lon": (float, NOTHING), "gazetteer_id": (str, NOTHING), "precision": (int,),
    },
    "signals": {},
    "victims": {
        "id": (str,), "incident": (str, NOTHING), "name": (str,), "variants": (list,), "age": (int, NOTHING),
        "sex": (str, NOTHING), "outcome": (str,), "affiliation": (str, NOTHING), "claims": (list,),
    },
    "judgements": {},
}  # fmt: skip
SOURCE = {
    "text": (str,),
    "span": (list,),
    "name": (str,),
    "actor": (str, NOTHING),
    "kind": (str,),
    "via": (dict, NOTHING),
}
TALLY = {
    "outcome": (str,), "low": (int, NOTHING), "high": (int, NOTHING), "approx": (bool,), "vague": (bool,), "unknown": (bool,),
    "text": (str,), "span": (list,), "victims": (list,), "victims_text": (str,), "part_of": (str, NOTHING), "scope": (str,),
}  # fmt: skip


VICTIM = Victim("vic-1", "rep-1", "Sara Haddad", Span(0, 11), age=9, sex="female", incident="inc-1")
PLACE = Place("plc-1", "Selm", "XX", None, 1.5, -2.5)
# What the demonstration, read without its own tables, has none of.
BY_HAND = {"victims": [victim_row(VICTIM)], "places": [place_row(PLACE)]}
JUDGEMENT = Judgement("jdg-1", "2020-05-04", "Noor", "note", "inc-1", "", "", "seen", None, "", "f00d")


@pytest.fixture(scope="module")
def bundle(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("out") / "bundle"
    with View(str(built_demo)) as view:
        write_bundle(view, folder)
    return {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in TABLES
    }


def test_the_schema_has_every_field_of_the_contract() -> None:
    assert set(TABLES) == set(CONTRACT)
    for name, fields in CONTRACT.items():
        assert set(fields) <= {field for field, _, _ in TABLES[name][1]}


@pytest.mark.parametrize("name", [name for name in CONTRACT if CONTRACT[name]])
def test_every_row_has_the_fields_of_the_contract(bundle: dict[str, list[dict[str, Any]]], name: str) -> None:
    known = {field for field, _, _ in TABLES[name][1]}
    found = bundle[name] or BY_HAND[name]
    assert found
    for row in found:
        assert set(row) == known
        for field, types in CONTRACT[name].items():
            assert isinstance(row[field], types), (field, row[field])


def test_a_judgement_has_the_fields_of_its_table() -> None:
    assert set(judgement_row(JUDGEMENT)) == {field for field, _, _ in TABLES["judgements"][1]}


def test_claims_have_sources_and_tallies_of_the_contract(bundle: dict[str, list[dict[str, Any]]]) -> None:
    tallies = [claim["tally"] for claim in bundle["claims"] if claim["tally"]]
    sources = [claim["source"] for claim in bundle["claims"] if claim["source"]]
    assert tallies
    assert sources
    for rows, fields in ((tallies, TALLY), (sources, SOURCE)):
        for row in rows:
            for field, types in fields.items():
                assert isinstance(row[field], types), (field, row[field])


def test_spans_hold_the_words_they_are_said_to_hold(bundle: dict[str, list[dict[str, Any]]]) -> None:
    texts = {(report["id"], name): report[name] for report in bundle["reports"] for name in ("title", "text")}
    for claim in bundle["claims"]:
        text = texts[claim["report"], claim["field"]]
        for part in (claim["source"], claim["cue"], claim["tally"]):
            if part:
                start, end = part["span"]
                assert text[start:end] == part["text"]
        for start, end in (claim["span"], *claim["content"], *claim["quotes"]):
            assert 0 <= start < end <= len(text)


def test_the_map_leads_back_to_the_original(bundle: dict[str, list[dict[str, Any]]], built_demo: Path) -> None:
    with View(str(built_demo)) as view:
        for report in bundle["reports"]:
            body = view.raw(report["id"]).body
            assert report["map"], report["source_id"]
            for start, source_start, length in report["map"]:
                assert report["text"][start : start + length] == body[source_start : source_start + length]


def references(bundle: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str, str]]:
    """(from, table, id) of every reference between the tables."""
    for report in bundle["reports"]:
        yield f"report {report['id']}", "origins", report["origin"]
        yield from ((f"report {report['id']}", "incidents", incident) for incident in report["incidents"])
    for origin in bundle["origins"]:
        yield from ((f"origin {origin['id']}", "reports", report) for report in origin["reports"])
    for copy in bundle["copies"]:
        yield f"copy {copy['id']}", "reports", copy["derived"]
    for claim in bundle["claims"]:
        here = f"claim {claim['id']}"
        yield here, "reports", claim["report"]
        for table, id in (("incidents", claim["incident"]), ("places", claim["place"])):
            if id is not None:
                yield here, table, id
        if claim["source"] and claim["source"]["actor"]:
            yield here, "actors", claim["source"]["actor"]
        if claim["tally"] and claim["tally"]["part_of"]:
            yield here, "claims", claim["tally"]["part_of"]
    for incident in bundle["incidents"]:
        here = f"incident {incident['id']}"
        yield from ((here, "places", place) for place in incident["places"])
        yield from ((here, "actors", actor) for actor in incident["perpetrators"] + incident["targets"])
        yield from ((here, "reports", report) for report in incident["reports"])
        yield from ((here, "incidents", other["incident"]) for other in incident["related"])
    for figure in bundle["figures"]:
        here = f"figure {figure['id']}"
        yield here, "incidents", figure["incident"]
        yield from ((here, "claims", claim) for claim in figure["claims"])
        if figure["place"] is not None:
            yield here, "places", figure["place"]
    for conflict in bundle["conflicts"]:
        yield f"conflict {conflict['id']}", "incidents", conflict["incident"]
        yield from ((f"conflict {conflict['id']}", "claims", claim) for claim in conflict["claims"])
    for actor in bundle["actors"]:
        yield from ((f"actor {actor['id']}", "actors", whole) for whole in actor["part_of"])
    for victim in bundle["victims"]:
        if victim["incident"] is not None:
            yield f"victim {victim['id']}", "incidents", victim["incident"]
        yield from ((f"victim {victim['id']}", "claims", claim) for claim in victim["claims"])


def test_every_reference_leads_somewhere(bundle: dict[str, list[dict[str, Any]]]) -> None:
    ids = {name: {row["id"] for row in rows if "id" in row} for name, rows in bundle.items()}
    dangling = [reference for reference in references(bundle) if reference[2] not in ids[reference[1]]]
    assert not dangling


def test_every_report_has_its_one_origin(bundle: dict[str, list[dict[str, Any]]]) -> None:
    carried = sorted(report for origin in bundle["origins"] for report in origin["reports"])
    assert carried == sorted(report["id"] for report in bundle["reports"])


def test_unknown_is_not_zero(bundle: dict[str, list[dict[str, Any]]]) -> None:
    tallies = [claim["tally"] for claim in bundle["claims"] if claim["tally"]]
    open_ones = [tally for tally in tallies if tally["unknown"] or tally["vague"]]
    assert {tally["unknown"] for tally in open_ones} == {True, False}
    for tally in open_ones:
        assert tally["low"] is None
        assert tally["high"] is None


def test_the_data_package_describes_every_table(built_demo: Path, tmp_path: Path) -> None:
    with View(str(built_demo)) as view:
        counts = write_bundle(view, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"]: resource["rows"] for resource in package["resources"]} == counts
    for resource in package["resources"]:
        assert (tmp_path / resource["path"]).exists()
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_same_ledger_gives_the_same_bytes(built_demo: Path, tmp_path: Path) -> None:
    for name in "ab":
        with View(str(built_demo)) as view:
            write_bundle(view, tmp_path / name)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_other_files_in_the_folder_are_left_alone(built_demo: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "claims.jsonl").write_text("an older export\n")
    with View(str(built_demo)) as view:
        write_bundle(view, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert "an older export" not in (tmp_path / "claims.jsonl").read_text(encoding="utf-8")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_folder_that_cannot_be_written_is_named(built_demo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with View(str(built_demo)) as view, pytest.raises(FirsthandError, match="cannot write the bundle"):
        write_bundle(view, tmp_path / "file")
