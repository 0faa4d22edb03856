"""What each voice says about one incident: its standing number for each outcome, victim class and place.

A voice's later number replaces its earlier one, which is kept as history. Numbers of the same day, or of days that are not
known, cannot be put in order; they stand side by side. Within one report a voice's smaller number is a part of its larger one:
news gives the whole first and then tells of some of the dead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import TypeAlias

from firsthand.model import VICTIM_CLASSES, Claim, Outcome, Span, Tally, VictimClass

from .marks import names_less
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
_SOME_OF_THE_DEAD: frozenset[VictimClass] = frozenset(VICTIM_CLASSES) - {"people", "civilians", "fighters"}
_OTHER = re.compile(r"\b(?:an)?others?\b", re.IGNORECASE)
_OWN = re.compile(r"(?:his|her|their)\b", re.IGNORECASE)
_NUMERAL = re.compile(r"\d|\bone\b|\bsingle\b|\bsole\b|\bonly\b")
# The words that set civilians apart; "members of the family" are civilians too, but said to tell who all the victims were.
_CIVILIAN = re.compile(r"civilian|non-?combatant|bystander", re.IGNORECASE)
# Claims of one voice about disjoint classes add up where they stand this close: "three soldiers and two farmers were killed".
# Chosen as the length of a long clause; longer gaps run into the next sentence.
_ONE_CLAUSE = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that counts, with what is needed to weigh it. ``place`` is the one it is assigned to, stated or not; ``early``
    marks a count that its report calls overtaken ("initially four"), ``risen`` one that it calls the new whole ("has risen to
    nine"), ``opens`` the first count of its outcome in its report.
    ``clause`` is the text of the claim, empty where no document is at hand."""

    claim: Claim
    tally: Tally
    voice: Voice
    origin: str
    published: date | None
    place: str | None = None
    early: bool = False
    risen: bool = False
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


def cells_of(standings: Iterable[Standing]) -> dict[CellKey, Cell]:
    """The cells that ``standings`` (claims about one incident at one place) fill, each with one statement a voice."""
    by_voice: dict[tuple[Outcome, Voice], list[Standing]] = defaultdict(list)
    cells: dict[CellKey, Cell] = {}
    ordered = sorted(standings, key=lambda s: (s.order, s.claim.id))
    civilian = _only_civilians(ordered)
    for standing in ordered:
        tally = standing.tally
        if not tally.counted:
            for victims in {*tally.victims, "people"}:
                cells.setdefault((tally.outcome, victims), Cell()).vague.append(standing)
            continue
        if tally.outcome in civilian and "civilians" in tally.victims:
            tally = replace(tally, victims=("people",))
            standing = replace(standing, tally=tally)
        by_voice[tally.outcome, standing.voice].append(standing)
    for (outcome, _), group in sorted(by_voice.items(), key=lambda item: (item[0][0], item[0][1].key)):
        for victims, statement in _account(group).items():
            cells.setdefault((outcome, victims), Cell()).statements.append(statement)
    for outcome in {outcome for outcome, _ in cells}:
        _without_civilians(cells, outcome)
    if ("casualties", "people") in cells and ("killed", "people") in cells:
        cells["killed", "people"].beside = list(cells["casualties", "people"].vague)
    for (_, victims), cell in cells.items():
        if victims == "people":
            cell.statements = _with_own_people(cell.statements)
    for outcome in civilian:
        cells.setdefault((outcome, "civilians"), Cell()).statements = list(cells[outcome, "people"].statements)
    return cells


def _with_own_people(statements: Sequence[Statement]) -> list[Statement]:
    """``statements`` with what unnamed speakers for an armed group say put down to the one such group that gives their number:
    "militia officials" beside the militia itself are no second voice."""
    out = list(statements)
    for said in statements:
        if said.voice.unnamed and said.voice.armed:
            own = [s for s in out if s.voice.armed and not s.voice.unnamed and s.bounds == said.bounds]
            if len(own) == 1:
                out[out.index(own[0])] = _carried(own[0], said)
                out.remove(said)
    return out


