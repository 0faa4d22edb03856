"""Records as rows of the interchange bundle, field by field.

Names and meanings are a contract with other programs: docs/bundle.md, written from ``schema.py``. Spans are ``[start, end)`` in
code points. What a record alone does not tell (the origin of a report, the incident of a claim) comes beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from firsthand.model import (
    Actor,
    Assignment,
    Claim,
    Conflict,
    Copy,
    Document,
    Figure,
    Incident,
    IncidentGrade,
    Interval,
    Judgement,
    Origin,
    Phrase,
    Place,
    ReportDate,
    Source,
    Tally,
    Variant,
    Victim,
)

Row: TypeAlias = dict[str, object]


def report_row(
    document: Document,
    *,
    origin: str | None = None,
    incidents: Sequence[str] = (),
    withheld: str | None = None,
    borrowed: ReportDate | None = None,
) -> Row:
    """``borrowed`` is the date that an undated report has through a copy."""
    return {
        "id": document.id,
        "source_id": document.source_id,
        "url": document.url,
        "site": document.site,
        "title": document.title,
        "text": document.text,
        "published": document.published.isoformat() if document.published else None,
        "published_basis": document.published_basis,
        "retrieved": document.retrieved,
        "language": document.language,
        "sha256": document.sha256,
        "origin": origin,
        "incidents": list(incidents),
        "map": [[run.start, run.source_start, run.length] for run in document.map.runs],
        "byline": document.byline,
        "dateline": document.dateline,
        "title_map": [[run.start, run.source_start, run.length] for run in document.title_map.runs],
        "withheld": withheld,
        "date_through_copy": None
        if borrowed is None
        else {**interval_row(borrowed.interval), "through": borrowed.through, "why": borrowed.why},
    }


def origin_row(origin: Origin) -> Row:
    return {
        "id": origin.id,
        "name": origin.name,
        "reports": list(origin.reports),
        "credited": origin.credited,
        "unobserved": [
            {"id": parent.id, "name": parent.name, "children": list(parent.children), "why": parent.why}
            for parent in origin.unobserved
        ],
        "why": origin.why,
    }


def copy_row(copy: Copy) -> Row:
    return {
        "id": copy.id,
        "source": copy.source,
        "derived": copy.derived,
        "relation": copy.relation,
        "coverage": copy.coverage,
        "reverse_coverage": copy.reverse_coverage,
        "confidence": copy.confidence,
        "direction": copy.direction,
        "direction_basis": copy.direction_basis,
        "spun": copy.spun,
        "passages": [
            {"source_span": list(p.source_span), "derived_span": list(p.derived_span), "score": p.score}
            for p in copy.passages
        ],
        "why": copy.why,
    }


def claim_row(claim: Claim, assignment: Assignment | None = None) -> Row:
    """``place`` and ``date`` are what the report itself states; what follows from the incident stands in ``assigned``."""
    return {
        "id": claim.id,
        "report": claim.report,
        "field": claim.field,
        "span": list(claim.span),
        "source": source_row(claim.source, assignment) if claim.source else None,
        "cue": phrase_row(claim.cue),
        "content": [list(span) for span in claim.content],
        "quotes": [list(span) for span in claim.quotes],
        "certainty": claim.certainty,
        "incident": assignment.incident if assignment else None,
        "place": claim.place,
        "date": claim.when.day.isoformat() if claim.when and claim.when.day else None,
        "tally": tally_row(claim.tally) if claim.tally else None,
        "when": interval_row(claim.when) if claim.when else None,
        "event": phrase_row(claim.event),
        "background": claim.background,
        "responsible": phrase_row(claim.responsible),
        "assigned": None
        if assignment is None
        else {
            "place": assignment.place,
            "when": interval_row(assignment.when) if assignment.when else None,
            "why": assignment.why,
        },
        "rule": claim.rule,
        "why": claim.why,
        "confidence": claim.confidence,
        "doubt": claim.doubt,
    }


def source_row(source: Source, assignment: Assignment | None = None) -> Row:
    """``actor`` is the one that the source was linked to across reports."""
    return {
        "text": source.text,
        "span": list(source.span),
        "name": source.name,
        "actor": source.actor or (assignment.actor if assignment else None),
        "kind": source.kind,
        "via": phrase_row(source.via),
        "role": source.role,
        "affiliation": source.affiliation,
        "anonymity": phrase_row(source.anonymity),
    }


def tally_row(tally: Tally) -> Row:
    return {
        "outcome": tally.outcome,
        "low": tally.low,
        "high": tally.high,
        "approx": tally.approx,
        "vague": tally.vague,
        "unknown": tally.unknown,
        "text": tally.text,
        "span": list(tally.span),
        "victims": list(tally.victims),
        "victims_text": tally.victims_text,
        "part_of": tally.part_of,
        "scope": tally.scope,
        "side": tally.side,
    }


def incident_row(incident: Incident, grade: IncidentGrade | None) -> Row:
    when = incident.when
    return {
        "id": incident.id,
        "title": incident.title,
        "type": incident.type,
        "date_start": when.start.isoformat() if when.start else None,
        "date_end": when.end.isoformat() if when.end else None,
        # A part of a day is still that one day.
        "date_precision": "day" if when.granularity == "part" else when.granularity,
        "places": list(incident.places),
        "lat": incident.lat,
        "lon": incident.lon,
        "where_precision": incident.where_precision,
        "perpetrators": list(incident.perpetrators),
        "targets": list(incident.targets),
        "reports": list(incident.reports),
        "related": [
            {"incident": relation.incident, "relation": relation.relation, "why": relation.why}
            for relation in incident.related
        ],
        "country": incident.country,
        "links": [
            {"report": link.report, "main": link.main, "confidence": link.confidence, "why": link.why}
            for link in incident.links
        ],
        "why": incident.why,
        "grade": grade.grade if grade else None,
        "strike_status": grade.strike_status if grade else None,
        "event_clarity": grade.event_clarity if grade else None,
        "grade_why": grade.why if grade else None,
    }


def figure_row(figure: Figure) -> Row:
    return {
        "id": figure.id,
        "incident": figure.incident,
        "outcome": figure.outcome,
        "victims": figure.victims,
        "place": figure.place,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "status": figure.status,
        "policy": figure.policy,
        "voices": figure.voices,
        "origins": figure.origins,
        "reports": figure.reports,
        "claims": list(figure.claims),
        "why": figure.why,
        "by_voice": [
            {
                "voice": voice.voice,
                "low": voice.low,
                "high": voice.high,
                "claims": list(voice.claims),
                "origins": list(voice.origins),
                "history": [list(entry) for entry in voice.history],
            }
            for voice in figure.by_voice
        ],
        "vague": list(figure.vague),
    }


def conflict_row(conflict: Conflict) -> Row:
    return {
        "id": conflict.id,
        "incident": conflict.incident,
        "kind": conflict.kind,
        "claims": list(conflict.claims),
        "why": conflict.why,
        "reports": list(conflict.reports),
    }


def actor_row(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "variants": variant_rows(actor.variants),
        "roles": list(actor.roles),
        "part_of": list(actor.part_of),
        "country": actor.country,
        "why": actor.why,
    }


def place_row(place: Place) -> Row:
    return {
        "id": place.id,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "gazetteer_id": place.gazetteer_id,
        "precision": place.precision,
        "kind": place.kind,
    }


def victim_row(victim: Victim) -> Row:
    return {
        "id": victim.id,
        "incident": victim.incident,
        "name": victim.name,
        "variants": list(victim.variants),
        "age": victim.age,
        "sex": victim.sex,
        "outcome": victim.outcome,
        "affiliation": victim.affiliation,
        "claims": list(victim.claims),
        "report": victim.report,
        "field": victim.field,
        "span": list(victim.span),
        "why": victim.why,
    }


def judgement_row(judgement: Judgement) -> Row:
    return {
        "id": judgement.id,
        "at": judgement.at,
        "by": judgement.by,
        "verb": judgement.verb,
        "subject": judgement.subject,
        "before": judgement.before,
        "after": judgement.after,
        "reason": judgement.reason,
        "undoes": judgement.undoes,
        "hash": judgement.hash,
        "previous": judgement.previous,
    }


def phrase_row(phrase: Phrase | None) -> Row | None:
    return {"text": phrase.text, "span": list(phrase.span)} if phrase else None


def interval_row(interval: Interval) -> Row:
    return {
        "start": interval.start.isoformat() if interval.start else None,
        "end": interval.end.isoformat() if interval.end else None,
        "granularity": interval.granularity,
        "part": interval.part,
    }


def variant_rows(variants: Sequence[Variant]) -> list[Row]:
    return [{"text": variant.text, "reports": list(variant.reports)} for variant in variants]
