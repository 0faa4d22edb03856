"""What changed in the copy: quotations, numbers, names, negations, additions, dropped attributions.

Found from the words of aligned sentences as they are written, not as they are folded for alignment: "kills" for "killed" inside
quotation marks is a change too. A change is reported where both texts stand; which of them is right is not for this room.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import DamerauLevenshtein, LCSseq

from firsthand.model import Alteration, Document, Span, record_id
from firsthand.resources import table

from .align import Alignment, Side
from .reading import QUOTED, fold, quotations

Kind: TypeAlias = Literal["quote", "number", "name", "negation", "added", "dropped_attribution"]

#: Two quotations are versions of one where this share of the shorter one's words stands in the other, in order.
SAME_QUOTE, LEAST_QUOTE_WORDS = 0.6, 4
#: Names that differ in at most so many letters are one name in two spellings.
SPELLING = 2
#: Numbers and negations are compared only inside changes of at most so many words, both texts together, between words that agree;
#: a negation moreover only where this share of the two sentences' words agrees: "not only" and "instead of" pass for negations.
SMALL_CHANGE, SAME_NEGATED = 5, 0.7
#: A number that was converted is rounded: six kilometres for four miles, 250 kilograms for 500 pounds.
SAME_MEASURE = 0.12
#: Below this agreement two aligned sentences are told too differently for a missing word to mean anything.
SAME_SENTENCE = 0.5
#: An addition must carry this much weight and be a sentence, not a subheading.
LEAST_ADDED = 8.0

_WRITTEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_ASIDE = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEGATED = re.compile(r"n['’]t$")


class Word(NamedTuple):
    """A word as written but casefolded, where it stands, and whether it has a capital ("the United States")."""

    text: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True)
class _Pair:
    source: Document
    derived: Document
    alignment: Alignment

    @cached_property
    def numbers(self) -> tuple[frozenset[str], frozenset[str]]:
        """The numbers of source and derived."""
        texts = (self.source.text, self.derived.text)
        mine, theirs = (frozenset(map(_number, _words_of(text, Span(0, len(text))))) for text in texts)
        return mine, theirs

    def record(self, kind: Kind, source: Span | None, derived: Span | None, why: str) -> Alteration:
        mine = source.of(self.source.text) if source else ""
        theirs = derived.of(self.derived.text) if derived else ""
        spans = (*(source or (-1, -1)), *(derived or (-1, -1)))
        key = record_id("alt", self.source.id, self.derived.id, kind, *spans)
        return Alteration(key, self.source.id, self.derived.id, kind, source, derived, mine, theirs, why)


def alterations(
    source: Document, derived: Document, alignment: Alignment, *, known: Collection[int]
) -> list[Alteration]:
    """Differences between the aligned passages of ``source`` (left) and ``derived`` (right), in order of the derived text.

    ``known`` are the sentences of ``derived`` that some report of its origin has too: they are not additions.
    """
    pair = _Pair(source, derived, alignment)
    found = [*_quotes(pair), *_words(pair), *_attributions(pair), *_added(pair, known)]
    found.sort(key=lambda change: (change.derived_span or Span(0, 0), change.source_span or Span(0, 0), change.kind))
    return found


def altered_quotations(source: Document, derived: Document, alignment: Alignment) -> list[Alteration]:
    """The altered quotations alone: for reports that share a statement and nothing else."""
    return list(_quotes(_Pair(source, derived, alignment)))


def respelled_names(left: Document, right: Document, alignment: Alignment) -> list[tuple[str, str]]:
    """Names that the two texts write differently, as left and as right has them."""
    changes = _words(_Pair(left, right, alignment))
    return [(change.source_text, change.derived_text) for change in changes if change.kind == "name"]


def _quotes(pair: _Pair) -> Iterator[Alteration]:
    mine = [(span, words) for span in quotations(pair.source.text) if len(words := _spoken(pair.source.text, span)) > 2]
    for span in quotations(pair.derived.text):
        theirs = _spoken(pair.derived.text, span)
        if len(theirs) < LEAST_QUOTE_WORDS:
            continue
        best: tuple[float, Span, list[Word]] | None = None
        for candidate, words in mine:
            common = LCSseq.similarity([w.text for w in words], [w.text for w in theirs])
            score = common / min(len(words), len(theirs))
            if common >= LEAST_QUOTE_WORDS - 1 and score >= SAME_QUOTE and (best is None or score > best[0]):
                best = (score, candidate, words)
        if best and (why := _quote_change(best[2], theirs)):
            yield pair.record("quote", best[1], span, why)


def _spoken(text: str, span: Span) -> list[Word]:
    """The words of a quotation without what stands in brackets: that is the paper's, and everybody can see it."""
    asides = [match.span() for match in _ASIDE.finditer(text, span.start, span.end)]
    return [word for word in _words_of(text, span) if not any(start <= word.start < end for start, end in asides)]


