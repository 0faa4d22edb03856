"""Numbers that differ between two aligned sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from firsthand.resources import table

from .reading import fold
from .written import Change, Word

#: A number that was converted is rounded: six kilometres for four miles, 250 kilograms for 500 pounds.
SAME_MEASURE = 0.12

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PART = re.compile(r"(\d+)([½¼¾])")
#: What follows a time of day.
_HOURS = frozenset(("am", "pm", "a.m", "p.m", "o'clock", "o’clock", "gmt", "hrs"))

#: What stands before a number that counts nothing: "Update 2", "Take 3".
_SERIAL = frozenset(("update", "take", "version", "page", "chapter", "corr", "writethru"))

Numbered: TypeAlias = tuple[Word, str]
#: The numbers of the whole texts, source and derived.
Elsewhere: TypeAlias = tuple[Collection[str], Collection[str]]


def numbers(words: Sequence[Word]) -> list[Numbered]:
    """The numbers among ``words`` with their digits; without times of day, parts of dates and fractions, and the numbers of
    versions and pages."""
    found = []
    for index, word in enumerate(words):
        following = words[index + 1].text if index + 1 < len(words) else ""
        before = words[index - 1].text if index else ""
        if (
            following not in _HOURS
            and "/" not in following
            and before not in _SERIAL
            and (digits := _digits(word.text))
        ):
            found.append((word, digits))
    return found


@lru_cache(maxsize=1 << 16)
def _digits(written: str) -> str:
    """The digits of a number, without what is written close to it ("68bn", "30-year"); empty for words and times of day."""
    if match := _PART.match(written):
        return match[1] + _PARTS[match[2]]
    if ":" in written or "/" in written:
        return ""
    # Folding drops the point of "2.5" and knows "twelve".
    match = _DIGITS.match(written.replace(",", "")) or _DIGITS.match(fold(written))
    return match[0] if match else ""


class Counted(NamedTuple):
    """A sentence and its numbers."""

    words: Sequence[Word]
    numbers: Sequence[Numbered]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Counted:
        """``words`` with their numbers."""
        return cls(words, numbers(words))

    @property
    def digits(self) -> frozenset[str]:
        """Those of its numbers."""
        return frozenset(digits for _, digits in self.numbers)


def changed(change: Change, sentences: tuple[Counted, Counted], elsewhere: Elsewhere) -> Iterator[tuple[Word, Word]]:
    """The one number of a small ``change`` between two sentences where there is one on each side and they say different things."""
    mine, theirs = sentences
    source = [pair for pair in mine.numbers if pair[0] in change.mine]
    derived = [pair for pair in theirs.numbers if pair[0] in change.theirs]
    if len(source) != 1 or len(derived) != 1:
        return
    (one, first), (other, second) = source[0], derived[0]
    # Numbers that both texts have were told in another order; small ones are everywhere.
    moved = first in elsewhere[1] and second in elsewhere[0] and min(len(first), len(second)) > 1
    if first == second or moved or first in theirs.digits or second in mine.digits:
        return
    alike = _joined(one, mine.words) == _joined(other, theirs.words)
    if alike and not _converted((one, first, mine.words), (other, second, theirs.words)):
        yield one, other


def exchanged(sentences: tuple[Counted, Counted], elsewhere: Elsewhere) -> Iterator[tuple[Word, Word]]:
    """The one number of a sentence that the other text has nowhere, beside the one number there that this text has nowhere,
    where the sentence's other numbers agree, however it was told anew."""
    mine, theirs = sentences
    if not len(mine.numbers) == len(theirs.numbers) > 1:
        return
    source = [pair for pair in mine.numbers if pair[1] not in elsewhere[1]]
    derived = [pair for pair in theirs.numbers if pair[1] not in elsewhere[0]]
    if not len(source) == len(derived) == 1:
        return
    (one, first), (other, second) = source[0], derived[0]
    year = bool(_YEAR.fullmatch(first)) == bool(_YEAR.fullmatch(second))
    alike = year and _joined(one, mine.words) == _joined(other, theirs.words)
    if alike and not _converted((one, first, mine.words), (other, second, theirs.words)):
        yield one, other


def _joined(number: Word, sentence: Sequence[Word]) -> str:
    """What a hyphen joins to ``number``: a "nine-year-old" is no count."""
    return sentence[sentence.index(number) + 1].key if number.hyphen else ""


def _converted(one: tuple[Word, str, Sequence[Word]], other: tuple[Word, str, Sequence[Word]]) -> bool:
    """Whether two numbers measure the same in different units: "four miles" and "six kilometres"."""
    mine, theirs = _measured(*one), _measured(*other)
    if mine is None or theirs is None or mine[0] == theirs[0] or mine[1] != theirs[1]:
        return False
    return abs(mine[2] - theirs[2]) <= SAME_MEASURE * max(mine[2], theirs[2])


def _measured(number: Word, digits: str, sentence: Sequence[Word]) -> tuple[str, str, float] | None:
    """The unit that follows ``number``, the quantity it measures, and how much that is; None where none follows."""
    following = sentence[sentence.index(number) + 1 :][:1]
    unit = _units().get(following[0].text) if following else None
    return (following[0].text, unit[0], unit[1] * float(digits)) if unit else None


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {row["unit"]: (row["quantity"], float(row["factor"])) for row in table("lineage/units.tsv")}
