"""From pairs to origins: reports are put together while, on average, their pairs speak for it.

Single links would let one doubtful pair join two stories. The mean over the pairs between two groups (average linkage) lets the
sure pairs outvote it, in both directions.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

#: No pair counts for more than this, for or against: a verbatim pair must not drag in a stranger's stranger.
MOST, LEAST = 4.0, -3.0
#: Up to this many reports every pair of a component is measured; above, only the candidates speak.
MEASURED = 40


def components(pairs: Mapping[Pair, float]) -> list[list[int]]:
    """Reports connected by pairs above even odds, each component sorted, in order of their first report."""
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for (left, right), odds in pairs.items():
        if odds > 0:
            first, second = sorted((root(left), root(right)))
            parent[second] = first
    members: dict[int, list[int]] = {}
    for item in sorted(parent):
        members.setdefault(root(item), []).append(item)
    return [members[key] for key in sorted(members)]


def split(
    component: Sequence[int], pairs: Mapping[Pair, float], measure: Callable[[int, int], float]
) -> list[list[int]]:
    """The origins within ``component``. ``measure`` gives the log odds of a pair that is not in ``pairs``."""
    sums: dict[int, dict[int, tuple[float, int]]] = {item: {} for item in component}
    everything = len(component) <= MEASURED
    for index, left in enumerate(component):
        for right in component[index + 1 :]:
            odds = pairs.get((left, right))
            if odds is None:
                if not everything:
                    continue
                odds = measure(left, right)
            odds = max(LEAST, min(MOST, odds))
            sums[left][right] = sums[right][left] = (odds, 1)
    groups = {item: [item] for item in component}
    heap = [
        (-odds, left, right)
        for left in component
        for right, (odds, _) in sums[left].items()
        if left < right and odds > 0
    ]
    heapq.heapify(heap)
    while heap:
        negative, left, right = heapq.heappop(heap)
        if left not in groups or right not in groups or right not in sums[left]:
            continue
        total, count = sums[left][right]
        if -total / count != negative:
            continue
        _merge(left, right, groups, sums, heap)
    return sorted(sorted(group) for group in groups.values())


def _merge(
    left: int,
    right: int,
    groups: dict[int, list[int]],
    sums: dict[int, dict[int, tuple[float, int]]],
    heap: list[tuple[float, int, int]],
) -> None:
    groups[left] += groups.pop(right)
    for other, (total, count) in sums.pop(right).items():
        del sums[other][right]
        if other == left:
            continue
        before, pairs = sums[left].get(other, (0.0, 0))
        sums[left][other] = sums[other][left] = (before + total, pairs + count)
        if before + total > 0:
            low, high = sorted((left, other))
            heapq.heappush(heap, (-(before + total) / (pairs + count), low, high))
