"""Which part of an incident's area its counts speak of, so that numbers of different places are neither rivals nor mixed.

Parts are countries, where counts are set in several; and places that a voice itself sets apart from the whole by giving a
smaller number for them than for the area around them. Otherwise different place names are taken as ways to name one spot.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from firsthand.model import Incident, Outcome, Place

from .statements import Standing
from .voices import demonyms

# From this precision of the UCDP scale on a place is an area that incidents lie in, not the spot of one.
_AREA = 4

Parts = dict[str | None, list[Standing]]


def split_by_place(incident: Incident, counts: Sequence[Standing], places: Mapping[str, Place]) -> Parts:
    """``counts`` by the part of the incident's area that they speak of; None: the whole incident, or nobody says where."""
    countries = _countries(incident, counts, places)
    if len(countries) < 2:
        return _by_spot(incident, None, counts, places)
    out: Parts = defaultdict(list)
    for area, standings in _by_country(incident, counts, countries, places).items():
        for part, own in _by_spot(incident, area, standings, places).items():
            out[part].extend(own)
    return dict(out)


def _countries(incident: Incident, counts: Iterable[Standing], places: Mapping[str, Place]) -> dict[str, str]:
    """The countries that counts are set in, with the id of each as a place. Only those named as such: a town put into the wrong
    country must not split an incident."""
    found: dict[str, str] = {}
    main = places.get(incident.places[0]) if incident.places else None
    stated = [places.get(s.claim.place or s.place or "") for s in counts if s.tally.counted]
    for place in [main, *stated]:
        if place is not None and place.kind == "country" and place.country is not None:
            found.setdefault(place.country, place.id)
    return dict(sorted(found.items()))


def _by_country(
    incident: Incident, counts: Iterable[Standing], countries: Mapping[str, str], places: Mapping[str, Place]
) -> Parts:
    """``counts`` by the country they are set in. Where a clause names no place, a voice that bears a country's name speaks of
    that country, and any other of the incident's main place."""
    out: Parts = defaultdict(list)
    main = incident.places[0] if incident.places else None
    for standing in counts:
        own = standing.claim.place or (standing.place if standing.place != main else None)
        country = own is None and _country_of(standing, countries)
        if not country:
            place = places.get(own or main or "")
            country = place.country if place is not None else None
        out[countries.get(country or "")].append(standing)
    return dict(out)


def _country_of(standing: Standing, countries: Mapping[str, str]) -> str | None:
    """The country among ``countries`` whose name or adjective the voice bears ("Syrian state media"); None for none or two."""
    source = standing.claim.source
    if source is None:
        return None
    words = re.findall(r"\w+", f"{source.name} {source.affiliation or ''} {source.role or ''}".lower())
    found = {code for word in words if (code := demonyms().get(word)) in countries}
    return found.pop() if len(found) == 1 else None


def _by_spot(incident: Incident, area: str | None, standings: Sequence[Standing], places: Mapping[str, Place]) -> Parts:
    """``standings`` about ``area``, those about a spot that a voice sets apart from it under that spot. The place where the
    incident lies is no such spot. Who gives the number of the whole area for the spot ("all 16 died at the base") speaks of the
    area."""
    main = places.get(incident.places[0]) if incident.places else None
    local = sorted(
        key for key in _set_apart(standings, places) - {area} if main is None or not within(main, places[key])
    )
    spots = {s.claim.id: _spot(s, local, places) for s in standings}
    whole = {(s.tally.outcome, s.tally.low) for s in standings if s.tally.counted and spots[s.claim.id] is None}
    for standing in standings:
        if (standing.tally.outcome, standing.tally.low) in whole and standing.tally.part_of is None:
            spots[standing.claim.id] = None
    out: Parts = defaultdict(list)
    for standing in standings:
        spot = spots.get(standing.tally.part_of or "", spots[standing.claim.id])
        out[area if spot is None else spot].append(standing)
    return dict(out)


def _spot(standing: Standing, local: Iterable[str], places: Mapping[str, Place]) -> str | None:
    stated = places.get(standing.claim.place or "")
    return next((key for key in local if stated is not None and within(stated, places[key])), None)


def _set_apart(counts: Iterable[Standing], places: Mapping[str, Place]) -> set[str]:
    """Places for which one voice gives a smaller number than for an area around them, both of the same outcome."""
    said: dict[tuple[str, Outcome], list[tuple[Place | None, Place | None, int]]] = defaultdict(list)
    for standing in counts:
        low, high = standing.tally.low, standing.tally.high
        number = low if high is None else high
        if number is not None and not standing.voice.narrator and not standing.voice.unnamed:
            stated = places.get(standing.claim.place or "")
            around = stated if stated is not None else places.get(standing.place or "")
            said[standing.voice.key, standing.tally.outcome].append((stated, around, number))
    local: set[str] = set()
    for statements in said.values():
        for place, _, number in statements:
            if place is not None and any(number < other and _around(place, wider) for _, wider, other in statements):
                local.add(place.id)
    return local


def _around(place: Place, wider: Place | None) -> bool:
    return wider is not None and wider.id != place.id and wider.precision >= _AREA and within(place, wider)


def by_area(parts: Mapping[str | None, list[Standing]], places: Mapping[str, Place]) -> Parts:
    """The counts of an incident by the areas that lie apart: a spot set apart inside an area, and what is told of the whole
    incident where it has no areas, go together."""
    areas = [key for key in parts if key is not None and not nested(key, parts, places)]
    out: Parts = defaultdict(list)
    for part, standings in parts.items():
        around = None
        if None not in parts and part is not None:
            around = next((key for key in areas if key == part or _covers(key, part, places)), part)
        out[around].extend(standings)
    return dict(out)


def nested(place: str, parts: Iterable[str | None], places: Mapping[str, Place]) -> bool:
    """Another part covers ``place``, so its numbers are in that part's already."""
    return any(key is not None and key != place and _covers(key, place, places) for key in parts)


def _covers(area: str, place: str, places: Mapping[str, Place]) -> bool:
    return area in places and place in places and within(places[place], places[area])


def within(place: Place, area: Place) -> bool:
    """``place`` is ``area`` or lies in it, as far as country and province tell."""
    if place.id == area.id:
        return True
    if place.country is None or place.country != area.country or place.precision >= area.precision:
        return False
    province = area.admin1 or (area.name if area.kind == "admin1" else None)
    return area.kind == "country" or (province is not None and province == place.admin1 and area.precision >= _AREA)
