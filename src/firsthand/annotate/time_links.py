"""Time expressions in relation to each other: ranges, and days counted from an event told before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from firsthand.model import Interval

from .calendars import DAY, month_span, next_weekday
from .time_patterns import NUMBERS, ORDINALS, WEEKDAYS

Anchor = Literal["absolute", "publication", "estimate", "event"]


@dataclass(frozen=True, slots=True)
class Found:
    """A reading before ranges are joined. ``year_known``: the text itself states the year."""

    start: int
    end: int
    interval: Interval | None
    anchor: Anchor


def count_of(word: str) -> int | None:
    """The number a count word states; None for vague ones, which never become numbers."""
    word = " ".join(word.lower().split())
    return int(word) if word.isdigit() else NUMBERS.get(word)


def moved(day: date, count: int, unit: str) -> Interval | None:
    """``count`` units away from ``day``, as exactly as such words are meant."""
    if unit in ("day", "night"):
        if abs(count) > 400:
            return None
        target = day + timedelta(days=count)
        return Interval(target, target, *(("part", "night") if unit == "night" else ("day",)))
    if unit == "hour":
        first = day - timedelta(days=-(-abs(count) // 24)) if count < 0 else day
        return Interval(first, day if count < 0 else day + timedelta(days=-(-count // 24)), "days")
    if unit == "week":
        target = day + timedelta(weeks=count)
        return Interval(target - timedelta(days=3), target + timedelta(days=3), "week")
    if unit == "month":
        return Interval(*month_span(day.year, day.month + count), "month")
    year = day.year + (10 * count if unit == "decade" else count)
    return Interval(date(year, 1, 1), date(year, 12, 31), "year") if 1 <= year <= 9999 else None


_RANGE_GAP = re.compile(r"\s*(?:-|–|—|to|until|till|through|into)\s*(?:the\s+)?")
_BETWEEN = re.compile(r"\b(?:[Bb]etween|[Ff]rom)\s+$")


def joined(text: str, found: list[Found]) -> list[Found]:
    """``found`` with "from Monday to Wednesday", "between March 3 and March 5" and the like made one."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        if last and last.interval and item.interval and last.interval.start and item.interval.end:
            gap = text[last.end : item.start]
            span_word = _RANGE_GAP.fullmatch(gap)
            between = gap.strip() == "and" and _BETWEEN.search(text, max(0, last.start - 12), last.start)
            start, end = last.interval.start, item.interval.end
            if (span_word or between) and start <= end and last.interval.granularity != "year":
                joined = Interval(
                    start,
                    end,
                    "days" if item.interval.granularity in ("day", "part", "days") else item.interval.granularity,
                )
                if (end - start).days <= 1 and last.interval.part == "night":
                    joined = Interval(start, end, "part", "night")
                out[-1] = Found(last.start, item.end, joined, last.anchor)
                continue
        out.append(item)
    return out


_EVENT_SIDE = re.compile(r"\b(before|previous|preceding|earlier)\b", re.I)
_EVENT_SAME = re.compile(r"\b(same|that)\b", re.I)
# "Sunday, three days after a raid killed nine": what follows is the other event, and the day told just before is this one's.
_SHIFT_TO = re.compile(r"\b(after|before)$", re.I)
_OTHER_EVENT = re.compile(r"\s+(?:an?|another|the|its|his|her|their|similar|deadly|two|three|\w+ing)\s+\w", re.I)
# "It came six days after shells hit …": the day told last is this event's, in whichever sentence it stands.
_CAME = re.compile(
    r"\b(?:came|comes|coming|happened|occurred)\s+(?:(?:just|only|barely|some|about|almost|nearly)\s+)*$", re.I
)
_CAME_REACH = 30
_SPEAKS = re.compile(
    r"\s+(?:[\w’'.-]+\s+){1,4}?(?:said|announced|warned|vowed|pledged|urged|threatened|promised|declared|stated|told)\b"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def anchored(text: str, found: list[Found]) -> list[Found]:
    """``found`` with "the day before", "two days later", "that night" resolved against the day told last."""
    out: list[Found] = []
    current: date | None = None
    told = 0
    for item in found:
        if item.anchor == "event" and item.interval is None and current is not None:
            if _names_other_event(text, told, item):
                # A statement's day is no day of an event.
                spoken = _SPEAKS.match(text, item.end) is not None
                interval = None if spoken else _from_event(_turned(text[item.start : item.end]), current)
                out.append(replace(item, interval=interval))
                continue
            item = replace(item, interval=_from_event(text[item.start : item.end], current))
        if item.interval and item.interval.day:
            current, told = item.interval.day, item.end
        out.append(item)
    return out


def _names_other_event(text: str, told: int, item: Found) -> bool:
    """Whether "two days after" leads from the day told last to another event, which follows."""
    if _SHIFT_TO.search(text, item.start, item.end) is None:
        return False
    if _CAME.search(text, max(0, item.start - _CAME_REACH), item.start) is not None:
        return True
    return _OTHER_EVENT.match(text, item.end) is not None and _SENTENCE_END.search(text, told, item.start) is None


def _turned(words: str) -> str:
    return _SHIFT_TO.sub(lambda m: "before" if m.group().lower() == "after" else "after", words)


def _from_event(words: str, day: date) -> Interval | None:
    lower = " ".join(words.lower().split())
    part = next((p for p in ("night", "morning", "afternoon", "evening") if lower.endswith(p)), None)
    shift = re.match(
        r"(?P<count>[\w ]+?)\s+(?P<unit>day|night|week|month|year)s?\s+(?:earlier|before|later|after)", lower
    )
    back = bool(_EVENT_SIDE.search(lower))
    if shift and (shift["count"] not in ("the", "on the")):
        count = count_of(shift["count"])
        return None if count is None else moved(day, -count if back else count, shift["unit"])
    if any(f" {o} " in f" {lower} " for o in ORDINALS) or re.search(r"\d(?:st|nd|rd|th)\b", lower):
        return None
    if any(f"{w}" in lower for w in WEEKDAYS):
        weekday = next(v for w, v in WEEKDAYS.items() if w in lower)
        target = next_weekday(weekday, day)
        return Interval(target, target)
    if lower.endswith(("week", "month", "year")):
        return None
    target = day if _EVENT_SAME.search(lower) else day - DAY if back else day + DAY
    return Interval(target, target, "part", part) if part else Interval(target, target)
