"""Which pairs of reports are worth aligning: neighbours by rare words in a date window, and reports that share runs of five words.

Each kind finds what the other misses: neighbours by weighted words find rewrites that keep no run of words (MinHash over
shingles finds one rewrite in 25), runs of words find a paragraph of copy inside a long text about something else. Neither ever
takes all pairs of a large bucket: a neighbour list has a fixed length, and a run that stands in many reports ties each to one.

Likeness is counted in whole numbers, which have the same sum in whatever order they are added: a report looked up in a kept index
(``growth``) has the very neighbours that it has when a whole pile is compared with itself here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from .printings import UNDATED
from .reading import Ids, Reading, run_keys
from .weights import Weights

Pairs: TypeAlias = npt.NDArray[np.int64]
Days: TypeAlias = npt.NDArray[np.int64]
Keys: TypeAlias = npt.NDArray[np.uint64]

#: Neighbours kept a report. With 10 the nearest relatives of every rewrite of the development halves are among them.
NEIGHBOURS = 12
#: The values of a vector of unit length are counted in this many steps.
UNIT = 4096
#: A neighbour below this cosine, in steps, is never a copy: ``evidence`` could not be brought above even odds.
LEAST_LIKENESS = round(0.12 * UNIT**2)
#: A word in more texts than this, or than one in ten, brings no two of them together; nor does one in so many times as many
#: reports, where texts were copied word for word.
WORD_BUCKET, WORD_COPIES = 400, 4
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
#: What a word counts that stands once, twice, …: looked up, so that it is the same to the last bit for one report as for many.
_GROWTH = np.array([1 + log(count) for count in range(1, 1025)])


@dataclass(frozen=True, eq=False)
class Vectors:
    """The words that bring reports together, one entry a report and word: ``value`` in steps of 1/``UNIT``, ``probe`` where it is
    one of the report's heaviest."""

    reports: int
    owner: npt.NDArray[np.int32]
    word: Ids
    value: npt.NDArray[np.int32]
    probe: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Near:
    """Neighbour lists, one entry a report and neighbour, in order of the report and then from the nearest on."""

    report: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    likeness: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Runs:
    """Which reports hold which of the indexed runs of words, in order of key and then of report."""

    key: Keys
    holder: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Candidates:
    """``pairs`` of indices, lower first, sorted, shape (pairs, 2), and what they were found by."""

    pairs: Pairs
    vectors: Vectors
    near: Near
    runs: Runs


def candidates(readings: Sequence[Reading], weights: Weights, days: Days) -> Candidates:
    """The pairs of ``readings`` that are worth aligning.

    ``days`` has one ordinal day a reading, ``UNDATED`` where there is none; ``readings`` come in an order of their own ids, so
    that ties fall the same way whatever order the reports came in.
    """
    words, runs = vectors(readings, weights), runs_of(readings)
    near = _neighbours(words, days)
    found = np.concatenate(
        [np.sort(np.stack([near.report, near.other], axis=1), axis=1), _sharing(runs, len(readings))]
    )
    pairs: Pairs = np.unique(found, axis=0)
    return Candidates(pairs, words, near, runs)


