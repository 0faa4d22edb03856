"""Who says what: claims, their sources, and counts of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .annotation import FieldName
from .spans import Span
from .time import Interval

SourceKind: TypeAlias = Literal["named", "role", "organisation", "group", "anonymous", "document", "narrator"]
Certainty: TypeAlias = Literal["asserted", "alleged", "denied", "unknown"]
Outcome: TypeAlias = Literal[
    "killed", "wounded", "missing", "detained", "abducted", "displaced", "casualties", "destroyed"
]
OUTCOMES: tuple[Outcome, ...] = (
    "killed", "wounded", "missing", "detained", "abducted", "displaced", "casualties", "destroyed",
)  # fmt: skip
VictimClass: TypeAlias = Literal[
    "people", "civilians", "children", "women", "men", "elderly", "fighters", "medics", "journalists", "aid_workers",
    "officials", "prisoners",
]  # fmt: skip
VICTIM_CLASSES: tuple[VictimClass, ...] = (
    "people", "civilians", "children", "women", "men", "elderly", "fighters", "medics", "journalists", "aid_workers",
    "officials", "prisoners",
)  # fmt: skip
Scope: TypeAlias = Literal["incident", "total"]

# Below this a reading is marked and stands in the queue: of such claims about one in three is read wrongly, of the others one in
# fifteen (docs/claims.md), and there are few enough to look at. Rerun benchmarks/confidence.py before touching it.
UNSURE_BELOW = 0.8


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words and where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it. ``name`` is the canonical name within the report ("Bassim al-Awadi" for "he"), ``actor`` the id it
    was linked to, ``via`` the source's own source ("SOHR, citing medics"), ``role`` words such as "government spokesman",
    ``affiliation`` the body spoken for, ``anonymity`` the reason given for not naming."""

    text: str
    span: Span
    name: str
    kind: SourceKind
    actor: str | None = None
    via: Phrase | None = None
    role: str | None = None
    affiliation: str | None = None
    anonymity: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of people (or, for ``destroyed``, of buildings). See CONTRACT: unknown is not zero, vague is not a number.

    ``side`` is whom the victims belonged to, in the report's words ("US", "PMF"), where it says so.
    ``part_of`` is the id of the claim whose count this one is a part of.
    """

    outcome: Outcome
    low: int | None
    high: int | None
    text: str
    span: Span
    approx: bool = False
    vague: bool = False
    unknown: bool = False
    victims: tuple[VictimClass, ...] = ("people",)
    victims_text: str = ""
    part_of: str | None = None
    scope: Scope = "incident"
    side: str | None = None

    @property
    def counted(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """A source says something. ``source`` None: the outlet's own voice. ``why`` says in a sentence what the reading rests on.

    ``place`` is a place id of the report's own mentions and ``when`` the stated event time, both None where the claim's
    surroundings state none. ``event`` is the phrase that names the event it hangs on ("a drone strike … last weekend").
    ``background`` marks an event other than the report's main one. ``incident`` is filled in by incidents/.

    ``confidence`` (0 to 1) is the chance that a careful reader would write down the same number, outcome, victims and source for
    this count; it says nothing of whether the count is true. None where it was not estimated: a statement without a count, a
    claim added by hand. ``doubt`` names in a sentence what speaks most against the reading, and is empty where nothing does.
    Neither is part of what identifies the claim.

    ``responsible`` is who is said to have done it, ``target`` the side said to have been attacked. A claim of rule "attack" tells
    of these only, in words of plain narrative ("a Ruritanian raid on the camp"). One of rule "unclaimed" says that nobody was
    known to have taken responsibility when it was said; it holds nobody responsible.
    """

    id: str
    report: str
    field: FieldName
    span: Span
    source: Source | None = None
    cue: Phrase | None = None
    content: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()
    certainty: Certainty = "asserted"
    tally: Tally | None = None
    place: str | None = None
    when: Interval | None = None
    event: Phrase | None = None
    background: bool = False
    responsible: Phrase | None = None
    rule: str = ""
    why: str = ""
    target: Phrase | None = None
    confidence: float | None = None
    doubt: str = ""

    @property
    def tells_sides(self) -> bool:
        """Whether it says no more than who attacks whom, in passing of something else."""
        return self.rule == "attack"

    @property
    def tells_unclaimed(self) -> bool:
        """Whether it says that nobody has taken responsibility."""
        return self.rule == "unclaimed"

    @property
    def unsure(self) -> bool:
        """Whether a person should look at the reading before much rests on it."""
        return self.confidence is not None and self.confidence < UNSURE_BELOW


@dataclass(frozen=True, slots=True)
class Victim:
    """A person named as dead, injured, missing, detained or abducted. ``incident`` is filled in by incidents/."""

    id: str
    report: str
    name: str
    span: Span
    field: FieldName = "text"
    variants: tuple[str, ...] = ()
    age: int | None = None
    sex: Literal["female", "male"] | None = None
    outcome: Outcome = "killed"
    affiliation: str | None = None
    claims: tuple[str, ...] = ()
    incident: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReportClaims:
    """Everything claims/ found in one report, in text order. ``places`` are ids used by the claims."""

    report: str
    claims: tuple[Claim, ...] = ()
    victims: tuple[Victim, ...] = ()
