"""What an incident is called: its type, day, place and title, from what its reports say together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from firsthand.model import Interval, Place, latest_weekday
from firsthand.model.incident import IncidentType

from .profile import Profile

_TYPE_WORDS: Mapping[str, str] = {
    "airstrike": "Airstrike", "shelling": "Shelling", "bombing": "Bombing", "suicide_bombing": "Suicide bombing",
    "shooting": "Shooting", "ambush": "Ambush", "clash": "Clash", "execution": "Execution", "abduction": "Abduction",
    "arrest": "Arrest", "chemical": "Chemical attack", "massacre": "Massacre", "attack": "Attack", "other": "Incident",
}  # fmt: skip
# Words for a plain attack or for fighting stand in most reports of anything; a named means of attack says more.
_GENERAL = {"attack": 0.25, "clash": 0.6, "massacre": 0.6}
# Means that are named once and called "the attack" or "the strike" from then on; what also happens in the course of an attack by
# other means (shots, arrests) is not among them. One of these that half of the reports name is what the incident was.
_NAMED_ONCE = frozenset({"airstrike", "shelling", "bombing", "suicide_bombing", "ambush", "chemical"})
_HALF = 0.5
# The second day of a pair counts as stated where it has this share of the first one's weight.
_SECOND_DAY = 0.6
# A day is the incident's where its reports believe in it this much on average.
_BELIEF = 0.15
_MINOR_PLACE = 0.15
# Towns stand for the incident where its reports name one more likely than not; else their areas do.
_SURE = 0.5


def incident_type(profiles: Sequence[Profile]) -> IncidentType:
    """The type that the reports' titles and leads speak of most; where that is a plain attack, the means that most name."""
    found: dict[str, float] = defaultdict(float)
    for profile in profiles:
        for kind, share in profile.kinds.items():
            found[kind] += share * _GENERAL.get(kind, 1.0)
    ranked = sorted(found, key=lambda k: (-found[k], k))
    if ranked[:1] == ["attack"] and len(ranked) > 1 and ranked[1] in _NAMED_ONCE:
        naming = sum(1 for profile in profiles if ranked[1] in profile.kinds)
        if naming >= _HALF * sum(1 for profile in profiles if profile.kinds):
            return cast(IncidentType, ranked[1])
    return cast(IncidentType, ranked[0] if ranked else "other")


def incident_days(profiles: Sequence[Profile]) -> Interval:
    """The day that the reports together point to; two neighbours where both are named; none where none is."""
    total: dict[date, float] = {}
    for profile in profiles:
        for day, share in profile.days.shares.items():
            total[day] = total.get(day, 0.0) + share
    for day, share in _weekdays_dated(profiles):
        total[day] = total.get(day, 0.0) + share
    best = min(total, key=lambda d: (-total[d], d), default=None)
    telling = sum(1 for p in profiles if p.days.shares or p.days.weekdays)
    if best is None or total[best] < _BELIEF * telling:
        return _told(profiles)
    beside = max((best - timedelta(1), best + timedelta(1)), key=lambda d: (total.get(d, 0.0), -d.toordinal()))
    if total.get(beside, 0.0) >= _SECOND_DAY * total[best]:
        return Interval(min(best, beside), max(best, beside), "days")
    return Interval(best, best, "day")


def _weekdays_dated(profiles: Sequence[Profile]) -> Iterator[tuple[date, float]]:
    """The weekdays that undated reports name, as days of the week up to the last report of the incident that has a day.

    This dates the incident, not the undated report.
    """
    printed = [p.days.published for p in profiles if p.days.published is not None]
    if printed:
        for profile in profiles:
            for weekday, share in profile.days.weekdays.items():
                yield latest_weekday(weekday, max(printed)), share


def _told(profiles: Sequence[Profile]) -> Interval:
    """The longer time at which most main claims put the event, where no day is known; else that of their printing."""
    found = Counter(
        i for p in profiles for i in p.days.told if i.start is not None and i.end is not None and (i.days or 0) > 3
    )
    if not found:
        found = Counter(p.days.printed for p in profiles if p.days.printed is not None)
    return min(found, key=lambda i: (-found[i], str(i.start), str(i.end)), default=Interval(None, None, "none"))


