"""Counts that follow from others in the same report: further people ("another six died") on top of those told before, and those
who live, where a report counts who was hit and who of them died ("five people were shot, one fatally").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from firsthand.model import Outcome, Tally

from .marks import is_of_others, is_on_top, ordinal_of
from .statements import Standing, one_person

# A count of further people adds to the one told at most this many code points before it: the dead to a count of the sentence
# before, the wounded, who are told of beside others in many ways, to one of the clause before. With 300 for the wounded the
# development halves of three sets were worse by one figure, with 120 for the dead by five.
_NEXT_SENTENCE = 300
_NEXT_CLAUSE = 120
_WOUNDS = re.compile(r"injur|wound|hurt", re.IGNORECASE)


def with_additions(ordered: Sequence[Standing]) -> list[Standing]:
    """``ordered`` (by report, then place in it) with counts of further people made totals, what they add being a part."""
    groups: dict[tuple[str, Outcome], list[Standing]] = defaultdict(list)
    for standing in ordered:
        groups[standing.claim.report, standing.tally.outcome].append(standing)
    out = [
        standing
        for (report, outcome), group in groups.items()
        for standing in _own_details(
            _added(_decomposed(group), groups.get((report, "killed"), ()) if outcome == "wounded" else ())
        )
    ]
    return sorted(out, key=lambda standing: (standing.order, standing.claim.id))


def _added(group: Iterable[Standing], dead: Sequence[Standing]) -> list[Standing]:
    """Counts of further people ("another six died") added to the one told before them. They add nothing where the report has told
    of at least as many already: then the further people are a part of those. The count before becomes a part of the sum where
    one voice gives both; another voice's stays as it is, and so does it before a single person ("another man"), who may be one of
    those counted. After a count that has risen ("to nine, after two more were found") they are a part of it, and so are they
    where they make up a whole with the parts told of it ("four of the seven in the town, three others on the road").
    With one of the ``dead`` in between, the wounded are others than he is: "one was killed and another wounded"."""
    out: list[Standing] = []
    before: list[Standing] = []
    parts: Counter[str] = Counter()
    for standing in group:
        tally = standing.tally
        base = _counted_on(standing, before)
        if base is None or not _is_further(standing, base) or _between(base, standing, dead):
            pass
        elif base.risen or 0 < parts[base.claim.id] == (base.tally.low or 0) - (tally.low or 0):
            standing = replace(standing, tally=replace(tally, part_of=base.claim.id))
        elif base.claim.span != standing.claim.span:
            total = _plus(base.tally, tally)
            if all((other.tally.low or 0) < (total.low or 0) for other in before):
                out.append(replace(standing, tally=replace(tally, part_of=base.claim.id)))
                standing = replace(standing, tally=total)
                if (tally.low or 0) > 1 or base.early or _makes_it(tally, base.tally):
                    out[out.index(base)] = replace(base, tally=replace(base.tally, part_of=standing.claim.id))
        out.append(standing)
        if tally.part_of is not None:
            parts[tally.part_of] += tally.low or 0
        elif tally.counted:
            before.append(standing)
    return out


def _counted_on(standing: Standing, before: Sequence[Standing]) -> Standing | None:
    """The count that ``standing`` may add to: the one right before it; for "a sixth man" the last count of five."""
    five = next((s for s in reversed(before) if _makes_it(standing.tally, s.tally)), None)
    return five or (before[-1] if before and _follows(before[-1], standing) else None)


def _is_further(standing: Standing, base: Standing) -> bool:
    """ "Also" adds to a person told of before; after a toll it mostly tells who some of its dead were,
    unless it is told of another place."""
    tally = standing.tally
    elsewhere = None not in (standing.claim.place, base.claim.place) and standing.claim.place != base.claim.place
    also = (standing.also and (one_person(base.tally) or elsewhere)) or standing.remaining
    also = also or standing.again or (base.early and standing.later)
    return tally.part_of is None and (is_on_top(tally) or also or _makes_it(tally, base.tally))


def _makes_it(tally: Tally, base: Tally) -> bool:
    """ "A sixth man died" after five: the ordinal counts them all."""
    return tally.outcome == "killed" and ordinal_of(tally) == (base.low or 0) + 1


def _between(before: Standing, after: Standing, others: Iterable[Standing]) -> bool:
    return any(
        other.claim.field == after.claim.field and before.tally.span[1] <= other.tally.span[0] < after.tally.span[0]
        for other in others
    )


def _follows(before: Standing, after: Standing) -> bool:
    reach = _NEXT_SENTENCE if after.tally.outcome == "killed" else _NEXT_CLAUSE
    return before.claim.field == after.claim.field and 0 <= after.tally.span[0] - before.tally.span[1] <= reach


def with_survivors(ordered: Sequence[Standing]) -> list[Standing]:
    """``ordered`` with those who live set apart from those who died, report by report: "five people were shot, one fatally"
    counts four wounded, and so does "five wounded" where one of them has died or where four wounded and one dead are told too.
    Where those hit are the dead and the wounded together, smaller counts of wounded are parts, and a count of all who were
    hit is one of the wounded with the dead."""
    reports: dict[str, list[Standing]] = defaultdict(list)
    for standing in ordered:
        reports[standing.claim.report].append(standing)
    out = [standing for own in reports.values() for standing in _survivors(own)]
    return sorted(out, key=lambda standing: (standing.order, standing.claim.id))


def _survivors(own: Sequence[Standing]) -> list[Standing]:
    dead = max((s.tally.low or 0 for s in own if s.tally.outcome == "killed" and _exact(s)), default=0)
    if not dead:
        return list(own)
    died_of = {
        s.tally.part_of: s.tally.low or 0 for s in own if s.tally.outcome == "killed" and s.tally.part_of and _exact(s)
    }
    wounded = {s.tally.low or 0 for s in own if s.tally.outcome == "wounded" and _exact(s) and s.tally.part_of is None}
    most = max((s.tally.low or 0 for s in own if s.tally.outcome == "casualties" and _exact(s)), default=0)
    alive_too = next(
        (s for s in own if s.tally.outcome == "wounded" and _exact(s) and s.tally.low == most - dead > 0), None
    )
    out = []
    for standing in own:
        tally = standing.tally
        hit = tally.low or 0
        if not _exact(standing) or tally.part_of is not None:
            out.append(standing)
        elif tally.outcome == "wounded" and alive_too is not None and hit <= most:
            alive = replace(tally, low=most - dead, high=most - dead)
            out.append(
                replace(standing, tally=alive if hit >= most - dead else replace(tally, part_of=alive_too.claim.id))
            )
        elif tally.outcome == "wounded" and (
            standing.claim.id in died_of or (hit - dead in wounded - {0} and not _beside_the_dead(standing, own))
        ):
            left = hit - died_of.get(standing.claim.id, dead)
            out.append(replace(standing, tally=replace(tally, low=left, high=left)) if left > 0 else standing)
        elif tally.outcome == "casualties" and hit == most and hit - dead > max(wounded, default=0):
            out += [
                standing,
                replace(standing, tally=replace(tally, outcome="wounded", low=hit - dead, high=hit - dead)),
            ]
        else:
            out.append(standing)
    return out


def _beside_the_dead(standing: Standing, own: Iterable[Standing]) -> bool:
    """The wounded are told apart from the dead: as others, or by a word for wounds right before or after a count of the dead
    ("one dead, four injured"; of "four shot, one fatally" one is dead)."""
    tally = standing.tally
    if is_of_others(tally):
        return True
    return _WOUNDS.search(standing.clause) is not None and any(
        s.tally.outcome == "killed"
        and s.tally.part_of is None
        and not one_person(s.tally)
        and s.claim.field == standing.claim.field
        and -_NEXT_CLAUSE <= s.tally.span[0] - tally.span[0] <= _NEXT_CLAUSE
        for s in own
    )


def _exact(standing: Standing) -> bool:
    tally = standing.tally
    return tally.low is not None and tally.low == tally.high


def _plus(base: Tally, more: Tally) -> Tally:
    high = None if base.high is None or more.high is None else base.high + more.high
    same = base.victims == more.victims
    return replace(
        more, low=(base.low or 0) + (more.low or 0), high=high, victims=more.victims if same else ("people",)
    )


def _decomposed(group: Sequence[Standing]) -> list[Standing]:
    """Counts behind a whole that make it up are its parts: those of several voices, who tell of a raid each ("21 were killed, the
    army said; 18 at the mill, a villager said; three on the road, a driver said"), and those of its own voice that tell fighters
    from others. One other voice that counts them class by class bears the whole out."""
    out = list(group)
    for at, whole in enumerate(group):
        total = whole.tally.low
        if whole.tally.part_of is not None or not total or not {"people", "civilians"} & set(whole.tally.victims):
            continue
        run: list[int] = []
        for index in range(at + 1, len(group)):
            if not _may_be_part(group[index], whole):
                continue
            run.append(index)
            counted = sum(group[i].tally.low or 0 for i in run)
            if counted >= total:
                if counted == total and len(run) > 1 and _tells_apart([group[i] for i in run], whole):
                    for i in run:
                        out[i] = replace(group[i], tally=replace(group[i].tally, part_of=whole.claim.id))
                break
    return out


def _may_be_part(standing: Standing, whole: Standing) -> bool:
    apart = standing.claim.field == whole.claim.field and standing.claim.span != whole.claim.span
    return apart and standing.tally.part_of is None and _exact(standing) and not one_person(standing.tally)


def _tells_apart(run: Sequence[Standing], whole: Standing) -> bool:
    voices = {standing.voice for standing in run}
    fighters = ["fighters" in standing.tally.victims for standing in run]
    return len(voices - {whole.voice}) > 1 or (voices == {whole.voice} and any(fighters) and not all(fighters))


def _own_details(group: Sequence[Standing]) -> list[Standing]:
    """After a count that the report quotes, a smaller one in its own voice tells of some of those."""
    out: list[Standing] = []
    quoted: Standing | None = None
    for standing in group:
        tally = standing.tally
        if tally.part_of is None and tally.low is not None:
            if standing.voice.narrator:
                if quoted is not None and tally.low < (quoted.tally.low or 0):
                    standing = replace(standing, tally=replace(tally, part_of=quoted.claim.id))
            elif {"people", "civilians"} & set(tally.victims) and (
                quoted is None or tally.low > (quoted.tally.low or 0)
            ):
                quoted = standing
        out.append(standing)
    return out
