"""Words and runs of capitalised words: what names, places and organisations are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from firsthand.resources import name_particles, table

from .folding import words_of

# Dotted capitals ("U.S.", "D.C.") are one word; apostrophes inside a word belong to it; hyphens part words.
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’‘`ʻʼ´][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’‘`ʼ´][sS]$")
PARTICLES = name_particles(assimilated=True)

_HYPHENATED = frozenset(row["word"] for row in table("names/particles.tsv") if row["kind"])


class Word(NamedTuple):
    """One word. ``end`` leaves out a possessive ending. ``fold`` is its key; ``upper``: it begins with a capital.

    (or a digit, or a letter of a script without case). ``gap`` is the text between it and the word before.
    """

    start: int
    end: int
    text: str
    fold: str
    upper: bool
    gap: str
    possessive: bool = False

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


# Word(...) without the call in between: every word of a pile comes by here.
_word: Callable[[tuple[int, int, str, str, bool, str, bool]], Word] = partial(tuple.__new__, Word)


@lru_cache(maxsize=8)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order. Remembered, since names and places both ask for the same text."""
    out: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        possessive = False
        if not word.isalnum():
            possessive = _POSSESSIVE.search(word) is not None
            word = word[:-2] if possessive else word
        fold = word.lower() if word.isascii() and word.isalnum() else "".join(words_of(word.replace(".", "")))
        out.append(_word((start, start + len(word), word, fold, not word[0].islower(), text[last:start], possessive)))
        last = end
    return tuple(out)


def joins(gap: str) -> bool:
    """Whether the text between two words lets both belong to one name: a space, a hyphen, the point of an abbreviation."""
    return gap in (" ", "-", ". ", ".", "\u00a0", "  ", "–", "/", "'", "’") or (gap.isspace() and "\n" not in gap)


def article(words: tuple[Word, ...], index: int) -> bool:
    """Whether the word at ``index`` is an Arabic article written small before a name: "al Qaim", "ad-Dali"."""
    if index + 1 >= len(words) or not words[index + 1].upper or words[index + 1].gap not in ("-", " ", "‑"):
        return False
    return words[index].fold in _HYPHENATED and (words[index + 1].gap != " " or words[index].fold in ("al", "el"))


def runs_of(words: tuple[Word, ...], *, particles: frozenset[str] = PARTICLES) -> list[tuple[int, int]]:
    """``[first, last)`` word indices of the longest runs of capitalised words, with particles between or before them."""
    out: list[tuple[int, int]] = []
    leading = particles - _HYPHENATED
    index = 0
    while index < len(words):
        word = words[index]
        if not (word.upper and not word.text[0].isdigit()) and not (
            (word.fold in leading and index + 1 < len(words) and words[index + 1].upper and joins(words[index + 1].gap))
            or article(words, index)
        ):
            index += 1
            continue
        first = index
        index += 1
        while index < len(words) and joins(words[index].gap) and not words[index - 1].possessive:
            if words[index].upper:
                index += 1
                continue
            ahead = index
            while (
                ahead < len(words) and ahead - index < 2 and words[ahead].fold in particles and joins(words[ahead].gap)
            ):
                ahead += 1
            if index < ahead < len(words) and words[ahead].upper and joins(words[ahead].gap):
                index = ahead + 1
                continue
            break
        out.append((first, index))
    return out
