"""How much speaks for two reports telling of one incident: a sum of log-odds (nats), each part with a reason.

The parts are those a careful reader weighs: the day and the place; at how many places of the country something is told of on
that day, any of which might as well be meant; then how far the wording agrees, who is named, how many are counted, and what
cannot be so of one event (other families, other ages, another hour). Every weight is rounded by hand from a logistic fit on the
development halves of incidents_syria, incidents_guns, airwars and wad taken together; a new weight must help in
cross-validation over all four (fit on half of the incidents, score on the others), never one alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from firsthand.model import Outcome

from .crowd import Crowd
from .cues import is_body
from .learned import Learned
from .placing import FINE, PlaceShares, Spot
from .profile import Profile
from .spelling import skeleton
from .terms import cosine, fold, vector
from .timing import DayShares
from .weekdays import by_weekday

# Log-odds that two reports brought together by a block tell of one incident, before anything is compared.
_PRIOR = -3.6
# Of two reports of one incident, how much likelier than of two others that they name the same day; that their days differ
# though both name one; and that one of them leaves it open.
_SAME_DAY, _OTHER_DAY, _OPEN_DAY = 15.0, 0.03, 0.6
# The same for weekdays, where one of the two has no date: any two events share one in seven.
_SAME_WEEKDAY, _OTHER_WEEKDAY = 4.0, 0.3
# How far a day agrees with one that lies so many days off: the next day is another event, unless a day is only guessed; a night
# between two days is both of them already.
_NAMED_KERNEL = ((0, 1.0), (1, 0.01), (-1, 0.01))
_GUESSED_KERNEL = ((0, 1.0), (1, 0.3), (-1, 0.3), (2, 0.1), (-2, 0.1))
# Reports without a day of their own: how fast the share of those that speak of an event falls with the days since it, for news
# and for reports of the aftermath, and the aftermath share at which a report is as likely the one as the other.
_FRESH_DAYS, _FRESH_FALL, _LATE_FALL, _EVEN_LATE = 4.0, 1.2, 0.25, 0.1
_LEAST_ODDS = 0.01
# Reports printed far apart, in shares of the logarithm of the days: news seldom returns to an event; arrests and trials do, and
# then share less of its wording and its days than two reports of one evening.
_NEWS_APART, _AFTERMATH_APART = -0.3, 0.2
# What a longer time that one names and that holds the other's day adds ("last June").
_WIDE = 0.7
# Places: what speaks for one incident lies in how rare the shared name is (below); two towns or quarters are two events however
# near they lie, for a war's day knows many within a few kilometres.
_SAME_PLACE, _OTHER_PLACE, _OTHER_COUNTRY = 0.3, -1.8, -4.0
# Each names in title or lead a town of which the other says nothing, whether the gazetteer knows it or not. The fit takes more from
# the weight of places and gives this more (-1.3, -2.1); with places at -1.8 all four sets score as well as before, or better, from
# -0.6 to -1.0.
_UNSHARED_TOWNS = -0.8
# Wording: logarithm of the cosine, in the whole text and in title and lead, against what strangers reach.
_TEXT, _LEAD, _STRANGERS = 1.1, 0.4, 0.08
_FLOOR = 0.02
# A round-up that is printed again under a new lead shares this much of its text, and of that at most this much in the lead.
_SHARED_TEXT, _SHARED_LEAD = 0.5, 0.6
# It takes back what copying adds (see ``pile``).
_OTHER_LEAD = -9.0
# Names that both use, in shares of what they tell among reports of their country: people who did or suffered it, and the rarest
# other name. Officials and witnesses whom both quote speak about many events.
_PARTY, _RARE_NAME = 0.35, 0.4
_NAMES_COUNTED = 3
# How far the means of attack agree that title and lead name.
_SAME_MEANS = 1.8
_ANY_MEANS = frozenset({"attack", "massacre"})
# Equal first counts, in shares of the logarithm of the count: that both say two were killed means little; of further counts
# that a report sets beside the first, only such as seldom meet by chance (the sets score alike from 5 to 10). Differing counts, in
# shares of the logarithm of their ratio, are the rule among reports of one incident and weigh little.
_SAME_TOLL: Mapping[Outcome, float] = {"killed": 0.3, "wounded": 0.45}
_OTHER_TOLL: Mapping[Outcome, float] = {"killed": -0.4, "wounded": -0.3}
_SAME_FURTHER_TOLL, _TELLING_TOLL = 0.2, 5
# What cannot be so of one event. Hours count as others beyond so many: reports round them, and attacks last. From 1.0 to 1.25
# incidents_guns and airwars score better than with 2.0, the other sets alike.
_OTHER_AGES, _OTHER_FAMILIES, _OTHER_HOUR = -1.2, -1.2, -1.1
_HOURS_APART = 1.0
# The vectors of so many reports stay in memory, some 15 KB each: as many as profiles do (see ``compact``).
_VECTORS_KEPT = 6_000


class Part(NamedTuple):
    """One reason for or against: ``weight`` in nats, ``words`` for a person, which few pairs are asked for."""

    name: str
    weight: float
    template: str
    values: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        return self.template.format(*self.values)


class _Words(NamedTuple):
    """The words of a report as they are compared: vectors of ``text`` and ``lead``, all names in it, and how much of them those
    tell that are no country's and no body's that any town has."""

    text: Mapping[str, float]
    lead: Mapping[str, float]
    names: frozenset[str]
    telling: Mapping[str, float]


class Comparison:
    """Compares reports of one pile, from which the weight of each term and the crowd around each report are taken."""

    def __init__(self, learned: Learned, crowd: Crowd) -> None:
        self._learned = learned
        self._crowd = crowd
        self._words: dict[str, _Words] = {}
        self._spelt: dict[str, frozenset[str]] = {}

    def _words_of(self, profile: Profile) -> _Words:
        """The words of a report; made once."""
        found = self._words.get(profile.report)
        if found is None:
            # A square, a hospital or a ministry is no name: any two towns have one. A country is too wide to tell its events apart.
            wide = {"@" + fold(p.name) for p in profile.places.places.values() if p.kind == "country"}
            terms, weights = dict(profile.terms.items()), self._learned.weights_for(profile)
            names = frozenset(t for t in terms if t[0] == "@")
            telling = {t: weights.of(t) for t in names if t not in wide and not is_body(t[1:])}
            text, lead = vector(terms, weights), vector(profile.lead, weights)
            found = self._words[profile.report] = _Words(text, lead, names, telling)
        return found

    def tidy(self) -> None:
        """Drop what was made of reports, where it has come to much; it can be made again."""
        if len(self._words) > _VECTORS_KEPT:
            self._words.clear()
            self._spelt.clear()

    def score(self, a: Profile, b: Profile) -> float:
        """Log-odds that ``a`` and ``b`` tell of one main incident."""
        # Rounded once, so the same in whatever order the parts come.
        return _PRIOR + math.fsum([part.weight for part in self._parts(a, b)])

    def parts(self, a: Profile, b: Profile) -> list[Part]:
        """What speaks for and against, strongest first."""
        return sorted((p for p in self._parts(a, b) if p.weight), key=lambda p: (-abs(p.weight), p.name))

    def _parts(self, a: Profile, b: Profile) -> list[Part]:
        return [
            day_part(a.days, b.days),
            weekday_part(a.days, b.days),
            apart_part(a.days, b.days),
            place_part(a.places, b.places),
            self._towns_part(a, b),
            self._crowd_part(a, b),
            *self._words_parts(a, b),
            means_part(a.kinds, b.kinds),
            *_toll_parts(a, b),
            *self._differences(a, b),
        ]

    def _towns_part(self, a: Profile, b: Profile) -> Part:
        """Towns that only one of the two names."""
        if (
            not a.towns
            or not b.towns
            or a.towns & b.towns
            or self._names_any(a, b.towns)
            or self._names_any(b, a.towns)
        ):
            return Part("towns", 0.0, "")
        return Part("towns", _UNSHARED_TOWNS, "each names a town of which the other says nothing")

    def _names_any(self, profile: Profile, towns: Iterable[str]) -> bool:
        known = self._spelt.get(profile.report)
        if known is None:
            words = (word for term in profile.terms for word in term.lstrip("@").split())
            known = self._spelt[profile.report] = frozenset(skeleton(word) for word in words)
        return any(known.issuperset(town.split()) for town in towns)

    def _crowd_part(self, a: Profile, b: Profile) -> Part:
        """What was told of at each of n places on the day may be what is meant: the odds of any pair fall by as much."""
        others = min(self._crowd.around(a), self._crowd.around(b))
        about = round(others)
        words = "that day something is told of at about {} places of the country" if about > 1 else ""
        return Part("crowd", -math.log1p(others), words, (about,))

    def _words_parts(self, a: Profile, b: Profile) -> list[Part]:
        one, other = self._words_of(a), self._words_of(b)
        text, lead = cosine(one.text, other.text), cosine(one.lead, other.lead)
        if text >= _SHARED_TEXT and lead < _SHARED_LEAD * text and _lead_elsewhere(a, b):
            words = "most of their text is one, but their leads tell of other places and other counts"
            return [Part("lead", _OTHER_LEAD, words), _wording(lead, lead)]
        return [_wording(text, lead), self._names_part(a, b)]

    def _names_part(self, a: Profile, b: Profile) -> Part:
        people = {}
        if common := a.people.keys() & b.people.keys():
            weights = [self._learned.weights_for(profile) for profile in (a, b)]
            people = {key: min(w.of("@" + " ".join(key)) for w in weights) for key in common}
        shared = sorted(people, key=lambda k: (-people[k], k))
        parties = [k for k in shared if a.people[k].party and b.people[k].party]
        used = {"@" + word for key in shared for word in key}
        one, other = self._words_of(a).telling, self._words_of(b).telling
        names = {t: min(one[t], other[t]) for t in one.keys() & other.keys() if t not in used}
        rarest = min(names, key=lambda t: (-names[t], t), default=None)
        weight = _PARTY * sum(people[k] for k in parties[:_NAMES_COUNTED])
        weight += _RARE_NAME * names[rarest] if rarest else 0.0
        told = [a.people[k].text for k in parties[:2] or shared[:1]] + ([rarest[1:].title()] if rarest else [])
        return Part("names", weight, "both name {}" if told else "", (" and ".join(told),))

    def _differences(self, a: Profile, b: Profile) -> list[Part]:
        out = []
        if a.ages and b.ages and not a.ages & b.ages:
            out.append(Part("ages", _OTHER_AGES, "the people whose ages they give are of other ages"))
        if a.families and b.families and not self._known(a, b) and not self._known(b, a):
            out.append(
                Part("families", _OTHER_FAMILIES, "the families of the dead and wounded whom they name are others")
            )
        if a.hours and b.hours and all(_hours_between(x, y) > _HOURS_APART for x in a.hours for y in b.hours):
            out.append(Part("hours", _OTHER_HOUR, "they put it at other hours of the day"))
        return out

    def _known(self, a: Profile, b: Profile) -> bool:
        """Whether ``b`` names any family of ``a``'s dead and wounded."""
        return any(family in b.families or "@" + family in self._words_of(b).names for family in a.families)


