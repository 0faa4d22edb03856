"""Headlines In Title Case and ALL-CAPS wire text, lowered for the parser's eyes only; offsets and lengths stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from firsthand.model import Name, Sentence, Span

from .openings import behind_dateline

_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]+\b")
# Shares of capitalised words above which a line reads as set in capitals. Headlines in sentence case have names only, some
# 20–40%; in title case all but the small words, 75% and more. Checked on headlines of both kinds in tests/annotate.
_TITLE_CASE = 0.6
_ALL_CAPS = 0.8
_SMALL = frozenset(
    ("a an the of in on at to for from by with and or but as is are be it its near over after").split()  # noqa: SIM905
)


def parser_text(text: str, sentence: Sentence, names: Sequence[Name], report: str) -> str:
    """The sentence as the parser shall read it: without a dateline, and with capitals lowered outside ``names`` where it is set in
    capitals.

    A title-case line lowers the words that ``report``, the whole text, itself uses in lower case, and every word no name covers.
    The result has the length of the sentence from behind its dateline on.
    """
    start = behind_dateline(text, sentence)
    raw = text[start : sentence.span.end]
    found = [word for word in _WORD.findall(raw) if len(word) > 1]
    if len(found) < 4:
        return raw
    telling = [word for word in found if word.casefold() not in _SMALL]
    if not telling or sum([word[0].isupper() for word in telling]) < _TITLE_CASE * len(telling):
        return raw  # most sentences; the rest of the work is for headlines
    words = [m for m in _WORD.finditer(raw) if len(m.group()) > 1]
    long_words = [m for m in words if m.group().casefold() not in _SMALL]
    upper = sum(m.group().isupper() for m in long_words)
    capital = sum(m.group()[0].isupper() for m in long_words)
    if capital - upper > 0 and not _is_title(sentence, long_words, capital):
        return raw
    all_caps = upper >= _ALL_CAPS * len(long_words)
    covered = [name.span for name in names if name.span.overlaps(sentence.span)]
    out = list(raw)
    lower_words = _lower_words(report)
    for index, match in enumerate(words):
        span = Span(start + match.start(), start + match.end())
        if any(span.overlaps(name) for name in covered):
            if all_caps:
                _lower(out, match.start() + 1, match.end())
        elif index or match.group().casefold() in lower_words or all_caps:
            _lower(out, match.start(), match.end())
    return "".join(out)


@lru_cache(maxsize=8)
def _lower_words(report: str) -> frozenset[str]:
    """The words of ``report`` in lower case; made only for the few that have such a line."""
    return frozenset(_LOWER_WORD.findall(report))


def _is_title(sentence: Sentence, long_words: Sequence[re.Match[str]], capital: int) -> bool:
    """Running text full of names is not a headline: outside headings nearly every word must be capitalised."""
    return sentence.heading or capital >= 0.9 * len(long_words)


def _lower(letters: list[str], start: int, end: int) -> None:
    for position in range(start, end):
        lowered = letters[position].lower()
        if len(lowered) == 1:  # "İ" lowers to two code points
            letters[position] = lowered
