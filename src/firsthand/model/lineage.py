"""Who copies whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .spans import Span

Relation: TypeAlias = Literal["verbatim", "edited", "paraphrased"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Two aligned stretches. ``score`` 0–1: how much of their weighted wording agrees, in order."""

    source_span: Span
    derived_span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Copy:
    """``derived`` took text from ``source`` (report ids, or the id of an unobserved parent).

    ``coverage`` is the share of derived's sentences that align, ``reverse_coverage`` that of source's. ``direction`` is the
    confidence 0–1 that it went this way and not the other; 0.5 is a coin toss. ``spun``: reworded throughout,
    sentence for sentence, as machines do and people who hide a copy.
    """

    id: str
    source: str
    derived: str
    relation: Relation
    coverage: float
    reverse_coverage: float
    confidence: float
    direction: float
    direction_basis: str
    passages: tuple[Passage, ...] = ()
    spun: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Two reports of different origin that share a statement, a press release or a background paragraph: they depend on
    each other for the claims inside it, and for nothing else."""

    id: str
    reports: tuple[str, str]
    passages: tuple[Passage, ...]
    kind: Literal["quotation", "statement", "background"]
    why: str


@dataclass(frozen=True, slots=True)
class Alteration:
    """What changed between aligned passages: an altered quotation, a changed number, name or negation, an added or dropped
    attribution. ``source_span``/``derived_span`` hold both wordings."""

    id: str
    source: str
    derived: str
    kind: Literal["quote", "number", "name", "negation", "added", "dropped_attribution"]
    source_span: Span | None
    derived_span: Span | None
    source_text: str
    derived_text: str
    why: str


@dataclass(frozen=True, slots=True)
class Unobserved:
    """A parent text that nobody here has, inferred because a child has text that no known parent has."""

    id: str
    name: str
    children: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The underlying copy that ``reports`` share. ``credited``: a credit line says so. Every report has exactly one."""

    id: str
    name: str
    reports: tuple[str, ...]
    credited: bool = False
    unobserved: tuple[Unobserved, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class UncertainPair:
    """Two reports that may or may not be copies of one text. ``joined`` says how it was decided, ``confidence`` 0–1 that they
    are: for a person to look at."""

    id: str
    reports: tuple[str, str]
    confidence: float
    joined: bool
    why: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Everything lineage/ found out about a pile of documents."""

    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    shared: tuple[SharedPassage, ...] = ()
    alterations: tuple[Alteration, ...] = ()
    uncertain: tuple[UncertainPair, ...] = ()
