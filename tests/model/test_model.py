"""The nouns: ids that cannot collide, maps that lead back, decisions that can be taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Judgement, OffsetMap, Run, Span, canonical_json, joined, record_id, standing

PARTS = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none(), lambda p: st.lists(p, max_size=4), max_leaves=8
)


@given(st.lists(PARTS, max_size=5), st.lists(PARTS, max_size=5))
def test_different_parts_have_different_ids(one: list[object], other: list[object]) -> None:
    """No separator can make two records one: ``["a|b"]`` and ``["a", "b"]`` stay apart."""
    same = canonical_json(one) == canonical_json(other)  # type: ignore[arg-type]
    assert (record_id("x", *one) == record_id("x", *other)) == same  # type: ignore[arg-type]


def test_ids_are_the_same_on_every_machine() -> None:
    assert record_id("rep", "e3b0c442", 0) == "rep-8063aebcbce3c1741daa"
    assert record_id("rep", "e3b0c442", 0) != record_id("rep", "e3b0c442", "0")


def edits(text: str, cuts: list[tuple[int, int, str]]) -> tuple[str, OffsetMap]:
    """``text`` with each (start, length, replacement) applied in order, and the map back."""
    out, runs, here = "", [], 0
    for start, length, new in sorted(cuts):
        start = max(start, here)
        if start > len(text):
            continue
        runs.append(Run(len(out), here, start - here))
        out += text[here:start] + new
        here = min(len(text), start + length)
    runs.append(Run(len(out), here, len(text) - here))
    return out + text[here:], OffsetMap(tuple(joined(runs)))


CUTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), st.text(max_size=5)), max_size=6)


@given(st.text(max_size=60), CUTS, CUTS)
def test_maps_lead_back_through_two_edits(
    text: str, first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    middle, to_text = edits(text, first)
    final, to_middle = edits(middle, second)
    both = to_middle.through(to_text)
    for run in both.runs:
        assert final[run.start : run.start + run.length] == text[run.source_start : run.source_start + run.length]
        assert both.to_source(Span(run.start, run.start + run.length)) == Span(
            run.source_start, run.source_start + run.length
        )


def judgement(number: int, verb: str, undoes: str | None = None) -> Judgement:
    return Judgement(f"j{number}", f"2024-01-0{number}", "a reviewer", verb, "clm-1", "", "", "", undoes, "", "")  # type: ignore[arg-type]


def test_an_undo_can_be_undone() -> None:
    first, undo, again = judgement(1, "reject"), judgement(2, "undo", "j1"), judgement(3, "undo", "j2")
    assert standing([first]) == [first]
    assert standing([undo, first]) == []
    assert standing([again, first, undo]) == [first]
