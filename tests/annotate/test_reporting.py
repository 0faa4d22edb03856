"""Rare verbs of saying: read as "said" where they close or follow a statement, as they stand elsewhere."""

from __future__ import annotations

import re

import pytest

from firsthand.annotate.reporting import as_read, reporting_words
from firsthand.resources import table

ROWS = list(table("annotate/reporting_verbs.tsv"))


def words_of(text):
    return re.findall(r"\w+|[^\w\s]", text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["word"])
def test_example_reports_and_counter_does_not(row):
    words = words_of(row["example"])
    assert as_read(words) == [("said" if word == row["word"] else word) for word in words]
    assert as_read(words_of(row["counter"])) == words_of(row["counter"])


def test_no_word_has_two_rows():
    assert len(reporting_words()) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("“Four miners died,” stated the union.", "“Four miners died,” said the union."),
        ("Four miners died, the union stated in a letter.", "Four miners died, the union said in a letter."),
        (
            "Four miners died the union stated citing its own list.",
            "Four miners died the union said citing its own list.",
        ),
        ("The union tweeted two miners were missing.", "The union said two miners were missing."),
        ("A miner, Omar Said, told the paper.", "A miner, Omar Khan, told the paper."),
        ("Two Killed, Army Said, in Raid on Coast", None),
        ("The union posted a guard who was shot later.", None),
        ("Guards posted two days ago were shot.", None),
        ("The union stated that four miners died.", None),  # the parser reads what "that" follows
        ("The number of dead was not stated.", None),
        ("No dead or disclosed", None),
        ("Stated.", None),
    ],
)
def test_where_it_closes_or_follows_what_is_said(text, read):
    assert as_read(words_of(text)) == words_of(read or text)
