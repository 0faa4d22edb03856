"""How much a shared word tells: the ledger's own document frequencies, with a prior for ledgers of few reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from firsthand.resources import table

from .reading import Ids, Reading, fold, run_keys

Counts: TypeAlias = npt.NDArray[np.int32]

#: The prior counts as this many reports. With 5 reports it rules, with 5,000 it is forgotten; any value from 20 to 100 gives the
#: same verdicts on the development halves.
PRIOR_REPORTS = 40.0
#: A stretch of this many words in two reports was copied; set phrases ("a spokesman for the governor confirmed on") are shorter.
COPIED_WORDS = 16
#: Share of reports that use a word of which nothing is known.
UNLISTED_SHARE = 0.005


@dataclass(frozen=True, eq=False)
class Frequencies:
    """How many of ``reports`` reports, which have ``texts`` different wordings between them, use each of ``words`` (sorted):
    ``told`` and ``used`` count wordings, ``told`` with copied stretches counted once; ``carried`` counts reports.

    A verbatim copy more changes ``reports`` and ``carried`` alone, so no weight.
    """

    reports: int
    texts: int
    words: Ids
    told: Counts
    used: Counts
    carried: Counts

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Frequencies:
        """The frequencies in ``readings``."""
        if not readings:
            none = np.empty(0, np.int32)
            return cls(0, 0, np.empty(0, np.uint32), none, none, none)
        texts = list({reading.wording: reading for reading in readings}.values())
        words, told = _told(texts)
        # The same words, for a told word is carried by someone.
        used = _carriers(texts)
        carried = used if len(texts) == len(readings) else _carriers(readings)
        return cls(len(readings), len(texts), words, told.astype(np.int32), used, carried)

    def look_up(self, counts: Counts, words: Ids) -> Counts:
        """What ``counts`` (``told``, ``used`` or ``carried``) has for each of ``words``, 0 for those never seen; same shape."""
        if not len(self.words):
            return np.zeros(len(words), np.int32)
        place = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        return np.where(self.words[place] == words, counts[place], 0)


class Weights:
    """Information of a word in nats: minus the logarithm of the share of texts that use it.

    Copied text counts once: else the words of a story would weigh the less the more it was copied.

    >>> weights = Weights()
    >>> weights.of(crc32(b"the")) < weights.of(crc32(b"howitz"))
    True
    """

    def __init__(self, readings: Sequence[Reading] = (), *, frequencies: Frequencies | None = None) -> None:
        self.frequencies = frequencies or Frequencies.of(readings)
        self._cache: dict[int, float] = {}

    def of(self, word: int) -> float:
        """Weight of one word."""
        weight = self._cache.get(word)
        if weight is None:
            self._learn(np.array([word], np.uint32))
            weight = self._cache[word]
        return weight

    def array(self, words: Ids) -> npt.NDArray[np.float64]:
        """Weights of ``words``, same shape."""
        self._learn(words)
        return np.fromiter(map(self._cache.__getitem__, words.tolist()), np.float64, len(words))

    def _learn(self, words: Ids) -> None:
        known = self.frequencies
        for word, told in zip(words.tolist(), known.look_up(known.told, words).tolist(), strict=True):
            if word not in self._cache:
                self._cache[word] = information(told, known.texts, expected_share(word), PRIOR_REPORTS)


def information(told: int, texts: int, expected: float, prior: float) -> float:
    """Nats that a word tells which ``told`` of ``texts`` use, where a share ``expected`` of texts would and that counts as
    ``prior`` texts."""
    return -log(min(1.0, (told + prior * expected) / (texts + prior)))


def expected_share(word: int) -> float:
    """Share 0–1 of news reports that use ``word``, before any was read."""
    return _shares().get(word, UNLISTED_SHARE)


def _carriers(readings: Sequence[Reading]) -> Counts:
    """For each word of ``readings``, sorted, how many of them have it."""
    _, count = np.unique(np.concatenate([np.unique(reading.words) for reading in readings]), return_counts=True)
    counts: Counts = count.astype(np.int32)
    return counts


def _told(readings: Sequence[Reading]) -> tuple[Ids, npt.NDArray[np.int64]]:
    """Every word and the number of reports that use it, copied stretches counted for one report, however many carry them."""
    copied = _copied(readings)
    own: list[Ids] = []
    carried: list[Ids] = []
    for reading, where in zip(readings, copied, strict=True):
        own.append(np.unique(reading.words[~where]))
        carried.append(reading.words[where])
    words, counts = np.unique(np.concatenate([*own, np.unique(np.concatenate(carried))]), return_counts=True)
    return words, counts


def _copied(readings: Sequence[Reading]) -> list[npt.NDArray[np.bool_]]:
    """For each word of each reading whether it stands in a stretch of ``COPIED_WORDS`` that another reading has too."""
    keys = [run_keys(reading.words) for reading in readings]
    everything = np.sort(np.concatenate(keys))
    repeated = np.unique(everything[1:][everything[1:] == everything[:-1]])
    del everything
    marks = []
    runs = COPIED_WORDS - 4
    for reading, key in zip(readings, keys, strict=True):
        where = np.zeros(len(reading.words), np.bool_)
        if len(repeated) and len(key) >= runs:
            shared = repeated[np.minimum(np.searchsorted(repeated, key), len(repeated) - 1)] == key
            total = np.cumsum(np.r_[0, shared])
            starts = np.flatnonzero(total[runs:] - total[:-runs] == runs)
            edges = np.zeros(len(reading.words) + 1, np.int32)
            np.add.at(edges, starts, 1)
            np.add.at(edges, starts + COPIED_WORDS, -1)
            where = np.cumsum(edges)[:-1] > 0
        marks.append(where)
    return marks


@cache
def _shares() -> dict[int, float]:
    shares: dict[int, float] = {}
    for row in table("lineage/common_words.tsv"):
        word = crc32(fold(row["word"]).encode())
        shares[word] = max(shares.get(word, 0.0), float(row["share"]))
    return shares
