"""Reading the ledger. A view is one snapshot: what is written after it was opened does not show in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, func, select

from firsthand.errors import LedgerError, NotFound
from firsthand.model import (
    CONFLICT_KINDS,
    Actor,
    Alteration,
    Annotation,
    Assignment,
    Claim,
    Conflict,
    Copy,
    Document,
    Figure,
    Grouping,
    Incident,
    IncidentGrade,
    Judgement,
    Lineage,
    Origin,
    Place,
    RawReport,
    Reconciliation,
    ReportClaims,
    ReportDate,
    SharedPassage,
    Suggestion,
    UncertainPair,
    Victim,
)

from . import tables as t
from .added import added_claims, with_added
from .bring import VARIABLES, parts
from .codec import decode
from .engine import check_filled, check_schema, open_engine, plain_errors, shown
from .inputs import IncidentParts
from .kept import Kept
from .lookups import Lookups
from .records import Records, Sealed
from .sums import Sums, digests, read_sums
from .writer import ALL, TRACED

Record = TypeVar("Record")


class View(Records, Kept, Lookups, IncidentParts, AbstractContextManager["View"]):
    """A reader. Sees the ledger as it was when the view was opened; cannot change it."""

    def __init__(self, ledger: str) -> None:
        self.ledger = ledger
        self._engine = open_engine(ledger, writing=False)
        with plain_errors(ledger):
            self._connection: Connection = self._engine.connect()
            try:
                ready = check_schema(self._connection, ledger)
                if not ready:
                    check_filled(self._connection, ledger)
            except BaseException:
                self._connection.close()
                raise
            if not ready:
                self._connection.close()
                raise LedgerError(
                    f"the ledger {shown(ledger)} was made by an older firsthand",
                    hint="`firsthand build` brings it up to date",
                )

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._engine.dispose()

    # -- what came in

    def raw(self, report: str) -> RawReport:
        return self._one(t.reports, RawReport, t.reports.c.id == report, report)

    def raws(self, reports: Sequence[str]) -> list[RawReport]:
        """The reports in the order asked for."""
        found: dict[str, RawReport] = {}
        for part in parts(reports):
            for row in self._rows(select(t.reports.c.id, t.reports.c.body).where(t.reports.c.id.in_(part))):
                found[row.id] = decode(RawReport, row.body)
        return [found[report] for report in reports]

    def original(self, report: str) -> bytes:
        """The bytes as they came in."""
        statement = select(t.originals.c.bytes).join(t.reports).where(t.reports.c.id == report)
        row = next(iter(self._rows(statement)), None)
        if row is None:
            raise NotFound(f"no report goes by the id {report!r}")
        return bytes(row.bytes)

    def report_ids(self) -> list[str]:
        return [row.id for row in self._rows(select(t.reports.c.id).order_by(t.reports.c.id))]

    def by_source_id(self, source_id: str) -> list[str]:
        """Ids of the reports that their sender, or their file, called ``source_id``."""
        return [
            row.id
            for row in self._rows(
                select(t.reports.c.id).where(t.reports.c.source_id == source_id).order_by(t.reports.c.id)
            )
        ]

    def count(self, table: str) -> int:
        """Number of rows of the table of that name."""
        counted = select(func.count()).select_from(t.metadata.tables[table])
        return int(next(iter(self._rows(counted)))[0])

    # -- what each report was read as

    def unread(self, key: str) -> list[str]:
        """Ids of the reports not read under ``key``, in order."""
        keys = t.stage_keys
        read = select(keys.c.subject).where(keys.c.stage == "read", keys.c.key == key)
        statement = select(t.reports.c.id).where(t.reports.c.id.not_in(read)).order_by(t.reports.c.id)
        return [row.id for row in self._rows(statement)]

    def digests(self) -> Iterator[tuple[str, str, str, str]]:
        """For each report that was read: its id and the digests of document, annotation and claims, in order."""
        for row in self._rows(digests()):
            yield row[0], row[1], row[2], row[3]

    def sums(self) -> Sums:
        """What stands for all digests at once."""
        with plain_errors(self.ledger):
            return read_sums(self._connection)

    def document(self, report: str) -> Document:
        return self._one(t.documents, Document, t.documents.c.report == report, report)

    def documents(self, reports: Sequence[str] | None = None) -> list[Document]:
        """The documents of these reports, or of all, ordered by report id."""
        return self._by_report(t.documents, Document, reports)

    def annotation(self, report: str) -> Annotation:
        """The report's annotation; its sentences carry no tokens."""
        return self._one(t.annotations, Annotation, t.annotations.c.report == report, report)

    def annotations(self, reports: Sequence[str] | None = None) -> list[Annotation]:
        return self._by_report(t.annotations, Annotation, reports)

    def annotation_parts(self, size: int) -> Iterator[Sealed]:
        """All annotations, in parts of so many reports, ordered by report id; packed, so that another process may unpack them."""
        table = t.annotations
        ordered = select(table.c.report, table.c.body).order_by(table.c.report).execution_options(yield_per=size)
        rows = self._rows(ordered)
        while part := list(islice(rows, size)):
            yield Sealed(tuple(row.report for row in part), tuple(row.body for row in part))

    def claims_of(self, report: str) -> ReportClaims:
        """The claims of one report, those that a person added included."""
        found = self._one(t.report_claims, ReportClaims, t.report_claims.c.report == report, report)
        return with_added([found], self._added)[0]

    def claims(self, reports: Sequence[str] | None = None) -> list[ReportClaims]:
        """The claims of these reports, or of all, ordered by report id, those that a person added included."""
        return with_added(self._by_report(t.report_claims, ReportClaims, reports), self._added)

    def claim(self, claim: str) -> Claim:
        """The claim of that id."""
        reports = self.reports_of_claims([claim])
        found = [c for report in reports for c in self.claims_of(report).claims if c.id == claim]
        if not found:
            raise NotFound(f"no claim goes by the id {claim!r}")
        return found[0]

    def reports_of_claims(self, claims: Sequence[str]) -> set[str]:
        """Ids of the reports in which these claims stand."""
        wanted = set(claims)
        out = {report for report, added in self._added.items() if any(claim.id in wanted for claim in added)}
        for part in parts(claims):
            out.update(row.report for row in self._rows(select(t.claims.c.report).where(t.claims.c.id.in_(part))))
        return out

    # -- who copies whom

    def lineage(self) -> Lineage:
        return Lineage(
            copies=self._all(t.copies, Copy),
            origins=self.origins(),
            shared=self._all(t.shared, SharedPassage),
            alterations=self._all(t.alterations, Alteration),
            uncertain=self._all(t.uncertain, UncertainPair),
        )

    def untraced(self) -> tuple[list[tuple[str, str]], bool]:
        """(report, digest) of the documents that are not in the index of the lineage, in order; and whether any that is in it is
        another one now."""
        keys, documents = t.stage_keys.c, t.documents.c
        statement = (
            select(documents.report, documents.digest, keys.key)
            .outerjoin(t.stage_keys, (keys.stage == TRACED) & (keys.subject == documents.report))
            .where(keys.key.is_(None) | (keys.key != documents.digest))
            .order_by(documents.report)
        )
        rows = list(self._rows(statement))
        return [(row.report, row.digest) for row in rows if row.key is None], any(row.key is not None for row in rows)

    def pages(self, kind: str, numbers: Sequence[int]) -> dict[int, bytes]:
        """Those of these pages of the lineage's index that there are."""
        table = t.lineage_pages
        out: dict[int, bytes] = {}
        for start in range(0, len(numbers), VARIABLES):
            some = list(numbers[start : start + VARIABLES])
            found = select(table.c.number, table.c.body).where(table.c.kind == kind, table.c.number.in_(some))
            out.update((row.number, bytes(row.body)) for row in self._rows(found))
        return out

    def origins(self) -> tuple[Origin, ...]:
        return self._all(t.origins, Origin)

    def lineage_of(self, reports: Sequence[str]) -> Lineage:
        """The part of the lineage that touches ``reports``: their origins, and what lies between any of them."""
        inside = set(reports)
        wanted = sorted(inside)
        origins = [
            row.origin
            for part in parts(wanted)
            for row in self._rows(
                select(t.origin_reports.c.origin).where(t.origin_reports.c.report.in_(part)).distinct()
            )
        ]
        return Lineage(
            copies=tuple(
                c for part in parts(wanted) for c in self._where(t.copies, Copy, t.copies.c.derived.in_(part))
            ),
            origins=tuple(self._by_id(t.origins, Origin, origins)),
            shared=tuple(
                found
                for part in parts(wanted)
                for found in self._where(t.shared, SharedPassage, t.shared.c.second.in_(part))
                if found.reports[0] in inside
            ),
            alterations=tuple(
                found
                for part in parts(wanted)
                for found in self._where(t.alterations, Alteration, t.alterations.c.derived.in_(part))
                if found.source in inside
            ),
            uncertain=tuple(
                found
                for part in parts(wanted)
                for found in self._where(t.uncertain, UncertainPair, t.uncertain.c.second.in_(part))
                if found.reports[0] in inside
            ),
        )

    # -- what happened

    def incidents_by_id(self, ids: Iterable[str]) -> list[Incident]:
        """Those of ``ids`` that there are, in the order asked for."""
        return self._by_id(t.incidents, Incident, ids)

    def places_by_id(self, ids: Iterable[str]) -> dict[str, Place]:
        return {place.id: place for place in self._by_id(t.places, Place, ids)}

    def actors_by_id(self, ids: Iterable[str]) -> dict[str, Actor]:
        return {actor.id: actor for actor in self._by_id(t.actors, Actor, ids)}

    def grouping(self) -> Grouping:
        return Grouping(
            incidents=self.incidents(),
            assignments=self.assignments(),
            suggestions=self.suggestions(),
            actors=self._all(t.actors, Actor),
            places=self._all(t.places, Place),
            victims=self.victims(),
            dates=self.report_dates(),
        )

    def incident(self, incident: str) -> Incident:
        return self._one(t.incidents, Incident, t.incidents.c.id == incident, incident)

    def incidents(self) -> tuple[Incident, ...]:
        """All incidents by first day (undated ones last), then id."""
        c = t.incidents.c
        ordered = select(c.body).order_by(c.date_start.is_(None), c.date_start, c.id)
        return tuple(decode(Incident, row.body) for row in self._rows(ordered))

    def incidents_of(self, report: str) -> list[str]:
        """Ids of the incidents that the report speaks of, its main one first."""
        links = t.incident_reports.c
        statement = (
            select(links.incident)
            .where(links.report == report)
            .order_by(links.main.desc(), links.confidence.desc(), links.incident)
        )
        return [row.incident for row in self._rows(statement)]

    def assignments(self) -> tuple[Assignment, ...]:
        return self._all(t.assignments, Assignment)

    def assignments_of(self, incident: str) -> tuple[Assignment, ...]:
        return self._where(t.assignments, Assignment, t.assignments.c.incident == incident)

    def assignment(self, claim: str) -> Assignment | None:
        """What the claim counts towards, if anything."""
        return next(iter(self._where(t.assignments, Assignment, t.assignments.c.claim == claim)), None)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Pairs of incidents in doubt."""
        return self._all(t.suggestions, Suggestion)

    def victims(self) -> tuple[Victim, ...]:
        return self._all(t.victims, Victim)

    def report_dates(self) -> tuple[ReportDate, ...]:
        """Dates that undated reports have through a copy."""
        return self._all(t.report_dates, ReportDate)

    def victims_of(self, incident: str) -> tuple[Victim, ...]:
        return self._where(t.victims, Victim, t.victims.c.incident == incident)

    def actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self._all(t.actors, Actor)}

    def places(self) -> dict[str, Place]:
        return {place.id: place for place in self._all(t.places, Place)}

    # -- how far the figures agree

    def reconciliation(self) -> Reconciliation:
        return Reconciliation(
            figures=self.figures(),
            conflicts=self._all(t.conflicts, Conflict),
            grades=self._all(t.grades, IncidentGrade),
        )

    def figures(self) -> tuple[Figure, ...]:
        return self._all(t.figures, Figure)

    def figures_of(self, incident: str) -> tuple[Figure, ...]:
        return self._where(t.figures, Figure, t.figures.c.incident == incident)

    def conflicts_of(self, incident: str) -> tuple[Conflict, ...]:
        """Those that matter most first."""
        found = self._where(t.conflicts, Conflict, t.conflicts.c.incident == incident)
        return tuple(sorted(found, key=lambda c: (CONFLICT_KINDS.index(c.kind), -len(c.claims), c.id)))

    def grade_of(self, incident: str) -> IncidentGrade | None:
        return next(iter(self._where(t.grades, IncidentGrade, t.grades.c.incident == incident)), None)

    # -- what people decided, and the keys of what was made from what

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement ever made, in order, those taken back included."""
        return self._judgements

    @cached_property
    def _judgements(self) -> tuple[Judgement, ...]:
        ordered = select(t.judgements.c.body).order_by(t.judgements.c.number)
        return tuple(decode(Judgement, row.body) for row in self._rows(ordered))

    def added_claims(self) -> dict[str, list[Claim]]:
        """The claims that people added, by report."""
        return self._added

    @cached_property
    def _added(self) -> dict[str, list[Claim]]:
        # Most ledgers hold no such judgement, and most reads need no other.
        adds = select(t.judgements.c.id).where(t.judgements.c.verb == "add").limit(1)
        return added_claims(self._judgements) if any(True for _ in self._rows(adds)) else {}

    def stage_key(self, stage: str) -> str | None:
        """The key that a stage over the whole ledger last ran under."""
        keys = t.stage_keys
        statement = select(keys.c.key).where(keys.c.stage == stage, keys.c.subject == ALL)
        return next((str(row.key) for row in self._rows(statement)), None)

    def settings(self) -> dict[str, str]:
        return {row.name: row.value for row in self._rows(select(t.settings))}

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """All derived rows by table, sorted: two ledgers with equal dumps say the same."""
        out: dict[str, list[tuple[object, ...]]] = {}
        for table in t.DERIVED:
            out[table.name] = sorted((tuple(row) for row in self._rows(select(table))), key=repr)
        return out
