"""Every line of the sense lexicon catches its example and leaves its counter-example alone; no word has two senses."""

from collections import Counter

import pytest

from firsthand.incidents.terms import counted, words
from firsthand.resources import table

ROWS = table("incidents/senses.tsv")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["sense"])
def test_sense_catches_its_example_and_no_other(row: dict[str, str]) -> None:
    assert counted(words(row["example"]))[f"={row['sense']}"]
    assert not counted(words(row["counter"]))[f"={row['sense']}"]


def test_no_word_has_two_senses() -> None:
    uses = Counter(word for row in ROWS for word in row["words"].split())
    assert [word for word, number in uses.items() if number > 1] == []