def _wording(text: float, lead: float) -> Part:
    base = math.log(_STRANGERS + _FLOOR)
    weight = _TEXT * (math.log(text + _FLOOR) - base) + _LEAD * (math.log(lead + _FLOOR) - base)
    return Part(
        "wording",
        weight,
        "they share {:.0%} of their telling words ({:.0%} in title and opening)",
        (text, lead),
    )


def _lead_elsewhere(a: Profile, b: Profile) -> bool:
    """Whether two reports open with other counts of dead and are mainly about other towns."""
    one, other = a.places.main, b.places.main
    if one is None or other is None or not a.tolls.get("killed") or not b.tolls.get("killed"):
        return False
    towns = one.kind in FINE and other.kind in FINE and one.id != other.id
    spot, spot_of_other = Spot.of(one), Spot.of(other)
    apart = towns and not (spot.is_one_with(spot_of_other) or spot.holds(spot_of_other) or spot_of_other.holds(spot))
    return apart and a.tolls["killed"][0] != b.tolls["killed"][0]


def day_part(a: DayShares, b: DayShares) -> Part:
    """What the days of two reports say."""
    if not a.shares and not b.shares:
        return Part("day", 0.0, "")
    agree = (
        _agreement(a.named_days, b.named_days, _NAMED_KERNEL)
        + _agreement(_told_by(b, a.named_days), b.guessed_days, _GUESSED_KERNEL)
        + _agreement(a.guessed_days, _told_by(a, b.named_days), _GUESSED_KERNEL)
        + _agreement(a.guessed_days, b.guessed_days, _GUESSED_KERNEL)
    )
    known = sum(a.shares.values()) * sum(b.shares.values())
    odds = agree * _SAME_DAY + _open(a, b) * _OPEN_DAY + max(0.0, known - agree) * _OTHER_DAY + _LEAST_ODDS
    weight = math.log(odds) + _WIDE * max(_within(a, b), _within(b, a))
    if not a.shares or not b.shares:
        return Part("day", weight, "one of them names no day")
    if weight > 0:
        best = max(a.shares, key=lambda d: (a.shares[d] * b.shares.get(d, 0.0), -d.toordinal()))
        return Part("day", weight, "both point to {}" if best in b.shares else "their days are neighbours", (best,))
    return Part("day", weight, "one points to {}, the other to {}", (a.best, b.best))


