"""Incidents of a pile that grows: reports that come later are grouped with those whose blocks they touch, the rest stays.

Two groups join only where more speaks for a pair of their reports than against, so a newcomer can change nothing outside the
reports that such pairs connect with its own blocks. Those are grouped again, together with those in doubt beside them, by the
same steps as a whole pile, and put in place of what they were: the result is that of grouping the whole pile with what the
smaller one had taught (``Learned``). So it is with what people decide: a decision touches the reports and incidents that it
names. A pile that has outgrown what it taught is grouped anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import Grouping, Incident, Judgement, Lineage, ReportClaims, standing

from .actors import Sighting
from .alone import Reports
from .decisions import Decisions, read_decisions
from .finishing import Extension, finished
from .group import Grouped, grouped, places_of_claims
from .kept import KeptPile, Ledger
from .learned import Learned
from .mentions import Mention
from .pages import (
    Keys,
    PileState,
    block_marks,
    cell_marks,
    found_at,
    mention_marks,
    names_page,
    origin_mark,
    packed,
    write,
)
from .part import Regrouping
from .settled import about_actors, corrections


def start(
    reports: Reports,
    lineage: Lineage,
    *,
    marks: Mapping[str, str],
    previous: Sequence[Incident] = (),
    judgements: Sequence[Judgement] = (),
    workers: int = 1,
) -> tuple[Grouping, Iterator[tuple[tuple[str, str], bytes]]]:
    """Group a whole pile in ``workers`` processes; and the pages by which it can grow, made as they are asked for. ``marks`` stand
    for what each report was read as."""
    found = grouped(reports, lineage, previous=previous, judgements=judgements, workers=workers)
    return found.grouping, pages_of(found, lineage, marks, judgements)


def pages_of(
    found: Grouped, lineage: Lineage, marks: Mapping[str, str], judgements: Sequence[Judgement]
) -> Iterator[tuple[tuple[str, str], bytes]]:
    pile, written = found.pile, found.written
    yield ("pile", ""), write(state_of(pile.learned, pile.decisions, judgements))
    members = {report: origin.reports for origin in lineage.origins for report in origin.reports}
    printed = {d.report: d.interval.day for d in found.alone.dates} | dict(found.alone.printed)
    told: dict[str, list[Mention]] = defaultdict(list)
    for mention in pile.mentions:
        told[mention.report].append(mention)
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in found.seen:
        seen[sighting.report].append(sighting)
    heads = set(pile.heads)
    for own, page in zip(pile.read_alone, pile.read_alone.pages, strict=True):
        report = own.report
        keys = Keys(
            marks[report],
            origin_mark([r for r in members.get(report, (report,)) if r in pile.index]),
            printed.get(report),
            report in heads,
            report in pile.stand_ins,
            packed(block_marks(own, pile.learned)),
            packed(cell_marks(own)),
            tuple(packed(each) for each in mention_marks(told[report])),
        )
        claims = pile.claims.get(report, ReportClaims(report))
        yield ("keys", report), write(keys)
        yield ("profile", report), page
        yield ("told", report), write(told[report])
        yield (
            ("names", report),
            names_page(seen[report], found.linked, places_of_claims(written, claims, pile.profile_of(report))),
        )
    for incident in written.incidents.values():
        yield ("incident", incident.id), write(found_at(incident, written.places))


def state_of(learned: Learned, decisions: Decisions, judgements: Sequence[Judgement]) -> PileState:
    """What is kept of the pile as a whole."""
    changes, by = corrections(judgements)
    return PileState(
        weights=learned.weights,
        local=learned.local,
        place_share=learned.place_share,
        origins=learned.size,
        together=tuple(sorted(decisions.together)),
        apart=tuple(sorted(decisions.apart)),
        assigned=tuple(sorted((claim, *by) for claim, by in decisions.assigned.items())),
        settled=tuple(j.hash for j in standing(judgements) if about_actors(j)),
        corrected=tuple((i, json.dumps([changes[i], by[i]], sort_keys=True)) for i in sorted(changes)),
    )


def extend(ledger: Ledger) -> Extension | None:
    """What reports and decisions that have come since change in the grouping that ``ledger`` keeps. None where the pile has
    outgrown what it taught, or has lost a report: then it must be grouped as a whole. Raises DamagedGrouping."""
    judgements = ledger.judgements()
    decisions = read_decisions(judgements)
    kept = KeptPile(ledger)
    state = state_of(kept.learned, decisions, judgements)
    part = Regrouping(kept, decisions, judgements)
    if not part.fits:
        return None
    part.regroup(state)
    return finished(part, state, judgements)
