"""Who is who across reports: names linked where they are one person's or one body's, and never where they are two."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.actors import Linked, Sighting, link_actors

PELLA = "Pella Orrin"


def person(report: str, text: str, *, incident: str | None = None, role: str = "", body: str = "") -> Sighting:
    return Sighting(report, incident, text, "person", "", role, body, claim=f"{report}:{text}")


def body(report: str, text: str, canonical: str = "", kind: str = "organisation") -> Sighting:
    return Sighting(report, None, text, kind, canonical, claim=f"{report}:{text}")  # type: ignore[arg-type]


def groups(linked: Linked) -> set[frozenset[str]]:
    """The claims of each actor, by the report and the name in them."""
    found: dict[str, set[str]] = {}
    for claim, actor in linked.by_claim.items():
        found.setdefault(actor, set()).add(claim)
    return {frozenset(claims) for claims in found.values()}


def together(linked: Linked, *sightings: Sighting) -> bool:
    return len({linked.by_claim[s.claim] for s in sightings if s.claim}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PELLA, "Pela Orin"),
        ("Mohammed al-Vosk", "Muhamad Vosk"),
        ("Rudo S. Hale", "Rudo Hale"),
    ],
)
def test_spellings_of_one_name_in_one_incident_are_one_person(one: str, other: str) -> None:
    a, b = person("r1", one, incident="i"), person("r2", other, incident="i")
    assert together(link_actors([a, b]), a, b)


@pytest.mark.parametrize(
    ("one", "other"), [(PELLA, "Tam Orrin"), (PELLA, "Pella Vosk"), ("Hassan Vosk", "Hussein Vosk")]
)
def test_like_names_are_two_people(one: str, other: str) -> None:
    a, b = person("r1", one, incident="i"), person("r2", other, incident="i")
    assert not together(link_actors([a, b]), a, b)


def test_one_name_in_two_offices_of_two_incidents_is_two_people() -> None:
    a = person("r1", PELLA, incident="i", role="surgeon", body="Darrun hospital")
    b = person("r2", PELLA, incident="j", role="colonel", body="Ridge Command")
    assert not together(link_actors([a, b]), a, b)


def test_one_office_links_a_name_across_incidents() -> None:
    a = person("r1", PELLA, incident="i", role="surgeon", body="Darrun hospital")
    b = person("r2", PELLA, incident="j", role="surgeon")
    assert together(link_actors([a, b]), a, b)


def test_a_surname_alone_links_inside_its_report_only() -> None:
    full, short, far = (
        person("r1", PELLA, incident="i"),
        person("r1", "Orrin", incident="i"),
        person("r2", "Orrin", incident="j"),
    )
    linked = link_actors([full, short, far])
    assert together(linked, full, short)
    assert far.claim not in linked.by_claim or not together(linked, full, far)


def test_a_surname_that_two_people_of_the_report_bear_is_nobodys() -> None:
    one, two, short = (person("r1", n, incident="i") for n in (PELLA, "Tam Orrin", "Orrin"))
    assert short.claim not in link_actors([one, two, short]).by_claim


def test_a_surname_in_another_report_of_the_incident_needs_the_office() -> None:
    full = person("r1", PELLA, incident="i", role="surgeon")
    same, other = (
        person("r2", "Orrin", incident="i", role="surgeon"),
        person("r3", "Orrin", incident="i", role="colonel"),
    )
    linked = link_actors([full, same, other])
    assert together(linked, full, same)
    assert other.claim not in linked.by_claim


def test_initials_stand_for_the_one_long_name_they_fit() -> None:
    long, short = body("r1", "Popular Guard Council"), body("r2", "PGC")
    assert together(link_actors([long, short]), long, short)
    rival = body("r3", "Port Grain Company")
    assert not together(link_actors([long, rival, short]), long, short)


def test_a_longer_name_is_no_shorter_one() -> None:
    one, other = body("r1", "Guard of Darrun"), body("r2", "Popular Guard of Darrun")
    assert not together(link_actors([one, other]), one, other)


def test_known_bodies_have_their_memberships_and_one_id_by_any_alias() -> None:
    a = body("r1", "PMF", "Popular Mobilization Forces", "organisation")
    b = body("r2", "Hashd al-Shaabi", "Popular Mobilization Forces", "organisation")
    linked = link_actors([a, b])
    assert together(linked, a, b)
    (actor,) = linked.actors
    assert actor.name == "Popular Mobilization Forces"
    assert {v.text for v in actor.variants} == {"PMF", "Hashd al-Shaabi"}
    assert actor.why


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([PELLA, "Orrin", "Tam Vosk", "Vosk", "Pela Orin"]),
                          st.sampled_from(["i", "j"]), st.sampled_from(["", "surgeon", "colonel"])), max_size=12),
       st.randoms(use_true_random=False))  # fmt: skip
def test_the_order_of_sightings_leaves_no_trace(drawn: list[tuple[str, str, str, str]], dice: random.Random) -> None:
    seen = [person(report, text, incident=incident, role=role) for report, text, incident, role in drawn]
    shuffled = list(seen)
    dice.shuffle(shuffled)
    assert link_actors(seen) == link_actors(shuffled)
