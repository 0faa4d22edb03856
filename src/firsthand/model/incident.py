"""What happened: incidents, and why reports and claims belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .claim import Victim
from .entity import Actor, Place
from .time import Interval

IncidentType: TypeAlias = Literal[
    "airstrike", "shelling", "bombing", "suicide_bombing", "shooting", "ambush", "clash", "execution", "abduction", "arrest",
    "chemical", "massacre", "attack", "other",
]  # fmt: skip
RelationKind: TypeAlias = Literal["part_of", "retaliation_for", "same_place_later", "follows"]


@dataclass(frozen=True, slots=True)
class ReportLink:
    """A report speaks of an incident; ``main`` where it is what the report is about."""

    report: str
    main: bool
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class IncidentRelation:
    incident: str
    relation: RelationKind
    why: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One real-world attack or clash: same side's operation, same day or night, same area.

    ``places`` are place ids, main first. ``where_precision`` is the UCDP scale (1–7). Ids survive new reports.
    """

    id: str
    title: str
    type: IncidentType
    when: Interval
    places: tuple[str, ...]
    links: tuple[ReportLink, ...]
    lat: float | None = None
    lon: float | None = None
    where_precision: int | None = None
    country: str | None = None
    perpetrators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    related: tuple[IncidentRelation, ...] = ()
    why: str = ""

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(link.report for link in self.links)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A claim counts towards an incident. ``place``/``when`` are the claim's own where stated, else the incident's.

    ``actor`` is the id of the actor that its source was linked to across reports, None where it was linked to none.
    """

    claim: str
    incident: str
    place: str | None
    when: Interval | None
    why: str
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair in doubt, for a person to decide."""

    id: str
    incidents: tuple[str, str]
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class ReportDate:
    """A date that a report has only through its copy relation to a dated one. The report itself stays undated."""

    report: str
    interval: Interval
    through: str
    why: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """Everything incidents/ found out."""

    incidents: tuple[Incident, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    victims: tuple[Victim, ...] = ()
    dates: tuple[ReportDate, ...] = ()
