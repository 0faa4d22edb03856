"""What a stretch of text is about: the event itself, or what followed. Reads ``resources/incidents/cues.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from firsthand.resources import table


class Cue(NamedTuple):
    """One cue: ``role`` event or aftermath, ``kind`` the incident type or sort of aftermath, ``[start, end)`` in the text."""

    role: str
    kind: str
    start: int
    end: int


@cache
def _patterns(role: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE))
        for row in table("incidents/cues.tsv")
        if row["role"] == role
    )


def cues(text: str, role: str) -> Iterator[Cue]:
    """All cues of ``role`` in ``text``, kind by kind."""
    for kind, pattern in _patterns(role):
        for match in pattern.finditer(text):
            yield Cue(role, kind, match.start(), match.end())


@cache
def is_body(word: str) -> bool:
    """Whether a run of capitalised words with ``word`` in it names a place or a body, not a person."""
    return any(pattern.fullmatch(word) for _, pattern in _patterns("body"))


@cache
def is_official(word: str) -> bool:
    """Whether a person introduced by ``word`` speaks or acts about events by office."""
    return any(pattern.fullmatch(word) for _, pattern in _patterns("official"))
