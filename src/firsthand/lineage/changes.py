"""What changed in the copy: quotations, numbers, names, negations, additions, dropped attributions.

Found from the words of aligned sentences as they are written. A change is reported where both texts stand; which of them is
right is not for this room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from rapidfuzz.distance import LCSseq

from firsthand.model import Alteration, Document, Span, record_id

from . import numbers
from .align import Alignment, Side
from .names import respelled
from .quoted import altered
from .reading import QUOTED
from .written import Change, Word, changes, compares, holds, negates, negations, says, voiced, words_of

Kind: TypeAlias = Literal["quote", "number", "name", "negation", "added", "dropped_attribution"]

#: Numbers and negations are compared only inside changes of at most so many words, both texts together, between words that agree;
#: a negation moreover only where this share of the two sentences' words agrees: "not only" and "instead of" pass for negations.
SMALL_CHANGE, SAME_NEGATED = 5, 0.7
#: Below this agreement two aligned sentences are told too differently for a missing word to mean anything; a counterpart of fewer
#: words is a heading, and a first line of fewer than the third number a headline.
SAME_SENTENCE, LEAST_WORDS, HEADLINE_WORDS = 0.5, 5, 12
#: An addition must carry this much weight and be a sentence, not a subheading.
LEAST_ADDED = 8.0
#: What may come with a negation that is put into a sentence; with anything else it belongs to a phrase of its own ("with no
#: wounds").
_AUXILIARIES = "do does did has have had is are was were be been will would can could"
_WITH_NEGATION = frozenset((*_AUXILIARIES.split(" "), "to", "out"))
#: What stands before a number that takes up what was told before.
_TAKEN_UP = frozenset(("the", "these", "those", "all", "its", "his", "her", "their", "our", "other"))
#: "inappropriate" says "not appropriate".
_PREFIXES = ("in", "un", "im", "ir", "il", "dis", "non")


#: Whether a word is one that others write so too.
Established: TypeAlias = Callable[[str], bool]


def never(_: str) -> bool:
    """Nothing is known of how others write it."""
    return False


@dataclass(frozen=True)
class _Pair:
    source: Document
    derived: Document
    alignment: Alignment
    established: Established = never
    reworded: bool = False

    @cached_property
    def numbers(self) -> tuple[frozenset[str], frozenset[str]]:
        """The numbers of source and derived."""
        mine, theirs = (
            frozenset(digits for _, digits in numbers.numbers(words_of(text, Span(0, len(text)))))
            for text in (self.source.text, self.derived.text)
        )
        return mine, theirs

    @cached_property
    def source_keys(self) -> list[str]:
        """The folded words of source, what belongs to its site and not to the story included."""
        return [word.key for word in words_of(self.source.text, Span(0, len(self.source.text)))]

    def in_source(self, words: Sequence[Word]) -> bool:
        """Whether source has all ``words``, one after the other."""
        return f" {' '.join(word.key for word in words)} " in f" {' '.join(self.source_keys)} "

    def record(self, kind: Kind, source: Span | None, derived: Span | None, why: str) -> Alteration:
        mine = source.of(self.source.text) if source else ""
        theirs = derived.of(self.derived.text) if derived else ""
        spans = (*(source or (-1, -1)), *(derived or (-1, -1)))
        key = record_id("alt", self.source.id, self.derived.id, kind, *spans)
        return Alteration(key, self.source.id, self.derived.id, kind, source, derived, mine, theirs, why)


def alterations(
    source: Document,
    derived: Document,
    alignment: Alignment,
    *,
    known: Collection[int],
    established: Established = never,
    reworded: bool = False,
) -> list[Alteration]:
    """Differences between the aligned passages of ``source`` (left) and ``derived`` (right), in order of the derived text.

    ``known`` are the sentences of ``derived`` that some report of its origin has too: they are not additions. Two spellings of a
    name that both are ``established`` elsewhere are two transcriptions, not a change. Of a ``reworded`` copy a sentence without
    counterpart may be one that was told anew: what it adds must be a name, a number or a comparison.
    """
    pair = _Pair(source, derived, alignment, established, reworded)
    found = [*_quotes(pair), *_words(pair), *_attributions(pair), *_added(pair, known)]
    found.sort(key=lambda change: (change.derived_span or Span(0, 0), change.source_span or Span(0, 0), change.kind))
    return found


def altered_quotations(source: Document, derived: Document, alignment: Alignment) -> list[Alteration]:
    """The altered quotations alone: for reports that share a statement and nothing else."""
    return list(_quotes(_Pair(source, derived, alignment)))


def respelled_names(left: Document, right: Document, alignment: Alignment) -> list[tuple[str, str]]:
    """Names that the two texts write differently, as left and as right has them."""
    pair = _Pair(left, right, alignment)
    found = (
        change
        for both in _linked(pair)
        for stretch in changes(both.mine, both.theirs, both.my_keys, both.their_keys)
        for change in _name_change(stretch, both, pair)
    )
    return list(dict.fromkeys((source.of(left.text), derived.of(right.text)) for _, source, derived, _ in found))


def _quotes(pair: _Pair) -> Iterator[Alteration]:
    for mine, theirs, why in altered(pair.source.text, pair.derived.text):
        yield pair.record("quote", mine, theirs, why)


class _Sentences:
    """Two linked sentences as written and as folded."""

    def __init__(self, mine: list[Word], theirs: list[Word]) -> None:
        self.mine, self.theirs = mine, theirs
        self.my_keys, self.their_keys = [word.key for word in mine], [word.key for word in theirs]
        self.common = frozenset(self.my_keys) & frozenset(self.their_keys)
        self.counted = numbers.Counted.of(mine), numbers.Counted.of(theirs)

    @cached_property
    def negated(self) -> bool:
        """Whether only one of the two is negated while they are otherwise much the same."""
        if negations(self.mine) % 2 == negations(self.theirs) % 2:
            return False
        common = LCSseq.similarity(self.my_keys, self.their_keys)
        return common >= SAME_NEGATED * max(len(self.mine), len(self.theirs))


_Found: TypeAlias = tuple[Kind, Span, Span, str]


def _words(pair: _Pair) -> Iterator[Alteration]:
    seen: set[tuple[str, ...]] = set()
    for both in _linked(pair):
        for kind, source, derived, why in _within(pair, both):
            words = (source.of(pair.source.text), derived.of(pair.derived.text))
            key = (kind, *words, "" if kind == "name" else str(source))
            if key not in seen:
                seen.add(key)
                yield pair.record(kind, source, derived, why)


def _linked(pair: _Pair) -> Iterator[_Sentences]:
    """The linked sentences that differ."""
    left, right = pair.alignment.left, pair.alignment.right
    for link in pair.alignment.links:
        if left.sentence(link.left) != right.sentence(link.right):
            mine = words_of(pair.source.text, left.reading.span(link.left))
            theirs = words_of(pair.derived.text, right.reading.span(link.right))
            yield _Sentences(mine, theirs)


def _within(pair: _Pair, both: _Sentences) -> Iterator[_Found]:
    """What changed between two linked sentences."""
    exchanged = list(numbers.exchanged(both.counted, pair.numbers))
    for change in changes(both.mine, both.theirs, both.my_keys, both.their_keys):
        small = change.flanked and len(change.mine) + len(change.theirs) <= SMALL_CHANGE
        if small:
            exchanged += numbers.changed(change, both.counted, pair.numbers)
        yield from _name_change(change, both, pair)
        if small:
            yield from _negation_change(change, both)
    for one, other in dict.fromkeys(exchanged):
        # In one order whichever was copied from which: the same change in several copies is told once.
        first, second = sorted((one.text, other.text), key=lambda text: (len(text), text))
        why = f"The same sentence has {first} in one text and {second} in the other."
        yield "number", one.span, other.span, why


def _name_change(change: Change, both: _Sentences, pair: _Pair) -> Iterator[_Found]:
    theirs = [word for word in change.theirs if word.capital and word.key not in both.common]
    if not theirs:
        return
    for one in (word for word in change.mine if word.capital and word.key not in both.common):
        for other in theirs:
            # Any word has a capital at the start of a sentence.
            if one is both.mine[0] and other is both.theirs[0]:
                continue
            if respelled(one.text, other.text) and not (pair.established(one.text) and pair.established(other.text)):
                a, b = one.span.of(pair.source.text), other.span.of(pair.derived.text)
                why = f"The same name is written “{a}” in one text and “{b}” in the other."
                yield "name", one.span, other.span, why


def _negation_change(change: Change, both: _Sentences) -> Iterator[_Found]:
    if negations(change.mine) == negations(change.theirs) or not both.negated or _negated_by_prefix(change):
        return
    put_in = [word for word in change.mine or change.theirs if not negates(word)]
    if not (change.mine and change.theirs) and any(word.text not in _WITH_NEGATION for word in put_in):
        return
    words = next(word.text for word in (*change.mine, *change.theirs) if negates(word))
    why = f"The same sentence is negated in one of the two texts only (“{words}”)."
    yield "negation", _extent(change.mine or both.mine), _extent(change.theirs or both.theirs), why


def _negated_by_prefix(change: Change) -> bool:
    mine, theirs = ({word.text for word in words} for words in (change.mine, change.theirs))
    return any(
        prefix + word in one
        for one, other in ((mine, theirs), (theirs, mine))
        for word in other
        for prefix in _PREFIXES
    )


def _extent(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)


def _attributions(pair: _Pair) -> Iterator[Alteration]:
    """Sentences that lost whoever said so: the source names a speaker, no counterpart does, and none is quoted."""
    left, right = pair.alignment.left, pair.alignment.right
    partners: dict[int, list[int]] = {}
    strong: set[int] = set()
    for link in pair.alignment.links:
        partners.setdefault(link.left, []).append(link.right)
        if link.contained >= SAME_SENTENCE:
            strong.add(link.left)
    for index in sorted(strong):
        span = left.reading.span(index)
        words = words_of(pair.source.text, span)
        if len(partners[index]) != 1 or not any(says(words, place) for place in range(len(words))):
            continue
        (counterpart,) = partners[index]
        around = range(max(0, counterpart - 1), min(len(right.sets), counterpart + 2))
        told = [words_of(pair.derived.text, right.reading.span(k)) for k in around]
        if any(map(voiced, told)) or _quoted(right, around) or _heading(pair, counterpart):
            continue
        why = "The source says who said so; the copy states it as a fact."
        yield pair.record("dropped_attribution", span, right.reading.span(counterpart), why)


def _added(pair: _Pair, known: Collection[int]) -> Iterator[Alteration]:
    """Sentences without counterpart that claim something: they cite a speaker, give a number or compare."""
    right = pair.alignment.right
    for index in range(len(right.sets)):
        span = right.reading.span(index)
        if index in known or right.weights[index] < LEAST_ADDED or pair.derived.text[span.end - 1].isalnum():
            continue
        words = words_of(pair.derived.text, span)
        told_anew = pair.reworded and not _names_somebody(words, frozenset(pair.source_keys))
        reasons = [
            f"“{word.text}”"
            for place, word in enumerate(words)
            if compares(word) or (not told_anew and (says(words, place) or holds(words, place)))
        ]
        reasons += [
            word.text
            for word, digits in numbers.numbers(words)
            if digits not in pair.numbers[0] and not _counted_before(word, words)
        ]
        if reasons and not pair.in_source(words):
            told = ", ".join(dict.fromkeys(reasons))
            why = f"No other report of this origin has a counterpart of this claim ({told})."
            yield pair.record("added", None, span, why)


def _counted_before(number: Word, words: Sequence[Word]) -> bool:
    """Whether a number takes up what was told before: "the two leaders"."""
    index = words.index(number)
    return number.text.isalpha() and index > 0 and words[index - 1].text in _TAKEN_UP


def _names_somebody(words: Sequence[Word], known: Collection[str]) -> bool:
    """Whether a sentence has a name that is not ``known``."""
    return any(word.capital and word.key not in known for word in words[1:])


def _heading(pair: _Pair, index: int) -> bool:
    """Whether a sentence of the derived text is a heading, or the headline above it."""
    side, text = pair.alignment.right, pair.derived.text
    size, span = len(side.sentence(index)), side.reading.span(index)
    following = text[span.end :].lstrip(" ")
    headline = not text[: span.start].strip() and (not following or following.startswith("\n"))
    return size < (HEADLINE_WORDS if headline else LEAST_WORDS)


def _quoted(side: Side, sentences: Iterable[int]) -> bool:
    return any((side.reading.marks[side.bounds[k] : side.bounds[k + 1]] & QUOTED).any() for k in sentences)
