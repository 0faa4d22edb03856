"""What each page of the desk shows, as typed records read from the ledger. No markup here, and no decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from firsthand.export.context import IncidentContext, load_context
from firsthand.export.tree import tree_of
from firsthand.ledger import View
from firsthand.lineage import Descent
from firsthand.model import (
    Claim,
    Document,
    Figure,
    Incident,
    Judgement,
    Origin,
    Outcome,
    Place,
    RawReport,
    ReportClaims,
    Span,
    Suggestion,
    standing,
)
from firsthand.reconcile.judged import decisions, effective
from firsthand.wording import range_told, when_told, whole_figure

from .marking import Mark, Stretch, paragraphs, stretches

HEADLINE_OUTCOMES: tuple[Outcome, ...] = ("killed", "wounded")


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A line of the list of incidents. ``killed`` and ``wounded`` are ranges in words; ``best`` sorts."""

    id: str
    title: str
    when: str
    start: date | None
    end: date | None
    country: str
    place: str
    type: str
    killed: str
    wounded: str
    best: int | None
    outcomes: frozenset[str]
    grade: str
    conflicts: int
    reports: int
    lat: float | None
    lon: float | None
    precision: int | None


def incident_rows(view: View) -> list[IncidentRow]:
    """All incidents, newest first, undated ones last. Reads the whole ledger once; the caller keeps it."""
    places = view.places()
    figures: dict[str, list[Figure]] = defaultdict(list)
    conflicts: dict[str, int] = defaultdict(int)
    reconciliation = view.reconciliation()
    for figure in reconciliation.figures:
        figures[figure.incident].append(figure)
    for conflict in reconciliation.conflicts:
        conflicts[conflict.incident] += 1
    grades = {grade.incident: grade.grade for grade in reconciliation.grades}
    rows = [
        _row(incident, places, figures[incident.id], grades.get(incident.id, ""), conflicts[incident.id])
        for incident in view.incidents()
    ]
    return sorted(rows, key=lambda row: (row.start is None, -(row.start or date.min).toordinal(), row.id))


def _row(
    incident: Incident, places: dict[str, Place], figures: Sequence[Figure], grade: str, conflicts: int
) -> IncidentRow:
    killed, wounded = (whole_figure(figures, outcome) for outcome in HEADLINE_OUTCOMES)
    place = places.get(incident.places[0]) if incident.places else None
    return IncidentRow(
        id=incident.id,
        title=incident.title,
        when=when_told(incident),
        start=incident.when.start,
        end=incident.when.end,
        country=incident.country or "",
        place=place.name if place else "",
        type=incident.type.replace("_", " "),
        killed=range_told(killed.low, killed.best, killed.high) if killed else "–",
        wounded=range_told(wounded.low, wounded.best, wounded.high) if wounded else "–",
        best=(killed.best if killed.best is not None else killed.low) if killed else None,
        outcomes=frozenset(figure.outcome for figure in figures),
        grade=grade,
        conflicts=conflicts,
        reports=len(incident.links),
        lat=incident.lat,
        lon=incident.lon,
        precision=incident.where_precision,
    )


