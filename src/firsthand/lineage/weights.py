"""How much a shared word tells: the ledger's own document frequencies, with a prior for ledgers of few reports."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from firsthand.resources import table

from .reading import Ids, Reading, fold

#: The prior counts as this many reports. With 5 reports it rules, with 5,000 it is forgotten; any value from 20 to 100 gives the
#: same verdicts on the development halves.
PRIOR_REPORTS = 40.0
#: Share of reports that use a word of which nothing is known.
UNLISTED_SHARE = 0.005


class Weights:
    """Information of a word in nats: minus the logarithm of the share of reports that use it.

    >>> weights = Weights()
    >>> weights.of(crc32(b"the")) < weights.of(crc32(b"howitz"))
    True
    """

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self.reports = 0
        self._frequency: dict[int, int] = {}
        self._cache: dict[int, float] = {}
        distinct = [np.unique(reading.words) for reading in readings]
        if distinct:
            self.reports = len(distinct)
            words, counts = np.unique(np.concatenate(distinct), return_counts=True)
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


@cache
def _shares() -> dict[int, float]:
    shares: dict[int, float] = {}
    for row in table("lineage/common_words.tsv"):
        word = crc32(fold(row["word"]).encode())
        shares[word] = max(shares.get(word, 0.0), float(row["share"]))
    return shares
