"""What people corrected about incidents and actors holds through rebuilds and goes when it is taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from firsthand.incidents import group
from firsthand.incidents.actors import Linked, Sighting, link_actors
from firsthand.incidents.settled import as_found, with_actors_settled, with_corrections
from firsthand.model import Assignment, Grouping, Incident, Interval, Judgement, Place, ReportLink

DAY = Interval(date(1998, 5, 4), date(1998, 5, 4), "day")
DARRUN = Place("plc-darrun", "Darrun", "VL", "Upper Vell", 10.0, 20.0, precision=1)
RIDGE = {
    "id": "plc-ridge",
    "name": "Ridge Farm",
    "country": "VL",
    "admin1": "Lower Vell",
    "lat": 12.5,
    "lon": 21.0,
    "precision": 2,
}
INCIDENT = Incident(
    "inc-1", "Attack, Darrun, 4 May 1998", "attack", DAY, ("plc-darrun",), (ReportLink("rep-1", True, 1.0, "It is."),),
    10.0, 20.0, 1, "VL", why="One report of it.",
)  # fmt: skip
FOUND = Grouping(
    incidents=(INCIDENT,),
    assignments=(
        Assignment("clm-1", "inc-1", "plc-darrun", DAY, "main event"),
        Assignment("clm-2", "inc-1", "plc-sennick", Interval(date(1998, 5, 6), date(1998, 5, 6)), "its own day"),
    ),
    places=(DARRUN,),
)


def judged(
    number: int, verb: str, subject: str, before: object = None, after: object = None, undoes: str | None = None
) -> Judgement:
    return Judgement(
        f"jdg-{number}", f"1998-06-{number:02}T10:00:00+00:00", "Ina", verb, subject, json.dumps(before), json.dumps(after), "",  # type: ignore[arg-type]
        undoes, "", "",
    )  # fmt: skip


def test_a_day_and_a_place_that_a_person_gave_stand() -> None:
    decided = [
        judged(
            1, "correct", "inc-1", {"start": "1998-05-04"}, {"start": "1998-05-03", "end": "1998-05-03", "place": RIDGE}
        )
    ]
    result = with_corrections(FOUND, decided)
    (incident,) = result.incidents
    assert incident.when == Interval(date(1998, 5, 3), date(1998, 5, 3), "day")
    assert (incident.places, incident.lat, incident.lon, incident.where_precision) == (("plc-ridge",), 12.5, 21.0, 2)
    assert incident.title == "Attack, Ridge Farm, 3 May 1998"
    assert "Ina set its day and place." in incident.why
    assert {p.id for p in result.places} == {"plc-darrun", "plc-ridge"}
    own, other = result.assignments
    assert (own.place, own.when) == ("plc-ridge", incident.when)
    assert other == FOUND.assignments[1]  # what a claim says of itself stays
    assert with_corrections(FOUND, [*decided, judged(2, "undo", "inc-1", undoes="jdg-1")]) == FOUND


def test_a_correction_that_cannot_be_meant_changes_nothing() -> None:
    for after in (
        {"start": "1998-05-09", "end": "1998-05-01"}, {"type": "picnic"}, {"place": "plc-darrun"}, {"place": {"id": 3}}, [1], "x",
    ):  # fmt: skip
        assert with_corrections(FOUND, [judged(1, "correct", "inc-1", {}, after)]).incidents == (INCIDENT,), after


def test_a_corrected_incident_is_known_again_by_what_was_found() -> None:
    before = {"start": "1998-05-04", "end": "1998-05-04", "place": {"id": "plc-darrun", "name": "Darrun"}}
    decided = [judged(1, "correct", "inc-1", before, {"start": "1998-05-03", "end": None, "place": RIDGE})]
    (stored,) = with_corrections(FOUND, decided).incidents
    (known,) = as_found([stored], decided)
    assert (known.when, known.places) == (INCIDENT.when, INCIDENT.places)
    (untouched,) = as_found([replace(INCIDENT, when=Interval(date(1998, 5, 8), date(1998, 5, 8)))], decided)
    assert untouched.when.start == date(1998, 5, 8)


def test_a_correction_holds_through_builds(told) -> None:  # type: ignore[no-untyped-def]
    report = told("a", "On 4 May 1998 shells killed six people in Darrun.")
    pile = ([report.document], [report.annotation], [report.claims])
    from firsthand.model import Lineage

    (first,) = group(*pile, Lineage()).incidents
    decided = [judged(1, "correct", first.id, {"place": {"id": "plc-darrun", "name": "Darrun"}}, {"place": RIDGE})]
    once = group(*pile, Lineage(), previous=(first,), judgements=decided)
    again = group(*pile, Lineage(), previous=once.incidents, judgements=decided)
    assert once == again
    assert [(i.id, i.places[0]) for i in again.incidents] == [(first.id, "plc-ridge")]


# -- actors


def seen(report: str, text: str, claim: str | None = None) -> Sighting:
    return Sighting(report, "inc-1", text, "organisation", "", claim=claim)


SIGHTINGS = [
    seen("rep-1", "Vell Relief Society", "clm-1"),
    seen("rep-2", "Society for Relief", "clm-2"),
    seen("rep-3", "Vell Relief Society", "clm-3"),
    seen("rep-4", "Harbour Guard", "clm-4"),
]


def actor_of(linked: Linked, text: str):  # type: ignore[no-untyped-def]
    (found,) = [a for a in linked.actors if any(v.text == text for v in a.variants)]
    return found


def test_spellings_are_put_together_and_told_apart_again() -> None:
    linked = link_actors(SIGHTINGS)
    assert len(linked.actors) == 3
    society = actor_of(linked, "Vell Relief Society").id
    merge = judged(
        1,
        "merge",
        society,
        [["Vell Relief Society"], ["Society for Relief"]],
        [["Vell Relief Society", "Society for Relief"]],
    )
    joined = with_actors_settled(linked, SIGHTINGS, [merge])
    assert len(joined.actors) == 2
    one = actor_of(joined, "Society for Relief")
    assert (one.id, one.name) == (society, "Vell Relief Society")
    assert {joined.by_claim[c] for c in ("clm-1", "clm-2", "clm-3")} == {society}
    split = judged(2, "split", society, [], [["Vell Relief Society"], ["Society for Relief"]])
    apart = with_actors_settled(linked, SIGHTINGS, [merge, split])
    assert len(apart.actors) == 3
    assert (
        apart.by_claim["clm-2"] == actor_of(apart, "Society for Relief").id != actor_of(apart, "Vell Relief Society").id
    )
    assert apart.by_claim["clm-1"] == actor_of(apart, "Vell Relief Society").id == society
    undone = [merge, judged(2, "undo", society, undoes="jdg-1")]
    assert with_actors_settled(linked, SIGHTINGS, undone) == linked


def test_every_claim_keeps_an_actor_that_is_there() -> None:
    linked = link_actors(SIGHTINGS)
    everything = [sorted({s.text for s in SIGHTINGS})]
    for after in (everything, [["Harbour Guard"], ["Society for Relief"]], [["nobody"]], [[1, 2]], {}, [[]]):
        settled = with_actors_settled(linked, SIGHTINGS, [judged(1, "merge", linked.actors[0].id, [], after)])
        ids = {actor.id for actor in settled.actors}
        assert set(settled.by_claim) == set(linked.by_claim)
        assert set(settled.by_claim.values()) <= ids
        assert set(settled.by_name.values()) <= ids
        spelt = sorted(v.text for a in settled.actors for v in a.variants)
        assert spelt == sorted(v.text for a in linked.actors for v in a.variants)
