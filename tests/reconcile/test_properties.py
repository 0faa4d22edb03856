"""What must hold for any claims: order and copies change nothing, low ≤ best ≤ high, parts ≤ whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model import VICTIM_CLASSES
from firsthand.reconcile import POLICIES, reconcile

from .build import DAY, claim, pile, town

CLASSES = (("people",), ("civilians",), ("children", "women"), *((victims,) for victims in VICTIM_CLASSES))
VOICES = (None, "Police", "Hospital", "Monitor", "a medic")
PLACES = (
    town("Norland", "NO", None, 6, "country"),
    town("North", "NO", precision=4, kind="admin1"),
    town("Akra", "NO"),
)


@st.composite
def claims_of_a_pile(draw):
    out = []
    for index in range(draw(st.integers(1, 9))):
        who = draw(st.sampled_from(VOICES))
        low = draw(st.none() | st.integers(0, 30))
        high = draw(st.none() | st.integers(low or 0, 40))
        number = draw(st.sampled_from(["dozens", "?"])) if low is None and high is None else (low, high)
        out.append(
            claim(
                draw(st.sampled_from("abcd")),
                number,
                who,
                at=index * draw(st.sampled_from([20, 200])),
                kind="anonymous" if who == "a medic" else "named",
                victims=draw(st.sampled_from(CLASSES)),
                outcome=draw(st.sampled_from(["killed", "killed", "wounded", "casualties"])),
                part_of=draw(st.sampled_from([None, None, *(c.id for c in out)])),
                text=draw(st.sampled_from([None, None, "another few", "his nephew"])),
                place=draw(st.sampled_from([None, *(place.id for place in PLACES)])),
                scope=draw(st.sampled_from(["incident", "incident", "total"])),
                certainty=draw(st.sampled_from(["asserted", "asserted", "alleged", "denied"])),
            )
        )
    claims = list({c.id: c for c in out}.values())
    days = {report: draw(st.none() | st.integers(0, 3)) for report in "abcd"}
    dates = {report: None if day is None else DAY + timedelta(day) for report, day in days.items()}
    return claims, dates


def run(claims, dates, *, origins=(), policy="default"):
    inputs = pile(claims, places=PLACES, incident_places=["place:Norland"], published=dates, origins=origins)
    return reconcile(**inputs, policy=policy, hierarchy=["Hospital", "Police"])


@settings(max_examples=300, deadline=None)
@given(claims_of_a_pile(), st.sampled_from(list(POLICIES)))
def test_low_best_high_and_parts(drawn, policy):
    claims, dates = drawn
    figures = run(claims, dates, policy=policy).figures
    assert len({found.id for found in figures}) == len(figures)
    whole = {(f.outcome, f.place): f for f in figures if f.victims == "people"}
    for found in figures:
        numbers = [number for number in (found.low, found.best, found.high) if number is not None]
        assert numbers == sorted(numbers)
        assert found.why.endswith(".")
        people = whole[found.outcome, found.place]
        for part, limit in ((found.low, people.low), (found.best, people.best), (found.high, people.high)):
            assert part is None or limit is None or part <= limit


@settings(max_examples=200, deadline=None)
@given(claims_of_a_pile(), st.randoms(use_true_random=False), st.sampled_from(list(POLICIES)))
def test_order_of_reports_and_claims_never_matters(drawn, random, policy):
    claims, dates = drawn
    before = run(claims, dates, policy=policy)
    inputs = pile(claims, places=PLACES, incident_places=["place:Norland"], published=dates)
    grouping = inputs["grouping"]
    inputs["grouping"] = replace(
        grouping,
        assignments=tuple(random.sample(grouping.assignments, len(grouping.assignments))),
        places=tuple(random.sample(grouping.places, len(grouping.places))),
    )
    inputs["documents"] = random.sample(inputs["documents"], len(inputs["documents"]))
    inputs["reports"] = [
        replace(report, claims=tuple(random.sample(report.claims, len(report.claims))))
        for report in random.sample(inputs["reports"], len(inputs["reports"]))
    ]
    assert reconcile(**inputs, policy=policy, hierarchy=["Hospital", "Police"]) == before


@settings(max_examples=200, deadline=None)
@given(claims_of_a_pile(), st.sampled_from("abcd"), st.none() | st.integers(0, 9), st.sampled_from(list(POLICIES)))
def test_verbatim_copy_changes_no_figure(drawn, copied, later, policy):
    """A copy appears on the day of its source or later, or without a date."""
    claims, dates = drawn
    published = dates[copied]
    if later is not None and published is None:
        later = None
    copies = [replace(c, id=c.id + ":copy", report=copied + "copy") for c in claims if c.report == copied]
    dates = {**dates, copied + "copy": published + timedelta(later) if later is not None else None}
    before = run(claims, dates, policy=policy).figures
    after = run([*claims, *copies], dates, origins=[(copied, copied + "copy")], policy=policy).figures
    assert [(f.id, f.low, f.best, f.high, f.status, f.voices, f.origins) for f in after] == [
        (f.id, f.low, f.best, f.high, f.status, f.voices, f.origins) for f in before
    ]


@pytest.mark.parametrize("policy", list(POLICIES))
def test_removing_a_report_and_adding_it_back(policy):
    claims = [claim("a", 4, "Police"), claim("b", 6, "Monitor"), claim("c", 9, "Police")]
    dates = {"a": date(2009, 6, 20), "c": date(2009, 6, 22)}
    whole = run(claims, dates, policy=policy)
    assert run(claims[:2], dates, policy=policy) != whole
    assert run([*claims[:2], claims[2]], dates, policy=policy) == whole
