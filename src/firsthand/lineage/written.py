"""Words as they are written, for telling what changed between two texts: "kills" for "killed" is a change too.

Alignment folds words so that small changes do not hide a copy (``reading``); here they are what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from firsthand.model import Span
from firsthand.resources import table

from .reading import fold

_WRITTEN = re.compile(r"\d+(?:[/:]\d+)+|\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|[^\W_]+(?:['’.][^\W_]+)*")
_NEGATED = re.compile(r"n['’]t$")
#: Forms of "be": a participle after one names no speaker ("was told to leave", "is estimated at").
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
#: Verbs of speech that are nouns too, and who stands before them where they are verbs.
_NOUNS, _PRONOUNS = frozenset(("states", "reports", "claims")), frozenset(("he", "she", "it", "who", "which"))
#: Verbs that with one of these after them do what they say ("announced a reshuffle") instead of telling of it.
_DOING, _OWN = frozenset(("announced", "announces")), frozenset(("a", "an", "its", "his", "her", "their"))


class Word(NamedTuple):
    """A word as written but casefolded, where it stands, whether it has a capital ("the United States"), and whether a hyphen joins
    the next one to it."""

    text: str
    start: int
    end: int
    capital: bool
    hyphen: bool

    @property
    def span(self) -> Span:
        """Its characters."""
        return Span(self.start, self.end)

    @property
    def key(self) -> str:
        """The form that it shares with its close variants."""
        return fold(self.text) or self.text


class Change(NamedTuple):
    """A differing stretch of two sequences of words. ``inside``: between equal words; ``flanked``: that, or at one end."""

    mine: list[Word]
    theirs: list[Word]
    inside: bool
    flanked: bool


def words_of(text: str, span: Span) -> list[Word]:
    """The words of ``text`` in ``span``."""
    out: list[Word] = []
    for match in _WRITTEN.finditer(text, span.start, span.end):
        start, end = match.span()
        word = text[start:end]
        out.append(Word(word.casefold(), start, end, word[0].isupper(), text[end : end + 1] in ("-", "–")))
    return out


def changes(
    mine: Sequence[Word], theirs: Sequence[Word], my_keys: Sequence[str], their_keys: Sequence[str]
) -> Iterator[Change]:
    """Where two sequences of words differ by their keys."""
    blocks = list(LCSseq.opcodes(my_keys, their_keys))
    index = 0
    while index < len(blocks):
        start = index
        while index < len(blocks) and blocks[index].tag != "equal":
            index += 1
        if index > start:
            first, last = blocks[start], blocks[index - 1]
            yield Change(
                list(mine[first.src_start : last.src_end]),
                list(theirs[first.dest_start : last.dest_end]),
                start > 0 and index < len(blocks),
                start > 0 or index < len(blocks),
            )
        else:
            index += 1


def negations(words: Iterable[Word]) -> int:
    """How many of ``words`` negate."""
    return sum(negates(word) for word in words)


def negates(word: Word) -> bool:
    """Whether ``word`` negates."""
    return word.text in cues("negation") or bool(_NEGATED.search(word.text))


def compares(word: Word) -> bool:
    """Whether ``word`` sets a number against another one ("a higher toll")."""
    return not word.capital and word.text in cues("comparison")


def says(words: Sequence[Word], index: int) -> bool:
    """Whether the word at ``index`` of a sentence tells that somebody who is named there said something."""
    word, before, after = words[index], words[index - 1 : index], words[index + 1 : index + 2]
    # A capital tells "the United States" from "he states", but not at the start of a sentence.
    if word.text not in cues("speech") or (word.capital and index) or word.hyphen or any(w.hyphen for w in before):
        return False
    if any(w.text in _BE for w in before) and not any(w.text == "by" for w in after):
        return False
    if word.text in _NOUNS:
        return any(w.capital or w.text in _PRONOUNS for w in before) or any(w.text == "that" for w in after)
    if word.text in _DOING and any(w.text in _OWN for w in after):
        return False
    # "added a lane" tells of no speech; "he added that …" and "he added." do.
    return word.text != "added" or not after or after[0].text == "that" or after[0].start - word.end != 1


def holds(words: Sequence[Word], index: int) -> bool:
    """Whether the word at ``index`` tells what somebody holds to be so, without saying so in as many words: "suggested that"."""
    word, after = words[index], words[index + 1 : index + 2]
    return not word.capital and word.text in cues("voice") and any(w.text == "that" for w in after)


def voiced(words: Sequence[Word]) -> bool:
    """Whether anything in a sentence leaves it with a speaker: more than ``says`` takes for proof."""
    return any(
        (not word.capital or not index) and (word.text in cues("speech") or word.text in cues("voice"))
        for index, word in enumerate(words)
    )


@cache
def cues(kind: str) -> frozenset[str]:
    """The words listed under ``kind`` (speech, voice, negation, comparison)."""
    return frozenset(row["word"] for row in table("lineage/cues.tsv") if row["kind"] == kind)
