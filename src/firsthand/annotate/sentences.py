"""Sentence boundaries, before any parse: the parser is told them, so that only sentences worth parsing reach it.

News breaks the usual splitters at ranks ("Maj. Gen. Rasool"), initials, datelines and "U.S."; a line break always ends a
sentence. The rules here are a lexicon of abbreviations plus what may follow them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from firsthand.model import Sentence, Span
from firsthand.resources import table

_LINE = re.compile(r"[^\n]+")
# A full stop, question or exclamation mark with its closing quotes and brackets, then white space; or a full stop that lost
# its space ("… were killed.The army …").
_STOP = re.compile(
    r"[.!?…](?:[.!?…]*[\"”’')\]]*(?=\s)|(?<=[a-z]{2}\.)(?=[A-Z][a-z]+[\s,])|"
    r"(?<=[a-z]{2}[.!?])[\"”“](?=[A-Z][a-z’']+[\s,]|I[\s’']))"
)
_OPENER = re.compile(r"[\s]*[\"“‘'(\[]*([^\W_])")
_LAST_WORD = re.compile(r"([\w.’'-]+)\.[\"”’')\]]*$")
_INITIAL = re.compile(r"^[A-Z]$")
_ACRONYM = re.compile(r"^(?:[A-Za-z]\.)+[A-Za-z]$")
_CLOSED_BY = "\"”’')]"

# A line of at most this many words without a final stop reads as a heading; longer ones are sentences that lost their stop.
_HEADING_WORDS = 16


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"].rstrip(".").casefold(): row["ends"] for row in table("annotate/abbreviations.tsv")}


@cache
def titles() -> tuple[str, ...]:
    """Abbreviations with a capital that never end a sentence: ranks and forms of address."""
    rows = table("annotate/abbreviations.tsv")
    return tuple(row["abbreviation"] for row in rows if row["ends"] == "never" and row["abbreviation"][0].isupper())


@cache
def _starters() -> frozenset[str]:
    return frozenset(row["word"] for row in table("annotate/sentence_starters.tsv"))


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Unparsed sentences of ``text`` in order, with paragraph numbers and headings marked.

    >>> [s.span.of("He left. Maj. Gen. Roe of the U.S. Army did not.") for s in split_sentences(
    ...     "He left. Maj. Gen. Roe of the U.S. Army did not.")]
    ['He left.', 'Maj. Gen. Roe of the U.S. Army did not.']
    """
    lines = [line for line in _LINE.finditer(text) if line.group().strip()]
    out: list[Sentence] = []
    for paragraph, line in enumerate(lines):
        spans = list(_split_line(text, line.start(), line.end()))
        heading = len(lines) > 1 and len(spans) == 1 and is_heading(spans[0].of(text))
        out.extend(Sentence(span, paragraph=paragraph, heading=heading) for span in spans)
    return tuple(out)


def is_heading(line: str) -> bool:
    """A short line without a final stop, not a list item and not the end of a quotation.

    >>> is_heading("How have the militias responded?"), is_heading("Four people died, the mayor said.")
    (True, False)
    """
    line = line.strip()
    ended = line.rstrip(_CLOSED_BY).endswith((".", "!", "…", ":", ",", ";"))
    return not ended and 2 <= len(line.split()) <= _HEADING_WORDS


def _split_line(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        cut = stop.end() - _opens_quotation(text, start, stop)
        if _ends_sentence(text, begin, cut, end):
            yield from _trimmed(text, begin, cut)
            begin = cut
    yield from _trimmed(text, begin, end)


def _opens_quotation(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the mark behind a stop that lost its blank opens the next sentence ("… to stop.“Leave us,” she said"). Straight
    marks open after an even number of them in the line, which begins at ``start``."""
    if text[stop.end() : stop.end() + 1].isspace() or stop.end() - stop.start() < 2:
        return False
    mark = text[stop.end() - 1]
    return mark == "“" or (mark == '"' and text.count('"', start, stop.end() - 1) % 2 == 0)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _ends_sentence(text: str, begin: int, stop: int, end: int) -> bool:
    follows = _OPENER.match(text, stop, end)
    if not follows:
        return True  # nothing but white space, a dash or a bullet follows
    first = follows.group(1)
    if first.islower():
        return False
    closed = text[stop - 1] in _CLOSED_BY
    if closed or text[stop - 1] in "!?…":
        return True
    last = _LAST_WORD.search(text, begin, stop)
    if not last:
        return True
    return _word_may_end(last.group(1), text[follows.start(1) : end])


def _word_may_end(word: str, rest: str) -> bool:
    """Whether the full stop after ``word`` ends the sentence when ``rest`` follows."""
    following = rest.split(None, 1)[0].strip("\"”’',.:;()[]") if rest.strip() else ""
    rule = _abbreviations().get(word.casefold().lstrip("([\"“‘'"))
    if rule == "never":
        return False
    if rule == "number":
        return not rest[:1].isdigit()
    if rule == "starter" or _ACRONYM.match(word) or _INITIAL.match(word):
        return following in _starters()
    return True
