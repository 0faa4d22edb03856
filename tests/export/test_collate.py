"""Two texts beside each other: nothing lost, nothing doubled, differences where they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.export.collate import Row, collate, word_differences
from firsthand.model import Passage, Span

LEFT = "Two men were killed in Ketra. The road was closed. Nobody claimed it."
RIGHT = "Nobody claimed it. Three men were killed in Ketra. Shops stayed open."


def passage(left: str, right: str, score: float = 0.9) -> Passage:
    ours, theirs = LEFT.index(left), RIGHT.index(right)
    return Passage(Span(ours, ours + len(left)), Span(theirs, theirs + len(right)), score)


def words(row: Row, side: str) -> str:
    return "".join(piece.text for piece in getattr(row, side))


def test_aligned_passages_share_a_row_and_the_rest_stands_alone() -> None:
    passages = [
        passage("Two men were killed in Ketra.", "Three men were killed in Ketra."),
        passage("Nobody claimed it.", "Nobody claimed it."),
    ]
    rows = collate(LEFT, RIGHT, passages)
    assert [(row.kind, words(row, "left"), words(row, "right")) for row in rows] == [
        ("aligned", "Two men were killed in Ketra.", "Three men were killed in Ketra."),
        ("only_left", "The road was closed.", ""),
        ("aligned", "Nobody claimed it.", "Nobody claimed it."),
        ("only_right", "", "Shops stayed open."),
    ]
    assert [row.moved for row in rows if row.kind == "aligned"] == [False, True]


def test_only_the_word_that_differs_is_marked() -> None:
    ours, theirs = word_differences("Two men were killed", "Three men were killed")
    assert [piece.text for piece in ours if piece.differs] == ["Two"]
    assert [piece.text for piece in theirs if piece.differs] == ["Three"]


def test_the_shape_of_quotation_marks_is_no_difference() -> None:
    ours, theirs = word_differences("“We don’t know,” he said", '"We don\'t know," he  said')
    assert not any(piece.differs for piece in (*ours, *theirs))


def test_of_two_overlapping_passages_the_better_is_kept() -> None:
    rows = collate(LEFT, RIGHT, [passage("Two men", "Three men", 0.2), passage("men were", "men were", 0.9)])
    assert [words(row, "left") for row in rows if row.kind == "aligned"] == ["men were"]


lines = st.text(st.sampled_from("ab .\n“’"), max_size=30)


@given(lines, lines)
def test_pieces_put_together_are_the_text(left: str, right: str) -> None:
    ours, theirs = word_differences(left, right)
    assert "".join(piece.text for piece in ours) == left
    assert "".join(piece.text for piece in theirs) == right


spans = st.tuples(st.integers(0, len(LEFT)), st.integers(0, len(LEFT))).map(lambda pair: Span(*sorted(pair)))


@given(st.lists(st.builds(Passage, spans, spans, st.floats(0, 1)), max_size=5))
def test_every_word_of_the_left_stands_once(passages: list[Passage]) -> None:
    real = [p for p in passages if p.source_span.end > p.source_span.start]
    rows = collate(LEFT, RIGHT, real)
    shown = "".join("".join(words(row, "left").split()) for row in rows)
    assert shown == "".join(LEFT.split())
