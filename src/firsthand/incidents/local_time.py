"""What day it was at the place of the event when a report was printed, where that is not the day of its stamp.

A report stamped on Friday evening in New York tells of Saturday morning in Baghdad; one stamped at 02:00 UTC may call the day
before "today" in Chicago. The zone is taken from the longitude, so nothing is changed near midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from firsthand.model import Annotation, Claim, Document, Interval, Layer, Place, TimeMention

from .weekdays import weekday_in

# Degrees of longitude an hour. Legal time strays from it by an hour or so, in a country known only as a whole by more.
_DEGREES = 15.0
_HOURS_OFF, _HOURS_OFF_COUNTRY, _COUNTRY = 1, 3, 6
_OWN_DAY = re.compile(r"\b(?:today|tonight|yesterday|this (?:morning|afternoon|evening))\b", re.IGNORECASE)


def local_day(document: Document, place: Place | None) -> date | None:
    """The day at ``place`` at the moment of printing; None where hour, zone or place are not known well enough to tell.

    Where the moment lies so near to midnight there that another zone of the place would give another day, there is no answer.
    """
    moment = document.published_at
    if moment is None or place is None or place.lon is None:
        return None
    off = _HOURS_OFF_COUNTRY if place.precision >= _COUNTRY else _HOURS_OFF
    days = {(moment + timedelta(hours=place.lon / _DEGREES + hours)).date() for hours in (-off, off)}
    return days.pop() if len(days) == 1 else None


def told_locally(
    document: Document, annotation: Annotation, claims: Iterable[Claim], place: Place | None
) -> tuple[Annotation, list[Claim]]:
    """``annotation`` and ``claims`` with the days as they were at ``place``: a weekday that is there the day of printing is that
    day, not the one of the week before; "today" may be the day of the stamp or that of the place."""
    claims = list(claims)
    local, published = local_day(document, place), document.published
    if local is None or published is None or abs((local - published).days) != 1:
        return annotation, claims
    moved: dict[Interval, Interval] = {}

    def layer_of(layer: Layer) -> Layer:
        times = tuple(replace(m, interval=_interval(m, published, local)) for m in layer.times)
        moved.update(
            (a.interval, b.interval) for a, b in zip(layer.times, times, strict=True) if a.interval and b.interval
        )
        return replace(layer, times=times)

    annotation = replace(annotation, title=layer_of(annotation.title), text=layer_of(annotation.text))
    return annotation, [replace(c, when=moved.get(c.when, c.when)) if c.when else c for c in claims]


def _interval(mention: TimeMention, published: date, local: date) -> Interval | None:
    interval = mention.interval
    if interval is None or interval.day is None or mention.anchor != "publication":
        return interval
    day, week = interval.day, timedelta(days=7)
    if weekday_in(mention.text) == local.weekday() and local == day + week and not re.search(r"\d|last", mention.text):
        return replace(interval, start=day + week, end=day + week)
    if _OWN_DAY.search(mention.text):
        other = day + (local - published)
        return replace(interval, start=min(day, other), end=max(day, other), granularity="days", part=None)
    return interval
