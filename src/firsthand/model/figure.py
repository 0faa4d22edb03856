"""How far the figures agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from .claim import Outcome, VictimClass

FigureStatus: TypeAlias = Literal["agreed", "range", "contested", "single", "unknown"]
ConflictKind: TypeAlias = Literal["count", "victims", "responsibility", "date", "place", "narration", "name", "quote"]
#: Those that change what happened to whom stand before those of wording.
CONFLICT_KINDS: tuple[ConflictKind, ...] = get_args(ConflictKind)
Grade: TypeAlias = Literal["confirmed", "fair", "weak", "contested", "discounted"]


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """What one voice says, latest first: ``history`` keeps its earlier numbers as (claim id, low, high)."""

    voice: str
    low: int | None
    high: int | None
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    history: tuple[tuple[str, int | None, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Reconciled number for one outcome and victim class. ``place`` None: the whole incident. None is unknown, never zero."""

    id: str
    incident: str
    outcome: Outcome
    victims: VictimClass
    low: int | None
    best: int | None
    high: int | None
    status: FigureStatus
    policy: str
    voices: int
    origins: int
    reports: int
    claims: tuple[str, ...]
    why: str
    place: str | None = None
    by_voice: tuple[VoiceCount, ...] = ()
    vague: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all be true."""

    id: str
    incident: str
    kind: ConflictKind
    claims: tuple[str, ...]
    why: str
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentGrade:
    """How well an incident is attested, with the rule that gave each grade. ``event_clarity`` is UCDP's 1 or 2."""

    incident: str
    grade: Grade
    strike_status: str
    event_clarity: int
    voices: int
    origins: int
    reports: int
    why: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    figures: tuple[Figure, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    grades: tuple[IncidentGrade, ...] = ()
