"""What a stretch of text is about: the event itself, or what followed. Reads ``resources/incidents/cues.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from firsthand.model import Span
from firsthand.patterns import lowered
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
    """The patterns of ``role``, to be tried in small letters where a word begins."""
    return tuple(
        (row["kind"], re.compile(rf"(?:{_lowered_pattern(row['pattern'])})\b"))
        for row in table("incidents/cues.tsv")
        if row["role"] == role
    )


@cache
def _openings(role: str) -> tuple[re.Pattern[str], Mapping[str, tuple[int, ...]]]:
    """What stands where a match of ``role`` can begin, and by its first letters, three where they are fixed, the numbers of the
    patterns that can match there. The mark before a word is sought with it: that is several times as fast as to ask of each place
    if it is a border."""
    found: dict[str, list[int]] = {}
    rows = [row["pattern"] for row in table("incidents/cues.tsv") if row["role"] == role]
    for number, pattern in enumerate(rows):
        for opening in _opening(_lowered_pattern(pattern)):
            found.setdefault(opening, []).append(number)
    if "" in found:
        raise ValueError(
            f"a pattern of {role} in incidents/cues.tsv opens with neither letters nor alternatives that do"
        )
    begins = "|".join(_either(first, openings) for first, openings in groupby(sorted(found), key=itemgetter(0)))
    # Where two letters open one pattern and three another, the longer is read and stands for both.
    numbers = {
        opening: (*known, *(found.get(opening[:2], ()) if len(opening) > 2 else ())) for opening, known in found.items()
    }
    return re.compile(rf"\W({begins})"), numbers


def _either(first: str, openings: Iterable[str]) -> str:
    """What matches each of ``openings``, which begin with the letter ``first``, the longest first."""
    thirds: dict[str, set[str]] = {}
    for opening in openings:
        thirds.setdefault(opening[1:2], set()).add(opening[2:])
    word = [rf"{first}\b"] if thirds.pop("", None) else []
    choices = []
    for second, letters in thirds.items():
        third = "".join(sorted(letters))
        choices.append(second + (f"[{third}]" if third else "") + ("?" if third and "" in letters else ""))
    return "|".join([*word, f"{first}(?:{'|'.join(choices)})"] if choices else word)


def _opening(pattern: str) -> set[str]:
    """The letters with which matches of ``pattern`` begin, three or two, or the letter that is a word; "" for what begins
    otherwise."""
    return set().union(*(_opening_of(choice) for choice in _choices(pattern)))


def _opening_of(choice: str) -> set[str]:
    plain = re.match(r"[a-z]{3}(?![?*{])|[a-z]{2}(?![?*{])|[a-z](?= )", choice)
    if plain is not None:
        return {plain[0]}
    if not choice.startswith("(?:"):
        return {""}
    depth, end = 1, 3
    while depth:
        depth += (choice[end] == "(") - (choice[end] == ")")
        end += 1
    inside, rest = _opening(choice[3 : end - 1]), choice[end:]
    if rest.startswith(("*", "{")):
        return {""}
    return inside | _opening_of(rest[1:]) if rest.startswith("?") else inside


def _choices(pattern: str) -> list[str]:
    """The alternatives of ``pattern``, cut at each bar that no bracket holds."""
    out, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            out.append("")
        else:
            out[-1] += char
    return out


def _lowered_pattern(pattern: str) -> str:
    """``pattern`` in lower case, its escapes as they are."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), pattern)


def _found(role: str, text: str) -> dict[int, list[Span]]:
    """The matches of each pattern of ``role`` that begin a word of ``text``, which is in lower case, in order, those of one pattern
    never overlapping."""
    patterns, (begins, numbers) = _patterns(role), _openings(role)
    out: dict[int, list[Span]] = {}
    for begin in begins.finditer(f" {text}"):
        start = begin.start()
        for number in numbers[begin[1]]:
            before = out.get(number)
            if before is not None and start < before[-1].end:
                continue
            match = patterns[number][1].match(text, start)
            if match is not None:
                out.setdefault(number, []).append(Span(start, match.end()))
    return out


# Times, places and counts ask for the same sentence one after another: a report's worth of sentences is remembered.
@lru_cache(maxsize=256)
def cues(text: str, role: str) -> tuple[Cue, ...]:
    """All cues of ``role`` in ``text``, kind by kind."""
    patterns = _patterns(role)
    return tuple(
        Cue(role, patterns[number][0], *span)
        for number, spans in sorted(_found(role, lowered(text)).items())
        for span in spans
    )


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
    return any(pattern.fullmatch(lowered(word)) for _, pattern in _patterns("body"))


@cache
def is_official(word: str) -> bool:
    """Whether a person introduced by ``word`` speaks or acts about events by office."""
    return any(pattern.fullmatch(lowered(word)) for _, pattern in _patterns("official"))
