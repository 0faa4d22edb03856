"""A draft keeps the exact way back through any edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.clean.draft import Draft, Edit
from firsthand.model import Span


@st.composite
def rounds_of_edits(draw: st.DrawFn) -> tuple[str, list[list[tuple[int, int, str]]]]:
    text = draw(st.text(min_size=0, max_size=60))
    offset = st.integers(0, 80)
    edit = st.tuples(offset, offset, st.text(max_size=4))
    return text, draw(st.lists(st.lists(edit, max_size=5), max_size=4))


@given(rounds_of_edits())
def test_every_run_stands_unchanged_in_the_source(case: tuple[str, list[list[tuple[int, int, str]]]]) -> None:
    source, rounds = case
    draft = Draft.of(source)
    for edits in rounds:
        size = len(draft.text)
        spans = [(min(a, b, size), min(max(a, b), size), added) for a, b, added in edits]
        draft = draft.edited([Edit(*edit) for edit in spans], "test")
    assert_exact(draft.text, draft, source)
    middle = draft.part(len(draft.text) // 3, 2 * len(draft.text) // 3)
    assert_exact(middle.text, middle, source)


def assert_exact(text: str, draft: Draft, source: str) -> None:
    end = source_end = 0
    for run in draft.map.runs:
        assert run.start >= end
        assert run.source_start >= source_end
        end, source_end = run.start + run.length, run.source_start + run.length
        assert text[run.start : end] == source[run.source_start : source_end]
    assert end <= len(text)


def test_steps_quote_what_went_and_where_it_stood() -> None:
    draft = Draft.of("aaXXbbYYcc").edited([Edit(2, 4), Edit(6, 8, "-")], "rule")
    assert draft.text == "aabb-cc"
    assert [(s.removed, s.added, s.source_span) for s in draft.steps] == [
        ("XX", "", Span(2, 4)),
        ("YY", "-", Span(6, 8)),
    ]
    assert draft.source_span(3, 6) == Span(5, 9)


def test_of_overlapping_edits_the_first_wins() -> None:
    assert Draft.of("abcdef").edited([Edit(2, 5, "x"), Edit(1, 3, "y")], "rule").text == "aydef"
