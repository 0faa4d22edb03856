"""Weekdays that an undated report names: no date, but they tell two events apart, and date an incident beside dated reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from firsthand.resources import table


@cache
def _numbers() -> Mapping[str, int]:
    return {row["word"].lower(): int(row["value"]) for row in table("times/words.tsv") if row["kind"] == "weekday"}


def weekday_in(words: str) -> int | None:
    """The weekday (Monday 0) that a time expression names.

    >>> weekday_in("late on Friday night"), weekday_in("last month")
    (4, None)
    """
    return next((_numbers()[w] for w in re.findall(r"[a-z]+", words.lower()) if w in _numbers()), None)


def by_weekday(shares: Mapping[date, float]) -> dict[int, float]:
    """Shares of days as shares of weekdays."""
    out: dict[int, float] = defaultdict(float)
    for day, share in shares.items():
        out[day.weekday()] += share
    return dict(out)
