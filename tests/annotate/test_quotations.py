"""Quotation marks: pairs, directions, apostrophes, speeches over several paragraphs."""

from __future__ import annotations

import pytest

from firsthand.annotate.quotations import find_quotations

CASES = [
    ("curly", "She said “we ran” twice.", ["we ran"]),
    ("straight", 'She said "we ran" and "we hid".', ["we ran", "we hid"]),
    ("single British", "He called it ‘a crime against us’ today.", ["a crime against us"]),
    ("apostrophes are none", "The army’s men took the farmers’ sheep; it’s theirs.", []),
    ("guillemets", "Il a dit «nous partons» hier.", ["nous partons"]),
    ("never closed, straight", 'The 12" shell hit the wall.', []),
    ("never closed, curly", "“We will return.", ["We will return."]),
    ("nested", "“They shouted ‘out of here’ at us,” he said.", ["They shouted ‘out of here’ at us,", "out of here"]),
    ("one mark lost", "“We ran and “we hid” there.", ["we hid"]),
]


@pytest.mark.parametrize(("comment", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_pairs(comment: str, text: str, expected: list[str]) -> None:
    assert [quotation.inner.of(text) for quotation in find_quotations(text)] == expected


def test_speech_over_paragraphs_stays_open() -> None:
    text = '"We were asleep.\n\n"Then the roof fell," said the baker.'
    first, second = find_quotations(text)
    assert not first.closed
    assert second.closed
    assert second.inner.of(text) == "Then the roof fell,"
