"""When the event of a report was: its days, with how much speaks for each.

A report names many days: that of the attack, of the arrest, of the funeral, of its own printing. A date tells of the attack
where it stands beside words for it, early in the text; dates beside court, burial or speech count little. What is left
unsaid stays unsaid: shares sum to less than 1, and the rest is "not known".
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from firsthand.model import Annotation, Claim, Document, Interval, Layer, TimeMention

from .cues import cues

# Intervals longer than this many days are no evidence of a day ("last month").
_LONGEST_DAYS = 3
# What a date weighs whose sentence has no word for an event, or one for the aftermath that stands nearer to the date.
# Set by hand and checked against the stated event days of the development halves; rerun those before touching them.
_WITHOUT_EVENT = 0.4
_AFTERMATH_ALONE = 0.2
_AFTERMATH_NEARER = 0.35
_TITLE = 1.5
_SLOPE = 0.2
# A report whose dates weigh this much in all is even odds to have named the event's day.
_HALF_SURE = 0.35
# With no day named: a story is mostly of its own day or the one before.
_LAG_SHARES = (0.4, 0.25, 0.05)


@dataclass(frozen=True)
class DayShares:
    """Shares of belief by day (sum ≤ 1; the rest is unknown). ``stated``: at least one day is named in the text."""

    shares: Mapping[date, float]
    stated: bool = False

    @property
    def unknown(self) -> float:
        return max(0.0, 1.0 - sum(self.shares.values()))

    @property
    def best(self) -> date | None:
        """The likeliest day (the earlier of equals)."""
        return min(self.shares, key=lambda d: (-self.shares[d], d), default=None)


def event_days(document: Document, annotation: Annotation, claims: Iterable[Claim]) -> DayShares:
    """The days on which the report's main event may have been. ``claims`` are those of the main event."""
    weights: dict[date, float] = defaultdict(float)
    for name in ("title", "text"):
        layer = annotation.title if name == "title" else annotation.text
        text = document.field_text(name)
        for mention in layer.times:
            spread(
                weights,
                mention.interval,
                mention_weight(mention, layer, text, title=name == "title"),
                document.published,
            )
    for claim in claims:
        spread(weights, claim.when, 0.5, document.published)
    total = sum(weights.values())
    shares: dict[date, float] = defaultdict(float)
    sure = total / (total + _HALF_SURE)
    # The power favours the day that most speaks for over the rest put together.
    scale = sum(w**1.5 for w in weights.values())
    for day, weight in weights.items():
        shares[day] += sure * weight**1.5 / scale
    if document.published:
        for lag, share in enumerate(_LAG_SHARES):
            shares[document.published - timedelta(lag)] += (1 - sure) * share
    return DayShares(dict(sorted(shares.items())), stated=bool(weights))


def spread(weights: dict[date, float], interval: Interval | None, weight: float, published: date | None) -> None:
    """Add ``weight`` to the days of ``interval``, unless it is vague, open or still to come."""
    if interval is None or interval.start is None or interval.end is None:
        return
    length = (interval.end - interval.start).days + 1
    if length > _LONGEST_DAYS or (published is not None and interval.start > published):
        return
    for offset in range(length):
        weights[interval.start + timedelta(offset)] += weight / length


def mention_weight(mention: TimeMention, layer: Layer, text: str, *, title: bool) -> float:
    """How much a date speaks for the day of the report's event."""
    starts = [s.span.start for s in layer.sentences]
    index = bisect_right(starts, mention.span.start) - 1
    if index < 0:
        return 0.0
    sentence = layer.sentences[index]
    words = sentence.span.of(text)
    offset = mention.span.start - sentence.span.start
    event = min((abs(c.start - offset) for c in cues(words, "event")), default=None)
    after = min((abs(c.start - offset) for c in cues(words, "aftermath")), default=None)
    weight = _TITLE if title else 1 / (1 + _SLOPE * index)
    if event is None:
        return weight * (_WITHOUT_EVENT if after is None else _AFTERMATH_ALONE)
    return weight * _AFTERMATH_NEARER if after is not None and after < event else weight