def _quote_change(mine: Sequence[Word], theirs: Sequence[Word]) -> str:
    """How two versions of a quotation differ between the first and the last word they share; empty where one only cuts."""
    for change in _changes(mine, theirs, [_exact(w) for w in mine], [_exact(w) for w in theirs]):
        if change.inside:
            one, other = (" ".join(word.text for word in words) for words in (change.mine, change.theirs))
            if one and other:
                return f"Inside quotation marks one has “{one}” where the other has “{other}”."
            return f"Inside quotation marks only one of the two has “{one or other}”."
    return ""


class _Change(NamedTuple):
    """A differing stretch of two aligned sentences. ``inside``: between equal words; ``flanked``: that, or at one end."""

    mine: list[Word]
    theirs: list[Word]
    inside: bool
    flanked: bool

    @property
    def small(self) -> bool:
        """Whether what changed is little enough, beside words that agree, to be one thing said otherwise."""
        return self.flanked and len(self.mine) + len(self.theirs) <= SMALL_CHANGE


class _Sentences:
    """Two linked sentences as written and as folded."""

    def __init__(self, mine: list[Word], theirs: list[Word]) -> None:
        self.mine, self.theirs = mine, theirs
        self.my_keys, self.their_keys = [_key(word) for word in mine], [_key(word) for word in theirs]
        self.known = frozenset(self.my_keys), frozenset(self.their_keys)

    @cached_property
    def negated(self) -> str:
        """Which of the two is negated, where only one is and they are otherwise much the same; else empty."""
        mine, theirs = _negations(self.mine), _negations(self.theirs)
        if mine % 2 == theirs % 2:
            return ""
        common = LCSseq.similarity(self.my_keys, self.their_keys)
        if common < SAME_NEGATED * max(len(self.mine), len(self.theirs)):
            return ""
        return "the other" if theirs > mine else "one"


def _words(pair: _Pair) -> Iterator[Alteration]:
    left, right = pair.alignment.left, pair.alignment.right
    seen: set[tuple[str, ...]] = set()
    for link in pair.alignment.links:
        if left.sentence(link.left) == right.sentence(link.right):
            continue
        mine = _words_of(pair.source.text, left.reading.span(link.left))
        theirs = _words_of(pair.derived.text, right.reading.span(link.right))
        both = _Sentences(mine, theirs)
        found: list[_Found] = []
        for change in _changes(mine, theirs, both.my_keys, both.their_keys):
            found += _number_change(change, both)
            found += _name_change(change, both, pair)
            found += _negation_change(change, both)
        found += _number_exchanged(both, pair.numbers)
        for kind, source, derived, why in found:
            words = (source.of(pair.source.text), derived.of(pair.derived.text))
            key = (kind, *words, "" if kind == "name" else str(source))
            if key not in seen:
                seen.add(key)
                yield pair.record(kind, source, derived, why)


def _changes(
    mine: Sequence[Word], theirs: Sequence[Word], my_keys: Sequence[str], their_keys: Sequence[str]
) -> Iterator[_Change]:
    """Where two sequences of words differ by their keys."""
    blocks = list(LCSseq.opcodes(my_keys, their_keys))
    index = 0
    while index < len(blocks):
        start = index
        while index < len(blocks) and blocks[index].tag != "equal":
            index += 1
        if index > start:
            first, last = blocks[start], blocks[index - 1]
            yield _Change(
                list(mine[first.src_start : last.src_end]),
                list(theirs[first.dest_start : last.dest_end]),
                start > 0 and index < len(blocks),
                start > 0 or index < len(blocks),
            )
        else:
            index += 1