def _without_civilians(cells: Mapping[CellKey, Cell], outcome: Outcome) -> None:
    """A voice that counts as many fighters as people says that no civilian was among them. It is heard where another counts
    civilians."""
    civilians, fighters, people = (cells.get((outcome, v)) for v in ("civilians", "fighters", "people"))
    if civilians is None or fighters is None or people is None or not civilians.statements:
        return
    total = {statement.voice: statement for statement in people.statements}
    spoken = {
        s.voice
        for v in ("civilians", "children", "women")
        if (cell := cells.get((outcome, v)))
        for s in cell.statements
    }
    for statement in fighters.statements:
        if statement.voice not in spoken and statement.low and total[statement.voice].bounds == statement.bounds:
            civilians.statements.append(replace(statement, low=0, high=0, implied=True, history=()))
    civilians.statements.sort(key=lambda statement: statement.voice.key)


def _only_civilians(standings: Sequence[Standing]) -> list[Outcome]:
    """Outcomes of which counts of people and counts of civilians are counts of the same victims: some voice calls them
    civilians, none tells of anybody else among them, and none sets civilians apart by that word as some of its people."""
    called: dict[Outcome, bool] = {}
    of_people = {standing.claim.id for standing in standings if "people" in standing.tally.victims}
    for standing in standings:
        tally = standing.tally
        if any(victims in _NOT_CIVILIAN for victims in tally.victims):
            called[tally.outcome] = False
        elif "civilians" in tally.victims and tally.counted:
            apart = tally.part_of in of_people and _CIVILIAN.search(standing.clause or tally.victims_text) is not None
            called[tally.outcome] = called.get(tally.outcome, True) and not apart
    return sorted(outcome for outcome, only in called.items() if only)


def _account(group: Sequence[Standing]) -> dict[VictimClass, Statement]:
    """One voice's numbers for one outcome, by class, from its claims in publication order."""
    out: dict[VictimClass, Statement] = {}
    reports = _by_report(group)
    for victims in sorted({s.tally.victims[0] for s in group if len(s.tally.victims) == 1} - {"people"}):
        exact = [[s for s in own if s.tally.victims == (victims,)] for own in reports]
        out[victims] = _latest([_said(own) for own in exact if own])
    if "civilians" not in out and (others := [left for own in reports if (left := _not_fighters(own)) is not None]):
        out["civilians"] = _latest(others)
    stated: list[Statement] = []
    added: list[Statement] = []
    for own in reports:
        whole = [standing for standing in own if standing.tally.part_of is None]
        clauses = _clauses(whole or own)
        stated += [_whole(sums)] if (sums := [_sum(c, not whole) for c in clauses if _of_people(c)]) else []
        added += [_largest(sums)] if (sums := _added([c for c in clauses if not _of_people(c)], not whole)) else []
    if not stated:
        out["people"] = _latest(added)
        return out
    said = _latest(stated)
    more = [s for s in added if (said.part or not s.part) and _size(s) > _size(said)]
    out["people"] = _latest(more) if more else said
    return out


def _not_fighters(own: Sequence[Standing]) -> Statement | None:
    """Those left of a count of people when the fighters among them are taken away: "nine people, two of them soldiers"."""
    for whole in own:
        parts = [s for s in own if s.tally.part_of == whole.claim.id and s.tally.victims == ("fighters",)]
        fighters = sum(s.tally.low or 0 for s in parts)
        total = whole.tally.low
        if "people" not in whole.tally.victims or total is None or not 0 < fighters < total:
            continue
        if any(s.tally.high != s.tally.low or s.tally.approx for s in parts):
            continue
        high = None if whole.tally.high is None else whole.tally.high - fighters
        return replace(_statement([whole, *parts], total - fighters, high), implied=True)
    return None


def _by_report(standings: Iterable[Standing]) -> list[list[Standing]]:
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        found[standing.claim.report].append(standing)
    return list(found.values())


