"""Calendar arithmetic for time expressions: weekdays, months, weeks, and the Islamic calendar."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; ``month`` may lie outside 1–12 and carries into the year.

    >>> month_span(2024, 0)
    (datetime.date(2023, 12, 1), datetime.date(2023, 12, 31))
    """
    year, index = year + (month - 1) // 12, (month - 1) % 12
    following = date(year + (index == 11), (index + 1) % 12 + 1, 1)
    return date(year, index + 1, 1), following - DAY


def week_span(day: date, weeks: int = 0) -> tuple[date, date]:
    """Monday to Sunday of the week of ``day``, moved by ``weeks``."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def next_weekday(weekday: int, day: date) -> date:
    """The first such weekday after ``day``."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def from_hijri(year: int, month: int, day: int) -> date | None:
    """Gregorian date of a date in the tabular (civil) Islamic calendar; sighting of the moon may differ by a day either way.

    Method: Reingold and Dershowitz, *Calendrical Calculations*, the arithmetic Islamic calendar.

    >>> from_hijri(1445, 9, 1)
    datetime.date(2024, 3, 11)
    """
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1300 <= year <= 1600):
        return None
    epoch = 227015  # ordinal of 16 July 622 (Julian)
    ordinal = epoch - 1 + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return date.fromordinal(ordinal)