def vectors(readings: Sequence[Reading], weights: Weights) -> Vectors:
    """The words of ``readings`` that bring them together.

    Left out are words of too many texts. Those that one text alone had when frequencies were learnt look for neighbours
    beside the heaviest: in the pile that was learnt from they meet nothing, but a report that comes later may be a copy.
    """
    parts = [np.unique(reading.words, return_counts=True) for reading in readings]
    owner = np.repeat(np.arange(len(readings), dtype=np.int32), [len(words) for words, _ in parts])
    word = np.concatenate([*(words for words, _ in parts), np.empty(0, np.uint32)]).astype(np.uint32)
    count = np.concatenate([*(count for _, count in parts), np.empty(0, np.int64)])
    value = _GROWTH[np.minimum(count, len(_GROWTH)) - 1]
    distinct, column = np.unique(word, return_inverse=True)
    value *= weights.array(distinct)[column]
    norm = np.sqrt(np.bincount(owner, value * value, len(readings)))
    steps = np.rint(UNIT * value / np.maximum(norm[owner], 1e-9)).astype(np.int32)
    known = weights.frequencies
    used, carried = (known.look_up(counts, distinct) for counts in (known.used, known.carried))
    bucket = max(WORD_BUCKET // 8, min(WORD_BUCKET, known.texts // 10))
    keep = ((used <= bucket) & (carried <= WORD_COPIES * bucket))[column] & (steps > 0)
    owner, word, steps, single = owner[keep], word[keep], steps[keep], (used == 1)[column][keep]
    order = np.lexsort((word, -steps, single, owner))
    first = np.searchsorted(owner[order], np.arange(len(readings)))
    probe = single.copy()
    probe[order] |= np.arange(len(order)) - first[owner[order]] < PROBES
    return Vectors(len(readings), owner, word, steps, probe)


def runs_of(readings: Sequence[Reading]) -> Runs:
    """The indexed runs of ``readings``."""
    parts = [sampled_runs(reading.words) for reading in readings]
    holder = np.repeat(np.arange(len(readings), dtype=np.int64), [len(part) for part in parts])
    key = np.concatenate([*parts, np.empty(0, np.uint64)])
    order = np.lexsort((holder, key))
    return Runs(key[order], holder[order])


def sampled_runs(words: Ids) -> Keys:
    """The distinct keys that are indexed, sorted: the same ones of a run wherever it stands."""
    keys = run_keys(words)
    sampled: Keys = np.unique(keys[keys % np.uint64(RUN_SAMPLE) == 0])
    return sampled


def in_window(day: int, others: Days) -> npt.NDArray[np.bool_]:
    """Which of ``others`` lie within the date window of ``day``, or have no date."""
    if day == UNDATED:
        return np.ones(len(others), np.bool_)
    # An undated report has day ``UNDATED``, from which nothing must be taken away: it would overflow.
    inside: npt.NDArray[np.bool_] = np.abs(np.where(others == UNDATED, day, others) - day) <= WINDOW_DAYS
    return inside


def _neighbours(words: Vectors, days: Days) -> Near:
    by_day = np.argsort(days, kind="stable")
    place = np.empty_like(by_day)
    place[by_day] = np.arange(len(by_day))
    sorted_days = days[by_day]
    distinct, column = np.unique(words.word, return_inverse=True)
    shape = (words.reports, len(distinct))
    rows = place[words.owner]
    full = sp.csr_matrix((words.value, (rows, column)), shape=shape)
    probes = sp.csr_matrix((words.value[words.probe], (rows[words.probe], column[words.probe])), shape=shape)
    undated = int(np.searchsorted(sorted_days, UNDATED))
    found: list[Pairs] = [np.empty((0, 3), np.int64)]
    for low in range(0, words.reports, BLOCK):
        high = min(low + BLOCK, words.reports)
        begin, end = 0, undated
        if high <= undated:
            begin = int(np.searchsorted(sorted_days, sorted_days[low] - WINDOW_DAYS))
            end = int(np.searchsorted(sorted_days, sorted_days[high - 1] + WINDOW_DAYS, side="right"))
        columns = np.r_[begin : min(end, undated), undated : words.reports]
        product = (probes[low:high] @ full[columns].T).tocsr()
        found.append(_best(product, low, columns, sorted_days))
    entries = np.concatenate(found)
    report, other = by_day[entries[:, 0]], by_day[entries[:, 1]]
    order = np.argsort(report, kind="stable")
    return Near(report[order], other[order], entries[order, 2])


def _best(product: sp.csr_matrix, low: int, columns: npt.NDArray[np.int64], days: Days) -> Pairs:
    """For each row the ``NEIGHBOURS`` columns of highest likeness in its window, the row itself left out: row, column, likeness;
    where two are as like, the earlier one, and of one day that with the lower id."""
    rows: list[Pairs] = [np.empty((0, 3), np.int64)]
    for row in range(product.shape[0]):
        start, end = product.indptr[row], product.indptr[row + 1]
        likeness = product.data[start:end]
        where = np.flatnonzero(likeness >= LEAST_LIKENESS)
        target = columns[product.indices[start:end][where]]
        likeness = likeness[where]
        other = (target != low + row) & in_window(int(days[low + row]), days[target])
        target, likeness = target[other], likeness[other]
        best = np.lexsort((target, -likeness))[:NEIGHBOURS]
        rows.append(np.stack([np.full(len(best), low + row), target[best], likeness[best]], axis=1))
    return np.concatenate(rows)


def _sharing(runs: Runs, reports: int) -> Pairs:
    """Pairs that share enough runs."""
    if not len(runs.key):
        return np.empty((0, 2), np.int64)
    starts = np.flatnonzero(np.r_[True, runs.key[1:] != runs.key[:-1]])
    sizes = np.diff(np.r_[starts, len(runs.key)])
    coded: list[npt.NDArray[np.int64]] = []
    for size in range(2, RUN_BUCKET + 1):
        group = starts[sizes == size]
        if len(group):
            members = runs.holder[group[:, None] + np.arange(size)]
            left, right = np.triu_indices(size, 1)
            coded.append((members[:, left] * reports + members[:, right]).ravel())
    for group, size in zip(starts[sizes > RUN_BUCKET], sizes[sizes > RUN_BUCKET], strict=True):
        members = runs.holder[group : group + size]
        coded.append(members[0] * reports + members[1:])
    if not coded:
        return np.empty((0, 2), np.int64)
    pair, count = np.unique(np.concatenate(coded), return_counts=True)
    pair = pair[count >= RUNS_SHARED]
    return np.stack(np.divmod(pair, reports), axis=1)