def _clauses(own: Iterable[Standing]) -> list[list[Standing]]:
    """Claims of one report by the clause that states them: what one "and" joins shares its clause, and adds up."""
    found: dict[tuple[str, Span], list[Standing]] = {}
    for standing in own:
        clause = found.setdefault((standing.claim.field, standing.claim.span), [])
        if all(standing.tally.span != other.tally.span and not _inside(standing, other) for other in clause):
            clause.append(standing)
    return list(found.values())


def _inside(later: Standing, earlier: Standing) -> bool:
    """``later`` tells who some of ``earlier`` were: after a count of people or civilians, a class of them in the same clause
    ("12 civilians, among them a woman and two children", "one civilian, a young man"), unless it says that they are others or
    somebody's own ("a trader and his son")."""
    if _OTHER.search(f"{later.tally.text} {later.tally.victims_text}") or _OWN.match(later.tally.text):
        return False
    some = set(later.tally.victims) <= _SOME_OF_THE_DEAD and bool({"people", "civilians"} & set(earlier.tally.victims))
    return some and _size(later.tally) <= _size(earlier.tally)


def _of_people(clause: Iterable[Standing]) -> bool:
    return any("people" in standing.tally.victims for standing in clause)


def _said(own: Sequence[Standing]) -> Statement:
    """What one voice says about one class in one report: its largest number, since the others are parts of it."""
    return _largest([_sum(clause) for clause in _clauses(own)])


def _whole(statements: Sequence[Statement]) -> Statement:
    """What one voice says about all victims in one report. A report's own voice opens with the number it stands by; what it
    gives later is a part where it is smaller, and the upper end of a range where it is larger."""
    if statements[0].voice.unnamed:
        return _any_of(statements)
    if not statements[0].voice.narrator:
        return _largest(statements)
    lead = next((s for s in statements if not s.part), statements[0])
    same = reduce(_carried, [s for s in statements if s.bounds == lead.bounds and s is not lead], lead)
    top = max(statements, key=_size)
    return (
        replace(_carried(same, top), high=top.high or top.low, opening=lead.number, given=_given([lead, top]))
        if _size(top) > _size(lead)
        else same
    )


def _any_of(statements: Sequence[Statement]) -> Statement:
    """Unnamed speakers called by the same words may be different people: their numbers stand side by side."""
    rival = [s for s in statements if not s.part and s.number is not None] or list(statements)
    lows, highs = [s.low for s in rival if s.low is not None], [s.high for s in rival]
    top = max((high for high in highs if high is not None), default=None)
    closed = None not in highs or (top is not None and top > max(lows))
    merged = reduce(_carried, rival[1:], rival[0])
    return replace(
        merged, low=min(lows, default=None), high=top if closed else None, named=_named(rival), given=_given(rival)
    )


def _given(statements: Sequence[Statement]) -> frozenset[int]:
    """The numbers of ``statements``, where each is one number; empty where they all are the same."""
    numbers = frozenset(
        number
        for s in statements
        for number in (s.given or ({s.low} if s.low == s.high else {None}))
        if number is not None
    )
    exact = all(s.given or (s.low is not None and s.low == s.high) for s in statements)
    return numbers if exact and len(numbers) > 1 else frozenset()


def _named(statements: Iterable[Statement]) -> int | None:
    """The number in the words of the least of ``statements``, where its bounds begin above that."""
    least = min((s for s in statements if s.low is not None), key=lambda s: s.floor_number or 0, default=None)
    return least.named if least is not None else None


def _largest(statements: Sequence[Statement]) -> Statement:
    """The largest of several numbers from one report, with all claims that give it."""
    chosen = max(statements, key=_size)
    return reduce(_carried, [s for s in statements if s.bounds == chosen.bounds and s is not chosen], chosen)


def _sum(clause: Sequence[Standing], part: bool = False) -> Statement:
    lows = [standing.tally.low for standing in clause]
    highs = [standing.tally.high for standing in clause]
    low = sum(low or 0 for low in lows) if any(low is not None for low in lows) else None
    high = sum(high or 0 for high in highs) if all(high is not None for high in highs) else None
    below = sum(names_less(standing.tally) for standing in clause)
    named = low - below if low is not None and below else None
    return replace(_statement(clause, low, high), named=named, part=part or all(one_person(s.tally) for s in clause))


