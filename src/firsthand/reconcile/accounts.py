"""What each voice says about one incident: its standing number for each outcome, victim class and place.

A voice's later number replaces its earlier one, which is kept as history. Numbers of the same day, or of days that are not
known, cannot be put in order; they stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from firsthand.model import Outcome, VictimClass

from .civilians import civilians_told, only_civilians, with_no_civilians
from .statements import Cell, CellKey, Standing, Statement, carried, size_of
from .sums import added_up, clauses_of, given_by, is_of_people, largest, named_by, of_all_victims, of_one_class, summed
from .voices import Voice


def cells_of(standings: Iterable[Standing]) -> dict[CellKey, Cell]:
    """The cells that ``standings`` (claims about one incident at one place) fill, each with one statement a voice."""
    by_voice: dict[tuple[Outcome, Voice], list[Standing]] = defaultdict(list)
    cells: dict[CellKey, Cell] = {}
    ordered = sorted(standings, key=lambda s: (s.order, s.claim.id))
    civilian = only_civilians(ordered)
    # Some of those counted as civilians are no count of civilians of its own.
    whole_civilians = {s.claim.id for s in ordered if s.tally.part_of is None and s.tally.victims == ("civilians",)}
    for standing in ordered:
        tally = standing.tally
        if not tally.counted:
            for victims in {*tally.victims, "people"}:
                cells.setdefault((tally.outcome, victims), Cell()).vague.append(standing)
            continue
        if "civilians" in tally.victims and (tally.outcome in civilian or tally.part_of in whole_civilians):
            tally = replace(tally, victims=("people",))
            standing = replace(standing, tally=tally)
        by_voice[tally.outcome, standing.voice].append(standing)
    for (outcome, _), group in sorted(by_voice.items(), key=lambda item: (item[0][0], item[0][1].key)):
        cells.setdefault((outcome, "people"), Cell())
        for victims, statement in _account(group).items():
            cells.setdefault((outcome, victims), Cell()).statements.append(statement)
    for outcome in {outcome for outcome, _ in cells}:
        with_no_civilians(cells, outcome)
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
                out[out.index(own[0])] = carried(own[0], said)
                out.remove(said)
    return out


def _account(group: Sequence[Standing]) -> dict[VictimClass, Statement]:
    """One voice's numbers for one outcome, by class, from its claims in publication order."""
    out: dict[VictimClass, Statement] = {}
    reports = _by_report(group)
    for victims in sorted({s.tally.victims[0] for s in group if len(s.tally.victims) == 1} - {"people"}):
        exact = [[s for s in own if s.tally.victims == (victims,)] for own in reports]
        out[victims] = _latest([of_one_class(own) for own in exact if own])
    if told := [civilians for own in reports if (civilians := civilians_told(own)) is not None]:
        out["civilians"] = _latest(told)
    stated: list[Statement] = []
    added: list[Statement] = []
    for own in reports:
        whole = [standing for standing in own if standing.tally.part_of is None]
        clauses = clauses_of(whole or own)
        stated += (
            [of_all_victims(sums)] if (sums := [summed(c, part=not whole) for c in clauses if is_of_people(c)]) else []
        )
        added += [largest(sums)] if (sums := added_up([c for c in clauses if _counts_some(c)], part=not whole)) else []
    if not stated:
        return out | ({"people": _latest(added)} if added else {})
    said = _latest(stated)
    more = [s for s in added if size_of(s) > size_of(said)]
    out["people"] = _latest(more) if more else said
    return out


def _counts_some(clause: Sequence[Standing]) -> bool:
    """Whether a clause counts people by class: "no civilians were hurt" says nothing of how many people were."""
    return not is_of_people(clause) and any(standing.tally.high != 0 for standing in clause)


def _by_report(standings: Iterable[Standing]) -> list[list[Standing]]:
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        found[standing.claim.report].append(standing)
    return list(found.values())


def _latest(statements: Sequence[Statement]) -> Statement:
    """A voice's standing number. ``statements`` are one a report.

    A number counts from the day its origin first carried it, so that a late copy of an old story brings nothing back.
    An undated number stands beside the latest dated one, unless the voice is known to have given it earlier. One person told of in
    one report is no toll, and replaces none that the voice gives in another, nor widens it.
    """
    first: dict[tuple[frozenset[str], int | None, int | None], Statement] = {}
    toll = max((size_of(s) for s in statements if not s.part), default=-1)
    for statement in (s for s in statements if not s.part or size_of(s) > toll):
        key = (statement.origins, statement.low, statement.high)
        first[key] = _of_one_origin(first[key], statement) if key in first else statement
    ordered = sorted(first.values(), key=lambda s: (s.published or date.min, s.low or 0, s.high or 0, s.claims))
    last = max((s.published for s in ordered if s.published is not None), default=None)
    earlier = [s for s in ordered if s.published is not None and s.published != last]
    old = {s.number for s in earlier}
    now = [s for s in ordered if s.published == last or (s.published is None and s.number not in old)]
    replaced = [s for s in ordered if s not in now]
    lows = [s.low for s in now if s.low is not None]
    highs = [s.high for s in now if s.high is not None]
    return replace(
        reduce(carried, now[:-1], now[-1]),
        low=min(lows, default=None),
        high=max(highs, default=None) if len(highs) == len(now) or not lows else _closed(lows, highs),
        named=named_by(now),
        published=last,
        history=tuple((s.claims[0], s.low, s.high) for s in reversed(replaced)),
        earlier=frozenset((origin, s.number) for s in replaced for origin in s.origins),
        implied=all(s.implied for s in now),
        part=all(s.part for s in now),
        floor=all(s.floor for s in now),
        approx=any(s.approx for s in now),
        early=all(s.early for s in now),
        opens=any(s.opens for s in now),
        opening=min((s.opening for s in now if s.opening is not None), default=None),
        given=given_by(now),
    )


def _of_one_origin(one: Statement, other: Statement) -> Statement:
    """The same number that two reports of one origin carry. Neither report leads: which of them is repeated by a further copy, and
    on what day, says nothing of the number. What either calls overtaken is."""
    return replace(
        carried(other, one),
        approx=one.approx or other.approx,
        implied=one.implied and other.implied,
        part=one.part and other.part,
        floor=one.floor and other.floor,
        early=one.early or other.early,
        opens=one.opens or other.opens,
        opening=min((s.opening for s in (one, other) if s.opening is not None), default=None),
        named=one.named if one.named == other.named else None,
        given=one.given | other.given,
    )


def _closed(lows: Sequence[int], highs: Sequence[int]) -> int | None:
    """The upper end of numbers of which some are open: open, unless a closed one reaches above every floor."""
    return max(highs) if highs and max(highs) > max(lows) else None
