"""What a pile teaches about its own words and places: how telling each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .profile import Profile
from .terms import Weights

# What a place's share of a small pile is mixed with, as in ``terms``.
_PRIOR_REPORTS = 30
# A pile that has grown by this factor is learned from anew: by then what was rare may be common. Lineage does the same.
_GROWTH = 1.25


@dataclass(frozen=True)
class Learned:
    """The weights of terms, the share of the pile that names each place (id), and how many reports taught them.

    Copies of one text count once.
    """

    weights: Weights
    place_share: Mapping[str, float]
    size: int

    @classmethod
    def of(cls, heads: Sequence[Profile]) -> Learned:
        """From one report for each underlying copy."""
        weights = Weights.learned([*p.terms, *("@" + " ".join(k) for k in p.people)] for p in heads)
        used = Counter(place for p in heads for place in p.places.places)
        size = len(heads) + _PRIOR_REPORTS
        return cls(weights, {place: (n + 1) / size for place, n in used.items()}, len(heads))

    def fits(self, size: int) -> bool:
        """Whether it still tells of a pile that has come to ``size`` copies."""
        return size <= _GROWTH * self.size
