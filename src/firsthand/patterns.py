"""Regular expressions that are sought fast: a pattern that opens with letters lets the search skip what cannot begin a match, one
that opens with a border, or that ignores case, is tried at every character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby


def any_of(words: Iterable[str], *, behind: str) -> str:
    r"""A pattern for any of ``words``, the longest first, where ``behind`` holds: a look-behind that sees the word's first letter
    as a last ``.``, such as ``(?<!\w.)``.

    >>> any_of(["mill", "mayor", "rail head"], behind=r"(?<!\w.)")
    '(?:m(?<!\\w.)(?:ayor|ill)|r(?<!\\w.)(?:ail\\ head))'
    """
    groups = groupby(sorted(set(words), key=lambda word: (word[0], -len(word), word)), key=lambda word: word[0])
    choices = (f"{re.escape(first)}{behind}(?:{'|'.join(re.escape(w[1:]) for w in group)})" for first, group in groups)
    return f"(?:{'|'.join(choices)})"


def lowered(text: str) -> str:
    """``text`` in lower case with its length kept, so that an offset in the one is an offset in the other."""
    low = text.lower()
    if len(low) != len(text):  # "İ" lowers to two code points
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return low
