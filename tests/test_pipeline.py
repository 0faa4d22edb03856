"""The chain holds together, and keys change with what they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.errors import SettingsError
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
