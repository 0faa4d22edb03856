"""Whole dates as headers, datelines and credit lines write them: day, month and year, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
WEEKDAY = r"(?:(?P<weekday{n}>Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?[ ]+)?"
YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    "|".join(
        (
            WEEKDAY.format(n=1)
            + rf"(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?[ ]+(?:of[ ]+)?(?P<month1>{MONTH}),?[ ]+(?P<year1>{YEAR})",
            # The year may be glued to a two-digit day: "Jul 012016".
            WEEKDAY.format(n=2)
            + rf"(?P<month2>{MONTH})[ ]+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ ]+|,|(?<=\d\d))(?P<year2>{YEAR})",
            rf"(?P<year3>{YEAR})(?P<sep3>[-/.])(?P<month3>\d{{1,2}})(?P=sep3)(?P<day3>\d{{1,2}})",
            WEEKDAY.format(n=4)
            + rf"(?P<first4>\d{{1,2}})(?P<sep4>[-./])(?P<second4>\d{{1,2}})(?P=sep4)(?P<year4>{YEAR})",
        )
    )
    + r"(?!\d)",
    re.I,
)
TIME = re.compile(
    r"(?:at[ ]+)?(?:T|[ ])?\d{1,2}(?:[:.]\d\d){1,2}(?:[ ]?[ap]\.?m\.?)?(?:[ ]?(?:[A-Z]{2,4}T|UTC|GMT|Z|ET|CT|PT)\b)?"
    r"|\d{1,2}[ ]?[ap]\.?m\.?(?:[ ]?(?:[A-Z]{2,4}T|ET|CT|PT)\b)?|\d{4}[ ][AP]M\b"
    r"|\d{4}[ ](?:GMT|UTC)\b",
    re.I,
)


class Found(NamedTuple):
    """A date and where it stands."""

    start: int
    end: int
    day: date


def moment_in(value: object) -> datetime | None:
    """The moment that an ISO date-time with a zone names, in UTC; None for anything else. Midnight to the second is a day without
    an hour."""
    if not isinstance(value, str) or ("T" not in value.upper() and " " not in value.strip()):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if moment.tzinfo is None or not (moment.hour or moment.minute or moment.second):
        return None
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


def dates_in(text: str) -> Iterator[Found]:
    """The whole dates in ``text``, those that could be two different days left out.

    >>> [str(found.day) for found in dates_in("Tue 05 Jul 2016; August 1 2011; 27-09-2013; 03/04/2015; Fri 3/4/2015")]
    ['2016-07-05', '2011-08-01', '2013-09-27', '2015-04-03']
    """
    for match in DATE.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            continue
        day = _day(match)
        if day is not None:
            yield Found(match.start(), match.end(), day)


def date_at(text: str, start: int) -> Found | None:
    """The whole date that begins at ``start``."""
    match = DATE.match(text, start)
    day = _day(match) if match else None
    return Found(match.start(), match.end(), day) if match and day else None


def _day(match: re.Match[str]) -> date | None:
    group = match.groupdict()
    if group["year1"]:
        return _valid(group["year1"], _month(group["month1"]), group["day1"])
    if group["year2"]:
        return _valid(group["year2"], _month(group["month2"]), group["day2"])
    if group["year3"]:
        return _valid(group["year3"], int(group["month3"]), group["day3"])
    return _numeric(group)


def _numeric(group: dict[str, str | None]) -> date | None:
    """Day first with points and hyphens, as written nearly everywhere; with a slash only where one reading is left."""
    first, second, year = group["first4"] or "", group["second4"] or "", group["year4"] or ""
    readings = [_valid(year, int(second), first), _valid(year, int(first), second)]
    weekday = (group["weekday4"] or "")[:3].lower()
    if weekday:
        readings = [day for day in readings if day and WEEKDAYS[day.weekday()] == weekday]
    possible = {day for day in readings if day}
    if len(possible) == 1:
        return possible.pop()
    return readings[0] if len(possible) == 2 and group["sep4"] != "/" else None


def _month(name: str | None) -> int:
    return MONTHS.index((name or "")[:3].lower()) + 1


def _valid(year: str | None, month: int, day: str | None) -> date | None:
    try:
        return date(int(year or 0), month, int(day or 0))
    except ValueError:
        return None
