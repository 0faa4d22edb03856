"""Which reports are compared at all: those that share a likely day in one area, or a name that few reports use.

Cost grows with the pile, not with its square: a block of a day holds what was written about one area in two days, and a name
met in many reports makes no block.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from .profile import Profile
from .terms import Weights

# Days that less speaks for than this make no block.
_LIKELY_DAY = 0.08
# A name block larger than this is that of an official or an outlet.
LARGEST_NAME_BLOCK = 40
# Larger blocks of a day are split by their reports' most telling words.
_LARGEST_DAY_BLOCK = 150
_TELLING_WORDS = 12
# A single name makes a block where no more than about this many origins use it.
_RARE_ORIGINS = 12

Key: TypeAlias = "tuple[str, str | date | tuple[str, str], str]"


def candidates(
    profiles: Sequence[Profile], weights: Weights, *, outside: Callable[[Key], Sequence[Profile]] | None = None
) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) worth comparing, each once, in order.

    Where ``profiles`` are a part of a pile, ``outside`` gives the profiles of a block that lie outside the part: they count for
    its size.
    """
    parts_of: list[list[Sequence[int]]] = [[] for _ in profiles]
    for part in _parts(profiles, weights, outside):
        for index in part:
            parts_of[index].append(part)
    # Report by report, since the pairs of a large pile take more memory than its blocks.
    for index, parts in enumerate(parts_of):
        yield from ((index, other) for other in sorted(set[int]().union(*parts)) if other > index)


def _parts(
    profiles: Sequence[Profile], weights: Weights, outside: Callable[[Key], Sequence[Profile]] | None
) -> Iterator[Sequence[int]]:
    """The blocks, those too large split: reports of one are compared."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, profile in enumerate(profiles):
        for key in keys_of(profile, weights):
            blocks[key].append(index)
    for key, members in blocks.items():
        others = outside(key) if outside is not None else ()
        size = len(members) + len(others)
        if size <= (_LARGEST_DAY_BLOCK if key[0] == "day" else LARGEST_NAME_BLOCK):
            yield members
        elif key[0] == "day":
            more = Counter(term for profile in others for term in _telling(profile, weights))
            for term, part in _by_telling_words(members, profiles, weights).items():
                if len(part) + more[term] <= _LARGEST_DAY_BLOCK:
                    yield part


def keys_of(profile: Profile, weights: Weights) -> Iterator[Key]:
    """The blocks that one report belongs to."""
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
        for term in _telling(profiles[index], weights):
            parts[term].append(index)
    return parts


def _telling(profile: Profile, weights: Weights) -> list[str]:
    return sorted(profile.lead, key=lambda t: (-weights.of(t), t))[:_TELLING_WORDS]
