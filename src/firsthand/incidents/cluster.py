"""Grouping by links between groups: two groups join while more speaks for one incident than against.

What stands between two groups is the mean over all their pairs, pairs that were never compared counted against, weighed with
their best pair. The mean keeps one chance link from chaining two incidents together; the best pair lets a late or short
report join a group of which it resembles some members only. What a person or the copies settled comes in as pairs that must
or must not be together. Joins that are equally good are made at once where they all fit together, else none of them is:
nothing tells which to prefer. So the numbering of the items leaves no trace.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

# What a pair counts that no block brought together.
_NEVER_COMPARED = -3.0
_FORBIDDEN = -1e9
# The share of the mean in what stands between two groups; the rest is the best pair's. From 0.3 to 0.8 the development halves
# of the grouping sets score alike, above the mean alone; smaller shares chain neighbouring attacks of one campaign together.
_MEAN = 0.6
# Scores are counted in whole millionths, so that a sum is the same in every order.
_UNIT = 1_000_000


def linked(
    count: int, scores: Mapping[Pair, float], *, apart: Collection[Pair] = (), threshold: float = 0.0
) -> list[list[int]]:
    """Groups of the items 0…count-1, each sorted, in order of their first member.

    ``scores`` holds log-odds of compared pairs (i < j), ``apart`` pairs that must not share a group.
    """
    forbidden = set(apart)
    links = _Links(count, {**scores, **dict.fromkeys(forbidden, _FORBIDDEN)} if forbidden else scores)
    least = round(threshold * _UNIT)
    queue = [(-standing, i, j) for i, j in links.pairs() if (standing := links.between(i, j)) > least]
    heapq.heapify(queue)
    while queue:
        best = queue[0][0]
        tied = []
        while queue and queue[0][0] == best:
            _, a, b = heapq.heappop(queue)
            # An entry may name a group that is gone into another.
            if a in links.groups and b in links.groups:
                tied.append((a, b))
        for members in _connected(tied):
            if len(members) > 2 and links.mean(members) <= least:
                continue
            new = links.join(members)
            for other in links.beside(new):
                standing = links.between(new, other)
                if standing > least:
                    heapq.heappush(queue, (-standing, other, new))
    return sorted(sorted(items) for items in links.groups.values())


def between(compared: Collection[float], pairs: int) -> float:
    """What stands between two groups with so many ``pairs`` of items, of which those ``compared`` have the given log-odds."""
    unseen = pairs - len(compared)
    mean = (sum(compared) + unseen * _NEVER_COMPARED) / pairs
    return _MEAN * mean + (1 - _MEAN) * max(compared)


class _Links:
    """The groups so far, and of each two that were compared the sum, the number and the best of the pairs between them.

    Number and best are kept only where they are not those of a single pair, of which there are millions in a large pile.
    """

    def __init__(self, count: int, scores: Mapping[Pair, float]) -> None:
        self.groups: dict[int, list[int]] = {item: [item] for item in range(count)}
        self._sums: list[dict[int, int]] = [{} for _ in range(count)]
        self._counts: list[dict[int, int]] = [{} for _ in range(count)]
        self._best: list[dict[int, int]] = [{} for _ in range(count)]
        for (i, j), score in scores.items():
            self._sums[i][j] = self._sums[j][i] = round(score * _UNIT)

    def pairs(self) -> list[Pair]:
        return [(a, b) for a in self.groups for b in self._sums[a] if a < b]

    def beside(self, group: int) -> list[int]:
        """The groups with which ``group`` was compared."""
        return list(self._sums[group])

    def between(self, a: int, b: int) -> float:
        """What stands between two groups that were compared, in millionths."""
        return _MEAN * self.mean((a, b)) + (1 - _MEAN) * self._best[a].get(b, self._sums[a][b])

    def mean(self, members: Collection[int]) -> float:
        """Over all pairs of items of different ones of the groups ``members``, in millionths."""
        total = number = 0
        for a, b in combinations(members, 2):
            pairs = len(self.groups[a]) * len(self.groups[b])
            seen = self._counts[a].get(b, 1) if b in self._sums[a] else 0
            total += self._sums[a].get(b, 0) + (pairs - seen) * round(_NEVER_COMPARED * _UNIT)
            number += pairs
        return total / number

    def join(self, members: Collection[int]) -> int:
        """Make one group of several; gives its number."""
        new = len(self._sums)
        self.groups[new] = [item for group in members for item in self.groups.pop(group)]
        sums: dict[int, int] = defaultdict(int)
        counts: dict[int, int] = defaultdict(int)
        best: dict[int, int] = {}
        for group in members:
            for other, total in self._sums[group].items():
                if other not in members:
                    sums[other] += total
                    counts[other] += self._counts[group].get(other, 1)
                    most = self._best[group].get(other, total)
                    best[other] = max(best.get(other, most), most)
                    del self._sums[other][group]
                    self._counts[other].pop(group, None)
                    self._best[other].pop(group, None)
            self._sums[group], self._counts[group], self._best[group] = {}, {}, {}
        self._sums.append(dict(sums))
        self._counts.append(dict(counts))
        self._best.append(best)
        for other in sums:
            self._sums[other][new], self._counts[other][new], self._best[other][new] = (
                sums[other],
                counts[other],
                best[other],
            )
        return new


def _connected(pairs: Iterable[Pair]) -> list[list[int]]:
    """The connected components of ``pairs``."""
    pairs = list(pairs)
    items = sorted({item for pair in pairs for item in pair})
    place = {item: n for n, item in enumerate(items)}
    found = united(len(items), [(place[a], place[b]) for a, b in pairs])
    return [[items[n] for n in members] for members in found]


def united(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Connected components of the items 0…count-1 under ``pairs``, each sorted, in order of their first member."""
    parent = list(range(count))

    def find(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, j in pairs:
        a, b = find(i), find(j)
        if a != b:
            parent[max(a, b)] = min(a, b)
    out: dict[int, list[int]] = defaultdict(list)
    for item in range(count):
        out[find(item)].append(item)
    return sorted(out.values())
