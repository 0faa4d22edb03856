"""How much a shared word tells: the ledger's own document frequencies, with a prior for ledgers of few reports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from firsthand.resources import table

from .reading import Ids, Reading, fold, run_keys

#: The prior counts as this many reports. With 5 reports it rules, with 5,000 it is forgotten; any value from 20 to 100 gives the
#: same verdicts on the development halves.
PRIOR_REPORTS = 40.0
#: A stretch of this many words in two reports was copied; set phrases ("the Foreign Ministry said in a statement on") are shorter.
COPIED_WORDS = 16
#: Share of reports that use a word of which nothing is known.
UNLISTED_SHARE = 0.005


class Weights:
    """Information of a word in nats: minus the logarithm of the share of reports that use it.

    Copied text counts once: else the words of a story would weigh the less the more it was copied.

    >>> weights = Weights()
    >>> weights.of(crc32(b"the")) < weights.of(crc32(b"howitz"))
    True
    """

    def __init__(self, readings: Sequence[Reading] = ()) -> None:
        self.reports = len(readings)
        self._frequency: dict[int, int] = {}
        self._cache: dict[int, float] = {}
        if readings:
            words, counts = _frequencies(readings)
            self._frequency = dict(zip(words.tolist(), counts.tolist(), strict=True))

    def add(self, reading: Reading) -> None:
        """Count one more report."""
        self.reports += 1
        for word in np.unique(reading.words).tolist():
            self._frequency[word] = self._frequency.get(word, 0) + 1
        self._cache.clear()

    def frequency(self, word: int) -> int:
        """Number of reports that use ``word``."""
        return self._frequency.get(word, 0)

    def of(self, word: int) -> float:
        """Weight of one word."""
        weight = self._cache.get(word)
        if weight is None:
            expected = PRIOR_REPORTS * _shares().get(word, UNLISTED_SHARE)
            share = (self._frequency.get(word, 0) + expected) / (self.reports + PRIOR_REPORTS)
            weight = self._cache[word] = float(-np.log(min(share, 1.0)))
        return weight

    def array(self, words: Ids) -> npt.NDArray[np.float64]:
        """Weights of ``words``, same shape."""
        return np.fromiter((self.of(word) for word in words.tolist()), np.float64, len(words))


def _frequencies(readings: Sequence[Reading]) -> tuple[Ids, npt.NDArray[np.int64]]:
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
