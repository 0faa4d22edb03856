"""Who of the dead were civilians, as far as the voices tell them from those who fight.

Whoever does not fight is a civilian (Additional Protocol I, article 50), so officials and prisoners are, and those who are told of
beside fighters by another name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from firsthand.model import Outcome, VictimClass

from .marks import is_of_others, is_on_top
from .statements import Cell, CellKey, Standing, Statement, statement_of
from .sums import clauses_of, largest, summed

# Classes whose members are civilians by what they do.
_CALLED: frozenset[VictimClass] = frozenset(
    {"civilians", "officials", "prisoners", "medics", "journalists", "aid_workers"}
)
# The words that set civilians apart; "members of the family" are civilians too, but said to tell who all the victims were.
_CIVILIAN = re.compile(r"civilian|non-?combatant|bystander", re.IGNORECASE)


def only_civilians(standings: Sequence[Standing]) -> list[Outcome]:
    """Outcomes of which counts of people and counts of civilians are counts of the same victims: some voice calls them
    civilians, none tells of fighters among them, and none sets civilians apart by that word from others or as some of its
    people ("35 civilians and two unidentified men"; "four other civilians" calls those told of before civilians too)."""
    called: dict[Outcome, bool] = {}
    of_people = {standing.claim.id for standing in standings if "people" in standing.tally.victims}
    # Further people with those told before: neither is set apart from the other.
    sums = {s.claim.id for s in standings if s.tally.part_of is None} & {
        s.claim.id for s in standings if s.tally.part_of is not None
    }
    beside = {
        (s.claim.report, s.claim.field, s.claim.span)
        for s in standings
        if s.claim.id in of_people and s.tally.counted and s.tally.part_of is None
    }
    for standing in standings:
        tally = standing.tally
        if "fighters" in tally.victims:
            called[tally.outcome] = False
        elif "civilians" in tally.victims and tally.counted and tally.high != 0:
            said = _CIVILIAN.search(f"{standing.clause} {tally.victims_text}") is not None
            joined = (
                tally.part_of is None and (standing.claim.report, standing.claim.field, standing.claim.span) in beside
            )
            some = tally.part_of in of_people - sums and not is_on_top(tally)
            apart = said and (some or (joined and not is_of_others(tally)))
            called[tally.outcome] = called.get(tally.outcome, True) and not apart
    return sorted(outcome for outcome, only in called.items() if only)


def with_no_civilians(cells: Mapping[CellKey, Cell], outcome: Outcome) -> None:
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
        said = total[statement.voice]
        if statement.voice not in spoken and statement.low and said.bounds == statement.bounds and not said.part:
            civilians.statements.append(replace(statement, low=0, high=0, implied=True, history=()))
    civilians.statements.sort(key=lambda statement: statement.voice.key)


def civilians_told(own: Sequence[Standing]) -> Statement | None:
    """What one voice says about civilians in one report: those it calls so, with the officials, medics and the like that the same
    clause joins to them; else those left of a count of people without the fighters among them; else those whom a clause joins to
    fighters ("a mayor and two soldiers")."""
    whole = [s for s in own if s.tally.part_of is None]
    clauses = clauses_of(whole or own)
    summed_up = {s.claim.id for s in whole}  # a count of further people stands for the sum, not for what it adds
    called = [
        [s for s in clause if _CALLED.issuperset(s.tally.victims)]
        for clause in clauses_of([s for s in own if s.tally.part_of is None or s.claim.id not in summed_up])
        if any(s.tally.victims == ("civilians",) for s in clause)
    ]
    if called:
        return largest([summed(clause) for clause in called])
    if (left := _left_of_people(own)) is not None:
        return left
    most = max((s.tally.low or 0 for s in own if "people" in s.tally.victims), default=0)
    # "Five farmers were killed; the raid also killed six gunmen": the sum of both is no count of civilians.
    mixed = {s.claim.id for s in own if s.tally.part_of is not None and "fighters" in s.tally.victims}
    beside = [
        others
        for clause in clauses
        if (others := [s for s in clause if "fighters" not in s.tally.victims and s.claim.id not in mixed])
        and (len(others) < len(clause) or (others[0].also and _only_fighters_before(others[0], own)))
        and sum(s.tally.low or 0 for s in clause) >= most
    ]
    return replace(largest([summed(clause) for clause in beside]), implied=True) if beside else None


def _only_fighters_before(standing: Standing, own: Sequence[Standing]) -> bool:
    before = [s for s in own if s.order < standing.order and s.tally.part_of is None]
    return bool(before) and all(s.tally.victims == ("fighters",) for s in before if s.claim.span != standing.claim.span)


def _left_of_people(own: Sequence[Standing]) -> Statement | None:
    """Those left of a count of people when the fighters among them are taken away: "nine people, two of them soldiers"."""
    for whole in own:
        parts = [s for s in own if s.tally.part_of == whole.claim.id and s.tally.victims == ("fighters",)]
        fighters = sum(s.tally.low or 0 for s in parts)
        total = whole.tally.low
        if "people" not in whole.tally.victims or total is None or not 0 < fighters < total:
            continue
        if any(s.tally.high != s.tally.low or s.tally.approx for s in parts):
            continue
        clause = next((c for c in clauses_of([s for s in own if s.tally.part_of is None]) if whole in c), [whole])
        beside = [s for s in clause if "fighters" not in s.tally.victims]
        left = summed(beside or [whole])
        high = None if left.high is None else left.high - fighters
        return replace(statement_of([*beside, *parts], (left.low or 0) - fighters, high), implied=True)
    return None
