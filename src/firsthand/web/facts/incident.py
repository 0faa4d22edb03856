"""Everything about one incident, as its page groups it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from firsthand.export.context import IncidentContext, load_context
from firsthand.export.tree import also_between, each_change, tree_of
from firsthand.ledger import View
from firsthand.lineage import Descent
from firsthand.model import Alteration, Claim, Conflict, Document, Figure, Judgement, Origin, Place, standing
from firsthand.wording import when_told

from .claims import (
    STATES,
    ClaimLine,
    as_decided,
    called,
    claim_line,
    count_told,
    day_told,
    headline,
    last_standing,
    newest_decisions,
    told_by,
)
from .disputes import BlameLine, ConflictLine, blame_lines, conflict_lines
from .review import Challenge, Review, challenges, covers, figure_told, reviews
from .voices import VoiceBlock, behind, voice_blocks


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report of an incident: ``why`` it belongs, and its origin."""

    id: str
    title: str
    site: str
    published: str
    main: bool
    why: str
    origin: str


@dataclass(frozen=True, slots=True)
class TollEntry:
    """What a voice gave for one outcome on the day its report was published; copies of one number on one day are one entry."""

    day: date
    outcome: str
    voice: str
    told: str
    low: int | None
    high: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything about one incident: its records, and how the page groups them.

    ``lines`` are its counted claims by id, ``resting`` those behind each figure with copies folded, ``conflicts`` the
    contradictions that matter most first, ``blamed`` who says who did it. ``descents`` are its origins with their reports, time
    downwards; ``newest`` is the latest decision on each subject; ``accepted`` tells who stands behind a figure as it is now,
    ``outgrown`` who stood behind other numbers of it, ``people`` what was decided about somebody named: accepted or rejected, by
    whom.
    """

    context: IncidentContext
    when: str
    places: tuple[Place, ...]
    voices: tuple[VoiceBlock, ...]
    lines: dict[str, ClaimLine]
    resting: dict[str, tuple[ClaimLine, ...]]
    conflicts: tuple[ConflictLine, ...]
    blamed: tuple[BlameLine, ...]
    reports: tuple[ReportLine, ...]
    descents: tuple[Descent, ...]
    tolls: tuple[TollEntry, ...]
    judgements: tuple[Judgement, ...]
    newest: dict[str, str]
    accepted: dict[str, str]
    outgrown: dict[str, str]
    people: dict[str, str]
    review: Review
    challenged: dict[str, Challenge]

    @property
    def sites(self) -> dict[str, str]:
        """What each report is called in a few words."""
        return {id: called(document) for id, document in self.context.documents.items()}

    @property
    def named(self) -> dict[str, ReportLine]:
        return {report.id: report for report in self.reports}

    @property
    def alone(self) -> tuple[Descent, ...]:
        """The origins of one report each, which nothing here was copied from or to."""
        return tuple(d for d in self.descents if len(d.roots) == 1 and not (d.roots[0].children or d.elsewhere))

    @property
    def changed(self) -> list[tuple[Alteration, str]]:
        """What changed in the copies, each change once, and where else it stands."""
        return [(first, also_between(more)) for first, more in each_change(self.context.lineage.alterations)]

    def carrying(self, conflict: Conflict) -> list[tuple[str, str]]:
        """One report of each site that a contradiction stands in, and what it is called."""
        sites = self.sites
        first = {sites[report]: report for report in reversed(conflict.reports) if report in sites}
        return [(report, site) for site, report in sorted(first.items())]

    @property
    def graded(self) -> bool:
        """Whether a person set the grade."""
        return any(j.verb == "grade" for j in standing(self.judgements))

    @property
    def headline(self) -> tuple[Figure, ...]:
        """The figures of the whole incident for all people: what a reader looks for first."""
        return headline_figures(self.context.figures)


def headline_figures(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(f for f in figures if f.victims == "people" and f.place is None)


def incident_page(view: View, id: str) -> IncidentPage:
    """Raises NotFound where no incident has that id."""
    context = load_context(view, id, sentences=False)
    incident, documents = context.incident, context.documents
    origin_of = {report: origin for origin in context.lineage.origins for report in origin.reports}
    subjects = {id, *context.claims, *(f.id for f in context.figures), *(c.id for c in context.conflicts),
                *(v.id for v in context.victims), *(o.id for o in context.lineage.origins)}  # fmt: skip
    judgements = view.judgements_on(subjects)
    stands = standing(judgements)
    claims = as_decided(list(context.claims.values()), judgements)
    last = last_standing(judgements)
    lines = _lines(claims, documents, origin_of, last)
    by_id = {line.claim.id: line for line in lines}
    now = {figure.id: figure for figure in context.figures}
    signed = {j.subject: j for j in stands if j.verb == "accept" and j.subject.startswith("fig-")}
    links = sorted(incident.links, key=lambda link: (not link.main, day_told(documents[link.report]), link.report))
    return IncidentPage(
        context=context,
        when=when_told(incident),
        places=tuple(context.places[p] for p in incident.places if p in context.places),
        voices=voice_blocks(lines, context.figures, origin_of),
        lines=by_id,
        resting={figure.id: behind(figure, lines) for figure in context.figures},
        conflicts=conflict_lines(context.conflicts, by_id),
        blamed=blame_lines(claim_line(c, documents[c.report], origin_of, last) for c in claims if c.responsible),
        reports=tuple(_report_line(documents[link.report], link.main, link.why, origin_of) for link in links),
        descents=tree_of(context).origins,
        tolls=tuple(_tolls(lines, documents)),
        judgements=judgements,
        newest=newest_decisions(judgements),
        accepted={id: told_by(j) for id, j in signed.items() if id in now and covers(j, now[id])},
        outgrown={
            id: f"{told_by(j)} ({figure_told(j)})"
            for id, j in signed.items()
            if id not in now or not covers(j, now[id])
        },
        people={
            j.subject: f"{STATES[j.verb]} by {told_by(j)}"
            for j in stands
            if j.subject.startswith("vic-") and j.verb in ("accept", "reject")
        },
        review=reviews(judgements, dict.fromkeys(subjects - {id}, id)).get(id, Review()),
        challenged={challenge.judgement.subject: challenge for challenge in challenges(view, judgements)},
    )


def _lines(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    origin_of: Mapping[str, Origin],
    decided: Mapping[str, Judgement],
) -> list[ClaimLine]:
    """Claims with a tally, in the order in which they were published."""
    ordered = sorted(claims, key=lambda c: (day_told(documents[c.report]), c.report, c.field == "text", c.span))
    return [claim_line(c, documents[c.report], origin_of, decided) for c in ordered if c.tally is not None]


def _tolls(lines: Sequence[ClaimLine], documents: Mapping[str, Document]) -> list[TollEntry]:
    """The numbers of all people killed and wounded as they were published, day by day; undated reports tell of no day."""
    found: dict[tuple[object, ...], TollEntry] = {}
    for line in lines:
        day, tally = documents[line.report].published, line.claim.tally
        if day is None or tally is None or not tally.counted or tally.scope == "total" or line.state == "rejected":
            continue
        if tally.victims != ("people",) or tally.outcome not in ("killed", "wounded") or tally.part_of is not None:
            continue
        entry = TollEntry(day, tally.outcome, line.source, count_told(line.claim), tally.low, tally.high, line.claim.id)
        found.setdefault((day, tally.outcome, line.source, tally.low, tally.high), entry)
    return sorted(found.values(), key=lambda e: (e.outcome, e.day, e.low or 0, e.voice))


def _report_line(document: Document, main: bool, why: str, origin_of: Mapping[str, Origin]) -> ReportLine:
    origin = origin_of.get(document.id)
    return ReportLine(
        document.id,
        headline(document),
        called(document),
        day_told(document),
        main,
        why,
        origin.name if origin else "",
    )
