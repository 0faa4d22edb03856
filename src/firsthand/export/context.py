"""One incident with everything that bears on it, read from the ledger at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from firsthand.ledger import View
from firsthand.model import (
    OUTCOMES,
    VICTIM_CLASSES,
    Actor,
    Alteration,
    Annotation,
    Assignment,
    Claim,
    Conflict,
    Document,
    Figure,
    Incident,
    IncidentGrade,
    Lineage,
    Place,
    Span,
    Victim,
)


@dataclass(frozen=True)
class IncidentContext:
    """``claims`` are those assigned to the incident, in report and text order; ``documents`` its reports by id."""

    incident: Incident
    documents: Mapping[str, Document]
    annotations: Mapping[str, Annotation]
    claims: Mapping[str, Claim]
    assignments: Mapping[str, Assignment]
    figures: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]
    grade: IncidentGrade | None
    victims: tuple[Victim, ...]
    lineage: Lineage
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    related: Mapping[str, Incident]

    @property
    def main_reports(self) -> frozenset[str]:
        """Reports that the incident is the main one of."""
        return frozenset(link.report for link in self.incident.links if link.main)

    def speaker(self, claim: Claim) -> str:
        """Who says it: the actor that the source was linked to across reports, else the name it has in its own report; ""
        for the report's own voice."""
        if claim.source is None:
            return ""
        actor = self.actors.get(self.assignments[claim.id].actor or claim.source.actor or "")
        return actor.name if actor else claim.source.name

    def sentence_span(self, claim: Claim) -> Span:
        """The sentence in which the claim begins, widened to the whole claim where it runs on."""
        layer = self.annotations[claim.report].layer(claim.field)
        touched = [s.span for s in layer.sentences if s.span.overlaps(claim.span)]
        if not touched:
            return claim.span
        return Span(min(span.start for span in touched), max(span.end for span in touched))

    def in_heading(self, claim: Claim) -> bool:
        """Whether the claim stands in a headline or a subheading."""
        sentences = self.annotations[claim.report].layer(claim.field).sentences
        return claim.field == "title" or any(s.heading for s in sentences if s.span.overlaps(claim.span))

    def sentence(self, claim: Claim) -> str:
        """The words of ``sentence_span``."""
        return self.sentence_span(claim).of(self.documents[claim.report].field_text(claim.field))


def load_context(view: View, incident_id: str, *, sentences: bool = True) -> IncidentContext:
    """Raises NotFound where there is no such incident. ``sentences`` False leaves ``annotations`` empty: a page that quotes
    claims alone need not wait for them."""
    incident = view.incident(incident_id)
    assignments = {assignment.claim: assignment for assignment in view.assignments_of(incident_id)}
    reports = set(incident.reports)
    reports.update(view.reports_of_claims(list(assignments)))
    documents = {document.id: document for document in view.documents(sorted(reports))}
    order = sorted(documents.values(), key=lambda d: (d.published is None, d.published, d.id))
    documents = {document.id: document for document in order}
    by_report = {found.report: found.claims for found in view.claims(sorted(reports))}
    claims = {c.id: c for report in documents for c in by_report.get(report, ()) if c.id in assignments}
    figures = view.figures_of(incident_id)
    return IncidentContext(
        incident=incident,
        documents=documents,
        annotations={a.document: a for a in view.annotations(sorted(reports))} if sentences else {},
        claims=claims,
        assignments=assignments,
        figures=tuple(sorted(figures, key=figure_order)),
        conflicts=view.conflicts_of(incident_id),
        grade=view.grade_of(incident_id),
        victims=view.victims_of(incident_id),
        lineage=view.lineage_of(sorted(reports)),
        actors=view.actors_by_id(_actors(incident, claims.values(), assignments.values())),
        places=view.places_by_id(_places(incident, claims.values(), assignments.values(), figures)),
        related={r.incident: view.incident(r.incident) for r in incident.related},
    )


def _actors(incident: Incident, claims: Iterable[Claim], assignments: Iterable[Assignment]) -> list[str]:
    """Ids of all actors that bear on the incident: reading them all would take longer the larger the ledger."""
    speak = [a.actor for a in assignments] + [c.source.actor for c in claims if c.source is not None]
    return sorted({*incident.perpetrators, *incident.targets, *(actor for actor in speak if actor)})


def _places(
    incident: Incident, claims: Iterable[Claim], assignments: Iterable[Assignment], figures: Iterable[Figure]
) -> list[str]:
    named = [record.place for records in (claims, assignments, figures) for record in records]
    return sorted({*incident.places, *(place for place in named if place)})


def between(view: View, left: Document, right: Document) -> tuple[str, tuple[Alteration, ...]]:
    """The verdict on two reports in a sentence, and what changed on the way."""
    lineage = view.lineage_of([left.id, right.id])
    pair = {left.id, right.id}
    changes = tuple(change for change in lineage.alterations if {change.source, change.derived} == pair)
    whys = [copy.why for copy in lineage.copies if {copy.source, copy.derived} == pair]
    origins = {report: origin for origin in lineage.origins for report in origin.reports}
    origin = origins.get(left.id)
    if origin is not None and origin == origins.get(right.id):
        whys.append(f"Both carry copy of one origin: {origin.why}")
    whys += [item.why for item in lineage.shared if set(item.reports) == pair]
    whys += [item.why for item in lineage.uncertain if set(item.reports) == pair]
    return " ".join(whys[0].split()) if whys else "No copying found between these two.", changes


def figure_order(figure: Figure) -> tuple[str, bool, int, int, str]:
    """By incident; the whole incident before its places, killed before wounded, all people before classes."""
    outcome, victims = OUTCOMES.index(figure.outcome), VICTIM_CLASSES.index(figure.victims)
    return figure.incident, figure.place is not None, outcome, victims, figure.place or ""
