"""Lines and paragraphs: hard-wrapped lines joined, runs of space made one, one blank line between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from .draft import Draft, Edit

# Blanks that become one.
_WIDE = re.compile(r"[ \t]{2,}|\t")

# Texts wrapped by mail programs and terminals break at 60 to 80 columns. A column of news lines is taken for wrapped where
# most of its lines are that long and go on in the next line; rerun tests/clean/test_cleaning.py before touching these.
WRAPPED_AT = (55, 90)
MOST = 0.6
SENTENCE_END = re.compile(r"""[.!?…:][\"'”’)\]»]*$""")
LIST_ITEM = re.compile(r"^\s*(?:[-*•–—·]|\d+[.)])\s")


class Line(NamedTuple):
    """A line without the space around it; offsets in the text."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, trimmed."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + len(line) - len(line.lstrip())
            yield Line(start, start + len(stripped), stripped)
        at += len(line) + 1


def begins_sentence(text: str, at: int, end: int) -> bool:
    """Whether a sentence or name begins at ``at``: before a small letter stood a part of the sentence."""
    rest = text[at:end].lstrip(" |•·–—-:.")
    return bool(rest) and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"'‘(«" or not rest[0].isascii())


def with_joined_lines(draft: Draft) -> Draft:
    """Hard-wrapped lines made whole paragraphs again; a hyphen at a line's end stays."""
    text = draft.text
    edits = []
    for lines in _blocks(text):
        if len(lines) < 2 or not _wrapped(lines):
            continue
        for line, following in pairwise(lines):
            if not LIST_ITEM.match(following.text):
                edits.append(Edit(line.end, following.start, " "))
    return draft.edited(edits, "wrapped lines joined", together=True)


def _blocks(text: str) -> Iterator[list[Line]]:
    """Lines that no blank line parts."""
    block: list[Line] = []
    for line in _lines(text):
        if block and text.count("\n", block[-1].end, line.start) > 1:
            yield block
            block = []
        block.append(line)
    yield block


def _wrapped(lines: list[Line]) -> bool:
    inner = lines[:-1]
    fits = [WRAPPED_AT[0] <= len(line.text) <= WRAPPED_AT[1] for line in inner]
    goes_on = [not SENTENCE_END.search(line.text) for line in inner]
    if max(len(line.text) for line in lines) > WRAPPED_AT[1]:
        return False
    small = sum(line.text[:1].islower() for line in lines[1:])
    enough = sum(fits) >= MOST * len(fits) and sum(goes_on) >= MOST * len(goes_on)
    # Headlines in a list are that long too, but each begins with a capital.
    return enough and small >= max(1, (len(lines) - 1) // 3)


def with_paragraphs(draft: Draft) -> Draft:
    """One space between words, no space at line ends, one blank line between paragraphs."""
    text = draft.text
    edits = []
    at = 0
    for line in _lines(text):
        gap = "\n\n" if at else ""
        if text[at : line.start] != gap:
            edits.append(_smallest(text, at, line.start, gap))
        edits += [Edit(m.start(), m.end(), " ") for m in _WIDE.finditer(text, line.start, line.end)]
        at = line.end
    if at < len(text):
        edits.append(Edit(at, len(text)))
    return draft.edited(edits, "white space", together=True)


def _smallest(text: str, start: int, end: int, wanted: str) -> Edit:
    """The edit that makes ``[start, end)`` read ``wanted`` and leaves standing what already does at its beginning."""
    while wanted and start < end and text[start] == wanted[0]:
        start, wanted = start + 1, wanted[1:]
    return Edit(start, end, wanted)
