"""compare and tree: what is shown of a copy."""

from firsthand.lineage import compare, trace, tree
from firsthand.lineage.tree import lines

from .conftest import AGENCY, INDEPENDENT, SPUN, Make


def test_compare_of_a_text_with_itself_marks_nothing(make: Make) -> None:
    rows = compare(make("a", AGENCY), make("b", AGENCY))
    assert {segment.kind for row in rows for segment in row.segments} == {"same"}
    assert not any(row.moved for row in rows)


def test_compare_marks_the_changed_word_and_nothing_else(make: Make) -> None:
    changed = AGENCY.replace("killing 11 people", "killing 17 people").replace("lantern light", "light")
    rows = compare(make("a", AGENCY), make("b", changed))
    marked = [
        (s.kind, s.left and s.left.of(AGENCY), s.right and s.right.of(changed))
        for row in rows
        for s in row.segments
        if s.kind != "same"
    ]
    assert marked == [("changed", "11", "17"), ("only_left", "lantern", None)]


def test_compare_sets_short_sentences_between_the_same_neighbours_beside_each_other(make: Make) -> None:
    left = AGENCY.replace("Doctors at", "It said it was not aware of any harm to anyone.\n\nDoctors at")
    right = AGENCY.replace("Doctors at", "It stated it was not conscious of any harm to anybody.\n\nDoctors at")
    rows = compare(make("a", left), make("b", right))
    assert all(row.left and row.right for row in rows)


def test_compare_covers_every_sentence_of_both_once(make: Make) -> None:
    paragraphs = AGENCY.split("\n\n")
    moved = "\n\n".join([paragraphs[3], *paragraphs[:3], "A new paragraph that only this report has."])
    rows = compare(make("a", AGENCY), make("b", moved))
    for text, side in ((AGENCY, 0), (moved, 1)):
        spans = sorted(span for row in rows if (span := (row.left, row.right)[side]))
        assert "".join(text[a:b] for a, b in spans).replace("\n", "").replace(" ", "") == text.replace(
            "\n", ""
        ).replace(" ", "")
    assert [row.right.of(moved) for row in rows if row.right and not row.left] == [
        "A new paragraph that only this report has."
    ]
    assert any(row.moved and row.left and "Saint Orsola" in row.left.of(AGENCY) for row in rows)


def test_tree_runs_down_in_time_with_the_unobserved_in_brackets(make: Make) -> None:
    documents = [
        make("late", AGENCY, day=6, site="late.example", agency="Lakeside Press"),
        make("early", AGENCY, day=4, site="early.example"),
        make("spun", SPUN, day=5),
        make("own", INDEPENDENT, day=4),
    ]
    shown = tree(trace(documents), documents)
    first = next(descent for descent in shown.origins if len(descent.origin.reports) == 3)
    assert next((depth, node.label.split(" · ")[0]) for depth, node in lines(first.roots)) == (0, "[Lakeside Press]")
    dates = [(depth, node.published) for depth, node in lines(first.roots) if node.published]
    assert dates[0][1] == documents[1].published
    assert {node.id for _, node in lines(first.roots) if node.observed} == {"rep-late", "rep-early", "rep-spun"}
    assert len(shown.ties) == 2


def test_tree_of_some_reports_passes_over_those_not_asked_for(make: Make) -> None:
    documents = [make("a", AGENCY, day=4), make("b", SPUN, day=5), make("c", SPUN.replace("eleven", "11"), day=7)]
    shown = tree(trace(documents), [documents[0], documents[2]])
    (descent,) = shown.origins
    assert descent.elsewhere == 1
    assert [(depth, node.id) for depth, node in lines(descent.roots)] == [(0, "rep-a"), (1, "rep-c")]
