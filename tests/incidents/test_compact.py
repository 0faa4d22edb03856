"""Counts packed as bytes are the counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.compact import Counts, pack


@given(st.dictionaries(st.text(), st.integers(1, 2**40)))
def test_packed_counts_are_those_that_were_packed(counts: dict[str, int]) -> None:
    packed = Counts(pack(counts))
    assert packed == counts
    assert list(packed.items()) == list(counts.items())
    assert (list(packed), len(packed)) == (list(counts), len(counts))
    assert all(term in packed and packed[term] == number for term, number in counts.items())
    assert pack({"terms": packed}) == pack({"terms": counts})
