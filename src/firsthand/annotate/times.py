"""Time expressions: what the words say, as an interval of days with the granularity that was stated.

News rules, measured on reports (``notes`` of the project): a weekday is the latest such day up to the day of publication,
that day included; a month and day without a year is the latest one past. Without a day of publication only dates that
name their year have an interval. Nothing is ever borrowed from another report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from firsthand.model import DateClue, Interval, Span, TimeMention, latest_weekday
from firsthand.model.time import Granularity

from .calendars import DAY, day_of, from_hijri, month_span, next_weekday, week_span
from .time_links import Anchor, Found, anchored, count_of, joined, moved
from .time_patterns import (
    CLOCK,
    EDGE,
    FUTURE,
    HIJRI_MONTHS,
    MONTHS,
    OPEN_END,
    OPEN_START,
    PARTS,
    WEEKDAYS,
    matches,
)
from .time_roles import Role, is_stamp, role_of

# A report may be stamped a day before the day it names (time zones, evening editions).
TOLERANCE = DAY
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def find_times(
    text: str, *, published: date | None, date_clues: Sequence[DateClue] = (), printed: date | None = None
) -> tuple[TimeMention, ...]:
    """All time expressions of ``text`` in text order, none overlapping.

    ``published`` is the report's own day, ``printed`` an estimate that stands in for it. Where there is neither, ``date_clues``
    bound it: the report is no older than its latest clue and no younger than the year of its copyright. A month and day then has
    a year if any day between would give the same.

    >>> [str(m.interval.day) for m in find_times("killed on Sunday, 28 January", published=date(2024, 2, 3)) if m.interval]
    ['2024-01-28']
    """
    today = published or printed
    reader = _Reader(text, today, _bounds(date_clues) if today is None else None)
    found = anchored(text, joined(text, reader.read()))
    if published is None and printed is not None:
        found = [replace(f, anchor="estimate") if f.anchor == "publication" else f for f in found]
    return tuple(
        TimeMention(Span(f.start, f.end), text[f.start : f.end], f.interval, f.anchor, _role(text, f, today))
        for f in found
    )


def _role(text: str, found: Found, published: date | None) -> Role:
    day = found.interval.day if found.interval and found.anchor == "absolute" else None
    if published and day and abs(day - published) <= TOLERANCE and is_stamp(text, found.start, found.end):
        return "published"
    return role_of(text, found.start, found.end)


def _bounds(clues: Sequence[DateClue]) -> tuple[date, date] | None:
    """First and last day on which a report with these clues may have been published."""
    years = {clue.end for clue in clues if clue.kind == "copyright"}
    if len(years) != 1:
        return None
    first, last = max(clue.start for clue in clues), years.pop()
    return (first, last) if first <= last else None


def _latest_past(month: int, day: int, today: date) -> date | None:
    candidates = (day_of(today.year - back, month, day) for back in range(5))
    return next((d for d in candidates if d and d <= today), None)


class _Reader:
    """Reads one text. Each method ``_name`` interprets a match of the reading ``name``; None: not a time after all."""

    def __init__(self, text: str, published: date | None, bounds: tuple[date, date] | None) -> None:
        self.text = text
        self.published = published
        self.bounds = bounds
        self.day_first: bool | None = None

    def read(self) -> list[Found]:
        taken = bytearray(len(self.text))
        found: list[Found] = []
        for name, match in matches(self.text):
            start, end = match.span()
            while start < end and self.text[start].isspace():
                start += 1
            if any(taken[start:end]):
                continue
            reading = getattr(self, f"_{name}")(match)
            if reading is None:
                continue
            interval, anchor = reading
            taken[start:end] = b"\1" * (end - start)
            found.append(Found(start, end, self._with_part(interval, start, match), anchor))
        return sorted(found, key=lambda f: f.start)

    # -- dates that name a day

    def _iso(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        day = day_of(int(match["year"]), int(match["m"]), int(match["day"]))
        return (Interval(day, day), "absolute") if day else None

    def _numeric(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        readings = {day for day in (day_of(year, second, first), day_of(year, first, second)) if day}
        if not readings:
            return None
        if len(readings) == 2 and self.published:
            # Marked by nothing but the day of publication: the one reading that lies in the month before it.
            near = {d for d in readings if timedelta(0) <= self.published + TOLERANCE - d <= timedelta(days=31)}
            readings = near or readings
        day = readings.pop() if len(readings) == 1 else None
        return (Interval(day, day) if day else None), "absolute"

    def _hijri(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        month = HIJRI_MONTHS[re.sub(r"[\s'’-]", "", match["hijri"].lower())]
        day = from_hijri(int(match["year"]), month, int(match["day"]))
        return (Interval(day - DAY, day + DAY, "days"), "absolute") if day else None

    def _day_month(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        return self._dated(match, int(match["day"]), int(match["day"]))

    _month_day = _day_month

    def _days_month(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        first, last = int(match["day"]), int(match["day2"])
        return self._dated(match, first, last) if first < last else None

    _month_days = _days_month

    def _dated(self, match: re.Match[str], first: int, last: int) -> tuple[Interval | None, Anchor] | None:
        month = MONTHS[match["month"].lower()]
        granularity: Granularity = "day" if first == last else "days"
        if match["year"]:
            start, end = day_of(int(match["year"]), month, first), day_of(int(match["year"]), month, last)
            return (Interval(start, end, granularity), "absolute") if start and end else None
        weekday = next(
            (WEEKDAYS[w.lower()] for w in re.findall(r"[A-Za-z]{3,}", match.group()) if w.lower() in WEEKDAYS), None
        )
        start = self._latest(month, first, weekday, match.start())
        if start is None:
            return None, "publication"
        end = day_of(start.year, month, last)
        return (Interval(start, end, granularity), "publication") if end else None

    def _latest(self, month: int, day: int, weekday: int | None, position: int) -> date | None:
        """The latest such day up to publication; where the text names a weekday that disagrees, another year that agrees."""
        if self.published is None:
            within = {_latest_past(month, day, bound) for bound in self.bounds or ()}
            return within.pop() if len(within) == 1 else None
        if FUTURE.search(self.text, max(0, position - 90), position):
            ahead = day_of(self.published.year, month, day)
            if ahead and ahead > self.published:
                return ahead
        candidates = [day_of(self.published.year - back, month, day) for back in range(5)]
        past = [d for d in candidates if d and d <= self.published + TOLERANCE]
        if weekday is not None:
            return next((d for d in past if d.weekday() == weekday), past[0] if past else None)
        return past[0] if past else None

    # -- months and years

    def _month_year(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        span = month_span(int(match["year"]), MONTHS[match["month"].lower()])
        return _third(span, match["third"]), "absolute"

    def _month_ref(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        if self.published is None:
            return None, "publication"
        month, ref = MONTHS[match["month"].lower()], match["ref"].lower()
        year = self.published.year - (month > self.published.month)
        if ref == "next":
            year = self.published.year + (month <= self.published.month)
        elif ref == "last" and month == self.published.month:
            year -= 1
        return Interval(*month_span(year, month), "month"), "publication"

    def _month(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        word = match["month"]
        if (
            not match["prep"]
            and not match["third"]
            and word in ("May", "March", "August", "Sept", "Aug", "Nov", "Dec", "Oct")
        ):
            return None
        if (
            word in ("May", "March")
            and match["prep"]
            and match["prep"].lower() in ("of", "by", "from", "through")
            and not match["third"]
        ):
            return None
        if not match["prep"] and re.match(r"\s+[A-Z]", self.text[match.end() : match.end() + 2]):
            return None  # a first name
        month = MONTHS[word.lower()]
        if self.published is None:
            years = {bound.year - (month > bound.month) for bound in self.bounds or ()}
            return (_third(month_span(years.pop(), month), match["third"]) if len(years) == 1 else None), "publication"
        year = self.published.year - (month > self.published.month)
        return self._open(_third(month_span(year, month), match["third"]), match["prep"]), "publication"

    def _year(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        year = int(match["year"])
        last = match["year2"]
        if last:
            end = int(last) if len(last) == 4 else year // 100 * 100 + int(last)
            if not year < end <= year + 60:
                return None
            return Interval(date(year, 1, 1), date(end, 12, 31), "year"), "absolute"
        interval = Interval(date(year, 1, 1), date(year, 12, 31), "year")
        third = (match["third"] or "").lower()
        if "early" in third or "beginning" in third or "start" in third:
            interval = Interval(date(year, 1, 1), date(year, 4, 30), "month")
        elif "mid" in third:
            interval = Interval(date(year, 5, 1), date(year, 8, 31), "month")
        elif "late" in third or "end" in third:
            interval = Interval(date(year, 9, 1), date(year, 12, 31), "month")
        return self._open(interval, match["prep"]), "absolute"

    def _season(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        first, ref = _SEASONS[match["season"].lower()], match["ref"].lower()
        if match["year"]:
            year, anchor = int(match["year"]), "absolute"
        elif ref in ("last", "this"):
            if self.published is None:
                return None, "publication"
            anchor, year = "publication", self.published.year
            if date(year, first, 1) > self.published or (
                ref == "last" and month_span(year, first + 2)[1] >= self.published
            ):
                year -= 1
        else:
            return None
        span = Interval(month_span(year, first)[0], month_span(year, first + 2)[1], "month")
        return span, "absolute" if anchor == "absolute" else "publication"

    # -- days relative to publication

    def _weekday(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        if self.published is None:
            return None, "publication"
        weekday = WEEKDAYS[match["weekday"].lower()]
        ref = " ".join((match["ref"] or "").lower().split())
        week = " ".join((match["week"] or "").lower().split())
        if week:
            start, _ = week_span(self.published, {"last": -1, "this": 0, "next": 1}[week.split()[0]])
            day = start + timedelta(days=weekday)
        elif ref in ("next", "this coming", "coming") or FUTURE.search(
            self.text, max(0, match.start() - 90), match.start()
        ):
            day = next_weekday(weekday, self.published)
        elif ref in ("the following", "the next"):
            return None, "event"
        elif ref in ("the previous", "previous"):
            day = latest_weekday(weekday, self.published) - timedelta(weeks=1)
        else:
            day = latest_weekday(
                weekday, self.published - DAY if ref in ("last", "past", "this past") else self.published
            )
            if not ref and day + 7 * DAY <= self.published + TOLERANCE and self._is_said(match):
                # Nobody is quoted from six days ago as "on Friday": the page was stamped before its text was last changed.
                day += 7 * DAY
        return Interval(day, day), "publication"

    def _named_day(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        if self.published is None:
            return None, "publication"
        name = match["name"].lower()
        day = self.published + {"yesterday": -DAY, "tomorrow": DAY}.get(name, timedelta(0))
        return (Interval(day, day, "part", "night") if name == "tonight" else Interval(day, day)), "publication"

    def _day_before_yesterday(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        day = self.published - 2 * DAY if self.published else None
        return (Interval(day, day) if day else None), "publication"

    def _this_part(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        day = self.published
        return (Interval(day, day, "part", match["part"].lower()) if day else None), "publication"

    def _last_night(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        day = self.published
        return (Interval(day - DAY, day, "part", "night") if day else None), "publication"

    # -- spans relative to publication

    def _ago(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        count, unit = count_of(match["count"]), match["unit"].lower()
        if self.published is None or count is None:
            return None, "publication"
        return moved(self.published, -count, unit), "publication"

    def _past_span(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        count, unit = (count_of(match["count"]) if match["count"] else 1), match["unit"].lower()
        if self.published is None or count is None:
            return None, "publication"
        days = {"hour": -(-count // 24), "day": count, "week": 7 * count, "month": 30 * count, "year": 365 * count}[
            unit
        ]
        granularity: Granularity = {"hour": "days", "day": "days", "week": "week", "month": "month", "year": "year"}[
            unit
        ]  # type: ignore[assignment]
        return Interval(self.published - timedelta(days=days), self.published, granularity), "publication"

    def _weekend(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        if self.published is None:
            return None, "publication"
        ref, weekday = match["ref"].lower(), self.published.weekday()
        saturday = latest_weekday(5, self.published)
        if ref == "next":
            saturday = next_weekday(5, self.published)
        elif ref in ("last", "previous") and weekday >= 5:
            saturday -= timedelta(weeks=1)
        elif ref == "this" and weekday < 5 and weekday > 1:
            # From Wednesday on, "this weekend" is the one to come.
            saturday = next_weekday(5, self.published)
        return Interval(saturday, saturday + DAY, "days"), "publication"

    def _relative_unit(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        ref, unit = " ".join(match["ref"].lower().split()), match["unit"].lower()
        if ref.startswith("the "):
            return None, "event"
        if self.published is None:
            return None, "publication"
        step = {"last": -1, "this": 0, "next": 1, "this past": -1}[ref]
        third = (match["third"] or "").strip(" -").lower()
        if unit == "week":
            start, end = week_span(self.published, step)
            if ref == "this past":  # the days just gone by, those of the week that has begun among them
                start, end = self.published - 7 * DAY, self.published
            interval = Interval(start, end, "week")
        elif unit == "month":
            interval = Interval(*month_span(self.published.year, self.published.month + step), "month")
        else:
            year = self.published.year + step
            interval = Interval(date(year, 1, 1), date(year, 12, 31), "year")
        if third == "earlier" and step == 0 and interval.start:
            return replace(interval, end=self.published), "publication"
        return interval, "publication"

    # -- days relative to an event told before

    def _event_day(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        return None, "event"

    def _event_shift(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        return (None, "event") if match["unit"].lower() != "hour" else None

    def _nth_day(self, match: re.Match[str]) -> tuple[Interval | None, Anchor] | None:
        return None, "event"

    # -- shared

    def _is_said(self, match: re.Match[str]) -> bool:
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        return role_of(self.text, start, match.end()) == "said"

    def _open(self, interval: Interval, preposition: str | None) -> Interval:
        word = (preposition or "").lower()
        if word == "since":
            return replace(interval, end=None)
        return replace(interval, start=None) if word == "until" else interval

    def _with_part(self, interval: Interval | None, start: int, match: re.Match[str]) -> Interval | None:
        """The interval with the part of the day that the words in or before the match state."""
        if interval is None or interval.granularity not in ("day", "part"):
            return interval
        groups = match.re.groupindex
        words = " ".join((match[g] or "") for g in ("before", "after") if g in groups).lower().split()
        part = next((PARTS[p] for p in (*_pairs(words), *words) if p in PARTS), None)
        if interval.part:
            part = part or interval.part
        before = self.text[max(0, start - 60) : start]
        if part is None and (edge := EDGE.search(before)):
            word = edge["edge"].lower()
            part = {"early": "morning", "late": "night"}.get(word) or PARTS.get(word)
        if part is None and (clock := CLOCK.search(before)):
            part = _part_of_clock(clock)
        if part is None and words:
            # "early on Monday" is Monday's morning in news, "late Tuesday" Tuesday's night.
            part = {"early": "morning", "late": "night"}.get(words[0])
        if part is None:
            if OPEN_START.search(before):
                return replace(interval, end=None)
            return replace(interval, start=None) if OPEN_END.search(before) else interval
        return replace(interval, granularity="part", part=part)


def _pairs(words: list[str]) -> Iterator[str]:
    yield " ".join(words)
    yield from (f"{a} {b}" for a, b in pairwise(words))


def _part_of_clock(match: re.Match[str]) -> str | None:
    half = (match["half"] or "").lower()
    if not half and not match["minute"]:
        return None
    hour = int(match["hour"]) % 24
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return "night" if hour < 5 or hour >= 21 else "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


def _third(span: tuple[date, date], words: str | None) -> Interval:
    """A month, or the third of it that "early", "mid" or "late" names."""
    start, end = span
    word = (words or "").lower()
    if "early" in word or "beginning" in word:
        return Interval(start, start.replace(day=10), "days")
    if "mid" in word:
        return Interval(start.replace(day=11), start.replace(day=20), "days")
    if "late" in word or "end" in word:
        return Interval(start.replace(day=21), end, "days")
    return Interval(start, end, "month")
