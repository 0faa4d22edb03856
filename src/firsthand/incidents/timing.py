"""When the event of a report was: its days, with how much speaks for each.

A report names many days: that of the attack, of the arrest, of the funeral, of its own printing. A date tells of the attack
where it stands beside words for it, early in the text; dates beside court, burial or speech count little. What is left
unsaid stays unsaid: shares sum to less than 1, and the rest is "not known".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from firsthand.model import Annotation, Claim, Document, Interval, Layer, TimeMention, latest_weekday

from .cues import beside, cues, is_background, is_cause
from .local_time import local_day
from .placing import FINE, PlaceShares, is_elsewhere
from .weekdays import weekday_in

# Intervals longer than this many days speak for a time, not for a day ("last month", "in June").
_LONGEST_DAYS = 3
_LONGEST_WIDE = 366
# What a date weighs whose sentence has no word for an event, or one for the aftermath that stands nearer to the date.
# Set by hand and checked against the stated event days of the development halves; rerun those before touching them.
_WITHOUT_EVENT = 0.4
_CLAIM = 0.5
_AFTERMATH_ALONE = 0.2
_AFTERMATH_NEARER = 0.35
# The day of what the event answers ("in retaliation for Sunday's raid") is another's.
_CAUSE = 0.1
# That of what is told beside the report's event ("elsewhere, on Monday") likewise, and of how it came about ("the town that rebels
# seized on Monday").
_BESIDE = 0.25
_GROUND = 0.3
# A day told only of towns far from the report's own is that of another event.
_ELSEWHERE = 0.3
# A day that owns an event ("Friday's strike"), with words that may stand between.
_POSSESSIVE = 1.0
_MODIFIERS = re.compile(r"\s+(?:[\w’'-]+\s+){0,3}")
_TITLE = 1.5
_SLOPE = 0.2
# A report whose dates weigh this much in all is even odds to have named the event's day; a date that cannot be resolved
# ("on Friday" in an undated report) counts against those that can.
_HALF_SURE = 0.3
# How far the words of title and lead make a report one of the aftermath: events are named in those too, so they count less.
_TITLE_FACTOR = 2.0
_LEAD = 400
_EVENT_SHARE = 0.5
# The day on which somebody spoke of the event ("police said Tuesday") is its own day or the one after.
_SAID_SHARES = (0.5, 0.2)
# With no day named: a story is mostly of its own day or the one before.
_LAG_SHARES = (0.4, 0.25, 0.05)


@dataclass(frozen=True)
class DayShares:
    """Shares of belief by day (sum ≤ 1; the rest is unknown): of days that the text names, and of days guessed from the day
    of publication.

    ``wide`` holds longer times that the report names, with what speaks for each; ``told`` those at which its main claims put
    the event; ``printed`` the year or month of its copyright line where it has no other date. ``published`` is the day of
    printing, given or estimated; ``late`` how far the report is one of the aftermath; ``weekdays`` shares of belief by weekday
    (Monday 0) where a report without a day of printing names some.
    """

    named: Mapping[date, float]
    guessed: Mapping[date, float]
    wide: tuple[tuple[date, date, float], ...] = ()
    told: tuple[Interval, ...] = ()
    printed: Interval | None = None
    published: date | None = None
    late: float = 0.0
    weekdays: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def shares(self) -> Mapping[date, float]:
        """Both together."""
        return {d: self.named.get(d, 0.0) + self.guessed.get(d, 0.0) for d in sorted({*self.named, *self.guessed})}

    @cached_property
    def named_days(self) -> Mapping[int, float]:
        """``named`` by number of the day, which is what comparing thousands of pairs needs."""
        return {day.toordinal(): share for day, share in self.named.items()}

    @cached_property
    def guessed_days(self) -> Mapping[int, float]:
        """``guessed`` by number of the day."""
        return {day.toordinal(): share for day, share in self.guessed.items()}

    @cached_property
    def best(self) -> date | None:
        """The likeliest day (the earlier of equals)."""
        return min(self.shares, key=lambda d: (-self.shares[d], d), default=None)


def event_days(
    document: Document,
    annotation: Annotation,
    claims: Iterable[Claim],
    *,
    printed: date | None = None,
    places: PlaceShares | None = None,
) -> DayShares:
    """The days on which the report's main event may have been. ``claims`` are those of the main event, ``places`` its places, as
    far as they are known; ``printed`` is the day of printing that an undated report has through its page or a copy."""
    today = document.published or printed
    late = aftermath_share(document)
    stated = [claim for claim in claims if claim.when is not None]
    local = local_day(document, places.main) if places else None
    found = _Times(max(today, local) if today and local else today)
    for name in ("title", "text"):
        layer = annotation.title if name == "title" else annotation.text
        for mention in layer.times:
            weight = mention_weight(mention, layer, document.field_text(name), late=late, title=name == "title")
            there = not places or not _is_set_elsewhere(mention, layer, places)
            found.add(mention, weight * _own(mention.interval, today, late) * (1 if there else _ELSEWHERE))
    for claim in stated:
        place = places.places.get(claim.place or "") if places else None
        there = not places or not place or not is_elsewhere(place, places)
        assert claim.when is not None
        found.add_interval(claim.when, _CLAIM * _own(claim.when, today, late) * (1 if there else _ELSEWHERE))
    named, sure = found.shares()
    return DayShares(
        named,
        _guessed(today, sure, late),
        wide=tuple(found.wide),
        told=tuple(claim.when for claim in stated if claim.when is not None),
        printed=_printed(document),
        published=today,
        late=late,
        weekdays=_weekday_shares(found.weekdays),
    )


def _own(interval: Interval | None, today: date | None, late: float) -> float:
    """What the report's own day counts as a day of the event: a report of the aftermath names it for what followed."""
    return 1 - late if interval is not None and today is not None and interval.day == today else 1.0


