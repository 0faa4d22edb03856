"""Two reports side by side: aligned passages with only the differences marked, as data for a terminal or a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rapidfuzz.distance import LCSseq

from firsthand.model import Document, Span

from .align import Alignment, Side, align
from .reading import read
from .weights import Weights

SegmentKind: TypeAlias = Literal["same", "changed", "only_left", "only_right"]

#: Words in order, and share of the shorter sentence's words, that two sentences between the same neighbours must have in common to
#: stand beside each other: for the eye alone, no verdict rests on it.
LEAST_ALIKE, SHARE_ALIKE = 3, 0.5

_PIECE = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_SAME = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a row. Spans are into the documents' texts; the side that lacks it has None."""

    kind: SegmentKind
    left: Span | None
    right: Span | None


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that stand beside each other, or one that stands alone. ``moved``: it stands elsewhere in the other text."""

    left: Span | None
    right: Span | None
    segments: tuple[Segment, ...]
    moved: bool = False


def compare(left: Document, right: Document, weights: Weights | None = None) -> tuple[Row, ...]:
    """Rows that cover every sentence of both texts once, in the order of ``left``; what only ``right`` has follows its neighbour.

    ``weights`` are the ledger's; without them the two texts are taken for themselves.
    """
    readings = (read(left.id, left.text), read(right.id, right.text))
    weights = weights or Weights(readings)
    alignment = align(Side(readings[0], weights), Side(readings[1], weights))
    rows = []
    for lefts, rights, moved in _blocks(alignment):
        mine = _extent(alignment.left, lefts)
        theirs = _extent(alignment.right, rights)
        rows.append(Row(mine, theirs, tuple(_segments(left.text, mine, right.text, theirs)), moved))
    return tuple(rows)


def _extent(side: Side, sentences: list[int]) -> Span | None:
    if not sentences:
        return None
    return Span(side.reading.span(sentences[0]).start, side.reading.span(sentences[-1]).end)


def _blocks(alignment: Alignment) -> Iterator[tuple[list[int], list[int], bool]]:
    """Sentences of left, of right, and whether they were moved, row by row."""
    chain = [link for link in alignment.links if not link.moved]
    moved_left = {link.left: link.right for link in alignment.links if link.moved}
    moved_right = set(moved_left.values())
    at = beside = 0

    def alone(left_end: int, right_end: int) -> Iterator[tuple[list[int], list[int], bool]]:
        rights = [j for j in range(beside, right_end) if j not in moved_right]
        for i in range(at, left_end):
            if i in moved_left:
                yield [i], [moved_left[i]], True
                continue
            partner = next((j for j in rights if _alike(alignment, i, j)), None)
            while partner is not None and rights[0] != partner:
                yield [], [rights.pop(0)], False
            yield [i], [rights.pop(0)] if partner is not None else [], False
        for j in rights:
            yield [], [j], False

    index = 0
    while index < len(chain):
        block = [chain[index]]
        # A split or a merge shares a sentence with the link before it: one row.
        while index + 1 < len(chain) and (
            chain[index + 1].left == block[-1].left or chain[index + 1].right == block[-1].right
        ):
            index += 1
            block.append(chain[index])
        index += 1
        yield from alone(block[0].left, block[0].right)
        yield list(range(block[0].left, block[-1].left + 1)), list(range(block[0].right, block[-1].right + 1)), False
        at, beside = block[-1].left + 1, block[-1].right + 1
    yield from alone(len(alignment.left.sets), len(alignment.right.sets))


def _alike(alignment: Alignment, left: int, right: int) -> bool:
    """Whether two sentences that stand between the same neighbours are one, though their words tell too little to prove it."""
    mine, theirs = alignment.left.sentence(left), alignment.right.sentence(right)
    common: int = LCSseq.similarity(mine, theirs)
    return common >= LEAST_ALIKE and common >= SHARE_ALIKE * min(len(mine), len(theirs))


def _segments(left: str, mine: Span | None, right: str, theirs: Span | None) -> Iterator[Segment]:
    if mine is None or theirs is None:
        yield Segment("only_left" if mine else "only_right", mine, theirs)
        return
    a = [Span(*m.span()) for m in _PIECE.finditer(left, *mine)]
    b = [Span(*m.span()) for m in _PIECE.finditer(right, *theirs)]
    words = ([s.of(left).translate(_SAME) for s in a], [s.of(right).translate(_SAME) for s in b])
    gone: tuple[int, int, int, int] | None = None
    for block in LCSseq.opcodes(*words):
        if block.tag != "equal":
            first = gone or (block.src_start, block.src_end, block.dest_start, block.dest_end)
            gone = (first[0], block.src_end, first[2], block.dest_end)
            continue
        if gone:
            yield _difference(a, b, gone)
            gone = None
        yield Segment(
            "same",
            Span(a[block.src_start].start, a[block.src_end - 1].end),
            Span(b[block.dest_start].start, b[block.dest_end - 1].end),
        )
    if gone:
        yield _difference(a, b, gone)


def _difference(a: list[Span], b: list[Span], where: tuple[int, int, int, int]) -> Segment:
    mine = Span(a[where[0]].start, a[where[1] - 1].end) if where[1] > where[0] else None
    theirs = Span(b[where[2]].start, b[where[3] - 1].end) if where[3] > where[2] else None
    kind: SegmentKind = "changed" if mine and theirs else "only_left" if mine else "only_right"
    return Segment(kind, mine, theirs)
