"""Dates as metadata gives them, to ISO form. Dates in running text are another room's business."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\d{2}:?\d{2}.*)?$")
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%a %d %b %Y", "%A, %B %d, %Y")


def iso_date(value: str) -> str | None:
    """ISO date or date-time for a metadata value, or None where it is not a date or could be two.

    >>> iso_date("2024-02-03T10:00:00Z"), iso_date("Sat, 03 Feb 2024 10:00:00 +0000"), iso_date("3 February 2024")
    ('2024-02-03T10:00:00Z', '2024-02-03T10:00:00+00:00', '2024-02-03')
    >>> iso_date("03/02/2024") is None, iso_date("20240203"), iso_date("soon") is None
    (True, '2024-02-03', True)
    """
    value = value.strip()
    if match := ISO.match(value):
        year, month, day = (int(part) for part in match.groups())
        if _valid(year, month, day) is None:
            return None
        return value if value[4:5] == "-" else f"{year:04}-{month:02}-{day:02}"
    if match := YEAR_FIRST.match(value):
        return _valid(*(int(part) for part in match.groups()))
    if re.fullmatch(r"\d{10}|\d{13}", value):
        seconds = int(value[:10])
        return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
    for form in FORMATS:
        try:
            return datetime.strptime(value, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
