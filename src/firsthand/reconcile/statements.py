"""The nouns of a reconciliation: a claim that counts, what one voice says about a cell, and the cell itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from firsthand.model import Claim, Outcome, Tally, VictimClass

from .voices import Voice

CellKey: TypeAlias = tuple[Outcome, VictimClass]

_NUMERAL = re.compile(r"\d|\bone\b|\bsingle\b|\bsole\b|\bonly\b")


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that counts, with what is needed to weigh it. ``place`` is the one it is assigned to, stated or not; ``clause`` is
    its text, empty where no document is at hand.

    What the words around the count say: ``early``, that it is overtaken ("initially four"); ``risen``, that it is the new whole
    ("has risen to nine"); ``later``, that it came after those told before ("later reports") or is of
    somebody who died later; ``again``, that it is of a further attack of the same day; ``also``
    and ``remaining``, that it is of others than those told of before. ``opens``: it is the first
    count of its outcome in its report.
    """

    claim: Claim
    tally: Tally
    voice: Voice
    origin: str
    published: date | None
    place: str | None = None
    early: bool = False
    risen: bool = False
    later: bool = False
    again: bool = False
    also: bool = False
    remaining: bool = False
    opens: bool = False
    clause: str = ""

    @property
    def order(self) -> tuple[bool, date, str, bool, int, int]:
        """Publication, then place in the report; undated reports come first, so that they never replace a dated number."""
        claim = self.claim
        day = self.published or date.min
        return (
            self.published is not None,
            day,
            claim.report,
            claim.field != "title",
            self.tally.span[0],
            claim.span[0],
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """What one voice says about one cell. ``low`` and ``high`` as in Tally; ``number`` is the one it is taken to mean.

    ``implied``: not said of this class in so many words, but added up from or contained in what was said of others.
    ``part``: said of some of the victims only, so it is a floor for the whole and not a rival to its number; ``floor``: said of
    fighters or civilians only, which is the whole where nobody counts more people. ``early``: called overtaken by the report
    that carries it. ``opens``: a report opens with it; ``opening``: the number that a report's own voice opens with, where it
    gives a larger one later; ``named``: the number in its words where its bounds begin above that ("more than 20").
    ``earlier``: the numbers that it has replaced, each with an origin that carried it. ``given``: the numbers that its bounds
    reach over, where it gave several that cannot be put in order.
    """

    voice: Voice
    low: int | None
    high: int | None
    claims: tuple[str, ...]
    origins: frozenset[str]
    reports: frozenset[str]
    published: date | None = None
    approx: bool = False
    implied: bool = False
    part: bool = False
    floor: bool = False
    early: bool = False
    history: tuple[tuple[str, int | None, int | None], ...] = ()
    opens: bool = False
    opening: int | None = None
    named: int | None = None
    earlier: frozenset[tuple[str, int | None]] = frozenset()
    given: frozenset[int] = frozenset()

    @property
    def number(self) -> int | None:
        """What a report's own voice opens with; else the larger end: tolls rise, and an "up to" is what its voice stands by.
        "More than 20" speaks of 20, as "at least 20" and "20" do: coders of news write that number, and so count the voices."""
        if self.opening is not None:
            return self.opening
        return self.high if self.high is not None else self.low if self.named is None else self.named

    @property
    def floor_number(self) -> int | None:
        """The least that it stands by."""
        return self.low if self.high is not None or self.named is None else self.named

    @property
    def open(self) -> bool:
        return self.high is None

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        return self.low, self.high


@dataclass(slots=True)
class Cell:
    """All that was said about one outcome, victim class and place of an incident. ``beside``: who speaks of casualties without a
    number, and so perhaps of these."""

    statements: list[Statement] = field(default_factory=list)
    vague: list[Standing] = field(default_factory=list)
    beside: list[Standing] = field(default_factory=list)


def one_person(tally: Tally) -> bool:
    """The words speak of somebody ("his brother", "a shepherd") and do not count."""
    return tally.low == tally.high == 1 and not _NUMERAL.search(tally.text.lower())


def statement_of(same: Sequence[Standing], low: int | None, high: int | None) -> Statement:
    days = [standing.published for standing in same if standing.published is not None]
    return Statement(
        voice=same[0].voice,
        low=low,
        high=high,
        claims=tuple(standing.claim.id for standing in same),
        origins=frozenset(standing.origin for standing in same),
        reports=frozenset(standing.claim.report for standing in same),
        published=min(days, default=None),
        approx=any(standing.tally.approx for standing in same),
        early=all(standing.early for standing in same),
        opens=any(standing.opens for standing in same),
    )


def carried(other: Statement, one: Statement) -> Statement:
    """``other`` with what carries ``one`` too."""
    days = [day for day in (one.published, other.published) if day is not None]
    return replace(
        other,
        claims=tuple(dict.fromkeys(one.claims + other.claims)),
        origins=one.origins | other.origins,
        reports=one.reports | other.reports,
        published=min(days, default=None),
    )


def size_of(counted: Tally | Statement) -> int:
    return max(counted.low or 0, counted.high or 0)
