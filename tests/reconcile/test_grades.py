"""Airwars grades, strike status and UCDP clarity, with the rule in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.model import Victim
from firsthand.model.spans import Span
from firsthand.reconcile import reconcile

from .build import claim, pile, town

owned = replace(claim("a", None, "Army", at=60, responsible="the Army"), rule="attack")

CASES = [
    # claims, grade, strike status
    ([claim("a", 4, "Front")], "weak", "Single source claim"),
    ([claim("a", 4, "Front"), claim("b", 4, "Monitor")], "fair", "Likely strike"),
    ([claim("a", 4, "Front"), claim("b", 4, "Front")], "weak", "Single source claim"),  # one voice in two papers
    ([claim("a", 4, "Front"), claim("a", None, "Army", at=60, responsible="the Army")], "confirmed", "Declared strike"),
    # It owns the raid, not the harm: "the Army said it had bombed the camp"; then it counts dead civilians itself.
    ([claim("a", 4, "Front"), owned], "weak", "Declared strike"),
    (
        [claim("a", 4, "Front"), owned, claim("a", 2, "Army", at=90, victims=("civilians",))],
        "confirmed",
        "Declared strike",
    ),
    # It says that no civilian was hurt, or only that many were.
    ([claim("a", 4, "Front"), owned, claim("a", 0, "Army", at=90, victims=("civilians",))], "fair", "Declared strike"),
    ([claim("a", 4, "Front"), owned, claim("a", "many", "Army", at=90)], "fair", "Declared strike"),
    (
        [
            claim("a", 4, "Front"),
            claim("a", None, "Front", at=60, responsible="the Army"),
            claim("a", None, "Monitor", at=90, responsible="the Guard"),
        ],
        "contested",
        "Contested strike",
    ),
    (
        [claim("a", 4, "Front", victims=("fighters",)), claim("b", 5, "Monitor", victims=("fighters",))],
        "discounted",
        "Likely strike",
    ),
    ([claim("a", "dozens", "Front")], "weak", "Single source claim"),
]


@pytest.mark.parametrize(("claims", "grade", "status"), CASES)
def test_grade(claims, grade, status):
    (found,) = reconcile(**pile(claims)).grades
    assert (found.grade, found.strike_status) == (grade, status)
    assert f"Airwars {grade}:" in found.why


def test_an_attack_that_nobody_claimed_is_told_as_such_and_holds_nobody_responsible():
    unclaimed = replace(claim("b", None, "Monitor", at=60), rule="unclaimed", certainty="unknown")
    (found,) = reconcile(**pile([claim("a", 4, "Front"), unclaimed])).grades
    assert "no claim of responsibility known at the time to Monitor" in found.why
    assert "said to have done it" not in found.why
    assert (found.grade, found.strike_status) == ("weak", "Single source claim")


def test_clarity_and_share_of_names():
    people = [Victim(f"v{n}", "a", f"Ana Roz{n}", Span(n, n + 7), incident="inc") for n in range(3)]
    inputs = pile(
        [claim("a", 4, "Front")],
        places=[town("Akra")],
        incident_places=["place:Akra"],
        perpetrators=["Army"],
        victims=people,
    )
    (unclear,) = reconcile(**inputs).grades
    assert unclear.event_clarity == 2
    assert "exact place not known" in unclear.why
    incident = replace(inputs["grouping"].incidents[0], where_precision=1)
    inputs["grouping"] = replace(inputs["grouping"], incidents=(incident,))
    (clear,) = reconcile(**inputs).grades
    assert clear.event_clarity == 1
    assert "3 of 4 dead known by name" in clear.why


def test_grade_tells_who_is_blamed_by_whom_and_who_denies_it():
    claims = [
        claim("a", 5, "Monitor", responsible="the Sahel Front"),
        claim("a", 5, "Radio", at=60, responsible="the Sahel Front"),
        claim("a", None, "Front speaker", at=90, responsible="the Sahel Front", certainty="denied"),
    ]
    (grade,) = reconcile(**pile(claims)).grades
    assert (
        "said to have done it: the Sahel Front (according to Monitor and Radio, denied by Front speaker)" in grade.why
    )


def test_a_body_that_says_so_of_itself_is_told_as_such():
    claims = [claim("a", 3, "Monitor"), claim("a", None, "Sahel Front", at=60, responsible="Sahel Front")]
    (grade,) = reconcile(**pile(claims)).grades
    assert "said to have done it: Sahel Front (according to itself)" in grade.why


def test_floor_of_a_plural_is_no_known_number_of_dead():
    (grade,) = reconcile(**pile([claim("a", "dozens", "Monitor")])).grades
    assert "number of dead" in grade.why
