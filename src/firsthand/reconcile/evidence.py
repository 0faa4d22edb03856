"""Which claims count towards which incident, by whom, in which part of its area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from firsthand.model import (
    Assignment,
    Claim,
    Document,
    Grouping,
    Incident,
    Judgement,
    Lineage,
    Outcome,
    Place,
    ReportClaims,
    Victim,
)

from .accounts import Cell, CellKey, Standing, cells_of
from .additions import with_additions, with_survivors
from .areas import split_by_place
from .judged import Decisions, decisions, effective
from .marks import is_early, is_risen
from .unify import copied, same_voices
from .voices import Voice, Voices


@dataclass(slots=True)
class Evidence:
    """All that is known about one incident.

    ``counts`` are its tallied claims that are asserted or alleged and speak of this incident alone, ``parts`` the same by place
    (None: the whole), ``cells`` also by cell; ``denied`` are tallied claims that their source denies; ``altered`` are ids of claims
    whose count a copy changed; ``claims`` are all claims assigned to it; ``same`` are voices by the keys of others that are one
    with them.
    """

    incident: Incident
    counts: list[Standing] = field(default_factory=list)
    denied: list[Standing] = field(default_factory=list)
    claims: list[tuple[Claim, Assignment]] = field(default_factory=list)
    victims: list[Victim] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    parts: dict[str | None, list[Standing]] = field(default_factory=dict)
    cells: dict[str | None, dict[CellKey, Cell]] = field(default_factory=dict)
    same: Mapping[str, Voice] = field(default_factory=dict)

    def heard(self, voice: Voice) -> Voice:
        """The voice that ``voice`` is one with in this incident; itself where it is nobody else's."""
        return self.same.get(voice.key, voice)


@dataclass(slots=True)
class Gathered:
    """The evidence on every incident, in the order of their ids, with what the later steps look up."""

    evidence: list[Evidence]
    voices: Voices
    places: Mapping[str, Place]
    documents: Mapping[str, Document]
    decided: Decisions
    lineage: Lineage
    by_report: Mapping[str, Sequence[Standing]]


def gather(
    grouping: Grouping,
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
) -> Gathered:
    """A claim counts where incidents/ assigned it, however the report that carries it is mainly about something else."""
    decided = decisions(judgements)
    claims = effective(reports, decided)
    pages = {document.id: document for document in documents}
    voices = Voices(grouping.actors, lineage, {page.id: page.site for page in documents if page.site})
    found = {incident.id: Evidence(incident) for incident in grouping.incidents}
    altered = _altered_counts(claims, lineage)
    for assignment in grouping.assignments:
        claim, evidence = claims.get(assignment.claim), found.get(assignment.incident)
        if claim is None or evidence is None:
            continue
        # A source that a person corrected is no longer the one that was linked.
        linked = assignment.actor if "source" not in decided.corrected.get(claim.id, {}) else None
        if claim.source is not None and claim.source.actor is None and linked is not None:
            claim = replace(claim, source=replace(claim.source, actor=linked))
        evidence.claims.append((claim, assignment))
        tally = claim.tally
        if tally is None or tally.scope == "total" or (claim.certainty == "unknown" and tally.counted):
            continue
        page = pages.get(claim.report)
        standing = Standing(
            claim,
            tally,
            voices.of(claim),
            voices.origin(claim.report),
            page.published if page else None,
            assignment.place,
            clause=claim.span.of(page.field_text(claim.field)) if page else "",
            early=page is not None and is_early(page.field_text(claim.field), tally.span),
            risen=page is not None and is_risen(page.field_text(claim.field), tally.span),
        )
        if claim.id in altered and claim.id not in decided.accepted and claim.id not in decided.corrected:
            evidence.altered.append(claim.id)
        elif claim.certainty == "denied":
            evidence.denied.append(standing)
        else:
            evidence.counts.append(standing)
    for victim in grouping.victims:
        if victim.incident in found and victim.id not in decided.rejected:
            found[victim.incident].victims.append(victim)
    passages = copied(lineage)
    for evidence in found.values():
        evidence.same = same_voices([*evidence.counts, *evidence.denied], passages)
        if evidence.same:
            evidence.counts = [replace(s, voice=evidence.heard(s.voice)) for s in evidence.counts]
            evidence.denied = [replace(s, voice=evidence.heard(s.voice)) for s in evidence.denied]
        ordered = sorted(evidence.counts, key=lambda standing: (standing.order, standing.claim.id))
        evidence.counts = with_survivors(with_additions(_opening(ordered)))
        evidence.claims.sort(key=lambda pair: (pair[0].report, pair[0].field != "title", pair[0].span, pair[0].id))
    incidents = [found[key] for key in sorted(found)]
    places = {place.id: place for place in grouping.places}
    by_report: dict[str, list[Standing]] = defaultdict(list)
    for evidence in incidents:
        parts = split_by_place(evidence.incident, evidence.counts, places)
        evidence.parts = {place: parts[place] for place in sorted(parts, key=lambda key: key or "")}
        evidence.cells = {place: cells_of(standings) for place, standings in evidence.parts.items()}
        for standing in evidence.counts:
            by_report[standing.claim.report].append(standing)
    return Gathered(incidents, voices, places, pages, decided, lineage, by_report)


def _opening(ordered: Sequence[Standing]) -> list[Standing]:
    """``ordered`` with the first count of each outcome in each report marked."""
    seen: set[tuple[str, Outcome]] = set()
    out = []
    for standing in ordered:
        key = standing.claim.report, standing.tally.outcome
        first = standing.tally.counted and standing.tally.part_of is None and key not in seen
        if first:
            seen.add(key)
        out.append(replace(standing, opens=True) if first else standing)
    return out


def _altered_counts(claims: Mapping[str, Claim], lineage: Lineage) -> set[str]:
    """Counts that a copy changed on the way: the source's own number is there to be used instead."""
    changed: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    counted = {claim.report for claim in claims.values() if claim.tally is not None and claim.tally.counted}
    for alteration in lineage.alterations:
        span = alteration.derived_span
        if alteration.kind == "number" and span is not None and alteration.source in counted:
            changed[alteration.derived].append((alteration.source, *span))
    return {
        claim.id
        for claim in claims.values()
        if claim.tally is not None
        and claim.field == "text"
        and any(start < claim.tally.span[1] and claim.tally.span[0] < end for _, start, end in changed[claim.report])
    }
