"""Words of a report and how much each tells: folding, terms, and weights learned from the ledger's own pile.

A term met in few of the pile's reports tells two reports apart or ties them together; one met in many says nothing. In a
small pile the counts mean little, so every count is mixed with what a term of its sort would be in news at large.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate, islice
from typing import NamedTuple, Protocol

from firsthand.resources import table

# Splits a text into what stands between its words and the words.
_WORDS = re.compile(r"([^\W\d_][\w’']*(?:-(?=\w)[\w’']*)*|\d+(?:[.,:/]\d+)*)")
# "Turkish-backed", "Soviet-era": made of a name, and no name.
_QUALIFIER = re.compile(r"-[a-z]*(?:ed|ing|wide|era|style|born)$")
_SENTENCE_END = re.compile(r"[.!?:\n]\W*$")

# What a term's share of all reports would be in news at large, by its sort: a guess that counts as much as this many reports
# of the pile. Chosen so that two reports alone in a ledger are compared by their names and numbers; larger values than 100
# begin to blunt what a pile of some hundred reports says itself.
_PRIOR_REPORTS = 30
_PRIOR_SHARE = {"name": 0.01, "number": 0.02, "word": 0.05}
STOP_WORDS = frozenset(row["word"] for row in table("incidents/stop_words.tsv"))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower case without accents, apostrophes or a possessive ending.

    >>> fold("A’Naiya's"), fold("Müller")
    ('anaiya', 'muller')
    """
    if text.isascii():
        plain = text.lower()
        if plain.isalnum():
            return plain
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"[’'‘`ʼ]s$", "", plain)
    return re.sub(r"[’'‘`ʼ]", "", plain)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """``word`` (folded) without a plural or verbal ending: enough to let "strikes" meet "strike".

    >>> [stem(w) for w in ("strikes", "bombed", "bombing", "cities", "class")]
    ['strike', 'bomb', 'bomb', 'city', 'class']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("ing"):
        return word[:-3]
    if len(word) > 4 and word.endswith("ed"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@cache
def _senses() -> dict[str, str]:
    return {word: f"={row['sense']}" for row in table("incidents/senses.tsv") for word in row["words"].split()}


class Word(NamedTuple):
    """One word as it stands: its text, folded form, offset, and whether a capital there is no mere sentence start."""

    text: str
    folded: str
    start: int
    capital: bool
    opens: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# Word(...) without the call in between: every word of a pile comes by here.
_word: Callable[[tuple[str, str, int, bool, bool]], Word] = partial(tuple.__new__, Word)


def words(text: str) -> list[Word]:
    """The words and numbers of ``text``, in order."""
    parts = _WORDS.split(text)
    gaps, found = parts[:-1:2], parts[1::2]
    opens = [gap != " " and _SENTENCE_END.search(gap) is not None for gap in gaps]
    opens[:1] = [True] * bool(found)
    starts = islice(accumulate(map(len, parts)), 0, None, 2)
    capital = [word[0].isupper() for word in found]
    return list(map(_word, zip(found, map(fold, found), starts, capital, opens, strict=False)))


def without_capitals(found: Iterable[Word], common: Collection[str]) -> list[Word]:
    """``found`` with the capitals taken from words of ``common``: headlines capitalise what the text writes small.

    >>> [w.capital for w in without_capitals(words("Bomb Kills Mayor of Darrun"), {"kills", "mayor"})]
    [True, False, False, False, True]
    """
    return [
        _word((word.text, word.folded, word.start, False, word.opens))
        if word.capital and word.folded in common
        else word
        for word in found
    ]


def sort_of(term: str) -> str:
    """``name``, ``number`` or ``word``: names carry a leading ``@`` (see :func:`counted`)."""
    return "name" if term[0] == "@" else "number" if term[0].isdigit() else "word"


def counted(found: Iterable[Word], names: Sequence[tuple[int, int, str]] = ()) -> Counter[str]:
    """The terms of a text: senses or stems of content words, numbers, and names marked ``@``.

    ``names`` are stretches of the text with the one name that stands for all its spellings (start, end, name), in order and
    not overlapping; other capitalised words inside sentences are names of their own.

    >>> sorted(counted(words("Two bombs hit Tal Rifa, police in Tal Rifa said."), [(14, 22, "Tall Rifaa")]).items())
    [('=blast', 1), ('=police', 1), ('@rifa', 1), ('@tal', 1), ('@tall rifaa', 1), ('hit', 1)]
    """
    out: list[str] = []
    spans = iter(names)
    span = next(spans, None)
    used = False
    senses = _senses()
    for text, folded, start, capital, opens in found:
        while span is not None and span[1] <= start:
            span, used = next(spans, None), False
        if span is not None and span[0] <= start < span[1]:
            if not used:
                out.append("@" + fold(span[2]))
                used = True
        elif folded in STOP_WORDS or (len(folded) < 2 and not folded.isdigit()):
            continue
        elif text[0].isdigit():
            out.append(folded)
        elif capital and not opens and folded not in senses and not ("-" in text and _QUALIFIER.search(text)):
            out.append("@" + folded)
        else:
            out.append(senses.get(folded) or stem(folded))
    return Counter(out)


class Telling(Protocol):
    """What says how much a term tells."""

    def of(self, term: str) -> float: ...


@dataclass(frozen=True)
class Weights:
    """How much each term tells, in nats: minus the log of the share of the pile's origins that use it.

    Copies of one text count once, so a wire story carried by fifty outlets does not make its rare names common. ``size`` is the
    number of origins, ``unlisted`` how many of them use a term of which no share is given.
    """

    share: Mapping[str, float]
    size: float
    unlisted: int = 0

    @classmethod
    def of_counts(cls, counts: Mapping[str, float], size: float, *, unlisted: int = 0) -> Weights:
        """From how many of ``size`` origins use each term."""
        total = size + _PRIOR_REPORTS
        share = {t: (n + _PRIOR_REPORTS * _PRIOR_SHARE[sort_of(t)]) / total for t, n in counts.items()}
        return cls(share, float(size), unlisted)

    @cached_property
    def _told(self) -> Mapping[str, float]:
        """What each known term tells; asked for every term of every report."""
        return {term: _telling(share) for term, share in self.share.items()}

    @cached_property
    def _unlisted(self) -> Mapping[str, float]:
        """What a term that is not listed tells, by its sort."""
        total = self.size + _PRIOR_REPORTS
        return {
            sort: _telling((self.unlisted + _PRIOR_REPORTS * share) / total) for sort, share in _PRIOR_SHARE.items()
        }

    def of(self, term: str) -> float:
        """What ``term`` tells; one that is not listed tells what its sort would in news at large."""
        told = self._told.get(term)
        return self._unlisted[sort_of(term)] if told is None else told


def _telling(share: float) -> float:
    return max(0.0, -math.log(min(1.0, share)))


def vector(terms: Mapping[str, int], weights: Telling) -> dict[str, float]:
    """The terms' weights, damped by how often each is used, scaled to length 1."""
    out = {t: (1 + math.log(n)) * w for t, n in terms.items() if (w := weights.of(t)) > 0}
    norm = math.sqrt(sum(x * x for x in out.values()))
    return {t: x / norm for t, x in out.items()} if norm else {}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Likeness of two vectors of length 1: 0 nothing shared, 1 the same terms."""
    # Rounded once at the end, so the same in whatever order a set gives its terms.
    return math.fsum([a[t] * b[t] for t in a.keys() & b.keys()])
