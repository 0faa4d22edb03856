"""Counts of different countries and spots are told apart; voices that are one body's are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.model import Actor, Variant
from firsthand.reconcile import reconcile

from .build import claim, figure, pile, range_of, town

PERU, CHILE = town("Peru", "PE", None, 6, "country"), town("Chile", "CL", None, 6, "country")
PUNO = town("Puno", "PE", None, 4, "admin1")
JULI = town("Juli", "PE", "Puno")


def test_second_country_that_a_count_names_is_a_part():
    claims = [claim("a", 9, "Army", at=10), claim("a", 4, "Bishop", at=200, place=CHILE.id)]
    result = reconcile(**pile(claims, places=(PERU, CHILE), incident_places=(PERU.id,)))
    assert range_of(result, place=PERU.id) == (9, 9, 9)
    assert range_of(result, place=CHILE.id) == (4, 4, 4)
    assert range_of(result) == (13, 13, 13)


@pytest.mark.parametrize(
    ("name", "part"), [("Chilean police", CHILE.id), ("Peruvian and Chilean police", PERU.id), ("Police", PERU.id)]
)
def test_voice_that_bears_a_country_speaks_of_it(name, part):
    claims = [
        claim("a", 9, "Army", at=10),
        claim("a", 4, "Bishop", at=200, place=CHILE.id),
        claim("a", 5, name, at=400),
    ]
    result = reconcile(**pile(claims, places=(PERU, CHILE), incident_places=(PERU.id,)))
    assert name in {voice.voice for voice in figure(result, place=part).by_voice}


def test_town_in_another_country_alone_splits_nothing():
    claims = [claim("a", 9, "Army", at=10), claim("a", 4, "Bishop", at=200, place=JULI.id)]
    result = reconcile(**pile(claims, places=(CHILE, JULI), incident_places=(CHILE.id,)))
    assert range_of(result) == (4, 4, 9)


def test_claim_of_a_third_place_without_a_number_stops_no_sum():
    bolivia = town("Bolivia", "BO", None, 6, "country")
    claims = [
        claim("a", 9, "Army", at=10),
        claim("a", 4, "Bishop", at=200, place=CHILE.id),
        claim("a", "several", "Rangers", at=300, place=bolivia.id),
    ]
    result = reconcile(**pile(claims, places=(PERU, CHILE, bolivia), incident_places=(PERU.id,)))
    assert range_of(result) == (13, 13, 13)


def test_number_of_the_whole_area_said_of_a_spot_is_the_areas():
    """The army gives 16 for the country and 7 for a base in one province; officials place all 16 in that province."""
    claims = [
        claim("a", 16, "Army", at=10),
        claim("b", 7, "Army", at=10, place=PUNO.id),
        claim("b", 16, "Officials of the ministry", at=90, place=PUNO.id),
    ]
    result = reconcile(**pile(claims, places=(PERU, PUNO), incident_places=(PERU.id,)))
    assert range_of(result) == (16, 16, 16)
    assert {voice.voice for voice in figure(result).by_voice} == {"Army", "Officials of the ministry"}
    assert range_of(result, place=PUNO.id) == (7, 7, 7)


def test_casualties_without_a_number_are_shown_beside_the_dead():
    claims = [claim("a", 9, "Army", at=10), claim("a", "casualties", "State radio", at=90, outcome="casualties")]
    found = figure(reconcile(**pile(claims)))
    assert (found.low, found.best, found.high, found.voices) == (9, 9, 9, 1)
    assert {voice.voice: voice.low for voice in found.by_voice} == {"Army": 9, "State radio": None}
    assert "State radio says so without a number" in found.why


GOVERNMENT = Actor("gov", "Peruvian government", "organisation", (Variant("Peruvian government"),))
FRONT = Actor("front", "River Front", "group", (Variant("River Front"),))


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        (("Peruvian government spokesman",), "Peruvian government"),
        (("the government spokesperson", "Peruvian spokesman"), "Peruvian government"),
        (("a spokeswoman for the River Front, an armed group",), "River Front"),
        (("government spokesman",), "Ana Quispe"),  # of which government, nobody says
        (("Peruvian senator",), "Ana Quispe"),
    ],
)
def test_spokesman_is_the_voice_of_the_body(roles, name):
    person = Actor("ana", "Ana Quispe", "person", (Variant("Ana Quispe"),), roles)
    result = reconcile(**pile([claim("a", 9, "Ana Quispe")], actors=(person, GOVERNMENT, FRONT)))
    assert [voice.voice for voice in figure(result).by_voice] == [name]


def test_where_a_body_sits_makes_no_other_voice():
    claims = [claim("a", 16, "River Front"), claim("b", 16, "Ana Quispe", affiliation="Lima-based River Front")]
    assert [voice.voice for voice in figure(reconcile(**pile(claims, actors=(FRONT,)))).by_voice] == ["River Front"]


def test_unnamed_people_of_an_armed_group_are_its_voice():
    claims = [
        claim("a", 16, "River Front"),
        claim("b", 16, "rebel commanders", kind="anonymous"),
        claim("c", 12, "rebel commanders", kind="anonymous"),
    ]
    found = figure(reconcile(**pile(claims, actors=(FRONT,))))
    assert [(voice.voice, voice.low, len(voice.origins)) for voice in found.by_voice] == [
        ("River Front", 16, 2),
        ("rebel commanders", 12, 1),
    ]


def test_unnamed_voice_that_repeats_a_named_one_is_not_counted():
    claims = [
        claim("a", 16, "Army"),
        claim("b", 16, "a medic", kind="anonymous"),
        claim("c", 3, "a nurse", kind="anonymous"),
    ]
    found = figure(reconcile(**pile(claims)))
    assert (found.voices, found.origins, found.reports) == (2, 3, 3)


def test_spokesman_of_one_name_whom_no_report_links():
    """One paper calls Ana Quispe the River Front's spokeswoman, another only its own "spokeswoman"; each is an actor of its own."""
    named = Actor("ana1", "Ana Quispe", "person", (Variant("Ana Quispe"),), ("a spokeswoman for the River Front",))
    bare = Actor("ana2", "Ana Quispe", "person", (Variant("Ana Quispe"),), ("spokeswoman",))
    given = pile([claim("a", 9, "Ana Quispe")], actors=(named, bare, FRONT))
    (assignment,) = given["grouping"].assignments
    given["grouping"] = replace(given["grouping"], assignments=(replace(assignment, actor="ana2"),))
    assert [voice.voice for voice in figure(reconcile(**given)).by_voice] == ["River Front"]
