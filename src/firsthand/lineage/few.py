"""Small piles: what a word tells about a pair of reports is asked of the reports that have no part in it.

Frequencies from a dozen reports say little as long as the pair itself, and whoever else copied the same text, are counted among
them: a word that two copies alone share looks common, and a name that the whole pile is about looks rare beside the prior. So the
reports are first put together as always, and then every pair is measured again with frequencies in which each *other* origin counts
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from .align import Side
from .pile import SIDES, Pile
from .weights import Weights, expected_share, information

#: Beside the other origins the prior counts as this many reports. Measured on draws of 5 to 40 reports from the development halves:
#: against the verdicts of the whole halves the log odds have less bias and less spread with 10 than with frequencies that count the
#: pair; 20 leaves names that all reports share too heavy, 5 makes the words of a second story's reports too light.
PRIOR_ORIGINS = 4.0
#: Piles of up to so many different texts are looked at so: above, the prior for large piles is forgotten soon enough.
FEW_TEXTS = 40


class FewReports(Pile):
    """A small pile whose reports were put together to ``groups`` in a first look."""

    def __init__(self, pile: Pile, groups: Sequence[Sequence[int]]) -> None:
        super().__init__(pile.documents, pile.readings, pile.weights, workers=pile.workers)
        self._home = {number: name for name, group in enumerate(groups) for number in group}
        self._words = [
            frozenset(word for number in group for word in pile.readings[number].words.tolist()) for group in groups
        ]
        self._told = Counter(word for words in self._words for word in words)
        self._beside = lru_cache(SIDES)(self._make_beside)

    def sides(self, left: int, right: int) -> tuple[Side, Side]:
        """Two reports made ready, with weights that the other origins tell."""
        low, high = sorted((self._home[left], self._home[right]))
        return self._beside(left, low, high), self._beside(right, low, high)

    def _make_beside(self, number: int, low: int, high: int) -> Side:
        return Side(self.readings[number], _Others(self._told, self._words, {low, high}))


class _Others(Weights):
    """Weights told by all origins but ``ours``."""

    def __init__(self, told: Counter[int], words: Sequence[frozenset[int]], ours: set[int]) -> None:
        super().__init__()
        self._told, self._ours = told, [words[name] for name in sorted(ours)]
        self._origins = len(words) - len(ours)

    def of(self, word: int) -> float:
        """Weight of one word."""
        told = self._told[word] - sum(word in words for words in self._ours)
        return information(told, self._origins, expected_share(word), PRIOR_ORIGINS)
