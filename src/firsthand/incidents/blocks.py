"""Which reports are compared at all: those that share a likely day in one area, or a name that few reports use.

Cost grows with the pile, not with its square: a block of a day holds what was written about one area in two days, and a name
met in many reports makes no block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import TypeAlias

from .profile import Profile
from .terms import Weights

# Days that less speaks for than this make no block.
_LIKELY_DAY = 0.08
# A name block larger than this is that of an official or an outlet.
_LARGEST_NAME_BLOCK = 40
# Larger blocks of a day are split by their reports' most telling words.
_LARGEST_DAY_BLOCK = 150
_TELLING_WORDS = 12
# A single name makes a block where no more than about this many origins use it.
_RARE_ORIGINS = 12

Key: TypeAlias = "tuple[str, str | date | tuple[str, str], str]"


def candidates(profiles: Sequence[Profile], weights: Weights) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) worth comparing, each once, in order."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, profile in enumerate(profiles):
        for key in _keys(profile, weights):
            blocks[key].append(index)
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if key[0] != "day":
            if len(members) <= _LARGEST_NAME_BLOCK:
                found.update(combinations(members, 2))
        elif len(members) <= _LARGEST_DAY_BLOCK:
            found.update(combinations(members, 2))
        else:
            for part in _by_telling_words(members, profiles, weights).values():
                if len(part) <= _LARGEST_DAY_BLOCK:
                    found.update(combinations(part, 2))
    yield from sorted(found)


def _keys(profile: Profile, weights: Weights) -> Iterator[Key]:
    areas = sorted(profile.places.countries) or ["*"]
    days = {
        day + timedelta(lag) for day, share in profile.days.shares.items() if share >= _LIKELY_DAY for lag in (0, 1)
    }
    for day in sorted(days):
        for area in areas:
            yield ("day", day, area)
    for key, person in profile.people.items():
        if person.party:
            yield ("person", key, "")
    rare = (_RARE_ORIGINS + 0.3) / (weights.size + 30)
    for term in profile.terms:
        if term[0] == "@" and weights.share.get(term, 1.0) < rare:
            yield ("name", term, "")


def _by_telling_words(members: Sequence[int], profiles: Sequence[Profile], weights: Weights) -> Mapping[str, list[int]]:
    parts: dict[str, list[int]] = defaultdict(list)
    for index in members:
        telling = sorted(profiles[index].lead, key=lambda t: (-weights.of(t), t))[:_TELLING_WORDS]
        for term in telling:
            parts[term].append(index)
    return parts
