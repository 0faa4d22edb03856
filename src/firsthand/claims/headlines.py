"""Statements whose source a mark sets apart, as headlines, tickers and posts do: "Blast kills four: police", "Ministry: four dead",
"Four dead in raid - observatory", "Four dead (army)", "Source: police".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from firsthand.model import Span

from .grammar import FINITE, Clauses
from .reading import Draft, Reading
from .source_nouns import closing_source_words, noun_kinds, source_words
from .sources import titular

# A source beside a headline's mark, or in front of a paragraph's colon, has at most so many words; behind a mark in running text,
# where a list may follow, fewer.
_LONGEST = 6
_LONGEST_BEHIND = 2
# Where somebody says it, behind his name and in front of the colon: "Army via its channel: …", "Governor on Telegram: …".
_VENUES = (" via ", " on ", " in ", " through ", " by ")
_BODIES = frozenset({"organisation", "group"})
# Words after which a source's noun is no source: "Anger at police: …".
_APART = frozenset({"with", "at", "against", "over", "on", "about", "by", "after", "before", "to", "versus", "vs"})
_EDGE = " .-–—:()"
_QUOTES = ("“", '"', "‘", "'", "«")


def headline_statements(reading: Reading, at: int) -> Iterator[Draft]:
    """The statement of sentence ``at`` beside whose source a mark stands, and in a headline the same without its mark where the
    last words can only be a source ("44 dead in raid monitor")."""
    sentence = reading.sentences[at]
    clauses = reading.clauses.get(at)
    if clauses is None or len(clauses.tokens) < 4:
        return
    draft = _marked(reading, at, clauses)
    if draft is None and sentence.heading:
        draft = _unmarked(reading, at, clauses)
    if draft is not None:
        yield draft


def _marked(reading: Reading, at: int, clauses: Clauses) -> Draft | None:
    sentence = reading.sentences[at]
    text = sentence.span.of(reading.text)
    start = sentence.span.start
    longest = _LONGEST if sentence.heading else _LONGEST_BEHIND
    for mark in (":", " - ", " – ", " — ", " (") if sentence.heading or _closes_paragraph(reading, at) else (":",):
        cut = text.rfind(mark)
        if cut <= 0 or (mark == " (" and not text.rstrip(" .").endswith(")")):
            continue
        before, after = Span(start, start + cut), Span(start + cut + len(mark), sentence.span.end)
        if _names_source(reading, after, longest=longest, behind=True) and not _labels(reading, before):
            return _headline(reading, at, before, after, cut)
        if mark == ":" and text.find(mark) == cut and _leads(reading, at, clauses, before):
            return _headline(reading, at, after, before, cut)
    return None


def _closes_paragraph(reading: Reading, at: int) -> bool:
    following = at + 1 < len(reading.sentences) and reading.sentences[at + 1].paragraph
    return following is False or following != reading.sentences[at].paragraph


def _labels(reading: Reading, span: Span) -> bool:
    """Whether "Source" itself stands before the colon."""
    return span.of(reading.text).strip().casefold() in ("source", "sources")


def _leads(reading: Reading, at: int, clauses: Clauses, before: Span) -> bool:
    """Whether the words before a colon are whose words stand behind it: in running text they open a paragraph, and a clause or a
    quotation follows them, not a list."""
    if reading.sentences[at].heading:
        return _names_source(reading, before, longest=_LONGEST, behind=False)
    if at and reading.sentences[at - 1].paragraph == reading.sentences[at].paragraph:
        return False
    behind = [token for token in clauses.tokens if token.start > before.end]
    clause = any(token.tag in FINITE for token in behind) or (bool(behind) and behind[0].text in _QUOTES)
    label = before.of(reading.text)
    for venue in _VENUES:
        name, found, rest = label.partition(venue)
        if found and 0 < len(rest.split()) <= _LONGEST:
            label = name
    span = Span(before.start, before.start + len(label))
    if noun_kinds().get((label.casefold().split() or [""])[-1]) == "document":
        return False  # "Editor's note: …"
    return clause and _names_source(reading, span, longest=_LONGEST, behind=False)


def _names_source(reading: Reading, span: Span, *, longest: int, behind: bool) -> bool:
    """Whether the words name a source: the last one, or the one before "for", says so; a title before a name; in front of what is
    said also the name of a person or body."""
    words = span.of(reading.text).strip(_EDGE).split()
    small = [word.casefold() for word in words]
    if not 0 < len(words) <= longest or any(word[:1].isdigit() for word in words) or not _APART.isdisjoint(small):
        return False
    heads = [small[-1], *(word for word, after in pairwise(small) if after in ("for", "of"))]
    if any(head in source_words() or head in closing_source_words() for head in heads):
        return True
    if len(words) > 1 and titular(words[0]) and all(word[:1].isupper() for word in words):
        return True
    return not behind and _is_name(reading, span, words)


def _is_name(reading: Reading, span: Span, words: list[str]) -> bool:
    first = reading.text.find(words[0], span.start)
    for name in reading.layer.names:
        if name.span.start == first and len(name.span.of(reading.text).split()) == len(words):
            return name.kind == "person" or (name.kind in _BODIES and name.basis == "lexicon")
    return False


def _unmarked(reading: Reading, at: int, clauses: Clauses) -> Draft | None:
    last = len(clauses.tokens) - 1
    while last > 0 and clauses.tokens[last].pos == "PUNCT":
        last -= 1
    first = last
    words = closing_source_words()
    while first > 0 and clauses.tokens[first - 1].text.casefold() in words and clauses.tokens[first].pos != "ADP":
        first -= 1
    closing = clauses.tokens[last].text.casefold() in words and first > 2
    if not closing or clauses.tokens[first - 1].tag in ("IN", "DT", "JJ"):
        return None
    source = clauses.span(first, last)
    return _headline(reading, at, Span(reading.sentences[at].span.start, source.start), source, None)


def _headline(reading: Reading, at: int, content: Span, source: Span, cut: int | None) -> Draft:
    def trimmed(span: Span) -> Span:
        low, high = span
        while low < high and reading.text[low] in _EDGE:
            low += 1
        while high > low and reading.text[high - 1] in _EDGE:
            high -= 1
        return Span(low, high)

    start = reading.sentences[at].span.start
    mark = Span(start + cut, start + cut + 1) if cut is not None else None
    return Draft(at, None, None, [trimmed(content)], "headline", source_span=trimmed(source), cue_span=mark)
