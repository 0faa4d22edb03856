"""What a record becomes in the tables: its body, and the columns that look-ups need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Table

from firsthand.model import Annotation, Document, Grouping, Lineage, Reconciliation, ReportClaims, canonical_json

from . import tables as t
from .codec import digest, encode
from .folding import fold

Row: TypeAlias = dict[str, object]
Rows: TypeAlias = Mapping[Table, list[Row]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report was read as, encoded and ready to store: made by a worker process, written by the one writer.

    ``claims`` are (claim id, outcome or None, confidence or None) of the claims inside ``report_claims``; ``words`` is the folded
    text for the search.
    """

    report: str
    title: str | None
    site: str | None
    published: str | None
    document: str
    annotation: str
    report_claims: str
    claims: tuple[tuple[str, str | None, float | None], ...]
    words: str = ""

    @classmethod
    def of(cls, document: Document, annotation: Annotation, claims: ReportClaims) -> Reading:
        """The reading made of the three records; the parse is left out, it is never stored."""
        return cls(
            report=document.id,
            title=document.title,
            site=document.site,
            published=document.published.isoformat() if document.published else None,
            document=encode(document),
            annotation=encode(annotation.without_parse()),
            report_claims=encode(claims),
            claims=tuple((c.id, c.tally.outcome if c.tally else None, c.confidence) for c in claims.claims),
            words=" ".join(fold(searched(document))),
        )


def searched(document: Document) -> str:
    """The text of a document that the search looks at: site and byline, title, text."""
    return "\n".join(part for part in (document.site, document.byline, document.title, document.text) if part)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the last look at a watched feed, page or folder found. ``digest`` is the SHA-256 of what it held, ``checked`` the
    ISO date-time of the look."""

    url: str
    etag: str | None
    last_modified: str | None
    digest: str
    checked: str


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What an incident's figures were made from, and what they asked of actors and places: pairs of a kind and a name."""

    key: str
    asked: tuple[tuple[str, str], ...]


def reading_rows(readings: Iterable[Reading]) -> Rows:
    out: dict[Table, list[Row]] = {table: [] for table in t.READINGS}
    for reading in readings:
        out[t.documents].append(
            {
                "report": reading.report,
                "title": reading.title,
                "site": reading.site,
                "published": reading.published,
                "digest": digest(reading.document),
                "body": reading.document,
            }
        )
        for table, body in ((t.annotations, reading.annotation), (t.report_claims, reading.report_claims)):
            out[table].append({"report": reading.report, "digest": digest(body), "body": body})
        out[t.texts].append({"report": reading.report, "body": reading.words})
        out[t.claims] += [
            {"id": id, "report": reading.report, "outcome": outcome, "confidence": confidence}
            for id, outcome, confidence in reading.claims
        ]
    return out


def lineage_rows(lineage: Lineage) -> Rows:
    return {
        t.copies: [{"id": c.id, "source": c.source, "derived": c.derived, "body": encode(c)} for c in lineage.copies],
        t.origins: [{"id": o.id, "name": o.name, "body": encode(o)} for o in lineage.origins],
        t.origin_reports: [{"report": report, "origin": o.id} for o in lineage.origins for report in o.reports],
        t.shared: [
            {"id": s.id, "first": s.reports[0], "second": s.reports[1], "body": encode(s)} for s in lineage.shared
        ],
        t.uncertain: [
            {"id": u.id, "first": u.reports[0], "second": u.reports[1], "body": encode(u)} for u in lineage.uncertain
        ],
        t.alterations: [
            {"id": a.id, "source": a.source, "derived": a.derived, "kind": a.kind, "body": encode(a)}
            for a in lineage.alterations
        ],
    }


def grouping_rows(grouping: Grouping) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of one table after the other: those of all tables together are half as large as a grouping."""
    yield (
        t.incidents,
        [
            {
                "id": i.id,
                "title": i.title,
                "type": i.type,
                "date_start": i.when.start.isoformat() if i.when.start else None,
                "date_end": i.when.end.isoformat() if i.when.end else None,
                "country": i.country,
                "lat": i.lat,
                "lon": i.lon,
                "body": encode(i),
            }
            for i in grouping.incidents
        ],
    )
    yield (
        t.incident_reports,
        [
            {"incident": i.id, "report": link.report, "main": link.main, "confidence": link.confidence}
            for i in grouping.incidents
            for link in i.links
        ],
    )
    yield t.assignments, [{"claim": a.claim, "incident": a.incident, "body": encode(a)} for a in grouping.assignments]
    yield t.suggestions, [{"id": s.id, "score": s.score, "body": encode(s)} for s in grouping.suggestions]
    yield t.actors, [{"id": a.id, "name": a.name, "body": encode(a)} for a in grouping.actors]
    yield t.places, [{"id": p.id, "name": p.name, "country": p.country, "body": encode(p)} for p in grouping.places]
    yield t.victims, [{"id": v.id, "incident": v.incident, "name": v.name, "body": encode(v)} for v in grouping.victims]
    yield t.report_dates, [{"report": d.report, "body": encode(d)} for d in grouping.dates]


def reconciliation_rows(reconciliation: Reconciliation, keys: Mapping[str, FigureKey]) -> Rows:
    return {
        t.figures: [
            {
                "id": f.id,
                "incident": f.incident,
                "outcome": f.outcome,
                "victims": f.victims,
                "place": f.place,
                "best": f.best,
                "body": encode(f),
            }
            for f in reconciliation.figures
        ],
        t.conflicts: [
            {"id": c.id, "incident": c.incident, "kind": c.kind, "body": encode(c)} for c in reconciliation.conflicts
        ],
        t.grades: [{"incident": g.incident, "grade": g.grade, "body": encode(g)} for g in reconciliation.grades],
        t.figure_keys: [
            {"incident": incident, "key": made.key, "asked": canonical_json(made.asked)}
            for incident, made in keys.items()
        ],
    }
