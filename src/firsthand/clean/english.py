"""Whether a text is English, the one language that is read; a report in another must not pass as one that says nothing."""

from __future__ import annotations

import re

from firsthand.resources import word_set

# Words that hardly an English sentence does without and that are rare in other languages in Latin letters ("a", "in", "at", "for",
# "is", "by" and "was" are words of several). One word in five of English news is among them; of Norwegian, Dutch, French, German,
# Spanish, Italian, Swahili or Indonesian news none in fifty.
_COMMON = word_set(
    "the of and to were said with from that his has it been not who after which they their this would but its when while more "
    "are killing wounding injuring"
)
# English news in short hand ("A gunman opened fire in Selm on Tuesday, killing two") has one such word in twenty-five.
_SHARE = 1 / 25
# The first so many characters are enough, and fewer words than this say nothing of their language.
_LOOKED_AT = 2_000
_FEWEST = 12
_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Whether ``text`` reads as English; of a text too short to tell only its script decides.

    >>> is_english("The mayor said that two men were killed by a mine near the bridge.")
    True
    >>> is_english("Мэр сообщил, что двое мужчин погибли.")
    False
    """
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if not words:
        return True
    if len(words) >= _FEWEST:
        return sum(map(_COMMON.__contains__, words)) >= _SHARE * len(words)
    return 2 * sum(map(str.isascii, words)) >= len(words)


def why_silent(text: str) -> str:
    """Why a report with ``text`` says nothing, in a sentence, where that lies in the text; empty where it may have nothing to say.

    >>> why_silent(" "), why_silent("Nobody was hurt when the depot burned down on Monday, and no house stands near it.")
    ('No text was found in it.', '')
    """
    if not text or text.isspace():
        return "No text was found in it."
    return "" if is_english(text) else "It does not seem to be in English, the one language that is read."