_Found: TypeAlias = tuple[Kind, Span, Span, str]


def _number_exchanged(both: _Sentences, elsewhere: tuple[Collection[str], Collection[str]]) -> Iterator[_Found]:
    """The one number of a sentence that the other text has nowhere, beside the one number there that this text has nowhere,
    where the sentence's other numbers agree, however it was told anew. ``elsewhere`` are the numbers of the whole texts."""
    mine = [(word, number) for word in both.mine if (number := _number(word))]
    theirs = [(word, number) for word in both.theirs if (number := _number(word))]
    source = [(word, number) for word, number in mine if number not in elsewhere[1]]
    derived = [(word, number) for word, number in theirs if number not in elsewhere[0]]
    if len(mine) == len(theirs) > 1 and len(source) == len(derived) == 1:
        (one, first), (other, second) = source[0], derived[0]
        if bool(_YEAR.fullmatch(first)) == bool(_YEAR.fullmatch(second)) and not _converted(one, other, both):
            yield _numbers_differ(one, other)


def _number(word: Word) -> str:
    """The digits of a number, without what is written close to it ("68bn", "30-year"); empty for words and times of day."""
    match = _DIGITS.match(_key(word))
    return match[0] if match and ":" not in word.text else ""


def _numbers_differ(one: Word, other: Word) -> _Found:
    why = f"The same sentence has {one.text} in one text and {other.text} in the other."
    return "number", _span(one), _span(other), why


def _number_change(change: _Change, both: _Sentences) -> Iterator[_Found]:
    if not change.small:
        return
    source = [word for word in change.mine if _key(word)[0].isdigit()]
    derived = [word for word in change.theirs if _key(word)[0].isdigit()]
    if len(source) != 1 or len(derived) != 1:
        return
    one, other = source[0], derived[0]
    if not _number(one) or not _number(other) or _number(one) == _number(other):
        return
    new = _key(one) not in both.known[1] and _key(other) not in both.known[0]
    if new and not _converted(one, other, both):
        yield _numbers_differ(one, other)


def _converted(one: Word, other: Word, both: _Sentences) -> bool:
    """Whether the two numbers measure the same in different units: "four miles" and "six kilometres"."""
    mine, theirs = _measured(one, both.mine), _measured(other, both.theirs)
    if mine is None or theirs is None or mine[0] == theirs[0] or mine[1] != theirs[1]:
        return False
    return abs(mine[2] - theirs[2]) <= SAME_MEASURE * max(mine[2], theirs[2])


def _measured(number: Word, sentence: Sequence[Word]) -> tuple[str, str, float] | None:
    """The unit that follows ``number``, the quantity it measures, and how much that is; None where none follows."""
    following = sentence[sentence.index(number) + 1 :][:1]
    unit = _units().get(following[0].text) if following else None
    if unit is None:
        return None
    return following[0].text, unit[0], unit[1] * float(_number(number))


def _name_change(change: _Change, both: _Sentences, pair: _Pair) -> Iterator[_Found]:
    elsewhere = both.known[0] & both.known[1]
    theirs = [word for word in change.theirs if word.capital and _key(word) not in elsewhere]
    if not theirs:
        return
    for one in (word for word in change.mine if word.capital and _key(word) not in elsewhere):
        for other in theirs:
            # Any word has a capital at the start of a sentence.
            if not (one is both.mine[0] and other is both.theirs[0]) and _respelled(one.text, other.text):
                a, b = _span(one).of(pair.source.text), _span(other).of(pair.derived.text)
                yield (
                    "name",
                    _span(one),
                    _span(other),
                    f"The same name is written “{a}” in one text and “{b}” in the other.",
                )