def _is_set_elsewhere(mention: TimeMention, layer: Layer, places: PlaceShares) -> bool:
    """Whether the sentence of a time names towns, and only such as lie far from the event's own."""
    index = bisect_right(layer.sentences, mention.span.start, key=lambda sentence: sentence.span.start) - 1
    sentence = layer.sentences[max(0, index)].span
    towns = [
        m.place for m in layer.places if m.place and m.locative and m.place.kind in FINE and sentence.covers(m.span)
    ]
    return bool(towns) and all(is_elsewhere(town, places) for town in towns)


@dataclass
class _Times:
    """What the times of one report speak for, by day, as they are added: ``weekdays`` and ``unresolved`` are of those that could
    not be resolved to a day, ``wide`` the longer times with their weights; nothing after ``today`` counts."""

    today: date | None
    days: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    wide: list[tuple[date, date, float]] = field(default_factory=list)
    weekdays: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    unresolved: float = 0.0

    def add(self, mention: TimeMention, weight: float) -> None:
        """Add a time that the report names."""
        if mention.interval is None:
            self._add_unresolved(mention, weight)
        elif mention.role == "said":
            for lag, share in enumerate(_SAID_SHARES):
                spread(self.days, _earlier(mention.interval, lag), share * weight, self.today)
            self.wide.extend(_wide(mention.interval, weight))
        else:
            self.add_interval(mention.interval, weight)

    def add_interval(self, interval: Interval, weight: float) -> None:
        """Add a time at which something of the event was."""
        spread(self.days, interval, weight, self.today)
        self.wide.extend(_wide(interval, weight))

    def _add_unresolved(self, mention: TimeMention, weight: float) -> None:
        weekday = weekday_in(mention.text) if mention.role == "event" else None
        if weekday is not None and self.today is not None:
            # Its day of printing is known through a copy only, so the reading room could not resolve it.
            self.days[latest_weekday(weekday, self.today)] += weight
            return
        self.unresolved += weight
        if weekday is not None:
            self.weekdays[weekday] += weight

    def shares(self) -> tuple[dict[date, float], float]:
        """The share of belief of each named day, and how sure it is that one of them is the event's."""
        total = sum(self.days.values())
        sure = total / (total + self.unresolved + _HALF_SURE)
        # The power favours the day that most speaks for over the rest put together.
        scale = sum(w**1.5 for w in self.days.values())
        return {day: sure * weight**1.5 / scale for day, weight in sorted(self.days.items()) if weight > 0}, sure


