"""Where the event of a report was: its places, with how much speaks for each, and how near two places are."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from firsthand.model import Annotation, Claim, Document, Layer, Place, PlaceMention

from .cues import beside, cues, is_cause
from .spelling import spelt
from .terms import fold

FINE = frozenset({"city", "village", "site", "named", "admin2"})
_AREAS = frozenset({"country", "region", "admin1"})
_AND = re.compile(
    r",?\s+(?:and|or)\s+(?:in\s+)?(?:neighbou?ring\s+|nearby\s+|northern\s+|southern\s+|eastern\s+|western\s+)?"
)
# Sentences of a text in which areas named together are where its event was.
_LEAD = 3
_TITLE = 1.5
_SLOPE = 0.2
# A place that merely qualifies a noun ("Syrian state media") or stands in a sentence without an event weighs little.
_NOT_LOCATIVE = 0.05
_WITHOUT_EVENT = 0.5
_AFTERMATH_NEARER = 0.5
_PEOPLE_ONLY = 0.1
# What lies north of a town, or an hour's drive from it, is not in it: the town counts where nothing nearer is named.
_LANDMARK = 0.25
_FROM = re.compile(r"\bof$|\bfrom$|\bbetween\b|\btowards?\b")
# The place of what the event answers is another's, as with days.
_CAUSE = 0.1
_BESIDE = 0.25
# A place from which a distance is counted ("30 km north of") says where another one is.
_COUNTED_FROM = 0.2
# The town from which a report is sent is seldom where its event was.
_DATELINE = 0.2
_DATELINE_END = 60
_INITIALS = 4
# Towns with this share of the attention that the first has are likely too; what lies so far from all of them is elsewhere.
_LIKELY, _APART_KM = 0.5, 15.0
# A report whose places weigh this much in all is even odds to have named the event's.
_HALF_SURE = 0.3
_SURE = 0.5
# Two towns this far apart are half as likely to be two names for one event's area as one town is.
_HALVING_KM = 12.0
_FAR_KM = 60.0
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class PlaceShares:
    """Shares of belief by place id, coarse and fine apart: each sums to less than 1, the rest is "not named".

    ``joint`` holds the areas that title or lead name in one breath as where it happened: "strikes in Iraq and Syria". ``near``
    holds the places that it names only as what lies near: "north of Homs".
    """

    fine: Mapping[str, float]
    coarse: Mapping[str, float]
    places: Mapping[str, Place]
    joint: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    @cached_property
    def main(self) -> Place | None:
        """The likeliest fine place where the report more likely than not names one, else the likeliest area."""
        shares = self.fine if sum(self.fine.values()) >= _SURE or not self.coarse else self.coarse
        return self.places[min(shares, key=lambda p: (-shares[p], p))] if shares else None

    @cached_property
    def country(self) -> str | None:
        """The country for which its places speak most."""
        shares: dict[str, float] = defaultdict(float)
        for place, share in (*self.fine.items(), *self.coarse.items()):
            if (country := self.places[place].country) is not None:
                shares[country] += share
        return min(shares, key=lambda c: (-shares[c], c), default=None)

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset(c for p in self.places.values() if (c := p.country) is not None)

    @property
    def listed(self) -> str:
        """Its countries in a line."""
        return ", ".join(sorted(self.countries))

    @cached_property
    def spots(self) -> Spots:
        """The fine places, as thousands of pairs of reports compare them."""
        return Spots.of([(share, Spot.of(self.places[place])) for place, share in self.fine.items()])


class Spot(NamedTuple):
    """A place by what tells it from another: ``spelling`` is what all spellings of its name share, ``name`` and ``province`` are
    folded, ``named`` is one that the gazetteer lacks."""

    id: str
    country: str | None
    admin1: str | None
    spelling: tuple[str, ...]
    name: str
    province: str | None
    named: bool

    @classmethod
    def of(cls, place: Place) -> Spot:
        province = None if place.admin1 is None else fold(place.admin1)
        spelling = spelt(place.name)
        return cls(place.id, place.country, place.admin1, spelling, fold(place.name), province, place.kind == "named")

    def is_one_with(self, other: Spot) -> bool:
        """Whether two places bear spellings of one name in one province, or in one country where a province is not known."""
        if self.country != other.country or self.spelling != other.spelling:
            return False
        return self.admin1 == other.admin1 or self.admin1 is None or other.admin1 is None

    def may_be(self, other: Spot) -> bool:
        """Whether two places bear spellings of one name in one country, and the gazetteer lacks one of them: then the province in
        which it is thought to lie is only what else its report names."""
        return (self.named or other.named) and self.country == other.country and self.spelling == other.spelling

    def holds(self, other: Spot) -> bool:
        """Whether it bears the name of the province in which ``other`` lies."""
        return self.country == other.country and self.name == other.province


@dataclass(frozen=True)
class Spots:
    """Places with their shares, which come to ``total``; ``alike`` finds those that a name or the name of a province points to."""

    all: Sequence[tuple[float, Spot]]
    total: float
    _by_name: Mapping[object, Sequence[tuple[float, Spot]]]

    @classmethod
    def of(cls, spots: Sequence[tuple[float, Spot]]) -> Spots:
        by_name: dict[object, list[tuple[float, Spot]]] = defaultdict(list)
        for share, spot in spots:
            by_name[spot.spelling].append((share, spot))
            by_name[spot.name].append((share, spot))
            if spot.province is not None:
                by_name[None, spot.province].append((share, spot))
        return cls(spots, sum(share for share, _ in spots), dict(by_name))

    def alike(self, spot: Spot) -> Iterable[tuple[float, Spot]]:
        """Those that may be ``spot`` or hold it, or that it may hold: no other can."""
        found = [*self._by_name.get(spot.spelling, ()), *self._by_name.get((None, spot.name), ())]
        if spot.province is not None:
            found += self._by_name.get(spot.province, ())
        return {other.id: (share, other) for share, other in found}.values()


def event_places(document: Document, annotation: Annotation, claims: Iterable[Claim]) -> PlaceShares:
    """The places where the report's main event may have been. ``claims`` are those of the main event."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, Place] = {}
    there: set[str] = set()
    within: set[str] = set()
    for name in ("title", "text"):
        layer = annotation.title if name == "title" else annotation.text
        text = document.field_text(name)
        for mention in layer.places:
            if mention.place is not None:
                if mention.locative:
                    there.add(mention.place.id)
                    if mention.relation in (None, "dateline"):
                        within.add(mention.place.id)
                places[mention.place.id] = mention.place
                weights[mention.place.id] += _weight(mention, layer, text, title=name == "title")
    for claim in claims:
        if claim.place in places:
            weights[claim.place] += 0.5
    if there:
        # A country of which only its people act ("jets of the …ian air force") is not where they acted.
        weights = {p: w if p in there or places[p].kind != "country" else w * _PEOPLE_ONLY for p, w in weights.items()}
    fine = {p: w for p, w in weights.items() if places[p].kind in FINE}
    coarse = {p: w for p, w in weights.items() if places[p].kind not in FINE}
    return PlaceShares(_scaled(fine), _scaled(coarse), places, _joint(document, annotation), frozenset(there - within))