def _respelled(one: str, other: str) -> bool:
    """Whether two names are one in two spellings; "Pakistan" and "Pakistani", "Prof" and "Professor" are not."""
    shorter = min(len(one), len(other))
    if shorter < 4 or one.startswith(other) or other.startswith(one):
        return False
    limit = 1 if shorter == 4 else SPELLING
    distance: int = DamerauLevenshtein.distance(one, other, score_cutoff=limit)
    return distance <= limit


def _negation_change(change: _Change, both: _Sentences) -> Iterator[_Found]:
    if change.small and _negations(change.mine) != _negations(change.theirs) and both.negated:
        why = f"The same sentence is negated in {both.negated} of the two texts only."
        yield "negation", _extent(change.mine or both.mine), _extent(change.theirs or both.theirs), why


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
        if not _has_cue(_words_of(pair.source.text, span), "speech") or len(partners[index]) != 1:
            continue
        (counterpart,) = partners[index]
        around = range(max(0, counterpart - 1), min(len(right.sets), counterpart + 2))
        spans = [right.reading.span(k) for k in around]
        if any(_speaks(_words_of(pair.derived.text, s)) for s in spans) or _quoted(right, around):
            continue
        why = "The source says who said so; the copy states it as a fact."
        yield pair.record("dropped_attribution", span, right.reading.span(counterpart), why)


def _added(pair: _Pair, known: Collection[int]) -> Iterator[Alteration]:
    """Sentences without counterpart that claim something: they cite a speaker, give a number or compare."""
    right = pair.alignment.right
    for index in range(len(right.sets)):
        if index in known:
            continue
        span = right.reading.span(index)
        words = _words_of(pair.derived.text, span)
        if right.weights[index] < LEAST_ADDED or pair.derived.text[span.end - 1].isalnum():
            continue
        reasons = [
            f"“{word.text}”"
            for place, word in enumerate(words)
            if (_is_cue(word, "speech") and not _adds(words, place)) or _is_cue(word, "comparison")
        ]
        reasons += [word.text for word in words if _key(word)[0].isdigit() and _number(word) not in pair.numbers[0]]
        if reasons:
            why = (
                f"No other report of this origin has a counterpart of this claim ({', '.join(dict.fromkeys(reasons))})."
            )
            yield pair.record("added", None, span, why)


def _quoted(side: Side, sentences: Iterable[int]) -> bool:
    return any((side.reading.marks[side.bounds[k] : side.bounds[k + 1]] & QUOTED).any() for k in sentences)


def _words_of(text: str, span: Span) -> list[Word]:
    return [
        Word(m[0].casefold(), m.start(), m.end(), m[0][0].isupper())
        for m in _WRITTEN.finditer(text, span.start, span.end)
    ]


def _exact(word: Word) -> str:
    return word.text.replace("’", "'")


def _key(word: Word) -> str:
    return fold(word.text) or word.text


def _span(word: Word) -> Span:
    return Span(word.start, word.end)


def _negations(words: Iterable[Word]) -> int:
    return sum(word.text in cues("negation") or bool(_NEGATED.search(word.text)) for word in words)


def _is_cue(word: Word, kind: str) -> bool:
    return not word.capital and word.text in cues(kind)


def _has_cue(words: Sequence[Word], kind: str) -> bool:
    return any(_is_cue(word, kind) and not _adds(words, index) for index, word in enumerate(words))


def _adds(words: Sequence[Word], index: int) -> bool:
    """Whether "added" takes an object there ("added a lane") and tells of no speech ("he added that …", "he added.")."""
    word = words[index]
    if word.text != "added" or index + 1 == len(words):
        return False
    following = words[index + 1]
    return following.text != "that" and following.start - word.end == 1


def _speaks(words: Sequence[Word]) -> bool:
    return _has_cue(words, "speech") or _has_cue(words, "voice")


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {row["unit"]: (row["quantity"], float(row["factor"])) for row in table("lineage/units.tsv")}


@cache
def cues(kind: str) -> frozenset[str]:
    """The words listed under ``kind`` (speech, voice, negation, comparison)."""
    return frozenset(row["word"] for row in table("lineage/cues.tsv") if row["kind"] == kind)