def _open(a: DayShares, b: DayShares) -> float:
    """The chance that the days of two reports are one because a report leaves its own open, by how long after that day the
    report was printed: news is of the last days, what follows an event is told for years."""
    open_a, open_b = max(0.0, 1 - sum(a.shares.values())), max(0.0, 1 - sum(b.shares.values()))
    first, second = (a, b) if a.published is None or b.published is None or a.published <= b.published else (b, a)
    both = open_a * open_b * _still_told(second, first.published)
    return both + _left_open(a, open_b, b) + _left_open(b, open_a, a)


def _left_open(known: DayShares, share: float, other: DayShares) -> float:
    return share * sum([x * _still_told(other, day) for day, x in known.shares.items()]) if share else 0.0


def _still_told(report: DayShares, day: date | None) -> float:
    """How likely a report with no day of its own speaks of an event of ``day``, against one of its day of publication."""
    if report.published is None or day is None:
        return 1.0
    lag = (report.published - day).days
    if lag < -1:
        return 0.0
    lag = max(0, lag)
    late = _of_aftermath(report)
    return float((1 - late) * (1 + lag / _FRESH_DAYS) ** -_FRESH_FALL + late * (1 + lag) ** -_LATE_FALL)


def _of_aftermath(report: DayShares) -> float:
    return report.late / (report.late + _EVEN_LATE)