def one_person(tally: Tally) -> bool:
    """The words speak of somebody ("his brother", "a shepherd") and do not count."""
    return tally.low == tally.high == 1 and not _NUMERAL.search(tally.text.lower())


def _added(clauses: Sequence[Sequence[Standing]], part: bool = False) -> list[Statement]:
    """All victims that one voice tells of class by class in one report: sums over clauses that follow each other closely and
    speak of disjoint classes. A single class that is no natural whole ("two children were killed") is a ``part``."""
    out = []
    for index, first in enumerate(clauses):
        run = list(first)
        for clause in clauses[index + 1 :]:
            if not _close(run[-1], clause[0]):
                break
            if all(_apart(standing, other) for standing in clause for other in run):
                run.extend(clause)
        total = _sum(run, part)
        some = len(run) == 1 and set(run[0].tally.victims) <= _SOME_OF_THE_DEAD
        out.append(replace(total, implied=True, part=total.part or some, floor=len(run) == 1))
    return out


def _close(before: Standing, after: Standing) -> bool:
    gap = after.tally.span[0] - before.tally.span[1]
    return before.claim.field == after.claim.field and 0 <= gap <= _ONE_CLAUSE


def _apart(one: Standing, other: Standing) -> bool:
    """Nobody can be in both: each class of one is disjoint from each of the other."""
    return all(
        any({a, b} <= group and a != b for group in _DISJOINT) for a in one.tally.victims for b in other.tally.victims
    )


def _latest(statements: Sequence[Statement]) -> Statement:
    """A voice's standing number. ``statements`` are one a report.

    A number counts from the day its origin first carried it, so that a late copy of an old story brings nothing back.
    An undated number stands beside the latest dated one, unless the voice is known to have given it earlier. One person told of in
    one report is no toll, and replaces none that the voice gives in another, nor widens it.
    """
    first: dict[tuple[frozenset[str], int | None, int | None], Statement] = {}
    toll = max((_size(s) for s in statements if not s.part), default=-1)
    for statement in (s for s in statements if not s.part or _size(s) > toll):
        key = (statement.origins, statement.low, statement.high)
        first[key] = _carried(statement, first[key]) if key in first else statement
    ordered = sorted(first.values(), key=lambda s: (s.published or date.min, s.low or 0, s.high or 0, s.claims))
    last = max((s.published for s in ordered if s.published is not None), default=None)
    earlier = [s for s in ordered if s.published is not None and s.published != last]
    old = {s.number for s in earlier}
    now = [s for s in ordered if s.published == last or (s.published is None and s.number not in old)]
    replaced = [s for s in ordered if s not in now]
    lows = [s.low for s in now if s.low is not None]
    highs = [s.high for s in now if s.high is not None]
    return replace(
        reduce(_carried, now[:-1], now[-1]),
        low=min(lows, default=None),
        high=max(highs, default=None) if len(highs) == len(now) or not lows else _closed(lows, highs),
        named=_named(now),
        published=last,
        history=tuple((s.claims[0], s.low, s.high) for s in reversed(replaced)),
        earlier=frozenset((origin, s.number) for s in replaced for origin in s.origins),
        implied=all(s.implied for s in now),
        part=all(s.part for s in now),
        floor=all(s.floor for s in now),
        approx=any(s.approx for s in now),
        early=all(s.early for s in now),
        given=_given(now),
    )


def _closed(lows: Sequence[int], highs: Sequence[int]) -> int | None:
    """The upper end of numbers of which some are open: open, unless a closed one reaches above every floor."""
    return max(highs) if highs and max(highs) > max(lows) else None


def _carried(other: Statement, one: Statement) -> Statement:
    """``other`` with what carries ``one`` too."""
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
        early=all(standing.early for standing in same),
        opens=any(standing.opens for standing in same),
    )


def _size(counted: Tally | Statement) -> int:
    return max(counted.low or 0, counted.high or 0)
