"""Two reports side by side: nothing lost, nothing doubled, every word escaped."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from firsthand.export.pages import comparison_page, left_pieces, right_pieces
from firsthand.lineage import compare
from firsthand.model import Document, OffsetMap

LEFT = "Two men were killed in Ketra on Sunday. The road to Selm was closed. “Nobody has claimed it,” he said."
RIGHT = "Three men were killed in Ketra on Sunday. “Nobody has claimed it,” he said. Shops stayed <b>open</b>."


def document(id: str, text: str) -> Document:
    return Document(id, id, text, OffsetMap.identity(len(text)))


def test_only_the_words_that_differ_are_marked() -> None:
    rows = compare(document("a", LEFT), document("b", RIGHT))
    ours = [piece.text for row in rows for piece in left_pieces(row, LEFT) if piece.differs]
    theirs = [piece.text for row in rows for piece in right_pieces(row, RIGHT) if piece.differs]
    assert (ours, theirs) == (["Two"], ["Three"])


def test_the_page_escapes_what_comes_from_reports() -> None:
    left, right = document("a", LEFT), document("b", RIGHT)
    page = comparison_page(left, right, "A <verdict>", compare(left, right), ())
    assert "<b>open</b>" not in page
    assert "A &lt;verdict&gt;" in page
    assert "&lt;b&gt;open&lt;/b&gt;" in re.sub("</?mark>", "", page)
    assert "<script" not in page
    shown = unescape(re.sub("<[^>]*>", "", page.split("<tbody>")[1]))
    for text in (LEFT, RIGHT):
        for word in re.findall(r"\w+", text):
            assert word in shown


sentences = st.lists(
    st.sampled_from([*LEFT.split(". "), *RIGHT.split(". "), "One more was hurt", "“So he said"]), max_size=5
)


@given(sentences, sentences)
def test_every_word_of_both_texts_stands_once(ours: list[str], theirs: list[str]) -> None:
    left, right = (document(id, ". ".join(text)) for id, text in (("a", ours), ("b", theirs)))
    rows = compare(left, right)
    for text, pieces in ((left.text, left_pieces), (right.text, right_pieces)):
        shown = sorted("".join(piece.text for piece in pieces(row, text)) for row in rows)
        words = sorted(word for line in shown for word in re.findall(r"\w+", line))
        assert words == sorted(re.findall(r"\w+", text))
