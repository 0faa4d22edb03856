"""Which pairs of reports are worth aligning: neighbours by rare words in a date window, and reports that share runs of five words.

Each kind finds what the other misses: neighbours by weighted words find rewrites that keep no run of words (MinHash over
shingles finds one rewrite in 25), runs of words find a paragraph of copy inside a long text about something else. Neither ever
takes all pairs of a large bucket: a neighbour list has a fixed length, and a run that stands in many reports ties each to one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from .reading import Ids, Reading, run_keys
from .weights import Weights

Pairs: TypeAlias = npt.NDArray[np.int64]
Days: TypeAlias = npt.NDArray[np.int64]

#: Neighbours kept a report. With 10 the nearest relatives of every rewrite of the development halves are among them.
NEIGHBOURS = 12
#: A neighbour below this cosine is never a copy: ``evidence`` could not be brought above even odds.
LEAST_LIKENESS = 0.12
#: A word in more reports than this, or than one in ten, brings no two of them together.
WORD_BUCKET = 400
#: Only so many of a report's heaviest words look for neighbours: enough to meet a relative that kept one in five.
PROBES = 40
#: A copy that comes later than this is looked for by its runs of words alone.
WINDOW_DAYS = 45
#: A run in more reports than this ties each of them to the first only.
RUN_BUCKET = 40
#: One run in this many is indexed; two must be shared, which a copied stretch of some 16 words does.
RUN_SAMPLE = 4
RUNS_SHARED = 2
#: Reports to a block of the sparse product: bounds its memory.
BLOCK = 2048
#: Day number of a report without a date.
UNDATED = np.iinfo(np.int64).max


def candidates(readings: Sequence[Reading], weights: Weights, days: Days) -> Pairs:
    """Pairs of indices into ``readings``, lower first, sorted, shape (pairs, 2).

    ``days`` has one ordinal day a reading, ``UNDATED`` where there is none; ``readings`` come in an order of their own ids, so
    that ties fall the same way whatever order the reports came in.
    """
    if len(readings) < 2:
        return np.empty((0, 2), np.int64)
    found = np.concatenate([_neighbours(readings, weights, days), _sharing_runs(readings)])
    pairs: Pairs = np.unique(found, axis=0)
    return pairs


def word_values(
    readings: Sequence[Reading], weights: Weights
) -> tuple[npt.NDArray[np.int32], Ids, npt.NDArray[np.float64]]:
    """Owner, word and value of every word of every reading; the values of a reading are a vector of unit length."""
    parts = [np.unique(reading.words, return_counts=True) for reading in readings]
    owner = np.repeat(np.arange(len(readings), dtype=np.int32), [len(words) for words, _ in parts])
    words = np.concatenate([words for words, _ in parts])
    value = 1 + np.log(np.concatenate([count for _, count in parts]))
    distinct, column = np.unique(words, return_inverse=True)
    value *= weights.array(distinct)[column]
    norm = np.sqrt(np.bincount(owner, value * value, len(readings)))
    value /= np.maximum(norm[owner], 1e-9)
    return owner, words, value


def _word_vectors(readings: Sequence[Reading], weights: Weights) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Probes (the heaviest words of each reading) and full vectors, over the words that bring reports together."""
    owner, words, value = word_values(readings, weights)
    distinct, column, frequency = np.unique(words, return_inverse=True, return_counts=True)
    bucket = max(WORD_BUCKET // 8, min(WORD_BUCKET, len(readings) // 10))
    keep = ((frequency >= 2) & (frequency <= bucket))[column]
    owner, column, value = owner[keep], column[keep].astype(np.int32), value[keep]
    order = np.lexsort((column, -value, owner))
    first = np.searchsorted(owner[order], np.arange(len(readings)))
    rank = np.arange(len(order)) - first[owner[order]]
    probe = order[rank < PROBES]
    shape = (len(readings), len(distinct))
    full = sp.csr_matrix((value.astype(np.float32), (owner, column)), shape=shape)
    probes = sp.csr_matrix((value[probe].astype(np.float32), (owner[probe], column[probe])), shape=shape)
    return probes, full


def _neighbours(readings: Sequence[Reading], weights: Weights, days: Days) -> Pairs:
    probes, full = _word_vectors(readings, weights)
    by_day = np.argsort(days, kind="stable")
    sorted_days = days[by_day]
    probes, full = probes[by_day], full[by_day]
    undated = int(np.searchsorted(sorted_days, UNDATED))
    pairs: list[Pairs] = []
    for low in range(0, len(readings), BLOCK):
        high = min(low + BLOCK, len(readings))
        begin, end = 0, undated
        if low < undated:
            begin = int(np.searchsorted(sorted_days, sorted_days[low] - WINDOW_DAYS))
            last = sorted_days[min(high, undated) - 1]
            end = int(np.searchsorted(sorted_days, last + WINDOW_DAYS, side="right"))
            if high > undated:
                begin, end = 0, undated
        columns = np.r_[begin : min(end, undated), undated : len(readings)]
        product = (probes[low:high] @ full[columns].T).tocsr()
        pairs.append(_best(product, low, columns))
    found = by_day[np.concatenate(pairs)]
    return np.sort(found, axis=1)


def _best(product: sp.csr_matrix, low: int, columns: npt.NDArray[np.int64]) -> Pairs:
    """For each row the ``NEIGHBOURS`` columns of highest likeness, the row itself left out."""
    rows: list[npt.NDArray[np.int64]] = []
    for row in range(product.shape[0]):
        start, end = product.indptr[row], product.indptr[row + 1]
        value = product.data[start:end]
        where = np.flatnonzero(value >= LEAST_LIKENESS)
        if not len(where):
            continue
        target = columns[product.indices[start:end][where]]
        value = value[where]
        other = target != low + row
        target, value = target[other], value[other]
        best = np.lexsort((target, -np.round(value, 5)))[:NEIGHBOURS]
        rows.append(np.stack([np.full(len(best), low + row), target[best]], axis=1))
    return np.concatenate(rows) if rows else np.empty((0, 2), np.int64)


def sampled_runs(words: Ids) -> npt.NDArray[np.uint64]:
    """The distinct keys that are indexed: the same ones of a run wherever it stands."""
    keys = run_keys(words)
    sampled: npt.NDArray[np.uint64] = np.unique(keys[keys % np.uint64(RUN_SAMPLE) == 0])
    return sampled


def _sharing_runs(readings: Sequence[Reading]) -> Pairs:
    parts = [sampled_runs(reading.words) for reading in readings]
    owner = np.repeat(np.arange(len(readings)), [len(part) for part in parts])
    keys = np.concatenate(parts)
    order = np.lexsort((owner, keys))
    owner, keys = owner[order], keys[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    coded: list[npt.NDArray[np.int64]] = []
    for size in range(2, RUN_BUCKET + 1):
        group = starts[sizes == size]
        if len(group):
            members = owner[group[:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            coded.append((members[:, left] * len(readings) + members[:, right]).ravel())
    for group, size in zip(starts[sizes > RUN_BUCKET], sizes[sizes > RUN_BUCKET], strict=True):
        members = owner[group : group + size]
        coded.append(members[0] * len(readings) + members[1:])
    if not coded:
        return np.empty((0, 2), np.int64)
    pair, count = np.unique(np.concatenate(coded), return_counts=True)
    pair = pair[count >= RUNS_SHARED]
    return np.stack(np.divmod(pair, len(readings)), axis=1)
