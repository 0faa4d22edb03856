"""The chain holds together, and keys change with what they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.errors import SettingsError
from firsthand.ledger import View
from firsthand.model import Judgement, Settings
from firsthand.pipeline import STAGES, check, diagram


def test_the_chain_holds() -> None:
    check()


def test_a_stage_before_what_it_needs_is_named() -> None:
    with pytest.raises(SettingsError, match="the stage annotate needs Document"):
        check([stage for stage in STAGES if stage.room != "clean"])
    with pytest.raises(SettingsError, match="the stage reconcile needs Document"):
        check(tuple(reversed(STAGES)))


def test_a_gift_given_twice_is_named() -> None:
    with pytest.raises(SettingsError, match="clean gives it already"):
        check((*STAGES, replace(STAGES[1], room="another")))


def test_the_diagram_shows_every_stage_and_every_arrow() -> None:
    drawn = diagram()
    assert drawn.startswith("flowchart TD\n")
    for stage in STAGES:
        assert f'{stage.room}["<b>{stage.room}</b>' in drawn
    assert "claims -- ReportClaims --> incidents" in drawn
    assert "Judgement --> reconcile" in drawn
    assert "reconcile --> Reconciliation([Reconciliation])" in drawn


def test_every_room_has_its_own_version() -> None:
    versions = {stage.room: pipeline.rule_version(stage.room) for stage in STAGES}
    assert len(set(versions.values())) == len(STAGES)


@pytest.mark.parametrize("room", [stage.room for stage in STAGES])
def test_all_that_a_room_imports_counts_in_its_version(room: str) -> None:
    """Errors and the spreading of work carry no rules; lexicons are counted by their folders."""
    sources = (Path(pipeline.__file__).parent / room).rglob("*.py")
    imported = {
        name for path in sources for name in re.findall(r"^from firsthand\.(\w+)", path.read_text("utf-8"), re.M)
    }
    assert imported - {"errors", "processes", "resources"} <= {name.removesuffix(".py") for name in pipeline._SHARED}


def test_keys_follow_inputs_settings_and_judgements() -> None:
    settings = Settings()
    judged = Judgement("jdg-1", "2020", "Noor", "merge", "inc-x", "", "", "", None, "", "f00d")
    keys = [
        pipeline.incidents_key("lin", "c1", ()),
        pipeline.incidents_key("other", "c1", ()),
        pipeline.incidents_key("lin", "c2", ()),
        pipeline.incidents_key("lin", "c1", (judged,)),
    ]
    assert len(set(keys)) == len(keys)
    for verb, subject in (("note", "inc-x"), ("accept", "clm-x"), ("correct", "clm-x"), ("assign", "inc-x")):
        other = replace(judged, verb=verb, subject=subject)
        assert pipeline.incidents_key("lin", "c1", (other,)) == keys[0]
    rejected = replace(judged, verb="reject", subject="clm-x")
    assert pipeline.reconcile_key("i", settings, (rejected,)) != pipeline.reconcile_key("i", settings)
    assert pipeline.read_key(settings) == pipeline.read_key(replace(settings, policy="majority"))
    assert pipeline.read_key(settings) != pipeline.read_key(replace(settings, parser="other"))
    assert pipeline.reconcile_key("i", settings) != pipeline.reconcile_key("i", replace(settings, policy="majority"))


def test_the_key_of_incidents_follows_the_users_own_actors(tmp_path: Path) -> None:
    own = tmp_path / "actors.tsv"
    keys = []
    for line in ("Grey Ridge Column\tgroup\t\t\t", "Grey Ridge Column\tgroup\tSY\t\t"):
        own.write_text(f"name\tkind\tcountry\tpart_of\taliases\n{line}\n", encoding="utf-8")
        keys.append(pipeline.incidents_key("lin", "c1", (), Settings(actors_file=str(own))))
    assert len({*keys, pipeline.incidents_key("lin", "c1", ())}) == 3


def test_a_settings_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="cannot read /no/such/actors"):
        pipeline.read_key(Settings(actors_file="/no/such/actors.tsv"))


def test_no_stage_loses_or_doubles_anything(built_demo: Path) -> None:
    """What came in comes out of every stage once, and nothing that comes out speaks of what did not come in."""
    with View(str(built_demo)) as view:
        reports, incidents, lineage = view.report_ids(), view.incidents(), view.lineage()
        found, assigned, figures = view.claims(), view.assignments(), view.reconciliation()
        read = ([document.id for document in view.documents()], [a.document for a in view.annotations()])
        actors, places, victims = view.actors(), view.places(), view.victims()
    claims = [claim.id for each in found for claim in each.claims]
    names = {incident.id for incident in incidents}
    once = sorted(reports)
    assert len(reports) == len(set(reports)) > 10
    assert [sorted(ids) for ids in read] == [once, once]
    assert sorted(each.report for each in found) == once
    assert sorted(report for origin in lineage.origins for report in origin.reports) == once
    assert sorted(link.report for incident in incidents for link in incident.links if link.main) == once
    assert len(claims) == len(set(claims)) > 100
    assert len({each.claim for each in assigned}) == len(assigned) > 100
    assert {each.claim for each in assigned} <= set(claims)
    assert {each.incident for each in assigned} <= names
    assert {each.place for each in assigned if each.place} | {p for i in incidents for p in i.places} <= set(places)
    assert {each.actor for each in assigned if each.actor} <= set(actors)
    assert {victim.incident for victim in victims if victim.incident} <= names
    assert sorted(grade.incident for grade in figures.grades) == sorted(names)
    cells = [(figure.incident, figure.outcome, figure.victims, figure.place) for figure in figures.figures]
    assert len(set(cells)) == len(cells) > 10
    assert {claim for each in (*figures.figures, *figures.conflicts) for claim in each.claims} <= set(claims)
