"""A document as lineage reads it: sentences, and words folded so that a copy's small changes do not hide it.

A word's id is the CRC-32 of its folded form, so ids agree between processes, machines and runs without a shared vocabulary;
among the half million forms of a large ledger some thirty pairs collide, which moves no verdict that rests on whole sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from firsthand.model import Span
from firsthand.resources import table

Ids: TypeAlias = npt.NDArray[np.uint32]
Offsets: TypeAlias = npt.NDArray[np.int32]
Marks: TypeAlias = npt.NDArray[np.uint8]

#: Bits of ``Reading.marks``.
NAME, NUMBER, QUOTED = 1, 2, 4

_ORDINAL = re.compile(r"^(\d[\d.,]*?)(?:\.00?)?(?:st|nd|rd|th)?$")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…\n](?:(?<=\n)\s*|[.!?…]*[\"”’»)\]]*(?=\s))")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“‘])(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|(?i:mr|mrs|ms|dr|st|gen|lt|col|maj|sgt|capt|cpl|gov|sen|rep|rev|prof|no|"
    r"jan|feb|mar|apr|aug|sept?|oct|nov|dec|vs|approx|dept|inc|co|corp|ltd))\.$"
)
_OPENING = re.compile(r"\s+[\"“‘«(\[]*[A-Z0-9“\"]")
# Old wires close with two apostrophes what they opened with a mark, and open with two grave accents.
_QUOTED = re.compile(r"“[^”“]{1,1200}(?:”|$)|(?:\"|``)(?:[^\"']|'(?!')){1,1200}(?:\"|'')", re.DOTALL)
_SUFFIX = re.compile(r"(?:ement|ations?|ings?|edly|ed|ly|es|s|e)$")


@dataclass(frozen=True, eq=False)
class Reading:
    """``words``, ``starts``, ``ends`` and ``marks`` have one entry a word; offsets are into the document's text.

    ``bounds`` has one entry more than there are sentences: sentence ``i`` is the words ``bounds[i]:bounds[i + 1]``.
    ``chars`` holds the sentences' first and last offset, shape (sentences, 2).
    """

    id: str
    words: Ids
    starts: Offsets
    ends: Offsets
    marks: Marks
    bounds: Offsets
    chars: Offsets

    @property
    def sentences(self) -> int:
        return len(self.bounds) - 1

    @cached_property
    def wording(self) -> bytes:
        """The same for two readings with the same words in the same order, and for no others."""
        return blake2b(self.words.tobytes(), digest_size=16).digest()

    def span(self, index: int) -> Span:
        """The characters of sentence ``index``."""
        return Span(int(self.chars[index, 0]), int(self.chars[index, 1]))


def read(document_id: str, text: str) -> Reading:
    """``text`` as sentences of folded words. Sentences without a word are left out."""
    matches = list(_WORD.finditer(text))
    spans = np.array([match.span() for match in matches], np.int32).reshape(-1, 2)
    codes = np.array([_CODES[match[0]] for match in matches], np.int64)
    spans, codes = spans[codes >= 0], codes[codes >= 0]
    begin, end = spans[:, 0].copy(), spans[:, 1].copy()
    words, marks = (codes & 0xFFFFFFFF).astype(np.uint32), (codes >> 32).astype(np.uint8)
    sentences = np.array(list(_sentences(text)), np.int32).reshape(-1, 2)
    bounds = np.append(np.searchsorted(begin, sentences[:, 0]), len(words)).astype(np.int32)
    sentences = sentences[bounds[1:] > bounds[:-1]]
    bounds = np.unique(bounds) if len(words) else np.zeros(1, np.int32)
    # The capital of a sentence's first word says nothing.
    marks[bounds[:-1]] &= ~np.uint8(NAME)
    for span in quotations(text):
        low, high = np.searchsorted(begin, span)
        marks[low:high] |= QUOTED
    return Reading(document_id, words, begin, end, marks, bounds, sentences)


class _Codes(dict[str, int]):
    """For each word as written its id and, from bit 32 on, its marks; −1 for one that folds to nothing."""

    def __missing__(self, word: str) -> int:
        if len(self) > MOST_CODES:
            self.clear()
        form = fold(word)
        mark = NUMBER if form[:1].isdigit() else NAME if word[0].isupper() else 0
        code = self[word] = crc32(form.encode()) | mark << 32 if form else -1
        return code


#: Words kept folded: more than a ledger in one language has.
MOST_CODES = 1 << 20
_CODES = _Codes()


def run_keys(words: Ids) -> npt.NDArray[np.uint64]:
    """One 64-bit key for every run of five words of ``words``, shape (len - 4,)."""
    count = len(words) - 4
    if count <= 0:
        return np.empty(0, np.uint64)
    key = np.zeros(count, np.uint64)
    for offset in range(5):
        key = (key ^ words[offset : offset + count].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key


def quotations(text: str) -> list[Span]:
    """Stretches in double quotation marks, the marks included."""
    return [Span(match.start(), match.end()) for match in _QUOTED.finditer(text)]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _STOP.finditer(text):
        if "\n" not in match[0] and (
            not _OPENING.match(text, match.end())
            or (match[0] == "." and _ABBREVIATED.search(text, max(0, match.start() - 8), match.end()))
        ):
            continue
        end = match.start() if "\n" in match[0] else match.end()
        if end > start:
            yield start, end
        start = match.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        yield start, len(text.rstrip())


@lru_cache(maxsize=1 << 19)
def fold(word: str) -> str:
    """The form that a word and its close variants share.

    >>> [fold(w) for w in ("Strikes", "striking", "U.S.", "Syria’s", "Syrias", "three", "2,500", "28th", "6.0", "1,000")]
    ['strik', 'strik', 'us', 'syria', 'syria', '3', '2500', '28', '6', '1000']
    """
    form = unicodedata.normalize("NFKD", word).casefold()
    if number := _ORDINAL.match(form):
        form = number[1]
    form = "".join(c for c in form if c.isalnum() or c in "'’")
    if form.endswith(("'s", "’s")):
        form = form[:-2]
    form = form.replace("'", "").replace("’", "")
    form = _variants().get(form, form)
    if len(form) > 4 and not form[0].isdigit():
        if form.endswith("ies"):
            form = form[:-3] + "y"
        else:
            cut = _SUFFIX.sub("", form)
            form = cut if len(cut) >= 4 else form
        if len(form) > 4 and form[-1] == form[-2]:
            form = form[:-1]
    return form


def word_id(word: str) -> int:
    """The id that ``Reading.words`` has for ``word``."""
    return crc32(fold(word).encode())


@cache
def _variants() -> dict[str, str]:
    return {row["written"]: row["folded"] for row in table("lineage/variants.tsv")}


#: Words of which one is in most sentences that report what somebody said.
SPEECH = frozenset(
    map(
        word_id,
        ("said", "told", "statement", "announced", "declared", "according", "claimed", "confirmed", "denied", "added"),
    )
)