def _guessed(today: date | None, sure: float, late: float) -> dict[date, float]:
    """Shares of the day of printing and those before it, as far as the report names no day."""
    if today is None:
        return {}
    return {today - timedelta(lag): (1 - sure) ** 2 * share * (1 - late) for lag, share in enumerate(_LAG_SHARES)}


def _weekday_shares(weights: Mapping[int, float]) -> dict[int, float]:
    scale = sum(w**1.5 for w in weights.values())
    sure = sum(weights.values()) / (sum(weights.values()) + _HALF_SURE)
    return {weekday: sure * weight**1.5 / scale for weekday, weight in sorted(weights.items()) if weight > 0}


def _earlier(interval: Interval, lag: int) -> Interval:
    if interval.start is None or interval.end is None:
        return interval
    return replace(interval, start=interval.start - timedelta(lag), end=interval.end - timedelta(lag))


def _printed(document: Document) -> Interval | None:
    """The time of an undated report's copyright or update line."""
    found = sorted(
        (c.end - c.start, c.start, c.end) for c in document.date_clues if c.kind in ("copyright", "updated", "header")
    )
    if document.published is not None or not found:
        return None
    length, start, end = found[0]
    return Interval(start, end, "day" if length.days == 0 else "month" if length.days <= 31 else "year")


def aftermath_share(document: Document) -> float:
    """How much of the title and lead is about what followed an event (arrest, trial, mourning): 0 to almost 1."""
    after = event = 0.0
    for text, weight in ((document.title or "", _TITLE_FACTOR), (document.text[:_LEAD], 1.0)):
        after += weight * sum(1 for c in cues(text, "aftermath") if c.kind not in ("saying", "state"))
        event += weight * sum(1 for _ in cues(text, "event"))
    return after / (after + _EVENT_SHARE * event + 1)


def _wide(interval: Interval, weight: float) -> list[tuple[date, date, float]]:
    if interval.start is None or interval.end is None:
        return []
    length = (interval.end - interval.start).days + 1
    return [(interval.start, interval.end, weight)] if _LONGEST_DAYS < length <= _LONGEST_WIDE else []


def spread(weights: dict[date, float], interval: Interval, weight: float, published: date | None) -> None:
    """Add ``weight`` to the days of ``interval``, unless it is vague, open or still to come."""
    if interval.start is None or interval.end is None:
        return
    length = (interval.end - interval.start).days + 1
    if length > _LONGEST_DAYS or interval.granularity not in ("part", "day", "days"):
        return
    if published is not None and interval.start > published:
        return
    for offset in range(length):
        weights[interval.start + timedelta(offset)] += weight / length


def mention_weight(mention: TimeMention, layer: Layer, text: str, *, late: float, title: bool) -> float:
    """How much a date speaks for the day of the report's event."""
    index = bisect_right(layer.sentences, mention.span.start, key=lambda sentence: sentence.span.start) - 1
    if index < 0 or mention.role == "published":
        return 0.0
    sentence = layer.sentences[index]
    words = sentence.span.of(text)
    offset, end = mention.span.start - sentence.span.start, mention.span.end - sentence.span.start
    weight = _TITLE if title else 1 / (1 + _SLOPE * index)
    if is_cause(words, offset):
        weight *= _CAUSE
    elif beside(words, offset):
        weight *= _BESIDE
    elif is_background(words, offset):
        weight *= _GROUND
    events = [c.start for c in cues(words, "event")]
    if _is_possessive(words, offset, end, events):
        return weight * _POSSESSIVE
    event = min((abs(start - offset) for start in events), default=None)
    after = min((abs(c.start - offset) for c in cues(words, "aftermath")), default=None)
    if event is None:
        return weight * (1 - late) * (_WITHOUT_EVENT if after is None else _AFTERMATH_ALONE)
    return weight * (1 - late) * _AFTERMATH_NEARER if after is not None and after < event else weight


def _is_possessive(words: str, start: int, end: int, events: Iterable[int]) -> bool:
    """Whether a day owns an event: "Friday's deadly strike"."""
    if words.startswith(("'s", "’s"), end):
        end += 2
    elif not words[start:end].endswith(("'s", "’s", "days")):
        return False
    return any(event > end and _MODIFIERS.fullmatch(words, end, event) for event in events)
