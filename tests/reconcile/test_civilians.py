"""Who of the dead were civilians, as far as the words of a voice tell them from fighters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from firsthand.reconcile import reconcile

from .build import DAY, claim, pile, range_of


def told(*counts, at=0, report="a", who="Police"):
    """Claims that one "and" joins: (number, classes) or (number, classes, words), with one clause."""
    return [
        claim(report, number, who, victims=(victims,), at=at, shift=index * 8, text=words[0] if words else None)
        for index, (number, victims, *words) in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("claims", "civilians", "people"),
    [
        # "A mayor and his driver were killed": nobody fought, and one is called a civilian.
        (told((1, "officials"), (1, "civilians")), 2, 2),
        # "A mayor and two soldiers", "six villagers and two soldiers": who stands beside fighters by another name is none.
        (told((1, "officials"), (2, "fighters")), 1, 3),
        (told((6, "people"), (2, "fighters")), 6, 8),
        (told((5, "prisoners"), (2, "fighters")), 5, 7),
        # "A nurse, two civilians and three soldiers": the nurse is as much a civilian.
        (told((1, "medics"), (2, "civilians"), (3, "fighters")), 3, 6),
        # "35 civilians and two unidentified people" sets the two apart; "a priest and four other civilians" does not.
        (told((35, "civilians", "35 civilians"), (2, "people")), 35, 37),
        (told((1, "people"), (4, "civilians", "four other civilians")), 5, 5),
    ],
)
def test_classes_joined_in_one_clause(claims, civilians, people):
    result = reconcile(**pile(claims, texts={"a": "civilian " * 40}))
    assert range_of(result, victims="people") == (people, people, people)
    assert range_of(result, victims="civilians") == (civilians, civilians, civilians)


def test_clause_that_tells_only_some_of_the_dead_does_not_count_the_civilians():
    """Seven died; a later clause names two traders beside a soldier and leaves out who the others were."""
    claims = [claim("a", 7, "Police"), *told((2, "people"), (1, "fighters"), at=200)]
    result = reconcile(**pile(claims))
    assert range_of(result) == (7, 7, 7)
    assert not [f for f in result.figures if f.victims == "civilians"]


def test_class_that_exceeds_what_is_told_of_all_lifts_the_whole():
    """Six men died; further on two people are told of one by one. The whole is no smaller than its largest part."""
    claims = [claim("a", (6, None), victims=("men",)), *told((1, "people"), (2, "aid_workers"), at=300, who=None)]
    assert range_of(reconcile(**pile(claims))) == (6, 6, None)


def test_fighter_among_the_dead_says_nothing_of_the_others():
    """ "Four were killed, the army said. One of them was a gunman, its spokesman said. Police found a dead farmer." """
    whole = claim("a", 4, "Army")
    claims = [
        whole,
        claim("a", 1, "Colonel Adeyi", at=100, text="One", victims=("fighters",), part_of=whole.id),
        claim("a", 1, "Police", at=200, text="one farmer", victims=("civilians",)),
    ]
    assert range_of(reconcile(**pile(claims)), victims="civilians") == (1, 1, 1)


def test_further_civilians_are_counted_with_those_before():
    """ "Killed four strikers and a guard." "A fifth striker died." """
    text = "Shots killed four strikers and one guard. A fifth striker died on Sunday."
    claims = [
        *told((4, "civilians", "four strikers"), (1, "fighters", "one guard"), at=12, who=None),
        claim("a", 1, victims=("civilians",), at=42, text="A fifth striker", length=20),
    ]
    result = reconcile(**pile(claims, texts={"a": text}))
    assert range_of(result, victims="civilians") == (5, 5, 5)


def test_some_of_those_counted_as_civilians_are_no_count_of_their_own():
    whole = claim("a", 6, "Army", victims=("civilians",))
    some = claim("a", 2, victims=("civilians",), at=100, part_of=whole.id)
    guard = claim("a", 1, victims=("civilians", "fighters"), at=140, part_of=whole.id)
    assert range_of(reconcile(**pile([whole, some, guard])), victims="civilians") == (6, 6, 6)


@pytest.mark.parametrize(("predicate", "civilians"), [("civilians", 4), ("taken from the river", None)])
def test_part_without_a_noun_is_what_is_said_of_it(predicate, civilians):
    """ "Nine were killed, four of whom were civilians": the word stands behind the clause of the count."""
    text = f"Police said nine were killed, four of whom were {predicate}."
    whole = claim("a", 9, "Police", at=12, text="nine", length=16)
    part = claim("a", 4, "Police", at=30, text="four", length=12, victims=("civilians",), part_of=whole.id)
    result = reconcile(**pile([whole, part], texts={"a": text}))
    assert range_of(result, victims="civilians") == ((4, 4, 4) if civilians else (9, 9, 9))


def test_that_only_fighters_are_told_of_overtakes_no_count_of_civilians():
    """On Monday a paper tells of four villagers among 21 dead; on Tuesday the police tell of the 17 bandits alone."""
    claims = [
        claim("a", (21, None)),
        claim("a", 4, victims=("civilians",), at=100),
        claim("b", 17, "Police", victims=("fighters",)),
    ]
    result = reconcile(**pile(claims, published={"a": DAY, "b": DAY + timedelta(1)}))
    low, _, high = range_of(result, victims="civilians")
    assert (low, high) == (0, 4)


def test_some_told_of_among_the_dead_are_no_rival_to_the_whole():
    """ "At least four women are among those killed", the paper writes; a relief body counts 59."""
    women = replace(claim("a", (4, None), victims=("women",)), rule="among")
    result = reconcile(**pile([women, claim("a", (59, None), "Red Lantern", at=100)]))
    assert range_of(result) == (59, 59, None)


@pytest.mark.parametrize(("also", "civilians", "people"), [("also ", 3, 9), ("", None, 6)])
def test_others_told_of_behind_fighters_are_civilians(also, civilians, people):
    """ "Six guards were killed. A cook and two porters were also killed." """
    text = f"Six guards were killed. A woman and two men were {also}killed."
    claims = [
        claim("a", 6, victims=("fighters",), text="Six guards", length=22),
        claim("a", 1, victims=("women",), at=24, text="A woman", length=len(text) - 24),
        claim("a", 2, victims=("men",), at=24, shift=12, text="two men", length=len(text) - 24),
    ]
    result = reconcile(**pile(claims, texts={"a": text}))
    assert range_of(result) == (people, people, people)
    found = [f.best for f in result.figures if f.victims == "civilians"]
    assert found == ([civilians] if civilians else [])


def test_child_is_none_of_the_adults():
    """ "13 adults, including eight officers, and a child were killed." """
    whole = claim("a", 13, text="13 adults", length=60)
    whole = replace(whole, tally=replace(whole.tally, victims_text="adults"))
    officers = claim("a", 8, victims=("fighters",), shift=22, text="eight", part_of=whole.id, length=60)
    child = claim("a", 1, victims=("children",), shift=45, text="a child", length=60)
    result = reconcile(**pile([whole, officers, child]))
    assert range_of(result) == (14, 14, 14)
    assert range_of(result, victims="civilians") == (6, 6, 6)


@pytest.mark.parametrize("outcome", ["killed", "wounded", "casualties"])
def test_no_civilian_says_nothing_of_how_many_people(outcome):
    """ "Nine fighters were killed. No civilians were hurt." """
    claims = [
        claim("a", 9, "Army", victims=("fighters",)),
        claim("a", 0, "Army", outcome=outcome, at=100, victims=("civilians",)),
    ]
    result = reconcile(**pile(claims))
    assert range_of(result, outcome, victims="civilians") == (0, 0, 0)
    assert range_of(result, outcome) == ((9, 9, 9) if outcome == "killed" else (None, None, None))
