"""What a stretch of text is about: the event itself, or what followed. Reads ``resources/incidents/cues.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from firsthand.model import Span
from firsthand.resources import table

# A cue for another event this many characters into a sentence speaks for all of it: "In the capital, meanwhile, shells hit a mill".
_OPENING = 40
# Characters behind "that rebels seized" within which a date is that of the seizing.
_GROUND_REACH = 40
_CLAUSE_END = re.compile(r"[,;:—–]\s|\b(?:and|but) (?:that|said|says|added)\b|\b(?:while|but)\b")


class Cue(NamedTuple):
    """One cue: ``role`` event or aftermath, ``kind`` the incident type or sort of aftermath, ``[start, end)`` in the text."""

    role: str
    kind: str
    start: int
    end: int


@cache
def _patterns(role: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of ``role``, to be sought by ``_found``: in small letters, and without the border before them, since a
    search in lowered text for what opens with letters takes a fifth of the time."""
    return tuple(
        (row["kind"], re.compile(rf"(?:{_lowered_pattern(row['pattern'])})\b"))
        for row in table("incidents/cues.tsv")
        if row["role"] == role
    )


def _lowered_pattern(pattern: str) -> str:
    """``pattern`` in lower case, its escapes as they are."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), pattern)


def _lowered(text: str) -> str:
    """``text`` in lower case with its length kept."""
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" lowers to two code points
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered


def _found(pattern: re.Pattern[str], lowered: str) -> Iterator[Span]:
    """The matches that begin a word, in order, none overlapping."""
    match = pattern.search(lowered)
    while match is not None:
        start, end = match.span()
        begins = start == 0 or not (lowered[start - 1].isalnum() or lowered[start - 1] == "_")
        if begins:
            yield Span(start, end)
        match = pattern.search(lowered, end if begins else start + 1)


# Times, places and counts ask for the same sentence one after another: a report's worth of sentences is remembered.
@lru_cache(maxsize=256)
def cues(text: str, role: str) -> tuple[Cue, ...]:
    """All cues of ``role`` in ``text``, kind by kind."""
    lowered = _lowered(text)
    return tuple(Cue(role, kind, *span) for kind, pattern in _patterns(role) for span in _found(pattern, lowered))


def is_cause(sentence: str, offset: int) -> bool:
    """Whether what stands at ``offset`` belongs to an earlier event that the sentence's own answers: behind "in retaliation for",
    up to the comma or conjunction that ends it.

    >>> text = "In retaliation for the ambush at Dareth on Sunday, jets struck Orrin on Friday"
    >>> [is_cause(text, text.index(word)) for word in ("Dareth", "Sunday", "Orrin", "Friday")]
    [True, True, False, False]
    >>> text = "He called it revenge for Dareth and said that 11 soldiers died, and that two were held"
    >>> [is_cause(text, text.index(word)) for word in ("Dareth", "11", "two")]
    [True, False, False]
    """
    starts = (cue.end for cue in cues(sentence, "relation") if cue.kind == "retaliation_for" and cue.end <= offset)
    return any(not _CLAUSE_END.search(sentence, start, offset) for start in starts)


def beside(sentence: str, offset: int) -> str:
    """How what stands at ``offset`` is told beside the report's own event: "separate" ("elsewhere", "in another attack"),
    "meanwhile", "came_as" (behind "came hours after"); empty where it is not.

    >>> text = "Elsewhere, a mine killed two in Orrin"
    >>> beside(text, text.index("Orrin"))
    'separate'
    >>> text = "The raid on Dareth came as shells fell on Orrin"
    >>> [beside(text, text.index(word)) for word in ("Dareth", "Orrin")]
    ['', 'came_as']
    """
    found = (
        cue.kind
        for cue in cues(sentence, "beside")
        if cue.end <= offset or (cue.kind != "came_as" and cue.start <= _OPENING)
    )
    return next(found, "")


def is_background(sentence: str, offset: int, *, reach: int = _GROUND_REACH) -> bool:
    """Whether what stands at ``offset``, at most ``reach`` characters behind such words, tells when a place or person came to be
    where the event found them.

    >>> text = "Shells hit the town that rebels had seized on Monday"
    >>> is_background(text, text.index("Monday"))
    True
    """
    return any(
        cue.end <= offset <= cue.end + reach and not _CLAUSE_END.search(sentence, cue.end, offset)
        for cue in cues(sentence, "background")
    )


@cache
def is_body(word: str) -> bool:
    """Whether a run of capitalised words with ``word`` in it names a place or a body, not a person."""
    return any(pattern.fullmatch(_lowered(word)) for _, pattern in _patterns("body"))


@cache
def is_official(word: str) -> bool:
    """Whether a person introduced by ``word`` speaks or acts about events by office."""
    return any(pattern.fullmatch(_lowered(word)) for _, pattern in _patterns("official"))
