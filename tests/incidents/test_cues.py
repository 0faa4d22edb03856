"""Every line of the cue lexicon catches its example and leaves its counter-example alone."""

import re

import pytest

from firsthand.resources import table


@pytest.mark.parametrize("row", table("incidents/cues.tsv"), ids=lambda row: f"{row['role']}-{row['kind']}")
def test_cue_catches_its_example_and_no_other(row: dict[str, str]) -> None:
    pattern = re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE)
    assert row["example"]
    assert row["counter"]
    assert pattern.search(row["example"])
    assert not pattern.search(row["counter"])
