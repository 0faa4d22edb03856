"""Counts of further people on top of those told before, and those that are a part of them."""

from __future__ import annotations

import pytest

from firsthand.reconcile import reconcile

from .build import claim, pile, range_of


@pytest.mark.parametrize(
    ("counts", "killed"),
    [
        # Further people in the next sentence; beyond it nothing says whom they are further to.
        ([(5, 0, "five"), (2, 250, "two more")], 7),
        ([(5, 0, "five"), (2, 400, "two more")], 5),
        # "Four of the seven died in the raid, the three others on the road": the rest of those counted.
        ([(7, 0, "seven"), (4, 60, "four", "of the first"), (3, 120, "three others")], 7),
        ([(2, 0, "two"), (2, 100, "two other men")], 4),
        # "Twelve bodies lay in the yard, the remaining four by the river."
        ([(12, 0, "twelve"), (4, 80, "remaining four")], 16),
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
