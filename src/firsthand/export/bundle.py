"""The interchange bundle: one JSON Lines file a table, and a data package that describes them.

Field names and meanings are a contract with other programs (docs/bundle.md). Spans are ``[start, end)`` in code points.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from firsthand import __version__
from firsthand.errors import FirsthandError
from firsthand.ledger import PublicView, View
from firsthand.model import (
    Assignment,
    Claim,
    Conflict,
    Copy,
    Document,
    Figure,
    Incident,
    Interval,
    Origin,
    Phrase,
    Place,
    Source,
    Tally,
    Variant,
    Victim,
)

from .schema import datapackage

Row: TypeAlias = dict[str, object]


def write_bundle(view: View, folder: Path) -> dict[str, int]:
    """Writes the bundle of the ledger behind ``view`` into ``folder``; returns the number of rows by table.

    The tables are written beside ``folder`` first and moved in when all are complete. Other files there are left alone.
    Raises FirsthandError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".bundle-", dir=folder))
        try:
            counts = {name: _write_table(staging / f"{name}.jsonl", rows(view)) for name, rows in _WRITERS.items()}
            described = msgspec.json.format(msgspec.json.encode(datapackage(counts, version=__version__)), indent=2)
            (staging / "datapackage.json").write_bytes(described + b"\n")
            for name in (*(f"{table}.jsonl" for table in counts), "datapackage.json"):
                os.replace(staging / name, folder / name)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise FirsthandError(f"cannot write the bundle to {folder}", why=error.strerror or str(error)) from error
    return counts


def _write_table(path: Path, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("wb") as file:
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")
            count += 1
    return count


# -- tables, in the order of the contract


def report_rows(view: View) -> Iterator[Row]:
    origin_of = {report: origin.id for origin in view.origins() for report in origin.reports}
    incidents_of = _incidents_by_report(view.incidents())
    borrowed = {date.report: date for date in view.report_dates()}
    hidden = view.withheld.reports if isinstance(view, PublicView) else {}
    for document in view.documents():
        row = report_row(document)
        row["origin"] = origin_of.get(document.id)
        row["incidents"] = incidents_of.get(document.id, [])
        row["withheld"] = hidden.get(document.id)
        if document.id in borrowed:
            date = borrowed[document.id]
            row["date_through_copy"] = {**interval_row(date.interval), "through": date.through, "why": date.why}
        yield row


def report_row(document: Document) -> Row:
    """The fields of one report that need nothing but its document."""
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
        "origin": None,
        "incidents": [],
        "map": [[run.start, run.source_start, run.length] for run in document.map.runs],
        "byline": document.byline,
        "dateline": document.dateline,
        "title_map": [[run.start, run.source_start, run.length] for run in document.title_map.runs],
    }


def origin_rows(view: View) -> Iterator[Row]:
    for origin in view.origins():
        yield origin_row(origin)


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


def copy_rows(view: View) -> Iterator[Row]:
    for copy in view.lineage().copies:
        yield copy_row(copy)


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


def claim_rows(view: View) -> Iterator[Row]:
    assigned = {assignment.claim: assignment for assignment in view.assignments()}
    for report in view.claims():
        for claim in report.claims:
            yield claim_row(claim, assigned.get(claim.id))


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


def incident_rows(view: View) -> Iterator[Row]:
    grades = {grade.incident: grade for grade in view.reconciliation().grades}
    for incident in view.incidents():
        row = incident_row(incident)
        grade = grades.get(incident.id)
        row["grade"] = grade.grade if grade else None
        row["strike_status"] = grade.strike_status if grade else None
        row["event_clarity"] = grade.event_clarity if grade else None
        row["grade_why"] = grade.why if grade else None
        yield row


def incident_row(incident: Incident) -> Row:
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
    }


def figure_rows(view: View) -> Iterator[Row]:
    for figure in view.reconciliation().figures:
        yield figure_row(figure)


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


def conflict_rows(view: View) -> Iterator[Row]:
    for conflict in view.reconciliation().conflicts:
        yield conflict_row(conflict)


def conflict_row(conflict: Conflict) -> Row:
    return {
        "id": conflict.id,
        "incident": conflict.incident,
        "kind": conflict.kind,
        "claims": list(conflict.claims),
        "why": conflict.why,
        "reports": list(conflict.reports),
    }


def actor_rows(view: View) -> Iterator[Row]:
    for actor in view.actors().values():
        yield {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "variants": variant_rows(actor.variants),
            "roles": list(actor.roles),
            "part_of": list(actor.part_of),
            "country": actor.country,
            "why": actor.why,
        }


def place_rows(view: View) -> Iterator[Row]:
    for place in view.places().values():
        yield place_row(place)


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


def victim_rows(view: View) -> Iterator[Row]:
    for victim in view.victims():
        yield victim_row(victim)


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


def judgement_rows(view: View) -> Iterator[Row]:
    for judgement in view.judgements():
        yield {
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


def signal_rows(view: View) -> Iterator[Row]:
    """None: this version reads no signals, and the data package says so."""
    return iter(())


# -- parts of rows


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


def _incidents_by_report(incidents: Sequence[Incident]) -> Mapping[str, list[str]]:
    ranked: dict[str, list[tuple[bool, float, str]]] = defaultdict(list)
    for incident in incidents:
        for link in incident.links:
            ranked[link.report].append((not link.main, -link.confidence, incident.id))
    return {report: [incident for *_, incident in sorted(links)] for report, links in ranked.items()}


_WRITERS: Mapping[str, Callable[[View], Iterator[Row]]] = {
    "reports": report_rows,
    "origins": origin_rows,
    "copies": copy_rows,
    "claims": claim_rows,
    "incidents": incident_rows,
    "figures": figure_rows,
    "conflicts": conflict_rows,
    "actors": actor_rows,
    "places": place_rows,
    "signals": signal_rows,
    "victims": victim_rows,
    "judgements": judgement_rows,
}
