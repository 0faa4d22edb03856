"""Who of the dead were civilians, as far as the words of a voice tell them from fighters."""

from __future__ import annotations

import pytest

from firsthand.reconcile import reconcile

from .build import claim, pile, range_of


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
