"""Figures from hand-written claims. Each case says what a casualty recorder would publish, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from firsthand.errors import SettingsError
from firsthand.model import Alteration, Span, Victim
from firsthand.reconcile import POLICIES, reconcile, sensitivity

from .build import claim, figure, kinds, pile, range_of, town

LATER = date(2009, 6, 21)
FIRST = date(2009, 6, 20)


def test_voice_counts_once_however_many_carry_it():
    """Three copies and a second paper quote the same minister: one voice, two origins, four reports."""
    claims = [claim(report, 16, "Minister Okoro") for report in ("a", "b", "c", "d")]
    found = figure(reconcile(**pile(claims, origins=[("a", "b", "c")])))
    assert (found.low, found.best, found.high, found.status) == (16, 16, 16, "single")
    assert (found.voices, found.origins, found.reports) == (1, 2, 4)


def test_two_voices_agree_and_the_narrator_who_repeats_them_adds_nothing():
    claims = [claim("a", 16, "Minister Okoro"), claim("a", 16, "Red Cross", at=60), claim("a", 16, at=120)]
    found = figure(reconcile(**pile(claims)))
    assert (found.status, found.voices) == ("agreed", 2)
    assert "16 according to Minister Okoro and Red Cross" in found.why


def test_spokesman_and_body_are_one_voice():
    claims = [claim("a", 16, "Ada Okoro", affiliation="Interior Ministry"), claim("b", 16, "the Interior Ministry")]
    assert figure(reconcile(**pile(claims))).voices == 1


def test_named_voices_that_exclude_each_other_are_contested():
    result = reconcile(**pile([claim("a", 4, "Popular Front"), claim("a", 7, "Rights Monitor", at=50)]))
    assert range_of(result) == (4, 4, 7)
    assert figure(result).status == "contested"
    assert kinds(result) == ["count"]


def test_later_number_replaces_and_is_kept_as_history():
    claims = [claim("a", 5, "Police"), claim("b", 8, "Police")]
    result = reconcile(**pile(claims, published={"a": FIRST, "b": LATER}))
    assert range_of(result) == (8, 8, 8)
    (voice,) = figure(result).by_voice
    assert voice.history == (("a:0:5:Police:people:killed:text", 5, 5),)
    assert kinds(result) == []


def test_late_copy_of_an_old_story_brings_nothing_back():
    claims = [claim("a", 5, "Police"), claim("b", 8, "Police"), claim("c", 5, "Police")]
    dates = {"a": FIRST, "b": LATER, "c": date(2009, 6, 25)}
    assert range_of(reconcile(**pile(claims, published=dates, origins=[("a", "c")]))) == (8, 8, 8)


def test_numbers_that_cannot_be_ordered_stand_side_by_side():
    claims = [claim("a", 5, "Police"), claim("b", 8, "Police")]
    assert range_of(reconcile(**pile(claims))) == (5, 8, 8)


@pytest.mark.parametrize(
    ("numbers", "want"),
    [
        ([(44, None)], (44, 44, None)),  # "at least" is a floor and no ceiling
        ([(None, 30)], (30, 30, 30)),  # "up to 30": nobody says less
        ([(10, None), (21, None)], (10, 21, None)),  # both floors hold for 21
        ([16, (20, None)], (16, 20, 20)),
        ([16, (16, None)], (16, 16, 16)),
        (["dozens", 3], (3, 3, 3)),
        (["?"], (None, None, None)),  # unknown is not zero
        ([0, 3], (0, 3, 3)),
    ],
)
def test_bounds(numbers, want):
    claims = [claim("a", number, f"Voice {index}", at=index * 50) for index, number in enumerate(numbers)]
    got = range_of(reconcile(**pile(claims)))
    assert (got[0], got[2]) == (want[0], want[2])
    assert got[1] in (want[1], want[0])


def test_vague_and_silent_voices_are_shown():
    claims = [
        claim("a", 23, "Observatory"),
        claim("a", "?", "State media", at=60),
        claim("a", "dozens", "Residents", at=90),
    ]
    found = figure(reconcile(**pile(claims)))
    assert (found.voices, found.vague) == (1, ("dozens",))
    assert {voice.voice: voice.low for voice in found.by_voice} == {
        "Observatory": 23,
        "State media": None,
        "Residents": None,
    }


def test_parts_stay_inside_their_whole():
    whole = claim("a", 16, "Mayor")
    part = claim("a", 5, "Mayor", victims=("medics",), at=50, part_of=whole.id)
    result = reconcile(**pile([whole, part]))
    assert range_of(result) == (16, 16, 16)
    assert range_of(result, victims="medics") == (5, 5, 5)


def test_class_that_exceeds_the_whole_is_cut():
    """Five children cannot be some of three people, so the hospital's number is a rival; the mayor's limits the children."""
    claims = [claim("a", 3, "Mayor"), claim("b", 5, "Hospital", victims=("children",))]
    result = reconcile(**pile(claims))
    assert range_of(result) == (3, 3, 5)
    assert range_of(result, victims="children") == (3, 3, 5)
    assert "cut to what is said of all victims" in figure(result, victims="children").why


def test_disjoint_classes_of_one_clause_add_up():
    claims = [claim("a", 3, "Police", victims=("fighters",)), claim("a", 2, "Police", victims=("civilians",), at=20)]
    result = reconcile(**pile(claims))
    assert range_of(result) == (5, 5, 5)
    assert range_of(result, victims="civilians") == (2, 2, 2)


def test_what_one_and_joins_adds_up():
    """The claims room gives both the clause they share: two farmers and three others."""
    claims = [claim("a", 2, "Police", victims=("civilians",)), claim("a", 3, "Police")]
    claims[1] = replace(claims[1], tally=replace(claims[1].tally, span=Span(25, 26)))
    assert range_of(reconcile(**pile(claims))) == (5, 5, 5)


def test_who_some_of_them_were_adds_nothing():
    """Twelve people, among them a child, in one clause."""
    claims = [claim("a", 12, "Police"), claim("a", 1, "Police", victims=("children",))]
    claims[1] = replace(claims[1], tally=replace(claims[1].tally, span=Span(25, 26)))
    result = reconcile(**pile(claims))
    assert range_of(result) == (12, 12, 12)
    assert range_of(result, victims="children") == (1, 1, 1)


def test_one_person_and_another():
    """A trader and his son, in one clause: nobody is a part of one person."""
    claims = [claim("a", 1, "Police", text="a trader"), claim("a", 1, "Police", victims=("men",), text="his son")]
    claims[1] = replace(claims[1], tally=replace(claims[1].tally, span=Span(25, 32)))
    assert range_of(reconcile(**pile(claims))) == (2, 2, 2)


def test_one_person_told_of_is_no_toll():
    claims = [claim("a", 9, "Police"), claim("b", 1, "Uncle Tor", text="his nephew")]
    assert range_of(reconcile(**pile(claims))) == (9, 9, 9)
    assert range_of(reconcile(**pile(claims[1:]))) == (1, 1, 1)


def test_own_voice_outweighs_smaller_numbers_it_quotes():
    """The report has heard the agency and still opens with at least four; five is a rival, three is not."""
    claims = [claim("a", (4, None)), claim("a", 3, "Agency", at=90), claim("a", 5, "Neighbour Ilo", at=190)]
    assert range_of(reconcile(**pile(claims))) == (4, 4, 5)
    other = claim("b", 3, "Agency")
    assert range_of(reconcile(**pile([*claims, other]))) == (3, 5, 5)  # another paper carries it too, without more


def test_own_voice_opens_with_what_it_stands_by():
    claims = [claim("a", 6), claim("a", 2, at=300), claim("a", 8, at=600)]
    assert range_of(reconcile(**pile(claims))) == (6, 6, 8)


def test_one_person_told_of_replaces_no_toll():
    """A day later police tell another paper of one of the nine, and on the same day a third."""
    claims = [
        claim("a", 9, "Police"),
        claim("b", 1, "Police", text="a nurse"),
        claim("c", 1, "Police", text="a porter"),
    ]
    published = {"a": FIRST, "b": LATER, "c": FIRST}
    assert range_of(reconcile(**pile(claims, published=published))) == (9, 9, 9)


def test_class_in_own_voice_outweighs_the_one_person_quoted():
    """Both papers tell of four miners and quote the clinic on one of them; a third counts four people."""
    claims = [
        claim("a", 4, victims=("men",), outcome="wounded", text="four miners"),
        claim("a", 1, "Clinic", at=300, outcome="wounded", text="one"),
        claim("b", 4, outcome="wounded"),
    ]
    assert range_of(reconcile(**pile(claims)), "wounded") == (4, 4, 4)


def test_several_numbers_are_held_to_the_one_that_another_bears_out():
    """The report opens with three and counts five later; the province says three. Where both numbers are given, both stay."""
    own = [claim("a", 3), claim("a", 5, at=300)]
    assert range_of(reconcile(**pile(own))) == (3, 3, 5)
    assert range_of(reconcile(**pile([*own, claim("b", 3, "Province")]))) == (3, 3, 3)
    both = [*own, claim("b", 3, "Province"), claim("c", 5, "Red Cross")]
    assert range_of(reconcile(**pile(both)))[::2] == (3, 5)
    same_day = [claim("a", 7, "Police"), claim("b", 12, "Police"), claim("c", 12, "Prefecture")]
    assert range_of(reconcile(**pile(same_day))) == (12, 12, 12)
    assert range_of(reconcile(**pile(same_day[:2])))[::2] == (7, 12)


@pytest.mark.parametrize(
    ("claims", "want"),
    [
        ([claim("a", 5), claim("b", 6), claim("c", 6, "Clinic")], (6, 6)),  # early news that nobody has kept to
        ([claim("a", 5, "Mayor"), claim("b", 6)], (5, 6)),  # who says who he is has not taken it back
        ([claim("a", 5), claim("b", 6), claim("c", 7)], (5, 7)),  # those later do not agree
        ([claim("a", 5), claim("b", (5, None))], (5, 5)),  # the same number
    ],
)
def test_own_voice_that_later_reports_have_overtaken(claims, want):
    published = {"a": FIRST, "b": LATER, "c": LATER}
    found = figure(reconcile(**pile(claims, published=published)))
    assert (found.low, found.high) == want
    assert 5 in {voice.low for voice in found.by_voice}


def test_one_person_told_of_beside_words_without_a_number():
    claims = [claim("a", 1, "Uncle Tor", text="his nephew"), claim("a", "several", "Police", at=60)]
    found = figure(reconcile(**pile(claims)))
    assert (found.low, found.best, found.high) == (2, None, None)


@pytest.mark.parametrize(
    ("numbers", "want"),
    [
        (["more than 20"], (20, 20, None)),  # the number that is named; the words allow 21 at least
        (["more than 20", 20], (20, 20, 21)),  # no ceiling below what the words allow
        (["more than 20", "at least 18"], (18, 21, None)),
        (["over 20", 26], (20, 26, 26)),
        (["at least 20"], (20, 20, None)),
    ],
    ids=str,
)
def test_more_than_speaks_of_the_number_that_it_names(numbers, want):
    bounds = {"more than 20": (21, None), "over 20": (21, None), "at least 20": (20, None), "at least 18": (18, None)}
    claims = [
        claim("a", bounds.get(n, n), f"Voice {index}", at=index * 50, text=str(n)) for index, n in enumerate(numbers)
    ]
    assert range_of(reconcile(**pile(claims))) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Police said six died. Rescuers spoke of 9.", (6, 6, 9)),
        ("Police at first said six died. Rescuers spoke of 9.", (9, 9, 9)),
        ("An early report said six died. Rescuers spoke of 9.", (9, 9, 9)),
    ],
)
def test_overtaken_count(text, want):
    claims = [claim("a", 6, "Police", at=text.index("six")), claim("a", 9, "Rescuers", at=text.index("9"))]
    assert range_of(reconcile(**pile(claims, texts={"a": text}))) == want
    alone = reconcile(**pile(claims[:1], texts={"a": text}))
    assert range_of(alone) == (6, 6, 6)


@pytest.mark.parametrize(("words", "want"), [("another 6", 15), ("6 more", 15), ("6", 9), ("more than 5", 9)])
def test_further_people_come_on_top(words, want):
    claims = [claim("a", 9, "Police"), claim("a", 6, "Police", at=50, text=words)]
    assert range_of(reconcile(**pile(claims))) == (want, want, want)


SURVIVORS = [
    # five were shot, one fatally
    ([claim("a", 5, "Police", outcome="casualties"), claim("a", 1, "Police", at=40, text="one")], 4),
    # one of the five wounded has died
    (
        [
            claim("a", 5, "Police", outcome="wounded"),
            claim("a", 1, "Police", at=40, text="one", part_of=claim("a", 5, "Police", outcome="wounded").id),
        ],
        4,
    ),
    # one dead, four wounded; the police speak of five who were hit
    (
        [
            claim("a", 1, at=5, text="one"),
            claim("a", 4, at=20, outcome="wounded"),
            claim("a", 5, "Police", at=90, outcome="wounded"),
        ],
        4,
    ),
    # two dead and five wounded: nothing follows
    ([claim("a", 2, "Police", at=5), claim("a", 5, "Police", at=40, outcome="wounded")], 5),
]


@pytest.mark.parametrize(("claims", "want"), SURVIVORS)
def test_survivors(claims, want):
    assert range_of(reconcile(**pile(claims)), "wounded") == (want, want, want)


def test_own_details_after_a_larger_quoted_count_are_parts():
    claims = [claim("a", 6, "Police"), claim("a", 2, at=300)]
    assert range_of(reconcile(**pile(claims))) == (6, 6, 6)


def test_wounded_counted_and_no_death_told():
    found = figure(reconcile(**pile([claim("a", 4, "Police", outcome="wounded")])))
    assert (found.low, found.best, found.high, found.status, found.voices) == (0, None, None, "unknown", 0)
    claims = [claim("a", 4, "Police", outcome="wounded"), claim("a", "?", "Police", at=60)]
    assert range_of(reconcile(**pile(claims))) == (None, None, None)


def test_wounded_counted_and_a_death_known_by_name():
    person = Victim("v", "a", "Ana Roz", Span(0, 7), incident="inc")
    result = reconcile(**pile([claim("a", 4, "Police", outcome="wounded")], victims=[person]))
    assert range_of(result) == (1, 1, None)
    assert len({found.id for found in result.figures}) == len(result.figures)


def test_classes_that_may_overlap_do_not_add_up():
    claims = [claim("a", 3, "Police", victims=("women",)), claim("a", 4, "Police", victims=("civilians",), at=20)]
    assert range_of(reconcile(**pile(claims))) == (4, 4, 4)


def test_people_are_civilians_where_nobody_speaks_of_others():
    claims = [claim("a", 10, victims=("civilians",)), claim("a", 20, "Rescuers", at=60)]
    assert range_of(reconcile(**pile(claims)), victims="civilians") == (10, 10, 20)
    fighters = claim("a", 12, "Army", victims=("fighters",), at=120)
    assert range_of(reconcile(**pile([*claims, fighters])), victims="civilians") == (10, 10, 10)


def test_totals_and_unassigned_claims_never_enter():
    claims = [claim("a", 4, "Police"), claim("a", 900, "Police", at=60, scope="total")]
    inputs = pile([*claims, claim("a", 77, "Army", at=120)])
    kept = tuple(a for a in inputs["grouping"].assignments if "77" not in a.claim)
    inputs["grouping"] = type(inputs["grouping"])(incidents=inputs["grouping"].incidents, assignments=kept)
    assert range_of(reconcile(**inputs)) == (4, 4, 4)


def test_countries_apart_add_up():
    places = [town("Norland", "NO", None, 6, "country"), town("Sorland", "SO", None, 6, "country")]
    claims = [
        claim("a", 16, "Ministry", place="place:Norland"),
        claim("a", 23, "Monitor", at=50, place="place:Sorland"),
    ]
    result = reconcile(**pile(claims, places=places, incident_places=["place:Norland", "place:Sorland"]))
    assert range_of(result, place="place:Norland") == (16, 16, 16)
    assert range_of(result, place="place:Sorland") == (23, 23, 23)
    assert range_of(result) == (39, 39, 39)
    assert figure(result).why == "Added up over places that lie apart: 16 in Norland and 23 in Sorland."


def test_words_are_not_added_up_over_countries():
    places = [town("Norland", "NO", None, 6, "country"), town("Sorland", "SO", None, 6, "country")]
    north = [claim("a", 16, "Ministry", place="place:Norland")]
    north.append(claim("a", "several", "Ministry", at=50, outcome="wounded", place="place:Norland"))
    south = [claim("b", 23, "Monitor", place="place:Sorland")]
    south.append(claim("b", "several", "Monitor", at=50, outcome="wounded", place="place:Sorland"))
    result = reconcile(**pile(north + south, places=places, incident_places=["place:Norland", "place:Sorland"]))
    assert range_of(result) == (39, 39, 39)
    assert range_of(result, outcome="wounded") == (2, None, None)
    assert "not added up" in figure(result, outcome="wounded").why


def test_town_put_into_another_country_splits_nothing():
    places = [town("Akra", "NO"), town("Akra Junction", "SO")]
    claims = [
        claim("a", 16, "Ministry", place="place:Akra"),
        claim("a", 14, "Monitor", at=50, place="place:Akra Junction"),
    ]
    result = reconcile(**pile(claims, places=places, incident_places=["place:Akra", "place:Akra Junction"]))
    assert range_of(result) == (14, 14, 16)


def test_number_for_one_town_is_no_rival_to_the_same_voice_on_the_province():
    places = [town("North", precision=4, kind="admin1"), town("Akra")]
    claims = [claim("a", 16, "Militia", place="place:North"), claim("b", 7, "Militia", place="place:Akra")]
    dates = {"a": FIRST, "b": LATER}
    result = reconcile(**pile(claims, places=places, incident_places=["place:North"], published=dates))
    assert range_of(result) == (16, 16, 16)
    assert range_of(result, place="place:Akra") == (7, 7, 7)


def test_unnamed_voices_with_different_numbers_may_be_different_people():
    claims = [claim("a", 5, "a medic", kind="anonymous"), claim("a", 9, "a medic", kind="anonymous", at=50)]
    found = figure(reconcile(**pile(claims)))
    assert (found.low, found.high, found.voices, found.status) == (5, 9, 1, "single")
    elsewhere = claim("b", 7, "a medic", kind="anonymous")
    assert figure(reconcile(**pile([*claims, elsewhere]))).voices == 2


def test_unnamed_voice_tells_of_several_classes():
    claims = [
        claim("a", 6, "residents", kind="anonymous", victims=("civilians",)),
        claim("a", 2, "residents", kind="anonymous", victims=("fighters",), at=20),
    ]
    result = reconcile(**pile(claims))
    assert range_of(result) == (8, 8, 8)
    assert range_of(result, victims="civilians") == (6, 6, 6)


def test_named_victims_are_a_floor():
    people = [
        Victim(f"v{i}", "a", name, Span(i, i + 4), incident="inc")
        for i, name in enumerate(("Ana Roz", "Ivo Roz", "ana roz"))
    ]
    assert range_of(reconcile(**pile([claim("a", (1, None), "Police")], victims=people))) == (2, 2, None)
    nobody = reconcile(**pile([claim("a", None, "Police")], victims=people))
    assert range_of(nobody) == (2, 2, None)
    assert figure(nobody).status == "single"


@pytest.mark.parametrize(
    ("names", "want"),
    [
        ({"a": ["Amara Ngozi Okoye"], "b": ["Amara Okoye"], "c": ["Okoye"]}, 1),  # fewer words of one name
        ({"a": ["Three-year-old Amara Okoye"], "b": ["Amarah Okoye"]}, 1),  # an age, and a slip
        ({"a": ["Theodor Brink"], "b": ["Theo"], "c": ["Brink"]}, 1),
        ({"a": ["Amara Okoye", "Amarah Okoye"]}, 2),  # one report sets them side by side
        ({"a": ["Ali Noor"], "b": ["Ari Noor"]}, 2),  # short words that differ are two names
        ({"a": ["Amara Okoye"], "b": ["Chidi Okoye"], "c": ["Sefu Banda"]}, 3),
        ({"a": ["Okoye"], "b": ["Amara Okoye", "Chidi Okoye"]}, 2),
    ],
)
def test_people_are_named_once_however_they_are_spelled(names, want):
    people = [
        Victim(f"{report}{at}", report, name, Span(at, at + 4), incident="inc")
        for report, own in names.items()
        for at, name in enumerate(own)
    ]
    claims = [claim(report, (1, None), "Police") for report in names]
    assert range_of(reconcile(**pile(claims, victims=people)))[0] == want


def test_count_changed_by_a_copy_does_not_count():
    claims = [claim("a", 16, "Police", at=10), claim("b", 61, "Police", at=10)]
    change = Alteration("alt", "a", "b", "number", Span(10, 12), Span(10, 12), "16", "61", "16 became 61.")
    result = reconcile(**pile(claims, origins=[("a", "b")], alterations=[change]))
    assert range_of(result) == (16, 16, 16)
    assert "count" in kinds(result)


POLICY_CASES = {
    # 4 twice, 6 once, 9 once and latest; the narrator says 5
    "default": (4, 4, 9),
    "numbers_only": (4, 4, 9),
    "lowest_credible": (4, 4, 4),
    "majority": (4, None, 9),
    "most_recent": (9, 9, 9),
    "source_hierarchy": (6, 6, 6),
    "widest_range": (4, None, 9),
    "conservative": (4, 4, 4),
    "informative": (9, 9, 9),
    "representative": (4, 4, 4),
}


def voices_at_odds():
    claims = [
        claim("a", 4, "Police"), claim("a", 4, "Hospital", at=50), claim("b", 6, "Monitor"), claim("c", 9, "Army"),
        claim("d", 5),
    ]  # fmt: skip
    dates = {"a": FIRST, "b": FIRST, "c": LATER, "d": FIRST}
    return pile(claims, published=dates)


@pytest.mark.parametrize("policy", list(POLICIES))
def test_policies(policy):
    result = reconcile(**voices_at_odds(), policy=policy, hierarchy=["Coroner", "Monitor", "Police"])
    assert range_of(result) == POLICY_CASES[policy]
    assert figure(result).policy == policy


def test_sensitivity_compares_all_policies():
    (found,) = sensitivity(**voices_at_odds(), hierarchy=["Monitor"])
    assert found.by_policy == {**POLICY_CASES}
    assert (found.spread, found.relative) == (5, 5 / 9)


def test_unknown_policy_and_missing_hierarchy_are_refused():
    with pytest.raises(SettingsError, match="lowest_credible"):
        reconcile(**voices_at_odds(), policy="median")
    with pytest.raises(SettingsError, match="no hierarchy"):
        reconcile(**voices_at_odds(), policy="source_hierarchy")


HIT = [
    # (claims as (number, outcome, words, place in the text), wounded)
    ([(4, "casualties", "four", 0), (1, "killed", "one", 40)], 3),  # four were shot, one of them died
    (
        [
            (5, "casualties", "five", 0),
            (1, "killed", "one", 40),
            (4, "wounded", "four", 80),
            (2, "wounded", "two", 400),
        ],
        4,
    ),
    (
        [
            (4, "casualties", "four", 0),
            (1, "killed", "one", 40),
            (3, "wounded", "three", 300),
            (4, "wounded", "all four", 500),
        ],
        3,
    ),
    ([(1, "killed", "one", 0), (4, "wounded", "four others", 30), (3, "wounded", "three", 400)], 4),
    ([(1, "killed", "one", 0), (1, "wounded", "another", 30)], 1),
    ([(1, "wounded", "one", 0), (1, "killed", "one", 30), (1, "wounded", "another", 60)], 1),
    ([(5, "wounded", "five", 0), (1, "killed", "one", 400), (4, "wounded", "four", 600)], 4),
]


@pytest.mark.parametrize(("told", "wounded"), HIT)
def test_wounded_and_dead_among_those_hit(told, wounded):
    claims = [claim("a", number, outcome=outcome, text=words, at=at) for number, outcome, words, at in told]
    assert range_of(reconcile(**pile(claims)), "wounded") == (wounded, wounded, wounded)


def test_wounded_told_right_beside_the_dead_are_others():
    """Three injured and one dead: the two further injured of whom it tells later are some of the three."""
    text = "Three people were injured and one was killed in Akra." + " " * 300 + "Two were hurt."
    claims = [
        claim("a", 3, outcome="wounded", text="Three", at=0),
        claim("a", 1, text="one", at=text.index("one was")),
        claim("a", 2, outcome="wounded", text="Two", at=text.index("Two")),
    ]
    assert range_of(reconcile(**pile(claims, texts={"a": text})), "wounded") == (3, 3, 3)


def test_class_told_as_the_whole_beside_one_person():
    claims = [
        claim("a", 4, outcome="wounded", victims=("men",), text="Four"),
        claim("a", 1, outcome="wounded", text="a vendor", at=400),
    ]
    assert range_of(reconcile(**pile(claims)), "wounded") == (4, 4, 4)


def test_what_a_report_outweighs_is_named_in_the_reason():
    claims = [claim("a", 16, field="title"), claim("a", 16, "Mayor of Akra", at=30), claim("a", 10, "Police", at=90)]
    (figure,) = reconcile(**pile(claims)).figures
    assert (figure.low, figure.high) == (16, 16)
    assert (
        "left aside, since the report that quotes it says more in its own voice: 10 according to Police" in figure.why
    )


def test_one_voice_and_its_own_unnamed_people_are_no_agreement():
    alone = [claim("a", 9, "Hill Militia"), claim("b", 9, "militia officials", kind="anonymous")]
    two = [claim("a", 9, "Hill Militia"), claim("b", 9, "Monitor")]
    (one,), (both,) = (reconcile(**pile(claims)).figures for claims in (alone, two))
    assert (one.status, one.voices) == ("single", 1)
    assert (both.status, both.voices) == ("agreed", 2)


def test_words_that_the_reason_quotes_are_not_told_twice():
    (figure,) = reconcile(**pile([claim("a", "several", "Monitor")])).figures
    assert figure.why.count("several") == 1