def incident_places(profiles: Sequence[Profile]) -> list[Place]:
    """The places that the reports together point to, main first; areas only where no town is named."""
    fine: dict[str, float] = defaultdict(float)
    coarse: dict[str, float] = defaultdict(float)
    places: dict[str, Place] = {}
    for profile in profiles:
        places.update(profile.places.places)
        for found, shares in ((fine, profile.places.fine), (coarse, profile.places.coarse)):
            for place, share in shares.items():
                found[place] += share
    chosen = fine if sum(fine.values()) >= _SURE * len(profiles) or not coarse else coarse
    total = sum(chosen.values())
    ranked = sorted(chosen, key=lambda p: (-chosen[p], p))
    kept = [p for n, p in enumerate(ranked) if n == 0 or chosen[p] >= _MINOR_PLACE * total]
    if chosen is coarse:
        kept += _joint(kept, profiles)
    return [places[p] for p in dict.fromkeys(kept)]


def _joint(kept: Sequence[str], profiles: Sequence[Profile]) -> list[str]:
    """Areas that reports name in one breath with the main one, those that most name first: "strikes in Iraq and Syria"."""
    found = Counter(p for profile in profiles if kept and kept[0] in profile.places.joint for p in profile.places.joint)
    return sorted(found, key=lambda p: (-found[p], p))


def where_precision(profiles: Sequence[Profile], place: Place) -> int:
    """The UCDP code of the incident's place: no better than 2 where its reports only say that it lies near."""
    naming = [p for p in profiles if place.id in p.places.places]
    return max(2, place.precision) if naming and all(place.id in p.places.near for p in naming) else place.precision


def basis(profiles: Sequence[Profile], when: Interval, place: Place | None) -> str:
    """What day and place of an incident rest on, in a sentence each; empty for what is not known."""
    return " ".join(t for t in (_day_basis(profiles, when), _place_basis(profiles, place)) if t)


def _day_basis(profiles: Sequence[Profile], when: Interval) -> str:
    if when.start is None or when.end is None or when.granularity not in ("day", "days"):
        return ""
    named = guessed = weekdays = 0
    for days in (p.days for p in profiles):
        if sum(x for day, x in days.named.items() if when.start <= day <= when.end) >= _BELIEF:
            named += 1
        elif any(when.start <= day <= when.end for day in days.guessed):
            guessed += 1
        elif days.weekdays:
            weekdays += 1
    told = [
        f"the text of {_reports(named)}" if named else "",
        f"the day of printing of {_reports(guessed)}" if guessed else "",
        f"the weekday that {_reports(weekdays)} without a date name{'s' if weekdays == 1 else ''}" if weekdays else "",
    ]
    rests = ", ".join(t for t in told if t)
    return f"Its day rests on {rests}." if rests else ""


def _place_basis(profiles: Sequence[Profile], place: Place | None) -> str:
    if place is None:
        return ""
    naming = sum(1 for p in profiles if place.id in p.places.fine or place.id in p.places.coarse)
    return f"{place.name} is named by {_reports(naming)}." if naming else ""


def _reports(number: int) -> str:
    return f"{number} report{'' if number == 1 else 's'}"


def incident_title(kind: str, places: Sequence[Place], when: Interval) -> str:
    """A neutral title: type, place and day, in nobody's headline words. Of several ``places`` the first is named, of several
    areas the first two.

    >>> incident_title("airstrike", [], Interval(date(2021, 5, 4), date(2021, 5, 4)))
    'Airstrike, 4 May 2021'
    >>> north, south = (Place(name, name, kind="country") for name in ("Northland", "Southland"))
    >>> incident_title("shelling", [north, south], Interval(None, None, "none"))
    'Shelling, Northland and Southland'
    """
    named = [
        p.name for n, p in enumerate(places[:2]) if n == 0 or (p.kind == "country" and places[0].kind == "country")
    ]
    return ", ".join(t for t in (_TYPE_WORDS[kind], " and ".join(named), day_words(when)) if t)


def day_words(when: Interval) -> str:
    """``when`` as a reader writes it; empty where it is not known.

    >>> day_words(Interval(date(2021, 5, 31), date(2021, 6, 1), "days"))
    '31 May to 1 June 2021'
    >>> day_words(Interval(date(2021, 6, 1), date(2021, 6, 2), "days"))
    '1 to 2 June 2021'
    """
    if when.start is None or when.end is None:
        return ""
    start, end = when.start, when.end
    if when.granularity == "year" and start.year == end.year:
        return str(start.year)
    if when.granularity == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    if start == end:
        return f"{start.day} {start:%B %Y}"
    month = "" if (start.year, start.month) == (end.year, end.month) else f" {start:%B}"
    first = f"{start.day}{month}" + ("" if start.year == end.year else f" {start.year}")
    return f"{first} to {end.day} {end:%B %Y}"
