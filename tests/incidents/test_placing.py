"""Where an event was: which of the places that a report names tell it."""

from __future__ import annotations

import pytest

from firsthand.incidents.placing import PlaceShares, distance_km, event_places, nearness
from firsthand.model import Annotation, Document, Layer, OffsetMap, Place, PlaceMention, Sentence, Span

DARRUN = Place("plc-darrun", "Darrun", "VL", "Upper Vell", 10.0, 20.0, precision=1, kind="city")
SENNICK = Place("plc-sennick", "Sennick", "VL", "Lower Vell", 12.0, 21.5, precision=1, kind="city")
VELL = Place("plc-vell", "Vell", "VL", None, 11.0, 21.0, precision=6, kind="country")
OTTIA = Place("plc-ottia", "Ottia", "OT", None, 41.0, 4.0, precision=6, kind="country")


def shares(text: str, *mentions: tuple[str, Place, bool, str | None]) -> PlaceShares:
    """``mentions``: words, place, whether something happens there, relation."""
    found = tuple(
        PlaceMention(Span(text.index(words), text.index(words) + len(words)), words, place, locative, relation)
        for words, place, locative, relation in mentions
    )
    document = Document("rep-1", "1", text, OffsetMap.identity(len(text)))
    layer = Layer(sentences=(Sentence(Span(0, len(text))),), places=found)
    return event_places(document, Annotation("rep-1", text=layer), ())


@pytest.mark.parametrize("relation", ["north of", "40 km south of", "from", "two hours from", "between", "towards"])
def test_a_landmark_is_not_where_it_happened(relation: str) -> None:
    text = f"A bomb killed two in Darrun, {relation} Sennick."
    found = shares(text, ("Darrun", DARRUN, True, None), ("Sennick", SENNICK, True, relation))
    assert found.main == DARRUN
    assert found.fine[DARRUN.id] > 3 * found.fine[SENNICK.id]


def test_a_landmark_alone_still_says_where() -> None:
    found = shares("A bomb killed two north of Sennick.", ("Sennick", SENNICK, True, "north of"))
    assert found.main == SENNICK


def test_a_country_of_which_only_the_people_act_is_not_where_they_acted() -> None:
    text = "Ottian jets, part of the Ottian air force, killed two in Vell."
    found = shares(text, ("Ottian", OTTIA, False, None), ("Vell", VELL, True, None))
    assert found.main == VELL
    assert found.coarse[VELL.id] > 10 * found.coarse[OTTIA.id]


def test_nearness_falls_with_distance_and_is_none_for_provinces() -> None:
    near = Place("plc-near", "Old Darrun", "VL", "Upper Vell", 10.05, 20.0, precision=1, kind="village")
    distance = distance_km(DARRUN, near)
    assert distance is not None
    assert 5 < distance < 6
    assert 1 == nearness(DARRUN, DARRUN) > nearness(DARRUN, near) > nearness(DARRUN, SENNICK) == 0
    assert nearness(DARRUN, VELL) == 0


def test_a_place_told_only_as_a_landmark_is_no_better_than_near() -> None:
    far = shares("A bomb killed two north of Sennick.", ("Sennick", SENNICK, True, "north of"))
    there = shares("A bomb killed two in Sennick.", ("Sennick", SENNICK, True, None))
    assert (SENNICK.id in far.near, SENNICK.id in there.near) == (True, False)
