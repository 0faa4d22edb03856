"""Every rule of the room's lexicons catches its example and leaves its counter-example alone."""

from __future__ import annotations

import re

import pytest

from firsthand.model import Span
from firsthand.reconcile.marks import is_early, tells_aftermath
from firsthand.resources import table

RULES = [
    (name, row)
    for name in ("preliminary", "later", "comparisons", "rising", "aftermath")
    for row in table(f"reconcile/{name}.tsv")
]


@pytest.mark.parametrize(
    ("name", "row"), RULES, ids=lambda value: value if isinstance(value, str) else value["pattern"][:30]
)
def test_rule(name, row):
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    example = row["example"]
    if row["pattern"].endswith("$"):  # stands right before the count
        example = example[: example.index("six")]
    assert pattern.search(example)
    assert not pattern.search(row["counter"])


def test_mark_of_an_earlier_sentence_says_nothing():
    text = "Officials initially stayed silent. On Monday they said 12 had died."
    assert not is_early(text, Span(text.index("12"), text.index("12") + 2))


def test_aftermath_is_told_in_the_same_sentence():
    text = "The raid on Monday killed nine. Two bodies were found on Friday."
    assert not tells_aftermath(text, Span(text.index("killed"), text.index("nine") + 4))
    assert tells_aftermath(text, Span(text.index("Two"), text.index("Two") + 3))
