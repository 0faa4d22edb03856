"""Counts of further people on top of those told before, and those that are a part of them."""

from __future__ import annotations

import pytest

from firsthand.reconcile import reconcile

from .build import claim, kinds, pile, range_of, town


@pytest.mark.parametrize(
    ("counts", "killed"),
    [
        # Further people in the next sentence; beyond it nothing says whom they are further to.
        ([(5, 0, "five"), (2, 250, "two more")], 7),
        ([(5, 0, "five"), (2, 400, "two more")], 5),
        # "Four of the seven died in the raid, the three others on the road": the rest of those counted.
        ([(7, 0, "seven"), (4, 60, "four", "of the first"), (3, 120, "three others")], 7),
        ([(2, 0, "two"), (2, 100, "two other men")], 4),
        # An ordinal counts them all: "a sixth man died" after five, but not after eight.
        ([(5, 0, "five"), (1, 120, "a sixth man")], 6),
        ([(8, 0, "eight"), (1, 120, "a sixth man")], 8),
    ],
)
def test_further_people(counts, killed):
    claims = []
    for number, at, words, *part in counts:
        whole = claims[0].id if part else None
        claims.append(claim("a", number, at=at, text=words, part_of=whole))
    assert range_of(reconcile(**pile(claims))) == (killed, killed, killed)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A judge was shot dead on her doorstep. Her driver was also killed.", 2),
        ("A judge was shot dead on her doorstep. Her driver was killed.", 1),
        # After a toll "also" tells who some of its dead were.
        ("Nine guests were shot dead at the wedding. The bride was also killed.", 9),
    ],
)
def test_also(text, killed):
    first, second = text.split(". ")
    words, number = ("Nine guests", 9) if text.startswith("Nine") else ("A judge", 1)
    who = " ".join(second.split()[:2])
    claims = [
        claim("a", number, at=0, text=words, length=len(first)),
        claim("a", 1, at=text.index(second), text=who, length=len(second) - 1),
    ]
    assert range_of(reconcile(**pile(claims, texts={"a": text}))) == (killed, killed, killed)


def test_the_remaining():
    text = "Twelve bodies were carried to the yard, and the remaining four were left by the river."
    at = text.index("four")
    claims = [
        claim("a", 12, "a villager", text="Twelve", kind="anonymous", length=35),
        claim("a", 4, "a villager", at=at, text="four", kind="anonymous", length=14),
    ]
    assert range_of(reconcile(**pile(claims, texts={"a": text}))) == (16, 16, 16)


def test_also_of_another_place_adds_to_a_toll():
    text = "Shells killed four people in Akra. They also killed two in Dorn."
    claims = [
        claim("a", 4, at=text.index("killed"), shift=7, text="four", place="place:Akra", length=18),
        claim("a", 2, at=text.index("killed two"), shift=7, text="two", place="place:Dorn", length=10),
    ]
    places = [town("Akra"), town("Dorn")]
    assert range_of(reconcile(**pile(claims, texts={"a": text}, places=places))) == (6, 6, 6)


def test_counts_of_two_voices_that_make_up_the_whole_are_its_parts():
    claims = [claim("a", 21, "Army"), claim("a", 18, "a miller", at=120), claim("a", 3, "a driver", at=240)]
    result = reconcile(**pile(claims))
    assert range_of(result) == (21, 21, 21)
    assert kinds(result) == []


def test_one_voice_that_counts_class_by_class_bears_the_whole_out():
    claims = [
        claim("a", (7, None), "Rebel radio", victims=("civilians",)),
        claim("a", 4, "Police", at=120, victims=("women",)),
        claim("a", 3, "Police", at=120, shift=20, victims=("men",)),
        claim("a", 11, "State agency", at=300),
    ]
    assert range_of(reconcile(**pile(claims))) == (7, 7, 11)


def test_a_breakdown_in_later_sentences_tells_the_fighters_from_the_others():
    claims = [
        claim("a", 13),
        claim("a", 9, at=120, victims=("prisoners",)),
        claim("a", 2, at=220, victims=("fighters",)),
        claim("a", 2, at=220, shift=20),
    ]
    result = reconcile(**pile(claims))
    assert range_of(result) == (13, 13, 13)
    assert range_of(result, victims="civilians") == (11, 11, 11)


def told(text, *counts):
    """One report's claims, in order: (words, number, voice); each clause is the count's sentence, from the count on."""
    out = []
    for words, number, who in counts:
        at = text.index(words)
        end = text.find(".", at)
        out.append(claim("a", number, who, at=at, text=words, length=(end if end > 0 else len(text)) - at))
    return reconcile(**pile(out, texts={"a": text}))


@pytest.mark.parametrize(
    ("text", "counts", "killed", "comment"),
    [
        (
            "Divers said 12 sailors had drowned. Later reports put the number at 19.",
            [("12", 12, "Divers"), ("19", 19, "Later reports")],
            (19, 19, 19),
            "the report itself says which is later",
        ),
        (
            "Divers said 12 sailors had drowned. Fishermen put the number at 19.",
            [("12", 12, "Divers"), ("19", 19, "Fishermen")],
            (12, 12, 19),
            "two who differ",
        ),
        (
            "Divers said 12 sailors had drowned. " + "The wind rose. " * 40 + "Later reports put the number at 19.",
            [("12", 12, "Divers"), ("19", 19, "Later reports")],
            (12, 12, 19),
            "what stands far above is not what it was later than",
        ),
        (
            "Divers said 19 sailors had drowned. Later reports told of 12 from the other ship.",
            [("19", 19, "Divers"), ("12", 12, "Later reports")],
            (12, 12, 19),
            "a smaller number overtakes nothing",
        ),
    ],
)
def test_later_reports(text, counts, killed, comment):
    assert range_of(told(text, *counts)) == killed, comment


@pytest.mark.parametrize(
    ("second", "killed", "comment"),
    [
        ("The ferryman later died in hospital.", 7, "after the early count"),
        ("The ferryman died at once.", 6, "nothing says that he is no one of those counted"),
    ],
)
def test_death_told_of_as_later_than_an_early_count(second, killed, comment):
    text = f"The storm initially killed six passengers. {second}"
    result = told(text, ("six passengers", 6, None), ("The ferryman", 1, None))
    assert range_of(result) == (killed, killed, killed), comment


@pytest.mark.parametrize(
    ("opening", "killed"), [("Later on the same day", 9), ("Earlier that day", 9), ("On the shore", 5)]
)
def test_another_hour_of_the_same_day(opening, killed):
    text = f"Five herders were shot dead at the well. {opening} four women were shot dead at the ford."
    result = told(text, ("Five herders", 5, None), ("four women", 4, None))
    assert range_of(result) == (killed, killed, killed)


def test_further_people_of_another_voice_are_on_top_of_the_first():
    """The headman counts on what the police have counted: theirs is a part, and no rival, of the sum."""
    text = "Police said 20 raiders were shot dead. A headman said six other raiders were shot at the next village."
    result = told(text, ("20 raiders", 20, "Police"), ("six other raiders", 6, "A headman"))
    assert range_of(result) == (26, 26, 26)
