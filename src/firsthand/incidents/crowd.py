"""At how many places something is told of on each day in each country: any of them might be what another report speaks of.

Places, not reports, since an attack of which forty reports tell is no more easily taken for another than one told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from .profile import Profile

# Shares are counted in whole millionths, so that a sum is the same in whatever order reports came.
_UNIT = 1_000_000

#: A country and a day.
Cell: TypeAlias = "tuple[str, date]"


class Crowd:
    """The crowd of a pile: one report for each underlying copy."""

    def __init__(self, heads: Iterable[Profile] = ()) -> None:
        self._shares: dict[Cell, dict[str, int]] = {}
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
                share * sum(min(_UNIT, x) for x in self._told((area, day)).values()) / _UNIT
                for day, share in profile.days.shares.items()
                for area in areas_of(profile)
            )
        return found

    def _told(self, cell: Cell) -> Mapping[str, int]:
        """The shares told of each place in a cell."""
        return self._shares.get(cell, {})

    def _change(self, profile: Profile, sign: int) -> None:
        self._around.clear()
        for key, place, share in shares_of(profile):
            cell = self._shares.setdefault(key, {})
            cell[place] = cell.get(place, 0) + sign * share


def shares_of(profile: Profile) -> Iterator[tuple[Cell, str, int]]:
    """What a report adds to each cell that it belongs to: its main place (empty where it has none) and its share."""
    areas = areas_of(profile)
    place = profile.places.main
    for day, share in profile.days.shares.items():
        for area in areas:
            yield (area, day), place.id if place is not None else "", round(share * _UNIT / len(areas))


def areas_of(profile: Profile) -> Sequence[str]:
    """The countries that a report names, or one that stands for none."""
    return sorted(profile.places.countries) or [""]
