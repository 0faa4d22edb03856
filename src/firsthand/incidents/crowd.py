"""At how many places something is told of on each day in each country: any of them might be what another report speaks of.

Places, not reports, since an attack of which forty reports tell is no more easily taken for another than one told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .profile import Profile

# Shares are counted in whole millionths, so that a sum is the same in whatever order reports came.
_UNIT = 1_000_000


class Crowd:
    """The crowd of a pile: one report for each underlying copy."""

    def __init__(self, heads: Iterable[Profile] = ()) -> None:
        self._shares: dict[tuple[str, date], dict[str, int]] = {}
        self._around: dict[str, float] = {}
        for profile in heads:
            self.add(profile)

    def add(self, profile: Profile) -> None:
        """Count a report."""
        self._change(profile, 1)

    def remove(self, profile: Profile) -> None:
        """Count a report no more."""
        self._change(profile, -1)

    def around(self, profile: Profile) -> float:
        """At about how many places the counted reports tell of something on its day in its country."""
        found = self._around.get(profile.report)
        if found is None:
            found = self._around[profile.report] = sum(
                share * sum(min(_UNIT, x) for x in self._shares.get((area, day), {}).values()) / _UNIT
                for day, share in profile.days.shares.items()
                for area in areas_of(profile)
            )
        return found

    def _change(self, profile: Profile, sign: int) -> None:
        self._around.clear()
        areas = areas_of(profile)
        place = profile.places.main
        place_id = place.id if place is not None else ""
        for day, share in profile.days.shares.items():
            for area in areas:
                cell = self._shares.setdefault((area, day), {})
                cell[place_id] = cell.get(place_id, 0) + sign * round(share * _UNIT / len(areas))


def areas_of(profile: Profile) -> Sequence[str]:
    """The countries that a report names, or one that stands for none."""
    return sorted(profile.places.countries) or [""]
