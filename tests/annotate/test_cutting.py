"""Tokens are what spaCy's tokenizer makes of a text, asked or not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.annotate.cutting import Cutter
from firsthand.annotate.parser import Parser


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return Parser()._nlp.tokenizer


@pytest.fixture(scope="module")
def cutter(tokenizer: Any) -> Cutter:
    return Cutter(tokenizer)


def cut(cutter: Cutter, text: str) -> tuple[list[str], list[bool]]:
    cutter.learn([text])
    return cutter.cut(text)


# fmt: off
WORDS = [
    "shells", "fell", "cannot", "Cannot", "dont", "gonna", "id", "Im", "US", "EU", "Gen", "Maj", "Feb", "St", "km",
    "12km", "no", "No", "a", "A", "I", "etc", "vs", "e.g", "p.m", "Tal-Rifa", "al-Amin", "wounded's", "o'clock",
    "“quoted”", "(seven)", "7,500", "12:30", "3.5", "x@y.org", "www.mill.org/a", "£20", "US$5", "naïve", "Ørsted",
    "رفح", "NATO's", "it's",
]
# fmt: on
ENDS = ("", ",", ".", ";", ":", "?", "...", ".”", ",”", ")", "!", "-", "'s", "’s", ".,")


@given(st.lists(st.builds("".join, st.tuples(st.sampled_from(WORDS), st.sampled_from(ENDS))), min_size=1, max_size=8))
def test_what_is_not_asked_is_cut_as_the_tokenizer_cuts_it(tokenizer: Any, cutter: Cutter, written: list[str]) -> None:
    text = " ".join(written)
    expected = tokenizer(text)
    assert cut(cutter, text) == ([t.text for t in expected], [bool(t.whitespace_) for t in expected])


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The U.S.-led force", "The|U.S.|-|led|force"),
        ("“U.N.-backed,” he said.", "“|U.N.|-|backed|,|”|he|said|."),
        # no stop before the hyphen: spaCy's own rule
        ("Tal-based and Rifa.", "Tal|-|based|and|Rifa|."),
        ("Maj. Orlin and Gen. Rask", "Maj.|Orlin|and|Gen.|Rask"),
    ],
)
def test_prefixed_adjectives_and_ranks(cutter: Cutter, text: str, tokens: str) -> None:
    assert "|".join(cut(cutter, text)[0]) == tokens


def test_a_space_of_another_sort_is_a_token(cutter: Cutter) -> None:
    words, spaces = cut(cutter, "two  bombs\tfell")
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == "two  bombs\tfell"
