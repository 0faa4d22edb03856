"""What each voice says about one incident: its standing number for each outcome, victim class and place.

A voice's later number replaces its earlier one, which is kept as history. Numbers of the same day, or of days that are not
known, cannot be put in order; they stand side by side. Within one report a voice's smaller number is a part of its larger one:
news gives the whole first and then tells of some of the dead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from firsthand.model import VICTIM_CLASSES, Claim, Outcome, Tally, VictimClass

from .voices import Voice

CellKey: TypeAlias = tuple[Outcome, VictimClass]

# Classes whose members are no civilians; where any of them is named among the victims, "people" are not all civilians.
_NOT_CIVILIAN: tuple[VictimClass, ...] = ("fighters", "officials", "prisoners")
# Classes of which nobody is in two: what a voice says about them adds up.
_DISJOINT: tuple[frozenset[VictimClass], ...] = (
    frozenset({"civilians", "fighters"}),
    frozenset({"children", "women", "men"}),
    frozenset({"children", "elderly"}),
    frozenset({"fighters", "children"}),
    frozenset({"fighters", "journalists"}),
    frozenset({"fighters", "aid_workers"}),
)
# Classes that a report uses for some of the dead rather than for all of them.
_SOME_OF_THE_DEAD: frozenset[VictimClass] = frozenset({"children", "women", "elderly"})
# Claims of one voice about disjoint classes add up where they stand this close: "three soldiers and two farmers were killed".
# Chosen as the length of a long clause; longer gaps run into the next sentence.
_ONE_CLAUSE = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that counts, with what is needed to weigh it. ``place`` is the one it is assigned to, stated or not."""

    claim: Claim
    tally: Tally
    voice: Voice
    origin: str
    published: date | None
    place: str | None = None

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
    ``part``: said of some of the victims only, so it is a floor for the whole and not a rival to its number.
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
    history: tuple[tuple[str, int | None, int | None], ...] = ()

    @property
    def number(self) -> int | None:
        """The larger end: tolls rise, and an "up to" is what its voice stands by."""
        return self.low if self.high is None else self.high

    @property
    def open(self) -> bool:
        return self.high is None

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        return self.low, self.high


@dataclass(slots=True)
class Cell:
    """All that was said about one outcome, victim class and place of an incident."""

    statements: list[Statement] = field(default_factory=list)
    vague: list[Standing] = field(default_factory=list)


def cells_of(standings: Iterable[Standing]) -> dict[CellKey, Cell]:
    """The cells that ``standings`` (claims about one incident at one place) fill, each with one statement a voice."""
    by_voice: dict[tuple[Outcome, Voice], list[Standing]] = defaultdict(list)
    cells: dict[CellKey, Cell] = {}
    for standing in sorted(standings, key=lambda s: (s.order, s.claim.id)):
        tally = standing.tally
        if tally.counted:
            by_voice[tally.outcome, standing.voice].append(standing)
            continue
        for victims in {*tally.victims, "people"}:
            cells.setdefault((tally.outcome, victims), Cell()).vague.append(standing)
    for (outcome, _), group in sorted(by_voice.items(), key=lambda item: (item[0][0], item[0][1].key)):
        for victims, statement in _account(group).items():
            cells.setdefault((outcome, victims), Cell()).statements.append(statement)
    _same_victims(cells)
    return cells


def _same_victims(cells: dict[CellKey, Cell]) -> None:
    """Counts of people and counts of civilians are counts of the same victims where some voice calls them civilians and none
    tells of anybody else among them. Both cells then rest on both."""
    for outcome in {outcome for outcome, _ in cells}:
        civilians, people = cells.get((outcome, "civilians")), cells.get((outcome, "people"))
        if civilians is None or people is None or not civilians.statements:
            continue
        if any((outcome, victims) in cells for victims in _NOT_CIVILIAN):
            continue
        both = {statement.voice: statement for statement in people.statements}
        if any(
            (whole := both.get(statement.voice)) is not None and (whole.number or 0) > (statement.number or 0)
            for statement in civilians.statements
        ):
            continue
        own = {statement.voice for statement in civilians.statements}
        civilians.statements.extend(
            replace(statement, implied=True) for statement in people.statements if statement.voice not in own
        )
        civilians.statements.sort(key=lambda statement: statement.voice.key)


def _account(group: Sequence[Standing]) -> dict[VictimClass, Statement]:
    """One voice's numbers for one outcome, by class, from its claims in publication order."""
    out: dict[VictimClass, Statement] = {}
    for victims in VICTIM_CLASSES[1:]:
        exact = [standing for standing in group if standing.tally.victims == (victims,)]
        if exact:
            out[victims] = _latest([_said(own) for own in _by_report(exact)])
    everyone = [standing for standing in group if "people" in standing.tally.victims]
    whole = [standing for standing in everyone if standing.tally.part_of is None] or everyone
    classed = [standing for standing in group if "people" not in standing.tally.victims]
    added = [_added(own) for own in _by_report(classed)]
    if not whole:
        out["people"] = _latest(added)
        return out
    stated = _latest([_said(own) for own in _by_report(whole)])
    more = [statement for statement in added if not statement.part and _size(statement) > _size(stated)]
    out["people"] = _latest(more) if more else stated
    return out


