"""Grouping by average link: two groups join while, over all their pairs, more speaks for one incident than against.

The mean over all pairs, with pairs that were never compared counted against, keeps one chance link from chaining two
incidents together. What a person or the copies settled comes in as pairs that must or must not be together.
Ties go to the pair of groups whose smallest members come first, so equal means can fall differently under another
numbering: the caller numbers reports by their ids, which makes the order of the input irrelevant.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

# What a pair counts that no block brought together.
_NEVER_COMPARED = -3.0
_FORBIDDEN = -1e9


def average_link(
    count: int, scores: Mapping[Pair, float], *, apart: Collection[Pair] = (), threshold: float = 0.0
) -> list[list[int]]:
    """Groups of the items 0…count-1, each sorted, in order of their first member.

    ``scores`` holds log-odds of compared pairs (i < j), ``apart`` pairs that must not share a group.
    """
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    counts: list[dict[int, int]] = [{} for _ in range(count)]
    forbidden = set(apart)
    for (i, j), score in {**scores, **dict.fromkeys(forbidden, 0.0)}.items():
        value = _FORBIDDEN if (i, j) in forbidden else score
        for a, b in ((i, j), (j, i)):
            sums[a][b] = value
            counts[a][b] = 1
    groups: dict[int, list[int]] = {i: [i] for i in range(count)}
    # Entries are (−mean, smallest members, group numbers): a stale entry names a group that is gone.
    queue = [(-score, i, j, i, j) for (i, j), score in scores.items() if score > threshold and (i, j) not in forbidden]
    heapq.heapify(queue)
    while queue:
        _, _, _, a, b = heapq.heappop(queue)
        if a not in groups or b not in groups:
            continue
        merged = sorted(groups.pop(a) + groups.pop(b))
        new = len(sums)
        groups[new] = merged
        _join_rows(sums, counts, a, b)
        for other, total in sums[new].items():
            pairs = len(merged) * len(groups[other])
            mean = (total + (pairs - counts[new][other]) * _NEVER_COMPARED) / pairs
            if mean > threshold:
                first, second = sorted((merged[0], groups[other][0]))
                heapq.heappush(queue, (-mean, first, second, min(new, other), max(new, other)))
    return sorted(groups.values())


def _join_rows(sums: list[dict[int, float]], counts: list[dict[int, int]], a: int, b: int) -> None:
    """Append the row of the group that ``a`` and ``b`` became, and point the others' rows at it."""
    new = len(sums)
    sums.append({})
    counts.append({})
    for other in sorted((sums[a].keys() | sums[b].keys()) - {a, b}):
        total = sums[a].get(other, 0.0) + sums[b].get(other, 0.0)
        number = counts[a].get(other, 0) + counts[b].get(other, 0)
        for gone in (a, b):
            sums[other].pop(gone, None)
            counts[other].pop(gone, None)
        sums[new][other] = sums[other][new] = total
        counts[new][other] = counts[other][new] = number
    sums[a] = sums[b] = {}
    counts[a] = counts[b] = {}


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
