"""Quotations whose words differ between two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from firsthand.model import Span

from .names import respelled
from .reading import quotations
from .written import Word, changes, words_of

#: Two quotations are versions of one where this share of the shorter one's words stands in the other, in order.
SAME_QUOTE, LEAST_QUOTE_WORDS = 0.6, 4
#: Fewer words than the first at either end of what two versions share, with more than the second between them and the rest, are
#: there by chance: one text has broken the quotation up, and a stray "it" is no part of it.
STRAY_WORDS, STRAY_GAP = 3, 3

_ASIDE = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]")
_SHORT = re.compile(r"(it|that|what|who|here|there|he|she|i|you|we|they)'(s|re|ve|ll|m)|(.+)n't")
_FULL = {"s": "is", "re": "are", "ve": "have", "ll": "will", "m": "am", "ca": "can", "wo": "will", "sha": "shall"}


class _Quotation(NamedTuple):
    span: Span
    words: list[Word]
    asides: frozenset[str]

    @property
    def exact(self) -> list[str]:
        return [word.text for word in self.words]


def altered(source: str, derived: str) -> Iterator[tuple[Span, Span, str]]:
    """The quotations of ``derived`` whose words ``source`` gives otherwise: span in source, in derived, and how they differ."""
    mine, theirs = list(_spoken(source)), list(_spoken(derived))
    for quotation in theirs:
        best: tuple[float, float, _Quotation] | None = None
        for candidate in mine:
            common = LCSseq.similarity(candidate.exact, quotation.exact)
            sizes = len(candidate.words), len(quotation.words)
            score, likeness = common / min(sizes), 2 * common / sum(sizes)
            if score >= SAME_QUOTE and (best is None or (score, likeness) > best[:2]):
                best = (score, likeness, candidate)
        if best and (why := _difference(best[2], quotation)):
            yield best[2].span, quotation.span, why


def _spoken(text: str) -> Iterator[_Quotation]:
    """Quotations without what stands in brackets: that is the paper's, and everybody can see it."""
    for span in quotations(text):
        asides = [match.span() for match in _ASIDE.finditer(text, span.start, span.end)]
        words = [
            full
            for word in words_of(text, span)
            if not any(start <= word.start < end for start, end in asides)
            for full in _written_out(word)
        ]
        if len(words) >= LEAST_QUOTE_WORDS:
            inside = (word.text for start, end in asides for word in words_of(text, Span(start, end)))
            yield _Quotation(span, words, frozenset(inside))


def _written_out(word: Word) -> Iterator[Word]:
    """ "it's" as "it is": a paper's style, not another wording."""
    text = word.text.replace("’", "'")
    if match := _SHORT.fullmatch(text):
        first, second = (match[1], _FULL[match[2]]) if match[1] else (_FULL.get(match[3], match[3]), "not")
        yield word._replace(text=first)
        yield word._replace(text=second)
    else:
        yield word._replace(text=text)


def _difference(mine: _Quotation, theirs: _Quotation) -> str:
    """How two versions differ between the first and the last words they share; empty where one only cuts."""
    ours, others = _extent(mine.exact, theirs.exact)
    one, other = mine.words[ours], theirs.words[others]
    for change in changes(one, other, mine.exact[ours], theirs.exact[others]):
        if not change.inside or _same_words(change.mine, change.theirs):
            continue
        # "He [the minister] lied" and "the minister lied": what one puts in brackets the other has put in.
        if _told_aside(change.mine, theirs) or _told_aside(change.theirs, mine):
            continue
        words, instead = (" ".join(word.text for word in part) for part in (change.mine, change.theirs))
        if words and instead:
            return f"Inside quotation marks one has “{words}” where the other has “{instead}”."
        return f"Inside quotation marks only one of the two has “{words or instead}”."
    return ""


def _told_aside(words: Sequence[Word], other: _Quotation) -> bool:
    """Whether the ``other`` version has all ``words`` in brackets."""
    return bool(words) and other.asides.issuperset(word.text for word in words)


def _extent(mine: Sequence[str], theirs: Sequence[str]) -> tuple[slice, slice]:
    """From the first to the last words that the two share, strays left out."""
    blocks = [block for block in LCSseq.opcodes(mine, theirs) if block.tag == "equal"]

    def stray(block: int, neighbour: int) -> bool:
        first, second = sorted((block, neighbour))
        gap = max(blocks[second].src_start - blocks[first].src_end, blocks[second].dest_start - blocks[first].dest_end)
        return blocks[block].src_end - blocks[block].src_start < STRAY_WORDS and gap > STRAY_GAP

    first, last = 0, len(blocks) - 1
    while first < last and stray(first, first + 1):
        first += 1
    while last > first and stray(last, last - 1):
        last -= 1
    return (
        slice(blocks[first].src_start, blocks[last].src_end),
        slice(blocks[first].dest_start, blocks[last].dest_end),
    )


def _same_words(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether only spelling differs: "air strikes" and "airstrikes", or a name in another transcription."""
    one, other = ("".join(word.text for word in words) for words in (mine, theirs))
    named = len(mine) == len(theirs) == 1 and mine[0].capital and theirs[0].capital
    return one == other or (named and respelled(one, other))
