"""What a pile teaches about its own words and places: how telling each is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .profile import Profile
from .terms import Telling, Weights

# What a place's share of a small pile is mixed with, as in ``terms``.
_PRIOR_REPORTS = 30
# A pile that has grown by this factor is learned from anew: by then what was rare may be common. Lineage does the same.
_GROWTH = 1.25


@dataclass(frozen=True, slots=True)
class Within:
    """How much each term tells among the reports of one country: no more than in the ``whole`` pile."""

    whole: Weights
    here: Weights

    def of(self, term: str) -> float:
        return min(self.whole.of(term), self.here.of(term))


@dataclass(frozen=True)
class Learned:
    """The weights of terms, in the whole pile and among the reports of each country; the share of the pile that names each place
    (id); and how many reports taught them.

    Copies of one text count once. Two reports that are compared are mostly of one country already: there the name of a province
    or of a militia says little, however rare it is in news of the whole world.
    """

    weights: Weights
    local: Mapping[str, Weights]
    place_share: Mapping[str, float]
    size: int

    @classmethod
    def of(cls, heads: Sequence[Profile]) -> Learned:
        """From one report for each underlying copy."""
        within: dict[str | None, Counter[str]] = defaultdict(Counter)
        of_country: Counter[str | None] = Counter()
        used: Counter[str] = Counter()
        for profile in heads:
            country = profile.places.country
            within[country].update({*profile.terms, *("@" + " ".join(key) for key in profile.people)})
            of_country[country] += 1
            used.update(profile.places.places.keys())
        everywhere: Counter[str] = Counter()
        for counts in within.values():
            everywhere.update(counts)
        size = len(heads) + _PRIOR_REPORTS
        weights = Weights.of_counts(everywhere, len(heads))
        return cls(
            weights,
            _local(within, of_country, weights),
            {place: (n + 1) / size for place, n in used.items()},
            len(heads),
        )

    def weights_for(self, profile: Profile) -> Telling:
        """How telling terms are among reports of the country of ``profile``; in the whole pile where it has none."""
        here = self.local.get(profile.places.country or "")
        return self.weights if here is None else Within(self.weights, here)

    def fits(self, size: int) -> bool:
        """Whether it still tells of a pile that has come to ``size`` copies."""
        return size <= _GROWTH * self.size


def _local(
    within: Mapping[str | None, Counter[str]], of_country: Mapping[str | None, int], whole: Weights
) -> dict[str, Weights]:
    """The weights in each country. Reports of no known country are shared out as the others lie. Terms that one report alone uses
    are not listed, nor those that tell no less there than in the whole pile."""
    nowhere, unknown = within.get(None, Counter()), of_country.get(None, 0)
    known = sum(of_country.values()) - unknown
    out = {}
    for country, counts in within.items():
        if country is not None:
            part = of_country[country] / known
            shared = {term: n + part * nowhere[term] for term, n in counts.items() if n > 1}
            found = Weights.of_counts(shared, of_country[country] + part * unknown, unlisted=1)
            out[country] = replace(found, share={t: x for t, x in found.share.items() if x > whole.share[t]})
    return out
