"""Which claims count towards which incident, by whom, in which part of its area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
    Span,
    Victim,
)

from .accounts import cells_of
from .additions import with_additions, with_survivors
from .areas import split_by_place
from .judged import Decisions, decisions, effective
from .marks import clause_of, is_again, is_early, is_later, is_remaining, is_risen, is_said_also
from .statements import Cell, CellKey, Standing, size_of
from .unify import Copied, copied, same_voices
from .voices import Voice, Voices

# "Later reports" overtakes what is told so many code points before it; further up stands what other sources are set against.
_OVERTAKES = 400


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
    """The evidence on every incident asked for, in the order of their ids, with what the later steps look up.

    ``around`` is the evidence on further incidents that share a report with these, of which no cells are made; ``by_report`` are
    the counts of both, and ``altered`` the ids of counts that a copy changed and no person has let stand.
    """

    evidence: list[Evidence]
    voices: Voices
    places: Mapping[str, Place]
    documents: Mapping[str, Document]
    decided: Decisions
    lineage: Lineage
    altered: frozenset[str] = frozenset()
    around: list[Evidence] = field(default_factory=list)
    by_report: Mapping[str, Sequence[Standing]] = field(default_factory=dict)


def gather(
    grouping: Grouping,
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
    *,
    only: Collection[str] | None = None,
    voices: Voices | None = None,
) -> Gathered:
    """A claim counts where incidents/ assigned it, however the report that carries it is mainly about something else.

    ``only``: ids of the incidents asked for, None for all. Their evidence is the same as among all where ``reports`` and
    ``documents`` hold the reports of these incidents and of those that share a report with them, and whatever shares an origin
    with these or was altered in them; ``grouping`` and ``lineage`` stay whole, or hold all that bears on those. ``voices``
    stand for the actors of ``grouping`` where many such parts are asked for one after the other.
    """
    decided = decisions(judgements)
    claims = effective(reports, decided)
    pages = {document.id: document for document in documents}
    gathered = Gathered(
        [],
        (voices or Voices(grouping.actors, Lineage())).within(
            lineage, {page.id: page.site for page in documents if page.site}
        ),
        {place.id: place for place in grouping.places},
        pages,
        decided,
        lineage,
        altered=_altered_counts(claims, lineage) - decided.accepted - decided.corrected.keys(),
    )
    wanted = None if only is None else _with_neighbours(grouping, claims, only)
    found = {i.id: Evidence(i) for i in grouping.incidents if wanted is None or i.id in wanted}
    _file_all(grouping, claims, found, gathered)
    passages = copied(lineage)
    by_report: dict[str, list[Standing]] = defaultdict(list)
    for key in sorted(found):
        evidence = found[key]
        _settle(evidence, passages)
        for standing in evidence.counts:
            by_report[standing.claim.report].append(standing)
        if only is None or key in only:
            _divide(evidence, gathered.places)
            gathered.evidence.append(evidence)
        else:
            gathered.around.append(evidence)
    gathered.by_report = by_report
    return gathered


def _with_neighbours(grouping: Grouping, claims: Mapping[str, Claim], only: Collection[str]) -> set[str]:
    """``only`` and the incidents that share a report with one of them, be it by a link or by a claim."""
    told: dict[str, set[str]] = defaultdict(set)
    for incident in grouping.incidents:
        for link in incident.links:
            told[link.report].add(incident.id)
    for assignment in grouping.assignments:
        if assignment.claim in claims and assignment.incident is not None:
            told[claims[assignment.claim].report].add(assignment.incident)
    return {key for keys in told.values() if not keys.isdisjoint(only) for key in keys} | set(only)


def _file_all(
    grouping: Grouping, claims: Mapping[str, Claim], found: Mapping[str, Evidence], gathered: Gathered
) -> None:
    """Puts each claim and each victim of an incident in ``found`` where it belongs there."""
    for assignment in grouping.assignments:
        claim, evidence = claims.get(assignment.claim), found.get(assignment.incident)
        if claim is not None and evidence is not None:
            _file(_linked(claim, assignment, gathered.decided), assignment, evidence, gathered)
    for victim in grouping.victims:
        if victim.incident is not None and victim.incident in found and victim.id not in gathered.decided.rejected:
            found[victim.incident].victims.append(victim)


def _linked(claim: Claim, assignment: Assignment, decided: Decisions) -> Claim:
    """``claim`` with the actor that its source was linked to. A source that a person corrected is no longer the one linked."""
    if claim.source is None or claim.source.actor is not None or assignment.actor is None:
        return claim
    if "source" in decided.corrected.get(claim.id, {}):
        return claim
    return replace(claim, source=replace(claim.source, actor=assignment.actor))


def _file(claim: Claim, assignment: Assignment, evidence: Evidence, gathered: Gathered) -> None:
    """Puts ``claim`` where it belongs in ``evidence``: among all claims, and with a tally that speaks of this incident alone among
    those that count, are denied or were altered."""
    evidence.claims.append((claim, assignment))
    tally = claim.tally
    if tally is None or tally.scope == "total" or (claim.certainty == "unknown" and tally.counted):
        return
    if claim.id in gathered.altered:
        evidence.altered.append(claim.id)
        return
    page = gathered.documents.get(claim.report)
    text = page.field_text(claim.field) if page is not None else ""
    standing = Standing(
        claim,
        tally,
        gathered.voices.of(claim),
        gathered.voices.origin(claim.report),
        page.published if page is not None else None,
        assignment.place,
        clause=clause_of(text, claim.span, tally) if page is not None else "",
        early=page is not None and is_early(text, tally.span),
        risen=page is not None and is_risen(text, tally.span),
        later=page is not None and is_later(text, tally.span, claim.span),
        again=page is not None and is_again(text, tally.span),
        also=page is not None and is_said_also(text, claim.span),
        remaining=page is not None and is_remaining(text, tally.span),
    )
    (evidence.denied if claim.certainty == "denied" else evidence.counts).append(standing)


def _settle(evidence: Evidence, passages: Copied) -> None:
    """Puts all that was filed in order: voices that are one made one, counts that follow from others added."""
    evidence.same = same_voices([*evidence.counts, *evidence.denied], passages)
    if evidence.same:
        evidence.counts = [replace(s, voice=evidence.heard(s.voice)) for s in evidence.counts]
        evidence.denied = [replace(s, voice=evidence.heard(s.voice)) for s in evidence.denied]
    ordered = sorted(evidence.counts, key=lambda standing: (standing.order, standing.claim.id))
    evidence.counts = _with_overtaken(with_survivors(with_additions(_opening(ordered))))
    evidence.claims.sort(key=lambda pair: (pair[0].report, pair[0].field != "title", pair[0].span, pair[0].id))


def _divide(evidence: Evidence, places: Mapping[str, Place]) -> None:
    """The counts by place, and by cell within each place."""
    parts = split_by_place(evidence.incident, evidence.counts, places)
    evidence.parts = {place: parts[place] for place in sorted(parts, key=lambda key: key or "")}
    evidence.cells = {place: cells_of(standings) for place, standings in evidence.parts.items()}


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


def _with_overtaken(ordered: Sequence[Standing]) -> list[Standing]:
    """``ordered`` with the smaller counts marked as early ones that a report tells before one that it says came later ("later
    reports put the toll at nine")."""
    out: list[Standing] = []
    for standing in ordered:
        if standing.later and standing.tally.counted and standing.tally.part_of is None:
            out = [replace(s, early=True) if _is_overtaken(s, standing) else s for s in out]
        out.append(standing)
    return out


def _is_overtaken(before: Standing, later: Standing) -> bool:
    one, other = before.tally, later.tally
    return (
        before.claim.report == later.claim.report
        and one.outcome == other.outcome
        and one.counted
        and not before.later
        and before.claim.field == later.claim.field
        and later.tally.span.start - before.tally.span.end <= _OVERTAKES
        and size_of(one) < size_of(other)
    )


def _altered_counts(claims: Mapping[str, Claim], lineage: Lineage) -> frozenset[str]:
    """Counts that a copy changed on the way: the source's own number is there to be used instead."""
    changed: dict[str, list[Span]] = defaultdict(list)
    counted = {claim.report for claim in claims.values() if claim.tally is not None and claim.tally.counted}
    for alteration in lineage.alterations:
        span = alteration.derived_span
        if alteration.kind == "number" and span is not None and alteration.source in counted:
            changed[alteration.derived].append(span)
    return frozenset(
        claim.id
        for claim in claims.values()
        if claim.tally is not None
        and claim.field == "text"
        and any(s < claim.tally.span[1] and claim.tally.span[0] < e for s, e in changed.get(claim.report, ()))
    )
