"""Points in time as news gives them: a range of days, and how exactly it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

Granularity: TypeAlias = Literal["part", "day", "days", "week", "month", "year", "none"]


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included. ``part`` names a stated part of a day: night, morning, afternoon, evening.

    ``start`` or ``end`` is None where that side is open ("since April"). ``granularity`` says what was stated, not how
    long the interval is: "last month" has granularity month.
    """

    start: date | None
    end: date | None
    granularity: Granularity = "day"
    part: str | None = None

    @property
    def day(self) -> date | None:
        """The one day it can be, or None."""
        return self.start if self.start is not None and self.start == self.end else None

    @property
    def days(self) -> int | None:
        """Length in days, or None where a side is open."""
        return None if self.start is None or self.end is None else (self.end - self.start).days + 1


def latest_weekday(weekday: int, day: date) -> date:
    """The latest such weekday (Monday 0) not after ``day``.

    >>> latest_weekday(6, date(2024, 2, 3))
    datetime.date(2024, 1, 28)
    """
    return day - timedelta(days=(day.weekday() - weekday) % 7)