def towns_told(annotation: Annotation) -> frozenset[str]:
    """The names, as ``spelt``, of the towns and spots that title and lead name as where something is, known to the gazetteer or
    not; a town goes by its own name and by how it is written. The town from which a report is sent does not count."""
    found: set[tuple[str, ...]] = set()
    for name in ("title", "text"):
        layer = annotation.title if name == "title" else annotation.text
        lead = layer.sentences[min(_LEAD, len(layer.sentences)) - 1].span.end if layer.sentences else 0
        for mention in layer.places:
            if not mention.locative or mention.span.end > lead or (mention.place and mention.place.kind not in FINE):
                continue
            if not (mention.text.isupper() and mention.span.end < _DATELINE_END):
                found.add(spelt(mention.text))
                if mention.place is not None:
                    found.add(spelt(mention.place.name))
    return frozenset(" ".join(words) for words in found if words)


def is_elsewhere(place: Place, places: PlaceShares) -> bool:
    """Whether ``place`` is a town or spot far from all likely ones of ``places``; unknown distances are not far."""
    if place.kind not in FINE or not places.fine:
        return False
    least = _LIKELY * max(places.fine.values())
    likely = [places.places[p] for p, share in places.fine.items() if share >= least]
    return all(_is_apart(place, other) for other in likely)


def _is_apart(a: Place, b: Place) -> bool:
    distance = distance_km(a, b)
    return a.id != b.id and spelt(a.name) != spelt(b.name) and distance is not None and distance > _APART_KM


def _joint(document: Document, annotation: Annotation) -> frozenset[str]:
    found: set[str] = set()
    for layer, text in ((annotation.title, document.title or ""), (annotation.text, document.text)):
        lead = layer.sentences[min(_LEAD, len(layer.sentences)) - 1].span.end if layer.sentences else 0
        areas = [m for m in layer.places if m.place and m.place.kind in _AREAS and m.span.end <= lead]
        for one, other in pairwise(areas):
            if one.locative and _AND.fullmatch(text, one.span.end, other.span.start):
                found.update(m.place.id for m in (one, other) if m.place)
    return frozenset(found)


def _scaled(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(w**1.5 for w in weights.values())
    sure = sum(weights.values()) / (sum(weights.values()) + _HALF_SURE)
    return {p: sure * w**1.5 / total for p, w in sorted(weights.items())} if total else {}


def _weight(mention: PlaceMention, layer: Layer, text: str, *, title: bool) -> float:
    index = bisect_right(layer.sentences, mention.span.start, key=lambda sentence: sentence.span.start) - 1
    if index < 0:
        return 0.0
    weight = _TITLE if title else 1 / (1 + _SLOPE * index)
    if not mention.locative:
        weight *= _NOT_LOCATIVE
    if mention.relation is not None and any(c.isdigit() for c in mention.relation):
        weight *= _COUNTED_FROM
    if not title and mention.text.isupper() and mention.span.end < _DATELINE_END and len(mention.text) > _INITIALS:
        weight *= _DATELINE
    sentence = layer.sentences[index].span
    offset = mention.span.start - sentence.start
    if mention.relation is not None and _FROM.search(mention.relation):
        weight *= _LANDMARK
    if is_cause(sentence.of(text), offset):
        weight *= _CAUSE
    elif beside(sentence.of(text), offset):
        weight *= _BESIDE
    event = min((abs(c.start - offset) for c in cues(sentence.of(text), "event")), default=None)
    after = min((abs(c.start - offset) for c in cues(sentence.of(text), "aftermath")), default=None)
    if event is None:
        return weight * _WITHOUT_EVENT
    return weight * _AFTERMATH_NEARER if after is not None and after < event else weight


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance, or None where a coordinate is not known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def nearness(a: Place, b: Place) -> float:
    """1 for one place, falling by half every dozen kilometres, 0 for places far apart or of unknown distance."""
    if a.id == b.id:
        return 1.0
    if a.precision > 3 or b.precision > 3:
        return 0.0
    distance = distance_km(a, b)
    return 0.0 if distance is None or distance > _FAR_KM else 0.5 ** (distance / _HALVING_KM)