def weekday_part(a: DayShares, b: DayShares) -> Part:
    """What weekdays say where one of two reports has no date ("on Friday"): nothing where both have one."""
    if not (a.weekdays or b.weekdays) or (a.shares and b.shares):
        return Part("weekday", 0.0, "")
    one, other = (days.weekdays or by_weekday(days.shares) for days in (a, b))
    agree = sum(x * other.get(weekday, 0.0) for weekday, x in one.items())
    known = sum(one.values()) * sum(other.values())
    weight = math.log(agree * _SAME_WEEKDAY + max(0.0, 1 - known) + max(0.0, known - agree) * _OTHER_WEEKDAY)
    return Part("weekday", weight, "they name the same weekday" if weight > 0 else "they name different weekdays")


def _agreement(a: Mapping[int, float], b: Mapping[int, float], kernel: Sequence[tuple[int, float]]) -> float:
    total = 0.0
    if not b:
        return total
    for day, x in a.items():
        for lag, factor in kernel:
            total += x * b.get(day + lag, 0.0) * factor
    return total


def _told_by(report: DayShares, days: Mapping[int, float]) -> Mapping[int, float]:
    """Those of ``days`` of which ``report``, which names none, may tell: none that had not come when it was printed. A clock
    elsewhere may be a day ahead."""
    if report.published is None or not days:
        return days
    last = report.published.toordinal() + 1
    return days if max(days) <= last else {day: share for day, share in days.items() if day <= last}


