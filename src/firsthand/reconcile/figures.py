"""Statements → figures: the cells of an incident reconciled by a policy, then made to fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.model import Figure, Outcome, Place, Victim, VictimClass, VoiceCount, record_id
from firsthand.model.figure import FigureStatus

from .areas import nested
from .counted import counting, independent, outweighed, status_of
from .evidence import Evidence
from .named import people_named
from .plurals import floor_of, least_of
from .policies import Choice, Policy
from .statements import Cell, CellKey, Standing, Statement
from .wording import listed, number_phrase, outcome_phrase, saying

EVERYONE: VictimClass = "people"
# The least that a plural can mean.
_PLURAL = 2


@dataclass(frozen=True, slots=True)
class Method:
    """How figures are made: the policy and the ranks of its hierarchy."""

    policy: Policy
    ranks: Mapping[str, int]


def incident_figures(evidence: Evidence, places: Mapping[str, Place], method: Method) -> list[Figure]:
    """The figures of one incident: for the whole first, then for each part of its area that its voices set apart."""
    named = _named(evidence.victims)
    out: list[Figure] = []
    local: dict[str, list[Figure]] = {}
    carried = {standing.claim.id: standing.claim.report for standing in evidence.counts}
    for place in sorted(key for key in evidence.cells if key is not None):
        local[place] = _figures(evidence.incident.id, evidence.cells[place], {}, method, place, carried)
    whole = evidence.cells.get(None, {})
    out.extend(_figures(evidence.incident.id, whole, named, method, None, carried))
    stated = {(f.outcome, f.victims) for f in out if f.status != "unknown"}
    added = _over_places(evidence.incident.id, local, stated, places, method, carried)
    summed = {(f.outcome, f.victims) for f in added}
    out = [f for f in out if (f.outcome, f.victims) not in summed] + added
    if not any(f.outcome == "killed" and f.victims == EVERYONE for f in out):
        out.extend(_nobody_killed(evidence.incident.id, whole, method))
    out = _fitted(out)
    for place in sorted(local):
        out.extend(_fitted(local[place]))
    return out


def _figures(
    incident: str,
    cells: Mapping[CellKey, Cell],
    named: Mapping[Outcome, Sequence[Victim]],
    method: Method,
    place: str | None,
    carried: Mapping[str, str],
) -> list[Figure]:
    numbered = {key for key, cell in cells.items() if cell.statements or key[1] == EVERYONE}
    keys = {*numbered, *((outcome, EVERYONE) for outcome in named)}
    return [
        _figure(
            incident,
            key,
            cells.get(key) or Cell(),
            named.get(key[0], ()) if key[1] == EVERYONE else (),
            _counting_wounded(cells) if key == ("killed", EVERYONE) else frozenset(),
            method,
            place,
            carried,
        )
        for key in sorted(keys)
    ]


def _nobody_killed(incident: str, cells: Mapping[CellKey, Cell], method: Method) -> list[Figure]:
    """A floor of zero dead where the wounded are counted and nobody tells of any death: news that has dead leads with them.

    Only a floor: unknown is not zero, so there is no best number and no ceiling.
    """
    wounded = cells.get(("wounded", EVERYONE))
    if wounded is None or not any(s.number for s in wounded.statements):
        return []
    if any(outcome in ("killed", "casualties", "missing") for outcome, _ in cells):
        return []
    return [
        Figure(
            id=record_id("fig", incident, "killed", EVERYONE, None, method.policy.name),
            incident=incident,
            outcome="killed",
            victims=EVERYONE,
            low=0,
            best=None,
            high=None,
            status="unknown",
            policy=method.policy.name,
            voices=0,
            origins=0,
            reports=0,
            claims=(),
            why="The wounded are counted and no report tells of anybody killed, which leaves zero as the least.",
        )
    ]


def _figure(
    incident: str,
    key: CellKey,
    cell: Cell,
    named: Sequence[Victim],
    spared: frozenset[str],
    method: Method,
    place: str | None,
    carried: Mapping[str, str],
) -> Figure:
    """The figure of one cell. ``named``: people of that outcome known by name; ``spared``: the origins that count the wounded;
    ``carried``: the report of each claim."""
    outcome, victims = key
    statements = counting(cell.statements)
    choice, naming = _with_named(_chosen(statements, cell, spared, method), named)
    claims = [claim for statement in statements for claim in statement.claims]
    reports = {carried[claim] for claim in claims}
    origins = {origin for statement in statements for origin in statement.origins}
    status: FigureStatus = status_of(statements) if statements else "unknown"
    if not statements and naming:
        status = "single"
        reports = origins = {victim.report for victim in named}
    heard = {statement.voice for statement in statements}
    silent = {s.voice: s for s in (*cell.beside, *cell.vague) if s.voice not in heard}
    vague = tuple(dict.fromkeys(s.tally.text for s in cell.vague if s.tally.vague and s.tally.text))
    return Figure(
        id=record_id("fig", incident, outcome, victims, place, method.policy.name),
        incident=incident,
        outcome=outcome,
        victims=victims,
        low=choice.low,
        best=choice.best,
        high=choice.high,
        status=status,
        policy=method.policy.name,
        voices=independent(statements),
        origins=len(origins),
        reports=len(reports),
        claims=tuple(dict.fromkeys([*claims, *(s.claim.id for s in cell.vague)])),
        why=_why(key, choice, statements, outweighed(cell.statements), silent.values(), vague, naming),
        place=place,
        by_voice=(*(_voice_count(statement) for statement in cell.statements), *map(_no_count, silent.values())),
        vague=vague,
    )


def _chosen(statements: Sequence[Statement], cell: Cell, spared: frozenset[str], method: Method) -> Choice:
    """What the policy makes of ``statements``, with the floor that words without a number leave where nobody counts all
    victims."""
    if not statements:
        choice = Choice(None, None, None, "")
    elif all(s.part for s in statements) and any(s.tally.part_of is None and s.tally.vague for s in cell.vague):
        low = _ordered(method.policy.choose(statements, method.ranks)).low
        choice = Choice(low, None, None, "it counts some of those who are told of without a number")
    else:
        choice = _ordered(method.policy.choose(statements, method.ranks))
    if not all(s.part for s in statements):
        return choice
    told = frozenset(origin for s in statements for origin in s.origins)
    return _with_floor(choice, cell.vague, method.policy, told or spared, beside=bool(statements))


def _ordered(choice: Choice) -> Choice:
    """low ≤ best ≤ high, whatever the voices made of it."""
    low, best, high, reason = choice
    if best is not None and low is not None and best < low:
        low = best
    if high is not None and best is not None and high < best:
        high = best
    if high is not None and low is not None and high < low:
        high = low
    return Choice(low, best, high, reason)


def _counting_wounded(cells: Mapping[CellKey, Cell]) -> frozenset[str]:
    """The origins that count the wounded."""
    wounded = cells.get(("wounded", EVERYONE)) or Cell()
    return frozenset(origin for s in wounded.statements if s.number for origin in s.origins)


def _with_floor(
    choice: Choice, vague: Sequence[Standing], policy: Policy, others: frozenset[str], *, beside: bool
) -> Choice:
    """Where nobody counts all victims, words such as "several" or "dozens" leave at least the fewest that they can mean.
    ``beside``: some are counted. ``others``: the origins that count those, or else the wounded. Where more of them have no such
    words than have, a mere plural ("victims", "several") is too loose to lift what most tell."""
    least, words = floor_of(vague, beside=beside) if policy.plurals else (None, "")
    loose = {standing.origin for standing in vague if least_of(standing.tally) is not None}
    if least == _PLURAL and len(others - loose) > len(loose):
        return choice if beside else Choice(0, None, None, "more reports count the wounded and tell of nobody killed")
    if least is None or least <= (choice.low or 0) or (choice.high is not None and choice.high < least):
        return choice
    reason = f"“{words}” is at least {least}"
    return Choice(least, None, choice.high, f"{choice.reason}; {reason}" if choice.reason else reason)


def _named(victims: Iterable[Victim]) -> dict[Outcome, list[Victim]]:
    """Named victims by outcome, each once."""
    out: dict[Outcome, list[Victim]] = {}
    for victim in victims:
        out.setdefault(victim.outcome, []).append(victim)
    return {outcome: people_named(people) for outcome, people in sorted(out.items())}


def _with_named(choice: Choice, named: Sequence[Victim]) -> tuple[Choice, str]:
    """People known by name are a floor, unless the voices put the ceiling below it."""
    count = len(named)
    if (
        not count
        or (choice.high is not None and count > choice.high)
        or (choice.low is not None and count <= choice.low)
    ):
        return choice, ""
    best = choice.best if choice.best is not None and choice.best >= count else count
    text = "1 person is known by name" if count == 1 else f"{count} people are known by name"
    return choice._replace(low=count, best=best), text


def _over_places(
    incident: str,
    local: Mapping[str, Sequence[Figure]],
    stated: set[CellKey],
    places: Mapping[str, Place],
    method: Method,
    carried: Mapping[str, str],
) -> list[Figure]:
    """Figures for the whole where voices speak of its parts only: the parts lie apart, so they add up."""
    local = {key: own for key, own in local.items() if not nested(key, local, places)}
    if len(local) < 2 and stated:
        return []
    keys = sorted({(f.outcome, f.victims) for figures in local.values() for f in figures} - stated)
    out = []
    for key in keys:
        outcome, victims = key
        parts = [f for figures in local.values() for f in figures if (f.outcome, f.victims) == key]
        whole_id = record_id("fig", incident, outcome, victims, None, method.policy.name)
        if any(figure.low is not None or figure.best is not None for figure in parts):
            out.append(_added_up(whole_id, parts, len(local), places, carried))
        elif (
            victims == EVERYONE
        ):  # unknown, as for the parts: the classes of an outcome never stand without their whole
            out.append(replace(parts[0], id=whole_id, place=None))
    return out


def _added_up(
    whole_id: str, parts: Sequence[Figure], areas: int, places: Mapping[str, Place], carried: Mapping[str, str]
) -> Figure:
    """The sum of ``parts``, figures of one cell in places that lie apart. It is open above where one of the ``areas`` has no
    number, and has a best only where each part that is counted has one. What words alone bear ("several") is not added up."""
    known = [figure for figure in parts if figure.low is not None or figure.best is not None]
    counted = [figure for figure in known if figure.status != "unknown"]
    complete = len(counted) == areas
    bests, highs = [f.best for f in counted], [f.high for f in known]
    low = sum(f.low or 0 for f in counted) if counted else max(f.low or 0 for f in known)
    best = sum(b or 0 for b in bests) if bests and None not in bests else None
    high = sum(h or 0 for h in highs) if complete and None not in highs else None
    counts = [
        count
        for f in counted
        for count in f.by_voice
        if (count.low is not None or count.high is not None) and set(count.claims) <= set(f.claims)
    ]
    told = " and ".join(f"{_range(f)} in {_place_name(f.place, places)}" for f in counted or known)
    rest = "" if complete else "; for the rest of the area no number is known"
    summed = f"Added up over places that lie apart: {told}{rest}."
    return replace(
        known[0],
        id=whole_id,
        low=low,
        best=best,
        high=high,
        status=_sum_status(counted, low, high),
        voices=counted[0].voices if len(counted) == 1 else len({count.voice for count in counts}),
        origins=len({origin for count in counts for origin in count.origins}),
        reports=len({carried[claim] for count in counts for claim in count.claims}),
        claims=tuple(dict.fromkeys(claim for f in known for claim in f.claims)),
        why=summed if counted else f"Nobody gives a number: {told}, by words that are not added up.",
        place=None,
        by_voice=tuple(count for f in known for count in f.by_voice),
        vague=tuple(dict.fromkeys(word for f in parts for word in f.vague)),
    )


def _sum_status(counted: Sequence[Figure], low: int, high: int | None) -> FigureStatus:
    if len(counted) < 2:
        return counted[0].status if counted else "unknown"
    return "range" if low != high else "agreed"


def _range(figure: Figure) -> str:
    return number_phrase(figure.low, figure.high)


def _place_name(place: str | None, places: Mapping[str, Place]) -> str:
    found = places.get(place or "")
    return found.name if found is not None else "one part"


def _fitted(figures: Sequence[Figure]) -> list[Figure]:
    """No class exceeds all people of the same outcome at the same place: what lies above is cut, and the reason says so."""
    whole = {figure.outcome: figure for figure in figures if figure.victims == "people"}
    out = []
    for figure in figures:
        people = whole.get(figure.outcome)
        if people is None or figure is people:
            out.append(figure)
            continue
        low, best, high = (
            _cut(a, b) for a, b in ((figure.low, people.low), (figure.best, people.best), (figure.high, people.high))
        )
        if people.best is None and best is not None and people.high is not None:
            best = min(best, people.high)
        if (low, best, high) != (figure.low, figure.best, figure.high):
            limit = _ordered(Choice(low, best, high, ""))
            why = figure.why.rstrip(".") + "; cut to what is said of all victims."
            figure = replace(figure, low=limit.low, best=limit.best, high=limit.high, why=why)
        out.append(figure)
    return out


def _cut(number: int | None, limit: int | None) -> int | None:
    return number if number is None or limit is None else min(number, limit)


def _voice_count(statement: Statement) -> VoiceCount:
    return VoiceCount(
        statement.voice.name,
        statement.low,
        statement.high,
        statement.claims,
        tuple(sorted(statement.origins)),
        statement.history,
    )


def _no_count(standing: Standing) -> VoiceCount:
    return VoiceCount(standing.voice.name, None, None, (standing.claim.id,), (standing.origin,))


def _why(
    key: CellKey,
    choice: Choice,
    statements: Sequence[Statement],
    aside: Sequence[Statement],
    silent: Iterable[Standing],
    vague: Sequence[str],
    naming: str,
) -> str:
    """One sentence: who says what, why this number, which numbers were left ``aside``, and what was said without one."""
    parts = [saying(statements)] if statements else []
    if not statements:
        parts.append(f"No number of {outcome_phrase(*key)} is given" if not naming else "Nobody gives a number")
    if choice.reason:
        parts.append(choice.reason)
    if naming:
        parts.append(naming)
    if aside:
        parts.append(f"left aside, since the report that quotes it says more in its own voice: {saying(aside)}")
    counted = {statement.voice for statement in aside}
    unsaid = sorted({standing.voice.name for standing in silent if standing.voice not in counted})
    if unsaid:
        parts.append(f"{listed(unsaid)} {'say' if len(unsaid) > 1 else 'says'} so without a number")
    words = [f"“{word}”" for word in vague[:4] if f"“{word}”" not in choice.reason]
    if words:
        parts.append(f"words without a number: {', '.join(words)}")
    return "; ".join(parts) + "."
