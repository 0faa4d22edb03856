"""How much speaks for two reports telling of one incident: a sum of log-odds (nats), each part with a reason.

The parts are those a careful reader weighs: the day and the place, which come near to deciding; then how far the wording
agrees, and who is named. Every weight is set by hand, from what separates same from different pairs in the development
halves of the three grouping sets taken together; a new weight must help all three in cross-validation, never one alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from firsthand.model import Outcome

from .placing import PlaceShares, nearness
from .profile import Profile
from .terms import Weights, cosine, vector
from .timing import DayShares

# Log-odds that two reports brought together by a block tell of one incident, before anything is compared.
_PRIOR = -6.3
# Of two reports of one incident, how much likelier than of two others that they name the same day; that their days differ
# though both name one; and that one of them leaves it open.
_SAME_DAY, _OTHER_DAY, _OPEN_DAY = 15.0, 0.03, 0.6
# Names of places are read wrongly more often than days: their odds count for less, those of days for more.
_DAY, _PLACE = 1.5, 0.7
# How far a day agrees with one that lies so many days off: by name the night between two days at most, by guess more.
_NAMED_KERNEL = {0: 1.0, 1: 0.07}
_GUESSED_KERNEL = {0: 1.0, 1: 0.4, 2: 0.1}
# What a longer time that one names and that holds the other's day adds ("last June").
_WIDE = 1.0
# The same for places; a rare place tells more than a capital, up to a limit.
_OTHER_PLACE, _OPEN_PLACE, _SAME_AREA = 0.15, 0.7, 1.5
_MOST_SAME_PLACE = 12.0
_OTHER_COUNTRY = -4.0
# Wording: logarithm of the cosine, in the whole text and in title and lead, against what strangers reach.
_TEXT, _LEAD, _STRANGERS = 1.75, 0.5, 0.08
_FLOOR = 0.02
# Names that both use, in shares of their information: people who did or suffered it, and the rarest other name. Officials and
# witnesses whom both quote speak about many events.
_PARTY, _RARE_NAME = 0.33, 0.7
_NAMES_COUNTED = 3
# Equal first counts, in shares of the logarithm of the count: that both say two were killed means little; of further counts
# that a report sets beside the first, only such as do not meet by chance. Differing counts are the
# rule among reports of one incident and weigh little.
_SAME_TOLL: Mapping[Outcome, float] = {"killed": 0.55, "wounded": 0.4}
_SAME_FURTHER_TOLL, _TELLING_TOLL = 0.3, 10
_OTHER_TOLL = -0.5
_OTHER_AGES = -1.6
_OTHER_FAMILIES = -2.2


@dataclass(frozen=True)
class Part:
    """One reason for or against: ``weight`` in nats, ``words`` for a person."""

    name: str
    weight: float
    words: str


class Comparison:
    """Compares reports of one pile. Learns the weight of each term from the pile once."""

    def __init__(self, profiles: Sequence[Profile], weights: Weights, place_share: Mapping[str, float]) -> None:
        self._weights = weights
        self._place_share = place_share
        self._text = {p.report: vector(p.terms, weights) for p in profiles}
        self._lead = {p.report: vector(p.lead, weights) for p in profiles}
        self._names = {p.report: frozenset(t for t in p.terms if t[0] == "@") for p in profiles}

    def score(self, a: Profile, b: Profile) -> float:
        """Log-odds that ``a`` and ``b`` tell of one main incident."""
        return _PRIOR + sum(part.weight for part in self.parts(a, b))

    def parts(self, a: Profile, b: Profile) -> list[Part]:
        """What speaks for and against, strongest first."""
        parts = [
            day_part(a.days, b.days),
            place_part(a.places, b.places, self._place_share),
            self._wording(a, b),
            self._names_part(a, b),
            *_toll_parts(a, b),
            *_differences(a, b),
        ]
        return sorted((p for p in parts if p.weight), key=lambda p: (-abs(p.weight), p.name))

    def _wording(self, a: Profile, b: Profile) -> Part:
        text = cosine(self._text[a.report], self._text[b.report])
        lead = cosine(self._lead[a.report], self._lead[b.report])
        base = math.log(_STRANGERS + _FLOOR)
        weight = _TEXT * (math.log(text + _FLOOR) - base) + _LEAD * (math.log(lead + _FLOOR) - base)
        return Part("wording", weight, f"wording agrees to {round(100 * text)}% (lead {round(100 * lead)}%)")

    def _names_part(self, a: Profile, b: Profile) -> Part:
        shared = sorted(a.people.keys() & b.people.keys(), key=lambda k: (-self._weights.of("@" + " ".join(k)), k))
        parties = [k for k in shared if a.people[k].party and b.people[k].party]
        used = {"@" + word for key in shared for word in key}
        rarest = min(
            (self._names[a.report] & self._names[b.report]) - used,
            key=lambda t: (-self._weights.of(t), t),
            default=None,
        )
        weight = _PARTY * self._information(parties)
        weight += _RARE_NAME * self._weights.of(rarest) if rarest else 0.0
        told = [a.people[k].text for k in parties[:2] or shared[:1]] + ([rarest[1:].title()] if rarest else [])
        return Part("names", weight, f"both name {' and '.join(told)}" if told else "")

    def _information(self, people: Sequence[tuple[str, str]]) -> float:
        return sum(self._weights.of("@" + " ".join(k)) for k in people[:_NAMES_COUNTED])


def day_part(a: DayShares, b: DayShares) -> Part:
    """What the days of two reports say."""
    agree = (
        _agreement(a.named, b.named, _NAMED_KERNEL)
        + _agreement(a.named, b.guessed, _GUESSED_KERNEL)
        + _agreement(a.guessed, b.named, _GUESSED_KERNEL)
        + _agreement(a.guessed, b.guessed, _GUESSED_KERNEL)
    )
    known = sum(a.shares.values()) * sum(b.shares.values())
    odds = agree * _SAME_DAY + max(0.0, 1 - known) * _OPEN_DAY + max(0.0, known - agree) * _OTHER_DAY
    weight = _DAY * math.log(odds) + _WIDE * max(_within(a, b), _within(b, a))
    if not a.shares and not b.shares:
        return Part("day", 0.0, "")
    if not a.shares or not b.shares:
        return Part("day", weight, "one of them names no day")
    if weight > 0:
        best = max(a.shares, key=lambda d: (a.shares[d] * b.shares.get(d, 0.0), -d.toordinal()))
        return Part(
            "day", weight, f"both point to {best.isoformat()}" if best in b.shares else "their days are neighbours"
        )
    return Part("day", weight, f"one points to {a.best}, the other to {b.best}")


def _agreement(a: Mapping[date, float], b: Mapping[date, float], kernel: Mapping[int, float]) -> float:
    return sum(
        x * b.get(day + timedelta(lag * side), 0.0) * factor
        for day, x in a.items()
        for lag, factor in kernel.items()
        for side in ((1, -1) if lag else (1,))
    )


def _within(a: DayShares, b: DayShares) -> float:
    """How much of ``b``'s days lies in a longer time that ``a`` names."""
    return max(
        (min(1.0, w) * x for start, end, w in a.wide for day, x in b.shares.items() if start <= day <= end), default=0.0
    )


