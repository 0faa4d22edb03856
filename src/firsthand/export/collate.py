"""Two texts beside each other: which stretches align, and within them which words differ.

Computed here once; the terminal and the HTML page only show it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from firsthand.model import Passage, Span

Kind: TypeAlias = Literal["aligned", "only_left", "only_right"]

_WORD = re.compile(r"\w+(?:['’.,]\w+)*|[^\w\s]|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``differs`` where the other side has it otherwise."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the collation. ``moved``: the passage stands elsewhere in the order of the right text.

    ``left_span`` and ``right_span`` are in the two texts, None on the side that has nothing here.
    """

    kind: Kind
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    left_span: Span | None = None
    right_span: Span | None = None
    score: float = 0.0
    moved: bool = False


def collate(left: str, right: str, passages: Sequence[Passage]) -> list[Row]:
    """Rows in the order of ``left``; what only ``right`` has stands before the first aligned passage that follows it.

    ``passages`` have their source span in ``left``. Of two that overlap in ``left`` the one with the better score is kept.
    """
    chosen = _apart(passages)
    right_gaps = _gaps([p.derived_span for p in chosen], right)
    rows: list[Row] = []
    done = 0
    furthest = 0
    for passage in chosen:
        rows += _only("only_left", left, [Span(done, passage.source_span.start)])
        ready = [gap for gap in right_gaps if gap.end <= passage.derived_span.start]
        right_gaps = right_gaps[len(ready) :]
        rows += _only("only_right", right, ready)
        ours, theirs = word_differences(passage.source_span.of(left), passage.derived_span.of(right))
        rows.append(
            Row(
                "aligned",
                ours,
                theirs,
                passage.source_span,
                passage.derived_span,
                passage.score,
                moved=passage.derived_span.start < furthest,
            )
        )
        done = max(done, passage.source_span.end)
        furthest = max(furthest, passage.derived_span.end)
    rows += _only("only_left", left, [Span(done, len(left))])
    rows += _only("only_right", right, right_gaps)
    return rows


def word_differences(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut into runs that agree and runs that differ, word by word.

    >>> word_differences("killed at least four", "killed four")
    ((Piece(text='killed ', differs=False), Piece(text='at least ', differs=True), Piece(text='four', differs=False)), \
(Piece(text='killed ', differs=False), Piece(text='four', differs=False)))
    """
    ours, theirs = _WORD.findall(left), _WORD.findall(right)
    match = SequenceMatcher(None, [_alike(w) for w in ours], [_alike(w) for w in theirs], autojunk=False)
    left_out: list[Piece] = []
    right_out: list[Piece] = []
    for tag, i, j, k, m in match.get_opcodes():
        if j > i:
            left_out.append(Piece("".join(ours[i:j]), tag != "equal"))
        if m > k:
            right_out.append(Piece("".join(theirs[k:m]), tag != "equal"))
    return tuple(left_out), tuple(right_out)


def _alike(word: str) -> str:
    """What of a word counts for a difference: white space and the shape of quotation marks do not."""
    if word.isspace():
        return " "
    return {"“": '"', "”": '"', "‘": "'", "’": "'"}.get(word, word.replace("’", "'"))


def _apart(passages: Sequence[Passage]) -> list[Passage]:
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (-p.score, p.source_span)):
        if not any(passage.source_span.overlaps(other.source_span) for other in kept):
            kept.append(passage)
    return sorted(kept, key=lambda p: p.source_span)


def _gaps(spans: Sequence[Span], text: str) -> list[Span]:
    """The stretches of ``text`` that no span covers, in order."""
    out: list[Span] = []
    done = 0
    for span in sorted(spans):
        if span.start > done:
            out.append(Span(done, span.start))
        done = max(done, span.end)
    return [*out, Span(done, len(text))]


def _only(kind: Kind, text: str, gaps: Sequence[Span]) -> list[Row]:
    """A row a paragraph of the stretches, blank ones left out."""
    out: list[Row] = []
    for gap in gaps:
        for match in re.finditer(r"\S(?:.*\S)?", gap.of(text)):
            span = Span(gap.start + match.start(), gap.start + match.end())
            piece = (Piece(span.of(text), differs=False),)
            out.append(
                Row(kind, left=piece, left_span=span)
                if kind == "only_left"
                else Row(kind, right=piece, right_span=span)
            )
    return out
