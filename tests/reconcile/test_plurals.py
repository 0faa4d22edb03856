"""Words without a number: the least that they can mean, where nobody counts."""

from __future__ import annotations

import re

import pytest

from firsthand.model import Span, Tally
from firsthand.reconcile import POLICIES, reconcile
from firsthand.reconcile.plurals import least_of
from firsthand.resources import table

from .build import claim, figure, pile, range_of


def vague(text, victims_text=""):
    return Tally("wounded", None, None, text, Span(0, len(text)), vague=True, victims_text=victims_text)


@pytest.mark.parametrize("row", table("reconcile/plurals.tsv"), ids=lambda row: row["example"])
def test_rule(row):
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.match(row["example"])
    assert not pattern.match(row["counter"])
    assert least_of(vague(row["example"])) == (int(row["least"]) if row["least"] else None)


@pytest.mark.parametrize(
    ("text", "victims", "want"),
    [
        ("others", "others", 2),
        ("fishermen", "fishermen", 2),
        ("several", "miners", 2),
        ("hundreds", "of herders", 100),
        ("a crew", "a crew", None),
        ("the bus", "the bus", None),
        ("the number of", "miners", None),
        ("any villagers", "any villagers", None),
        ("most of", "the platoon", None),
    ],
)
def test_least(text, victims, want):
    assert least_of(vague(text, victims)) == want


def test_counted_words_keep_their_number():
    assert least_of(Tally("killed", 40, 40, "dozens", Span(0, 6))) is None


@pytest.mark.parametrize("policy", [name for name in POLICIES if name not in ("numbers_only", "source_hierarchy")])
def test_floor_where_nobody_counts(policy):
    found = figure(reconcile(**pile([claim("a", "dozens", "Residents")]), policy=policy))
    assert (found.low, found.best, found.high, found.status, found.voices) == (12, None, None, "unknown", 0)
    assert "“dozens” is at least 12" in found.why


def test_numbers_only_leaves_it_unknown():
    assert range_of(reconcile(**pile([claim("a", "dozens", "Residents")]), policy="numbers_only")) == (None,) * 3


def test_any_number_replaces_the_floor():
    claims = [claim("a", "dozens", "Residents"), claim("b", 3, "Police")]
    assert range_of(reconcile(**pile(claims))) == (3, 3, 3)


def test_denied_and_doubted_words_leave_no_floor():
    claims = [
        claim("a", "several", "Police", certainty="unknown"),
        claim("a", "others", "Army", certainty="denied", at=60),
    ]
    assert range_of(reconcile(**pile(claims))) == (None, None, None)


@pytest.mark.parametrize(("words", "want"), [("the victims", 1), ("several", 2), ("others", 2)])
def test_beside_one_person_only_words_for_how_many_add(words, want):
    claims = [claim("a", 1, "Uncle Tor", text="his nephew"), claim("a", words, "Police", at=60)]
    assert range_of(reconcile(**pile(claims))) == (want, None, None)


def test_plural_of_one_report_lifts_nothing_that_more_tell():
    """One report speaks of "victims"; two others count the wounded and no dead, or tell of one dead. "Dozens" is no loose word."""
    wounded = [claim(report, 4, "Police", outcome="wounded") for report in "bcd"]
    assert range_of(reconcile(**pile([claim("a", "victims"), *wounded]))) == (0, None, None)
    assert range_of(reconcile(**pile([claim("a", "victims"), wounded[0]]))) == (2, None, None)
    assert range_of(reconcile(**pile([claim("a", "dozens"), *wounded]))) == (12, None, None)
    one = [claim(report, 1, "Uncle Tor", text="his nephew") for report in "bc"]
    assert range_of(reconcile(**pile([claim("a", "several", "Police"), *one])))[0] == 1
