"""A text cut into stretches, so that a template can mark claims in it without ever handling markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from firsthand.model import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show at ``span``: ``kind`` is a style's name, ``ids`` what it belongs to."""

    span: Span
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with the marks that cover all of it, outermost first. ``start`` is its offset in the whole."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()


def stretches(text: str, marks: Iterable[Mark]) -> list[Stretch]:
    """``text`` in pieces that no mark begins or ends inside of. Joined, the pieces are the text again.

    >>> [(s.text, [m.id for m in s.marks]) for s in stretches("abcd", [Mark(Span(1, 3), "claim", "c1")])]
    [('a', []), ('bc', ['c1']), ('d', [])]
    """
    inside = [mark for mark in marks if 0 <= mark.span.start < mark.span.end <= len(text)]
    ordered = sorted(inside, key=lambda mark: (mark.span.start, -mark.span.end, mark.id))
    edges = sorted({0, len(text), *(edge for mark in inside for edge in mark.span)})
    out: list[Stretch] = []
    for start, end in pairwise(edges):
        covering = tuple(mark for mark in ordered if mark.span.start <= start and end <= mark.span.end)
        out.append(Stretch(text[start:end], start, covering))
    return out


def paragraphs(pieces: Sequence[Stretch]) -> list[list[Stretch]]:
    """The stretches grouped by paragraph: blank lines part them and are left out."""
    out: list[list[Stretch]] = [[]]
    for piece in pieces:
        offset = piece.start
        for index, part in enumerate(piece.text.split("\n\n")):
            if index:
                out.append([])
                offset += 2
            if part:
                out[-1].append(Stretch(part, offset, piece.marks))
            offset += len(part)
    return [paragraph for paragraph in out if paragraph]