def _by_report(standings: Iterable[Standing]) -> list[list[Standing]]:
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        found[standing.claim.report].append(standing)
    return list(found.values())


def _said(own: Sequence[Standing]) -> Statement:
    """What one voice says about one class in one report: its largest number, since the others are parts of it."""
    chosen = max(own, key=lambda standing: _size(standing.tally))
    same = [standing for standing in own if _bounds(standing.tally) == _bounds(chosen.tally)]
    return _statement(same, chosen.tally.low, chosen.tally.high)


def _added(own: Sequence[Standing]) -> Statement:
    """All victims that one voice tells of class by class in one report: the largest sum of disjoint classes in one clause.

    A single class that is no natural whole ("two children were killed") is a ``part``.
    """
    alone = [standing for standing in own if standing.tally.part_of is None] or list(own)
    best: list[Standing] = []
    for index, first in enumerate(alone):
        run = [first]
        for standing in alone[index + 1 :]:
            if not _close(run[-1], standing):
                break
            if all(_apart(standing, other) for other in run):
                run.append(standing)
        if _total(run) > _total(best) or not best:
            best = run
    lows = [standing.tally.low for standing in best]
    highs = [standing.tally.high for standing in best]
    low = sum(low or 0 for low in lows) if any(low is not None for low in lows) else None
    high = sum(high or 0 for high in highs) if all(high is not None for high in highs) else None
    some = len(best) == 1 and set(best[0].tally.victims) <= _SOME_OF_THE_DEAD
    return replace(_statement(best, low, high), implied=True, part=some)


def _close(before: Standing, after: Standing) -> bool:
    gap = after.tally.span[0] - before.tally.span[1]
    return before.claim.field == after.claim.field and 0 <= gap <= _ONE_CLAUSE


def _apart(one: Standing, other: Standing) -> bool:
    """Nobody can be in both: each class of one is disjoint from each of the other."""
    return all(
        any({a, b} <= group and a != b for group in _DISJOINT) for a in one.tally.victims for b in other.tally.victims
    )


def _total(run: Sequence[Standing]) -> int:
    return sum(_size(standing.tally) for standing in run)


def _latest(statements: Sequence[Statement]) -> Statement:
    """A voice's standing number. ``statements`` are one a report.

    A number counts from the day its origin first carried it, so that a late copy of an old story brings nothing back.
    An undated number stands beside the latest dated one, unless the voice is known to have given it earlier.
    """
    first: dict[tuple[frozenset[str], int | None, int | None], Statement] = {}
    for statement in statements:
        key = (statement.origins, statement.low, statement.high)
        first[key] = _carried(first[key], statement) if key in first else statement
    ordered = sorted(first.values(), key=lambda s: (s.published or date.min, s.low or 0, s.high or 0, s.claims))
    last = max((s.published for s in ordered if s.published is not None), default=None)
    earlier = [s for s in ordered if s.published is not None and s.published != last]
    old = {s.bounds for s in earlier}
    now = [s for s in ordered if s.published == last or (s.published is None and s.bounds not in old)]
    replaced = [s for s in ordered if s not in now]
    lows = [s.low for s in now if s.low is not None]
    highs = [s.high for s in now if s.high is not None]
    out = now[-1]
    for statement in now[:-1]:
        out = _carried(statement, out)
    return replace(
        out,
        low=min(lows, default=None),
        high=max(highs, default=None) if len(highs) == len(now) or not lows else _closed(lows, highs),
        published=last,
        history=tuple((s.claims[0], s.low, s.high) for s in reversed(replaced)),
        implied=all(s.implied for s in now),
        part=all(s.part for s in now),
        approx=any(s.approx for s in now),
    )


def _closed(lows: Sequence[int], highs: Sequence[int]) -> int | None:
    """The upper end of numbers of which some are open: open, unless a closed one reaches above every floor."""
    return max(highs) if highs and max(highs) > max(lows) else None


def _carried(one: Statement, other: Statement) -> Statement:
    days = [day for day in (one.published, other.published) if day is not None]
    return replace(
        other,
        claims=tuple(dict.fromkeys(one.claims + other.claims)),
        origins=one.origins | other.origins,
        reports=one.reports | other.reports,
        published=min(days, default=None),
    )


def _statement(same: Sequence[Standing], low: int | None, high: int | None) -> Statement:
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
    )


def _size(counted: Tally | Statement) -> int:
    return max(counted.low or 0, counted.high or 0)


def _bounds(tally: Tally) -> tuple[int | None, int | None]:
    return tally.low, tally.high
