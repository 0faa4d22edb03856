"""What one voice says in one report: the counts of its clauses, added up where nobody is in two of them.

Within one report a voice's smaller number is a part of its larger one: news gives the whole first and then tells of some of the
dead. A report's own voice opens with the number it stands by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from firsthand.model import VICTIM_CLASSES, Span, VictimClass

from .marks import names_less
from .statements import Standing, Statement, carried, one_person, size_of, statement_of

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
_ADULTS = re.compile(r"\badults?\b", re.IGNORECASE)
_OWN = re.compile(r"(?:his|her|their)\b", re.IGNORECASE)
# Claims of one voice about disjoint classes add up where they stand this close: "three soldiers and two farmers were killed".
# Chosen as the length of a long clause; longer gaps run into the next sentence.
_ONE_CLAUSE = 120


def clauses_of(own: Iterable[Standing]) -> list[list[Standing]]:
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
    if later.tally.victims == ("children",) and _ADULTS.search(earlier.tally.victims_text):
        return False
    some = set(later.tally.victims) <= _SOME_OF_THE_DEAD and bool({"people", "civilians"} & set(earlier.tally.victims))
    return some and size_of(later.tally) <= size_of(earlier.tally)


def is_of_people(clause: Iterable[Standing]) -> bool:
    return any("people" in standing.tally.victims for standing in clause)


def of_one_class(own: Sequence[Standing]) -> Statement:
    """What one voice says about one class in one report: its largest number, since the others are parts of it."""
    return largest([summed(clause) for clause in clauses_of(own)])


def of_all_victims(statements: Sequence[Statement]) -> Statement:
    """What one voice says about all victims in one report. A report's own voice opens with the number it stands by; what it
    gives later is a part where it is smaller, and the upper end of a range where it is larger."""
    if statements[0].voice.unnamed:
        return _any_of(statements)
    if not statements[0].voice.narrator:
        return largest(statements)
    lead = next((s for s in statements if not s.part), statements[0])
    same = reduce(carried, [s for s in statements if s.bounds == lead.bounds and s is not lead], lead)
    top = max(statements, key=size_of)
    return (
        replace(carried(same, top), high=top.high or top.low, opening=lead.number, given=given_by([lead, top]))
        if size_of(top) > size_of(lead)
        else same
    )


def _any_of(statements: Sequence[Statement]) -> Statement:
    """Unnamed speakers called by the same words may be different people: their numbers stand side by side."""
    rival = [s for s in statements if not s.part and s.number is not None] or list(statements)
    lows, highs = [s.low for s in rival if s.low is not None], [s.high for s in rival]
    top = max((high for high in highs if high is not None), default=None)
    closed = None not in highs or (top is not None and top > max(lows))
    merged = reduce(carried, rival[1:], rival[0])
    return replace(
        merged, low=min(lows, default=None), high=top if closed else None, named=named_by(rival), given=given_by(rival)
    )


def given_by(statements: Sequence[Statement]) -> frozenset[int]:
    """The numbers of ``statements``, where each is one number; empty where they all are the same."""
    numbers = frozenset(
        number
        for s in statements
        for number in (s.given or ({s.low} if s.low == s.high else {None}))
        if number is not None
    )
    exact = all(s.given or (s.low is not None and s.low == s.high) for s in statements)
    return numbers if exact and len(numbers) > 1 else frozenset()


def named_by(statements: Iterable[Statement]) -> int | None:
    """The number in the words of the least of ``statements``, where its bounds begin above that."""
    least = min((s for s in statements if s.low is not None), key=lambda s: s.floor_number or 0, default=None)
    return least.named if least is not None else None


def largest(statements: Sequence[Statement]) -> Statement:
    """The largest of several numbers from one report, with all claims that give it."""
    chosen = max(statements, key=size_of)
    return reduce(carried, [s for s in statements if s.bounds == chosen.bounds and s is not chosen], chosen)


def summed(clause: Sequence[Standing], *, part: bool = False) -> Statement:
    lows = [standing.tally.low for standing in clause]
    highs = [standing.tally.high for standing in clause]
    low = sum(low or 0 for low in lows) if any(low is not None for low in lows) else None
    high = sum(high or 0 for high in highs) if all(high is not None for high in highs) else None
    below = sum(names_less(standing.tally) for standing in clause)
    named = low - below if low is not None and below else None
    some = all(one_person(s.tally) for s in clause) or all(s.claim.rule == "among" for s in clause)
    return replace(statement_of(clause, low, high), named=named, part=part or some)


def added_up(clauses: Sequence[Sequence[Standing]], *, part: bool = False) -> list[Statement]:
    """All victims that one voice tells of class by class in one report: sums over clauses that follow each other closely and
    speak of disjoint classes. A single class that is no natural whole ("two children were killed") is a ``part``."""
    out = []
    for index, first in enumerate(clauses):
        run = list(first)
        for clause in clauses[index + 1 :]:
            if not _close(run[-1], clause[0]):
                break
            if all(_apart(standing, other) or _also(standing, other) for standing in clause for other in run):
                run.extend(clause)
        total = summed(run, part=part)
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


def _also(standing: Standing, other: Standing) -> bool:
    """ "Six guards were killed. A cook and two porters were also killed": after fighters, others by another name are others."""
    return standing.also and other.tally.victims == ("fighters",) and "fighters" not in standing.tally.victims
