"""Counts, their bounds, and numbers that count nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.annotate.quantities import find_quantities
from firsthand.model import Sentence, Span
from firsthand.resources import table

# comment, text, (text of the quantity, low, high) of each that counts something; articles left out
COUNTS = [
    ("digits", "16 miners", [("16", 16, 16)]),
    ("at least", "at least 44 miners", [("at least 44", 44, None)]),
    ("at least, no blank", "atleast 44 and at least44 miners", [("atleast 44", 44, None), ("at least44", 44, None)]),
    ("more than", "more than 100 miners", [("more than 100", 101, None)]),
    ("well over", "well over 100 miners", [("well over 100", 101, None)]),
    ("up to", "up to 30 miners", [("up to 30", None, 30)]),
    ("as many as", "as many as 20,000 marchers", [("as many as 20,000", None, 20000)]),
    ("fewer than", "fewer than ten miners", [("fewer than ten", None, 9)]),
    ("between", "between 3 and 5 miners", [("between 3 and 5", 3, 5)]),
    ("between … to", "between 33 to 34 miners", [("between 33 to 34", 33, 34)]),
    ("floor and ceiling", "at least 40 and as many as 55 miners", [("at least 40 and as many as 55", 40, 55)]),
    (
        "floor and ceiling between commas",
        "more than 40, and possibly up to 55, miners",
        [("more than 40, and possibly up to 55,", 41, 55)],
    ),
    ("ceiling behind between", "between 30 and as many as 45 miners", [("between 30 and as many as 45", 30, 45)]),
    (
        "a ceiling of others",
        "at least 40 miners and as many as 55 women",
        [("at least 40", 40, None), ("as many as 55", None, 55)],
    ),
    ("a ceiling below the floor", "at least 20 and up to 15", [("at least 20", 20, None), ("up to 15", None, 15)]),
    ("range", "10-15 miners, two to three women", [("10-15", 10, 15), ("two to three", 2, 3)]),
    ("or", "three or four miners", [("three or four", 3, 4)]),
    ("a rise is no range", "the toll rose from 3 to 11", [("3", 3, 3), ("11", 11, 11)]),
    ("a range that falls is none", "he won 5-2", []),
    ("or more", "20 or more miners", [("20 or more", 20, None)]),
    ("plus", "20-plus miners and 30+ women", [("20-plus", 20, None), ("30+", 30, None)]),
    ("words", "seventy-six miners, one hundred and twenty women", [("seventy-six", 76, 76), ("one hundred and twenty", 120, 120)]),
    ("scales", "1.9 million people and three thousand more", [("1.9 million", 1900000, 1900000), ("three thousand", 3000, 3000)]),
    ("no comma, no blank between", "one tank two mortars", [("one", 1, 1), ("two", 2, 2)]),
    ("dozens counted", "two dozen miners, half a dozen women", [("two dozen", 24, 24), ("half a dozen", 6, 6)]),
    ("a total of", "a total of 14 miners", [("a total of 14", 14, 14)]),
    ("another", "another six miners", [("another six", 6, 6)]),
    ("none", "no casualties", [("no", 0, 0)]),
    ("one of", "she said that one of them fled", [("one", 1, 1)]),
    ("no one", "no one fled", [("no", 0, 0)]),
    ("a number like a year", "killed 2013 civilians in 2013", [("2013", 2013, 2013)]),
    ("a noun that begins like a month", "six martyrs 22 wounded", [("six", 6, 6), ("22", 22, 22)]),
]  # fmt: skip

APPROXIMATE = ["about 50", "some 470000", "nearly 850", "an estimated 900", "around two dozen", "10 or so"]

VAGUE = [
    "dozens", "tens of thousands", "several", "a few", "many more", "a number of", "an unknown number of", "scores", "hundreds",
    "a couple of hundred", "countless", "a large number of",
]  # fmt: skip

# text of the number, text around it, what it measures
UNITS = [
    ("40", "40 percent of the houses", "percent"),
    ("300", "a fine of $300", "money"),
    ("12", "for 12 days", "time"),
    ("4", "at 4:36 p.m.", "time"),
    ("3", "on 3 February", "time"),
    ("10", "on June 10, the army", "time"),
    ("2014", "in 2014", "year"),
    ("34", "Ana Ruiz, 34, of Lima", "age"),
    ("9", "a girl, 9, dies", "age"),
    ("10", "her sons, 10 and 12", "age"),
    ("12", "her sons, 10 and 12", "age"),
    ("14", "a 14-year-old pupil", "age"),
    ("16", "a 16–year–old pupil", "age"),
    ("162", "some place 162 kilometers off", "distance"),
    ("1", "on the 1st", "ordinal"),
]


def counted(text: str) -> list[tuple[str, int | None, int | None]]:
    found = find_quantities(text, ())
    return [(q.text, q.low, q.high) for q in found if q.unit is None and not q.vague and not q.article]


@pytest.mark.parametrize(("comment", "text", "expected"), COUNTS, ids=[case[0] for case in COUNTS])
def test_counts(comment: str, text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize("words", APPROXIMATE)
def test_approximate_counts_keep_their_number(words: str) -> None:
    quantity = find_quantities(f"{words} miners fled", ())[0]
    assert quantity.text == words
    assert quantity.approx
    assert quantity.low == quantity.high is not None


@pytest.mark.parametrize("words", VAGUE)
def test_vague_words_get_no_number(words: str) -> None:
    quantity = find_quantities(f"{words} miners fled", ())[0]
    assert quantity.vague
    assert (quantity.low, quantity.high) == (None, None)
    assert quantity.text.startswith(words.removesuffix(" of"))


@pytest.mark.parametrize(("number", "text", "unit"), UNITS, ids=[case[1] for case in UNITS])
def test_numbers_that_count_nothing(number: str, text: str, unit: str) -> None:
    found = {q.text.split()[-1]: q.unit for q in find_quantities(text, ())}
    assert found.get(number) == unit


@pytest.mark.parametrize("text", ["an F-16 jet", "flight MH17", "Tower 22", "Resolution 2254", "call 555-010-2433"])
def test_labels_are_no_counts(text: str) -> None:
    assert counted(text) == []


def test_an_article_is_one() -> None:
    article, another = find_quantities("a child and another child", ())
    assert (article.low, article.high, article.article) == (1, 1, True)
    assert (another.low, another.high, another.article) == (1, 1, True)


def test_none_runs_over_the_end_of_a_sentence() -> None:
    text = "They were two Three fled"
    sentences = (Sentence(Span(0, 13)), Sentence(Span(14, 24)))
    assert [q.text for q in find_quantities(text, sentences)] == ["two", "Three"]


@pytest.mark.parametrize("row", table("quantities/qualifiers.tsv"), ids=lambda row: row["words"])
def test_qualifiers(row: dict[str, str]) -> None:
    bounds = {"at_least": (12, None), "more_than": (13, None), "at_most": (None, 12), "less_than": (None, 11)}
    quantity = next(q for q in find_quantities(row["example"], ()) if row["words"] in q.text)
    assert (quantity.low, quantity.high) == bounds.get(row["effect"], (12, 12))
    assert quantity.approx == (row["effect"] == "approx")
    assert not [low for _, low, _ in counted(row["counter"]) if low != 0]


@pytest.mark.parametrize("row", table("quantities/vague.tsv"), ids=lambda row: row["example"])
def test_vague_patterns(row: dict[str, str]) -> None:
    assert any(q.vague for q in find_quantities(row["example"], ()))
    assert not any(q.vague for q in find_quantities(row["counter"], ()))


@pytest.mark.parametrize("row", table("quantities/units.tsv"), ids=lambda row: row["example"])
def test_units(row: dict[str, str]) -> None:
    assert [q.unit for q in find_quantities(row["example"], ()) if not q.article] == [row["unit"]]
    assert row["unit"] not in {q.unit for q in find_quantities(row["counter"], ())}


@given(st.text(alphabet=st.sampled_from("0123456789 ,.-–andtoveslfourtwhundredozen%$'’\n"), max_size=60))
def test_spans_are_in_order_and_say_their_text(text: str) -> None:
    found = find_quantities(text, ())
    assert all(q.span.of(text) == q.text for q in found)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    assert all(q.low <= q.high for q in found if q.low is not None and q.high is not None)


@given(st.integers(min_value=32, max_value=999_999))
def test_every_number_comes_back_with_or_without_commas(number: int) -> None:
    for spelled in (str(number), f"{number:,}"):
        assert counted(f"killed {spelled} civilians") == [(spelled, number, number)]
