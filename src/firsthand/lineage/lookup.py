"""The index that one report more is looked up in: postings of rare words and of runs of words, in sorted arrays.

``candidates`` compares a pile with itself; this finds the same pairs for a single newcomer, in milliseconds however large the pile.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .candidates import (
    LEAST_LIKENESS,
    NEIGHBOURS,
    PROBES,
    RUN_BUCKET,
    RUNS_SHARED,
    UNDATED,
    WINDOW_DAYS,
    WORD_BUCKET,
    Days,
    sampled_runs,
    word_values,
)
from .reading import Reading
from .weights import Weights


class Lookup:
    """Postings of ``readings``; reports that come later are kept beside them until the index is built anew."""

    def __init__(self, readings: Sequence[Reading], weights: Weights, days: Days) -> None:
        self.count = len(readings)
        self.days = list(days.tolist())
        owner, words, value = word_values(readings, weights)
        order = np.argsort(words, kind="stable")
        self.words, self.owners, self.values = words[order], owner[order], value[order].astype(np.float32)
        runs = [sampled_runs(reading.words) for reading in readings]
        holder = np.repeat(np.arange(len(readings), dtype=np.int32), [len(part) for part in runs])
        keys = np.concatenate([*runs, np.empty(0, np.uint64)])
        order = np.argsort(keys, kind="stable")
        self.runs, self.holders = keys[order], holder[order]
        self._late_words: dict[int, list[tuple[int, float]]] = {}
        self._late_runs: dict[int, list[int]] = {}

    def near(self, reading: Reading, weights: Weights, day: int) -> list[int]:
        """Reports worth aligning with ``reading``, in order of their numbers."""
        _, words, value = word_values([reading], weights)
        frequency = np.array([weights.frequency(word) for word in words.tolist()])
        rare = np.flatnonzero(frequency <= max(WORD_BUCKET // 8, min(WORD_BUCKET, self.count // 10)) + 1)
        likeness: dict[int, float] = {}
        for k in rare[np.lexsort((words[rare], -value[rare]))][:PROBES].tolist():
            low, high = np.searchsorted(self.words, (words[k], words[k] + np.uint32(1)))
            found = zip(self.owners[low:high].tolist(), self.values[low:high].tolist(), strict=True)
            for other, weight in (*found, *self._late_words.get(int(words[k]), ())):
                likeness[other] = likeness.get(other, 0.0) + weight * float(value[k])
        ranked = sorted((-round(score, 5), other) for other, score in likeness.items() if score >= LEAST_LIKENESS)
        near = {other for _, other in [pair for pair in ranked if self._in_window(pair[1], day)][:NEIGHBOURS]}
        shared: dict[int, int] = {}
        for key in sampled_runs(reading.words).tolist():
            low, high = np.searchsorted(self.runs, np.array([key, key + 1], np.uint64))
            holders = (*self.holders[low:high].tolist(), *self._late_runs.get(key, ()))
            for other in holders if len(holders) <= RUN_BUCKET else holders[:1]:
                shared[other] = shared.get(other, 0) + 1
        near.update(other for other, count in shared.items() if count >= RUNS_SHARED)
        return sorted(near)

    def add(self, reading: Reading, weights: Weights, day: int) -> None:
        """Take in a report that came later; its number is the next one."""
        number = len(self.days)
        self.days.append(day)
        _, words, value = word_values([reading], weights)
        for word, weight in zip(words.tolist(), value.tolist(), strict=True):
            self._late_words.setdefault(word, []).append((number, weight))
        for key in sampled_runs(reading.words).tolist():
            self._late_runs.setdefault(key, []).append(number)

    def _in_window(self, other: int, day: int) -> bool:
        return UNDATED in (day, self.days[other]) or abs(self.days[other] - day) <= WINDOW_DAYS