@dataclass(frozen=True, slots=True)
class Query:
    """What the list of incidents is filtered by; empty fields ask for nothing."""

    text: str = ""
    country: str = ""
    start: date | None = None
    end: date | None = None
    outcome: str = ""
    grade: str = ""

    def matches(self, row: IncidentRow) -> bool:
        return (
            (not self.text or self.text.casefold() in f"{row.title} {row.place} {row.type} {row.id}".casefold())
            and (not self.country or row.country == self.country)
            and (self.start is None or (row.end is not None and row.end >= self.start))
            and (self.end is None or (row.start is not None and row.start <= self.end))
            and (not self.outcome or self.outcome in row.outcomes)
            and (not self.grade or row.grade == self.grade)
        )


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as a page shows it. ``state`` is a person's decision on it, or empty: a proposal of the machine."""

    claim: Claim
    report: str
    site: str
    published: str
    words: str
    source: str
    count: str
    origin: str
    state: str
    copies: tuple[ClaimLine, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceBlock:
    """All that one voice says about the incident, copies folded under the first that carries them."""

    voice: str
    lines: tuple[ClaimLine, ...]


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
class IncidentPage:
    """Everything about one incident: its records, and how the page groups them. ``descents`` are its origins with
    their reports, time downwards; ``newest`` is the latest decision on each subject."""

    context: IncidentContext
    when: str
    places: tuple[Place, ...]
    voices: tuple[VoiceBlock, ...]
    reports: tuple[ReportLine, ...]
    descents: tuple[Descent, ...]
    judgements: tuple[Judgement, ...]
    newest: dict[str, str]


def incident_page(view: View, id: str) -> IncidentPage:
    """Raises NotFound where no incident has that id."""
    context = load_context(view, id)
    incident, documents = context.incident, context.documents
    origin_of = {report: origin for origin in context.lineage.origins for report in origin.reports}
    judgements = view.judgements()
    claims = as_decided(list(context.claims.values()), judgements)
    links = sorted(incident.links, key=lambda link: (not link.main, _day(documents[link.report]), link.report))
    return IncidentPage(
        context=context,
        when=when_told(incident),
        places=tuple(context.places[p] for p in incident.places if p in context.places),
        voices=_voices(claims, documents, origin_of, claim_states(judgements)),
        reports=tuple(_report_line(documents[link.report], link.main, link.why, origin_of) for link in links),
        descents=tree_of(context).origins,
        judgements=tuple(j for j in judgements if j.subject == id or j.subject in context.claims),
        newest=newest_decisions(judgements),
    )


def newest_decisions(judgements: Iterable[Judgement]) -> dict[str, str]:
    """For each subject the id of the latest decision about it, which a form sends back to show what its page had seen."""
    return {judgement.subject: judgement.id for judgement in judgements}


def claim_states(judgements: Iterable[Judgement]) -> dict[str, str]:
    """For each claim a person decided on: accepted, rejected or corrected; the latest decision that stands counts."""
    words = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
    return {j.subject: words[j.verb] for j in standing(judgements) if j.verb in words}


def as_decided(claims: Sequence[Claim], judgements: Iterable[Judgement]) -> list[Claim]:
    """The claims with the corrections that stand; rejected ones as the machine read them."""
    reports = [ReportClaims(claim.report, (claim,)) for claim in claims]
    counted = effective(reports, decisions(judgements))
    return [counted.get(claim.id, claim) for claim in claims]


def _voices(
    claims: Sequence[Claim], documents: Mapping[str, Document], origin_of: dict[str, Origin], states: dict[str, str]
) -> tuple[VoiceBlock, ...]:
    """Claims with a tally by voice; a later one of the same origin, voice and count folds under the first."""
    by_voice: dict[str, list[ClaimLine]] = defaultdict(list)
    ordered = sorted(claims, key=lambda c: (_day(documents[c.report]), c.report, c.field == "text", c.span))
    for claim in ordered:
        if claim.tally is not None:
            line = _claim_line(claim, documents[claim.report], origin_of, states)
            by_voice[line.source].append(line)
    blocks = [VoiceBlock(voice, tuple(_folded(lines))) for voice, lines in by_voice.items()]
    return tuple(sorted(blocks, key=lambda block: (-sum(1 + len(line.copies) for line in block.lines), block.voice)))


def _folded(lines: Sequence[ClaimLine]) -> list[ClaimLine]:
    groups: dict[tuple[object, ...], list[ClaimLine]] = {}
    for line in lines:
        tally = line.claim.tally
        assert tally is not None
        count = (tally.outcome, tally.low, tally.high, tally.victims, tally.scope, tally.vague, tally.unknown)
        key = (line.origin, line.state, *count)
        groups.setdefault(key, []).append(line)
    return [replace(first, copies=tuple(rest)) for first, *rest in groups.values()]


def _claim_line(claim: Claim, document: Document, origin_of: dict[str, Origin], states: dict[str, str]) -> ClaimLine:
    text = document.field_text(claim.field)
    origin = origin_of.get(document.id)
    return ClaimLine(
        claim=claim,
        report=document.id,
        site=document.site or document.source_id,
        published=_day(document),
        words=" ".join(claim.span.of(text).split()),
        source=source_told(claim, document),
        count=count_told(claim),
        origin=origin.name if origin else "",
        state=states.get(claim.id, ""),
    )


def source_told(claim: Claim, document: Document) -> str:
    """Who says it, in words; the outlet's own voice is named as such."""
    if claim.source is None or claim.source.kind == "narrator":
        return f"{document.site or document.source_id} (own voice)"
    return claim.source.name


def count_told(claim: Claim) -> str:
    """A claim's count in words: "16 killed (fighters)", "number not given: killed".

    Vague words are quoted, never turned into numbers.
    """
    tally = claim.tally
    if tally is None:
        return ""
    if tally.unknown:
        number = "number not given,"
    elif tally.counted:
        number = ("about " if tally.approx else "") + range_told(tally.low, None, tally.high)
    else:
        number = f"“{tally.text}”" if tally.text else "no number,"
    classes = ", ".join(v.replace("_", " ") for v in tally.victims if v != "people")
    total = ", total over a longer time" if tally.scope == "total" else ""
    return f"{number} {tally.outcome}" + (f" ({classes})" if classes else "") + total


def _report_line(document: Document, main: bool, why: str, origin_of: dict[str, Origin]) -> ReportLine:
    origin = origin_of.get(document.id)
    return ReportLine(
        document.id,
        headline(document),
        document.site or document.source_id,
        _day(document),
        main,
        why,
        origin.name if origin else "",
    )


def headline(document: Document) -> str:
    """The title, or the first words of the text."""
    return document.title or " ".join(document.text.split()[:12]) + " …"


def _day(document: Document) -> str:
    return document.published.isoformat() if document.published else "undated"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as published and as cleaned, with its claims marked and its custody."""

    document: Document
    raw: RawReport
    title: list[Stretch]
    paragraphs: list[list[Stretch]]
    claims: dict[str, ClaimLine]
    original: list[list[Stretch]]
    incidents: tuple[Incident, ...]
    origin: Origin | None
    newest: dict[str, str]


def report_page(view: View, id: str) -> ReportPage:
    """Raises NotFound where no report has that id, or the ledger has not been built since it was added."""
    document, raw, found = view.document(id), view.raw(id), view.claims_of(id)
    lineage = view.lineage_of([id])
    origin = next((origin for origin in lineage.origins if id in origin.reports), None)
    judgements = view.judgements()
    states = claim_states(judgements)
    lines = {
        claim.id: _claim_line(claim, document, {id: origin} if origin else {}, states)
        for claim in as_decided(found.claims, judgements)
        if claim.tally
    }
    kept = [Mark(Span(r.source_start, r.source_start + r.length), "kept", "") for r in document.map.runs]
    return ReportPage(
        document=document,
        raw=raw,
        title=stretches(document.title or "", _marks(found.claims, "title")),
        paragraphs=paragraphs(stretches(document.text, _marks(found.claims, "text"))),
        claims=lines,
        original=paragraphs(stretches(raw.body, kept)),
        incidents=tuple(view.incidents_by_id(view.incidents_of(id))),
        origin=origin,
        newest=newest_decisions(judgements),
    )


def _marks(claims: Iterable[Claim], field: str) -> list[Mark]:
    """The counts, their sources and their cues in one field."""
    out: list[Mark] = []
    for claim in claims:
        if claim.field != field or claim.tally is None:
            continue
        out.append(Mark(claim.tally.span, "count", claim.id))
        if claim.source is not None and claim.source.kind != "narrator":
            out.append(Mark(claim.source.span, "source", claim.id))
        if claim.cue is not None:
            out.append(Mark(claim.cue.span, "cue", claim.id))
    return out


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Something that needs a person: ``weight`` orders it, the number of people it is about first."""

    kind: str
    title: str
    why: str
    link: str
    weight: int
    suggestion: Suggestion | None = None


def queue(view: View, rows: Sequence[IncidentRow]) -> list[QueueItem]:
    """Contested figures, contradictions and doubtful merges, the most consequential first."""
    by_id = {row.id: row for row in rows}
    decided = {j.subject for j in standing(view.judgements())}
    reconciliation = view.reconciliation()
    out: list[QueueItem] = []
    for figure in reconciliation.figures:
        row = by_id.get(figure.incident)
        if figure.status == "contested" and row and figure.place is None and figure.id not in decided:
            out.append(QueueItem("contested figure", row.title, figure.why, f"/incidents/{row.id}", row.best or 0))
    for conflict in reconciliation.conflicts:
        row = by_id.get(conflict.incident)
        if row and conflict.id not in decided:
            out.append(
                QueueItem(
                    f"contradiction: {conflict.kind}", row.title, conflict.why, f"/incidents/{row.id}", row.best or 0
                )
            )
    for suggestion in view.suggestions():
        pair = [by_id[i] for i in suggestion.incidents if i in by_id]
        if len(pair) == 2 and suggestion.id not in decided:
            title = f"{pair[0].title} / {pair[1].title}"
            weight = sum(row.best or 0 for row in pair)
            out.append(
                QueueItem("one incident or two?", title, suggestion.why, f"/incidents/{pair[0].id}", weight, suggestion)
            )
    return sorted(out, key=lambda item: (-item.weight, item.kind, item.title, item.why))