def place_part(a: PlaceShares, b: PlaceShares, share: Mapping[str, float]) -> Part:
    """What the places of two reports say. ``share`` is each place's share of the pile's origins."""
    if a.countries and b.countries and not a.countries & b.countries:
        return Part("place", _OTHER_COUNTRY, f"one is in {_listed(a)}, the other in {_listed(b)}")
    agree, best = 0.0, (0.0, "", "")
    same = 0.0
    for p, x in a.fine.items():
        for q, y in b.fine.items():
            near = nearness(a.places[p], b.places[q])
            if near:
                rarity = min(_MOST_SAME_PLACE, 0.5 / max(share.get(p, 1.0), share.get(q, 1.0)))
                same += x * y * near
                agree += x * y * near * rarity
                best = max(best, (x * y * near * rarity, a.places[p].name, b.places[q].name))
    if not same:
        agree += _same_province(a, b) + _same_province(b, a)
    known = sum(a.fine.values()) * sum(b.fine.values())
    odds = agree + max(0.0, 1 - known) * _OPEN_PLACE + max(0.0, known - same) * _OTHER_PLACE
    weight = _PLACE * math.log(odds)
    if best[0] == 0.0:
        return Part("place", weight, f"one is about {_main(a)}, the other about {_main(b)}")
    words = f"both are about {best[1]}" if best[1] == best[2] else f"{best[1]} is near {best[2]}"
    return Part("place", weight, words)


def _same_province(a: PlaceShares, b: PlaceShares) -> float:
    """How far towns of ``a`` lie in provinces that ``b`` names without a town."""
    provinces = {b.places[q].name: y for q, y in b.coarse.items() if b.places[q].kind == "admin1"}
    return _SAME_AREA * sum(x * provinces.get(a.places[p].admin1 or "", 0.0) for p, x in a.fine.items())


def _main(places: PlaceShares) -> str:
    return places.main.name if places.main else "no place"


def _listed(places: PlaceShares) -> str:
    return ", ".join(sorted(places.countries))


def _toll_parts(a: Profile, b: Profile) -> list[Part]:
    out = []
    for outcome, share in _SAME_TOLL.items():
        if outcome not in a.tolls or outcome not in b.tolls:
            continue
        one, other = a.tolls[outcome][0], b.tolls[outcome][0]
        further = [n for n in a.tolls[outcome] if n in b.tolls[outcome] and n >= _TELLING_TOLL]
        if one == other:
            out.append(Part(outcome, share * math.log1p(one), f"both count {one} {outcome}"))
        elif further:
            out.append(
                Part(outcome, _SAME_FURTHER_TOLL * math.log1p(max(further)), f"both count {max(further)} {outcome}")
            )
        else:
            gap = abs(math.log((one + 1) / (other + 1)))
            out.append(Part(outcome, _OTHER_TOLL * gap, f"one counts {one} {outcome}, the other {other}"))
    return out


def _differences(a: Profile, b: Profile) -> list[Part]:
    out = []
    if a.ages and b.ages and not a.ages & b.ages:
        out.append(Part("ages", _OTHER_AGES, "the people whose ages they give are of other ages"))
    if a.families and b.families and not _known(a, b) and not _known(b, a):
        out.append(Part("families", _OTHER_FAMILIES, "the families of the dead and wounded whom they name are others"))
    return out


def _known(a: Profile, b: Profile) -> bool:
    """Whether ``b`` names any family of ``a``'s dead and wounded."""
    return any(family in b.families or "@" + family in b.terms for family in a.families)
