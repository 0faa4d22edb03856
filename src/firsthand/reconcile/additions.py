"""Counts that follow from others in the same report: further people ("another six died") on top of those told before, and those
who live, where a report counts who was hit and who of them died ("five people were shot, one fatally").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from firsthand.model import Outcome, Tally

from .accounts import Standing
from .marks import is_on_top

# A count of further people adds to the one told at most this many code points before it: the length of a clause. At 250 the
# development halves of three sets were worse by one figure.
_NEXT_CLAUSE = 120


def with_additions(ordered: Sequence[Standing]) -> list[Standing]:
    """``ordered`` (by report, then place in it) with counts of further people made totals, what they add being a part."""
    groups: dict[tuple[str, Outcome], list[Standing]] = defaultdict(list)
    for standing in ordered:
        groups[standing.claim.report, standing.tally.outcome].append(standing)
    out = [standing for group in groups.values() for standing in _added(group)]
    return sorted(out, key=lambda standing: (standing.order, standing.claim.id))


def _added(group: Iterable[Standing]) -> list[Standing]:
    """Counts of further people ("another six died") added to the one told before them, which stays as it is. They add nothing
    where the report has told of at least as many already: then the further people are a part of those."""
    out: list[Standing] = []
    before: list[Standing] = []
    for standing in group:
        tally = standing.tally
        base = before[-1] if before and _follows(before[-1], standing) else None
        if base is not None and tally.part_of is None and base.claim.span != standing.claim.span and is_on_top(tally):
            total = _plus(base.tally, tally)
            if all((other.tally.low or 0) < (total.low or 0) for other in before):
                out.append(replace(standing, tally=replace(tally, part_of=base.claim.id)))
                standing = replace(standing, tally=total)
        out.append(standing)
        if tally.counted and tally.part_of is None:
            before.append(standing)
    return out


def _follows(before: Standing, after: Standing) -> bool:
    return before.claim.field == after.claim.field and 0 <= after.tally.span[0] - before.tally.span[1] <= _NEXT_CLAUSE


def with_survivors(ordered: Sequence[Standing]) -> list[Standing]:
    """``ordered`` with the wounded that follow from undivided casualties and the dead among them, report by report, where the
    report does not count as many wounded itself."""
    largest: dict[tuple[str, Outcome], Standing] = {}
    for standing in ordered:
        tally = standing.tally
        whole = tally.part_of is None or tally.outcome == "killed"
        if whole and tally.low is not None and tally.low == tally.high and {"people", "civilians"} & set(tally.victims):
            key = standing.claim.report, tally.outcome
            if key not in largest or tally.low > (largest[key].tally.low or 0):
                largest[key] = standing
    out = list(ordered)
    for (report, outcome), hit in largest.items():
        dead = largest.get((report, "killed"))
        if outcome != "casualties" or dead is None:
            continue
        alive = (hit.tally.low or 0) - (dead.tally.low or 0)
        wounded = largest.get((report, "wounded"))
        if alive > ((wounded.tally.low or 0) if wounded is not None else 0):
            tally = replace(hit.tally, outcome="wounded", low=alive, high=alive, part_of=None)
            out.append(replace(hit, tally=tally))
    return sorted(out, key=lambda standing: (standing.order, standing.claim.id))


def _plus(base: Tally, more: Tally) -> Tally:
    high = None if base.high is None or more.high is None else base.high + more.high
    same = base.victims == more.victims
    return replace(
        more, low=(base.low or 0) + (more.low or 0), high=high, victims=more.victims if same else ("people",)
    )
