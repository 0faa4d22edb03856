"""Claims that cannot all be true, each named with its claims and a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from firsthand.model import Alteration, Interval, Span, Victim
from firsthand.reconcile import reconcile

from .build import claim, kinds, pile, town


def only(result, kind):
    (found,) = [conflict for conflict in result.conflicts if conflict.kind == kind]
    return found


def test_counts_that_cannot_both_hold():
    claims = [claim("a", 4, "Front"), claim("a", 7, "Monitor", at=60), claim("b", (3, None), "Residents of Akra")]
    found = only(reconcile(**pile(claims)), "count")
    assert found.why == "The numbers of people killed cannot all hold: Front: 4; Monitor: 7."
    assert found.claims == tuple(sorted(c.id for c in claims[:2]))
    assert found.reports == ("a",)


@pytest.mark.parametrize(
    "claims",
    [
        [claim("a", 16, "Front"), claim("a", (10, None), "Monitor", at=60)],  # at least 10 leaves room for 16
        [claim("a", 50, "Front", approx=True), claim("a", 53, "Monitor", at=60)],  # about 50
        [claim("a", 16, "Front"), claim("a", "dozens", "Monitor", at=60)],
        [claim("a", 16, "Front"), claim("a", 4, "Front", at=60, victims=("children",))],
        [claim("a", 16, "Front"), claim("a", 9, "Monitor", at=60, outcome="wounded")],
    ],
    ids=["open", "approximate", "vague", "part", "other outcome"],
)
def test_no_conflict(claims):
    assert kinds(reconcile(**pile(claims))) == []


def test_denial_stands_against_those_who_assert():
    claims = [claim("a", 9, "Hospital"), claim("a", 9, "Army", at=60, certainty="denied", victims=("civilians",))]
    result = reconcile(**pile(claims))
    assert only(result, "count").why == "Army denies civilians killed, which Hospital asserts."
    assert result.figures[0].voices == 1


def test_denial_of_civilians_stands_against_those_who_count_civilians():
    claims = [
        claim("a", 9, "Hospital"),
        claim("a", 4, "Monitor", at=60, victims=("civilians",)),
        claim("a", "some", "Army", at=120, certainty="denied", victims=("civilians",)),
    ]
    told = [conflict.why for conflict in reconcile(**pile(claims)).conflicts]
    assert "Army denies civilians killed, which Monitor asserts." in told


def test_unnamed_speakers_of_one_number_are_told_once():
    claims = [
        claim("a", 4, "medic", kind="anonymous"),
        claim("b", 4, "medic", kind="anonymous"),
        claim("c", 7, "Front"),
        claim("d", 9, "Monitor"),
    ]
    found = only(reconcile(**pile(claims)), "count")
    assert found.why == "The numbers of people killed cannot all hold: Front: 7; Monitor: 9; medic: 4."


def test_a_speaker_whom_no_report_makes_clear_is_another_in_each():
    claims = [claim("a", 4, "It"), claim("b", 7, "it"), claim("c", 9, "Monitor")]
    result = reconcile(**pile(claims))
    assert "Monitor: 9; somebody told of as “it”: 4; somebody told of as “it”: 7" in only(result, "count").why
    assert result.figures[0].voices == 3


def test_fighters_only_against_civilians_too():
    """The official counts sixteen fighters, the ministry sixteen with civilians among them, the mayor one civilian."""
    ministry = claim("a", 16, "Ministry")
    claims = [
        ministry,
        claim("a", "some", "Ministry", at=30, victims=("civilians",), part_of=ministry.id),
        claim("b", 16, "Militia officials", victims=("fighters",)),
        claim("b", 1, "Mayor of Akra", at=90, victims=("civilians",)),
    ]
    result = reconcile(**pile(claims))
    found = only(result, "victims")
    assert set(found.claims) == {c.id for c in claims[1:]}
    assert found.why.startswith("Who was killed: only fighters according to Militia officials")
    people = next(f for f in result.figures if f.victims == "people")
    assert (people.low, people.best, people.high, people.voices) == (16, 16, 16, 2)
    civilians = next(f for f in result.figures if f.victims == "civilians")
    assert (civilians.low, civilians.high, civilians.status) == (0, 1, "contested")


def test_bodies_that_one_voice_names_together_are_no_rivals():
    both = [
        claim("a", None, "Monitor", responsible="the Front"),
        claim("a", None, "Monitor", at=60, responsible="the Army"),
    ]
    assert "responsibility" not in kinds(reconcile(**pile(both)))
    apart = [both[0], claim("b", None, "Ministry", at=60, responsible="the Army")]
    assert "responsibility" in kinds(reconcile(**pile(apart)))


def test_responsibility():
    claims = [
        claim("a", None, "Ministry", responsible="the Front"),
        claim("a", None, "Monitor", at=60, responsible="the Army"),
        claim("a", None, "Army", at=90, responsible="the Army", certainty="denied"),
        claim("b", None, "Police", responsible="unidentified gunmen"),  # nobody by name
        claim("b", None, "Mayor", at=60, responsible="Gunmen"),
    ]
    whys = sorted(c.why for c in reconcile(**pile(claims)).conflicts)
    assert whys == [
        "Monitor says that the Army did it; Army denies it.",
        "Responsibility is given to different sides: the Army according to Monitor; the Front according to Ministry.",
    ]


def test_days_that_do_not_meet():
    days = [Interval(date(2009, 6, day), date(2009, 6, day)) for day in (3, 4, 8)]
    claims = [claim("a", 4, "Front", when=days[0]), claim("b", 4, "Monitor", when=days[1])]
    assert kinds(reconcile(**pile(claims))) == []  # a night spans two days
    found = only(reconcile(**pile([claims[0], claim("b", 4, "Monitor", when=days[2])])), "date")
    assert found.why == "The incident is put on different days: Front: 2009-06-03; Monitor: 2009-06-08."


def test_places_that_cannot_be_one():
    places = [town("Akra", "NO", lat=10.0, lon=10.0), town("Borg", "NO", lat=12.0, lon=10.0)]
    claims = [claim("a", 4, "Front", place="place:Akra"), claim("b", 4, "Monitor", place="place:Borg")]
    found = only(reconcile(**pile(claims, places=places)), "place")
    assert found.why == "4 killed are put in different places: Akra, Borg."


TEXT = (
    "The monitor said 23 died in the north. The government, for its part, {}. Its spokesman said {} died in the south."
)


@pytest.mark.parametrize(
    ("words", "number", "refuted"),
    [
        ("reported a higher toll", 16, True),
        ("reported a higher toll", 31, False),
        ("gave a lower figure", 31, True),
        ("gave a lower figure", 16, False),
        ("spoke of a crime", 16, False),
    ],
)
def test_comparison_that_the_numbers_refute(words, number, refuted):
    text = TEXT.format(words, number)
    claims = [
        claim("a", 23, "Monitor", at=text.index("23")),
        claim("a", number, "Government", at=text.index(str(number))),
    ]
    found = [c for c in reconcile(**pile(claims, texts={"a": text})).conflicts if c.kind == "narration"]
    assert bool(found) == refuted
    if refuted:
        assert f"{number} (Government) is not" in found[0].why
        assert set(found[0].claims) == {c.id for c in claims}


def test_own_voice_above_all_it_quotes():
    claims = [claim("a", 30, text="30"), claim("a", 16, "Front", at=60), claim("a", 18, "Monitor", at=90)]
    found = only(reconcile(**pile(claims)), "narration")
    assert "more than anybody it quotes (Front: 16, Monitor: 18)" in found.why
    assert "narration" not in kinds(reconcile(**pile([*claims, claim("a", (25, None), "Police", at=120)])))


@pytest.mark.parametrize(
    ("kind", "want"), [("quote", "quote"), ("name", "name"), ("negation", "narration"), ("added", None)]
)
def test_what_a_copy_changed(kind, want):
    claims = [claim("a", 4, "Front", at=100), claim("b", 4, "Front", at=100)]
    change = Alteration("alt", "a", "b", kind, Span(90, 120), Span(90, 120), "old", "new", "What changed.")
    result = reconcile(**pile(claims, origins=[("a", "b")], alterations=[change]))
    found = [c for c in result.conflicts if c.why == "What changed."]
    assert [c.kind for c in found] == ([want] if want else [])
    if want:
        assert set(found[0].claims) == {c.id for c in claims}


def held(*bodies, **more):
    """The kinds of conflict where each of ``bodies`` is said to have done it, by a voice of its own."""
    claims = [claim("a", 5, f"Voice {n}", at=60 * n, responsible=body) for n, body in enumerate(bodies)]
    return kinds(reconcile(**pile(claims, **more)))


@pytest.mark.parametrize(
    ("bodies", "clash"),
    [
        (["the Chadian Army", "the Sahel Front"], True),
        (["Chadian warplanes", "the Chadian military", "Chad"], False),  # one state and its forces
        (["Chadian forces", "Sudanese forces"], True),
        (["the Islamic State group", "ISIS"], False),  # an alias
        (["unidentified gunmen", "the Sahel Front"], False),  # who names no body accuses no second one
        (["the security forces", "the Chadian Army"], False),
        (["three women", "the Sahel Front"], False),
    ],
)
def test_sides(bodies, clash):
    assert ("responsibility" in held(*bodies)) == clash


def test_who_detained_or_died_is_no_culprit():
    claims = [
        claim("a", 5, "Monitor", responsible="the Sahel Front"),
        claim("a", 2, "Radio", at=60, outcome="detained", responsible="Abeche Police"),
        claim("a", 1, "Radio", at=120, responsible="Idris Mahamat"),
    ]
    dead = Victim("v", "a", "Idris Mahamat", Span(120, 133), incident="inc")
    assert "responsibility" not in kinds(reconcile(**pile(claims, victims=[dead])))


def test_fighters_that_a_report_quotes_beside_its_own_civilians_are_others():
    claims = [claim("a", 7, victims=("civilians",)), claim("a", 80, "Army", at=60, victims=("fighters",))]
    assert "victims" not in kinds(reconcile(**pile(claims)))


def test_day_of_an_arrest_is_no_other_day_of_the_attack():
    claims = [
        claim("a", 4, "Front", when=Interval(date(2009, 6, 20), date(2009, 6, 20), "day")),
        claim("a", 2, "Police", at=60, outcome="detained", when=Interval(date(2009, 7, 2), date(2009, 7, 2), "day")),
    ]
    assert "date" not in kinds(reconcile(**pile(claims)))


def test_stock_phrase_shared_with_a_report_of_another_incident_is_no_altered_quotation():
    change = Alteration("alt", "elsewhere", "b", "quote", Span(90, 120), Span(90, 120), "old", "new", "What changed.")
    assert kinds(reconcile(**pile([claim("b", 4, "Front")], alterations=[change]))) == []


def test_copies_of_one_contradiction_are_told_once():
    text = TEXT.format("reported a higher toll", 16)
    claims = [
        claim(report, number, who, at=text.index(str(number)))
        for report in "ab"
        for number, who in ((23, "Monitor"), (16, "Government"))
    ]
    found = only(reconcile(**pile(claims, origins=[("a", "b")], texts={"a": text, "b": text})), "narration")
    assert set(found.claims) == {c.id for c in claims}
    assert found.reports == ("a", "b")
