"""A user's own tables add to the packaged ones, and a slip in one is told before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.errors import SettingsError
from firsthand.incidents import with_bodies
from firsthand.ingest import Intake, read
from firsthand.ledger import View, Writer
from firsthand.model import Actor, Settings, record_id
from firsthand.resources.own import own_actors, own_places
from firsthand.runners.local import build

ACTORS = "name\tkind\tcountry\tpart_of\taliases\n"
PLACES = "name\taliases\tcountry\tadmin1\tlat\tlon\tkind\tprecision\n"


def written(path: Path, text: str) -> str:
    path.write_bytes(text.encode("utf-8"))
    return str(path)


def test_a_table_as_spreadsheets_save_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tsv", "\ufeff" + ACTORS.replace("\n", "\r\n") + "# ours\r\nOrrin Guard\tgroup\r\n")
    (row,) = own_actors(path)
    assert row == {"name": "Orrin Guard", "kind": "group", "country": "", "part_of": "", "aliases": ""}


def test_an_edited_table_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tsv", ACTORS + "Orrin Guard\tgroup\n")
    assert len(own_actors(path)) == 1
    written(tmp_path / "a.tsv", ACTORS + "Orrin Guard\tgroup\nSelm Rescue\torganisation\n")
    assert len(own_actors(path)) == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("\tgroup", "line 3: it has no name"),
        ("Orrin Guard\tgang", "line 3: kind is 'gang'"),
        ("Orrin Guard\tgroup\tIraq", "line 3: country is 'Iraq'"),
    ],
)
def test_a_slip_in_a_table_of_actors(row: str, told: str, tmp_path: Path) -> None:
    path = written(tmp_path / "actors.tsv", f"# ours\n{ACTORS}{row}\n")
    with pytest.raises(SettingsError) as caught:
        own_actors(path)
    assert path in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Selm\t\tIQ\t\tnorth\t44\tcity\t1", "lat is 'north', no number"),
        ("Selm\t\tIQ\t\t91\t44\tcity\t1", "lat is 91: it goes from -90 to 90"),
        ("Selm\t\tIQ\t\t33\t44\tcity\t9", "precision is 9: it goes from 1 to 7"),
        ("Selm\t\tIQ\t\t33\t\tcity\t1", "one coordinate without the other"),
        ("Selm\t\tIQ\t\t33\t44\ttown\t1", "kind is 'town'"),
    ],
)
def test_a_slip_in_a_table_of_places(row: str, told: str, tmp_path: Path) -> None:
    path = written(tmp_path / "places.tsv", f"{PLACES}{row}\n")
    with pytest.raises(SettingsError, match=told):
        own_places(path)


def test_other_encodings_and_missing_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(ACTORS.encode() + "Grün".encode("latin-1"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        own_actors(str(path))
    with pytest.raises(SettingsError, match="No such file"):
        own_actors(str(tmp_path / "none.tsv"))


def test_a_table_that_cannot_be_used_ends_the_build_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two people were killed in Tarvo on Monday, police said.\n", encoding="utf-8")
    ledger = str(tmp_path / "a.db")
    with Writer(ledger) as writer:
        writer.add((i.report, i.original) for i in read([str(tmp_path / "a.txt")]) if isinstance(i, Intake))
    bad = written(tmp_path / "bad.tsv", "word\n")
    with pytest.raises(SettingsError, match="is not a table of actors"):
        build(ledger, Settings(actors_file=bad))


def body(name: str, kind: str = "group") -> Actor:
    return Actor(record_id("act", kind, name), name, kind)  # type: ignore[arg-type]


def test_own_rows_give_countries_and_memberships(tmp_path: Path) -> None:
    own = written(tmp_path / "a.tsv", ACTORS + "Orrin Guard\tgroup\tSY\tOrrin Front\tOG\nOrrin Front\tgroup\tSY\n")
    found = {actor.name: actor for actor in with_bodies([body("Orrin Guard"), body("Selm Rescue")], own=own)}
    assert found["Orrin Guard"].country == "SY"
    assert found["Orrin Guard"].part_of == (found["Orrin Front"].id,)
    assert found["Orrin Front"].variants == ()
    assert found["Selm Rescue"] == body("Selm Rescue")


def test_a_membership_leads_to_the_actor_that_reports_name() -> None:
    one, above = body("Kataib Hezbollah"), body("Popular Mobilization Forces")
    found = {actor.id: actor for actor in with_bodies([one, above])}
    assert above.id in found[one.id].part_of
    assert all(part in found for actor in found.values() for part in actor.part_of)


def test_own_actors_reach_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "KARDUN, 4 May 2030 - The Orrin Guard killed nine soldiers at a post near Salta on Friday, Selm Rescue said.\n",
        encoding="utf-8",
    )
    own = written(tmp_path / "own.tsv", ACTORS + "Orrin Guard\tgroup\tAR\tOrrin Front\t\nSelm Rescue\torganisation\n")
    ledger = str(tmp_path / "a.db")
    with Writer(ledger) as writer:
        writer.add((i.report, i.original) for i in read([str(tmp_path / "a.txt")]) if isinstance(i, Intake))
    build(ledger, Settings(actors_file=own))
    with View(ledger) as view:
        found = {actor.name: (actor.kind, actor.country) for actor in view.actors().values()}
    assert found["Orrin Guard"] == ("group", "AR")
    assert found["Orrin Front"] == ("organisation", None)
    assert found["Selm Rescue"] == ("organisation", None)
