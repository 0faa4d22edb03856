"""Who and where: actors and places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ActorKind: TypeAlias = Literal["person", "organisation", "state", "group"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One spelling of a name and the reports that use it."""

    text: str
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or body that speaks, acts or is acted upon. ``part_of`` are ids of actors; ``why`` says what links the variants.
    ``unnamed``: known only by common words ("gunmen") and therefore another one in every incident."""

    id: str
    name: str
    kind: ActorKind
    variants: tuple[Variant, ...] = ()
    roles: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    country: str | None = None
    why: str = ""
    unnamed: bool = False


PlaceKind: TypeAlias = Literal["country", "region", "admin1", "admin2", "city", "village", "site", "named"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place. ``precision`` is the UCDP scale: 1 exact, 2 near, 3 district, 4 province, 5 part of a country, 6 country,
    7 water or air. ``kind`` "named": stated but not in the gazetteer, lying in the nearest area that is (``admin1``,
    ``country``), with that area's coordinate and precision. ``country`` is ISO 3166-1 alpha-2."""

    id: str
    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    gazetteer_id: str | None = None
    precision: int = 6
    kind: PlaceKind = "city"