def _within(a: DayShares, b: DayShares) -> float:
    """How much of ``b``'s days lies in a longer time that ``a`` names."""
    if not a.wide:
        return 0.0
    return max(
        (min(1.0, w) * x for start, end, w in a.wide for day, x in b.shares.items() if start <= day <= end), default=0.0
    )


def apart_part(a: DayShares, b: DayShares) -> Part:
    """What the time between the printing of two reports says."""
    if a.published is None or b.published is None or a.published == b.published:
        return Part("printing", 0.0, "")
    days = abs((a.published - b.published).days)
    late = _of_aftermath(a if a.published > b.published else b)
    weight = math.log1p(days) * ((1 - late) * _NEWS_APART + late * _AFTERMATH_APART)
    apart = "{} days" if days > 1 else "{} day"
    return Part(
        "printing",
        weight,
        f"the later tells of what followed, {apart} after" if weight > 0 else f"they were printed {apart} apart",
        (days,),
    )


def place_part(a: PlaceShares, b: PlaceShares) -> Part:
    """What the places of two reports say. The name of a province's capital may stand for any place in it."""
    if a.countries and b.countries and not a.countries & b.countries:
        return Part("place", _OTHER_COUNTRY, "one is in {0.listed}, the other in {1.listed}", (a, b))
    same, best = 0.0, (0.0, "")
    open_to_doubt = 0.0
    for x, one in a.spots.all:
        for y, two in b.spots.alike(one):
            if one.id == two.id or one.is_one_with(two):
                same += x * y
                best = max(best, (x * y, a.places[one.id].name))
            elif one.holds(two) or two.holds(one) or one.may_be(two):
                open_to_doubt += x * y
    other = max(0.0, a.spots.total * b.spots.total - same - open_to_doubt)
    weight = _SAME_PLACE * same + _OTHER_PLACE * other
    if weight > 0:
        return Part("place", weight, "both are about {}", (best[1],))
    if a.main is None or b.main is None or a.main == b.main:
        return Part("place", weight, "their further places differ")
    return Part("place", weight, "one is about {0.name}, the other about {1.name}", (a.main, b.main))


def means_part(a: Mapping[str, float], b: Mapping[str, float]) -> Part:
    """How far two reports name the same means of attack; words for any attack say nothing."""
    one, other = _named_means(a), _named_means(b)
    shared = {kind: min(share, other[kind]) for kind, share in one.items() if kind in other}
    kind = min(shared, key=lambda k: (-shared[k], k), default="")
    return Part(
        "means", _SAME_MEANS * sum(shared.values()), "both tell of {}" if kind else "", (kind.replace("_", " "),)
    )


def _named_means(kinds: Mapping[str, float]) -> Mapping[str, float]:
    named = {kind: share for kind, share in kinds.items() if kind not in _ANY_MEANS}
    total = sum(named.values())
    return {kind: share / total for kind, share in named.items()}


def _toll_parts(a: Profile, b: Profile) -> list[Part]:
    out = []
    for outcome, share in _SAME_TOLL.items():
        if outcome not in a.tolls or outcome not in b.tolls:
            continue
        one, other = a.tolls[outcome][0], b.tolls[outcome][0]
        further = [n for n in a.tolls[outcome] if n in b.tolls[outcome] and n >= _TELLING_TOLL]
        if one == other:
            out.append(Part(outcome, share * math.log1p(one), "both count {} {}", (one, outcome)))
        elif further:
            out.append(
                Part(
                    outcome, _SAME_FURTHER_TOLL * math.log1p(max(further)), "both count {} {}", (max(further), outcome)
                )
            )
        else:
            gap = abs(math.log((one + 1) / (other + 1)))
            out.append(
                Part(outcome, _OTHER_TOLL[outcome] * gap, "one counts {0} {2}, the other {1}", (one, other, outcome))
            )
    return out


def _hours_between(a: float, b: float) -> float:
    return min(abs(a - b), 24 - abs(a - b))
