"""What the figures of each incident rest on, as hashes: which of them must be made anew is known without reading a claim.

What bears on some incidents can be read by itself, so that reconciling them takes no more memory than that does.
"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, Table, select

from firsthand.model import (
    Alteration,
    Assignment,
    Claim,
    Copy,
    Grouping,
    Incident,
    Judgement,
    Lineage,
    Origin,
    Victim,
    standing,
)

from . import tables as t
from .bring import parts
from .codec import decode, encode
from .rows import FigureKey
from .sums import digests

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Inputs:
    """``digest`` covers an incident, its claims and victims, the reports that they stand in and what people decided on them.
    ``around`` are the incidents that share one of its ``reports``."""

    digest: str
    reports: frozenset[str]
    around: frozenset[str]


class IncidentParts:
    """The part of a view that reconciling reads."""

    @abstractmethod
    def _rows(self, statement: Select[Any]) -> Iterator[Any]: ...

    @abstractmethod
    def judgements(self) -> tuple[Judgement, ...]: ...

    @abstractmethod
    def added_claims(self) -> Mapping[str, Sequence[Claim]]: ...

    def figure_keys(self) -> dict[str, FigureKey]:
        """By incident, for those that have been reconciled."""
        return {
            row.incident: FigureKey(row.key, decode(tuple[tuple[str, str], ...], row.asked))
            for row in self._rows(select(t.figure_keys))
        }

    def incident_inputs(self) -> dict[str, Inputs]:
        """By incident, those of one time beside each other."""
        decided: dict[str, list[str]] = defaultdict(list)
        for judgement in standing(self.judgements()):
            if judgement.verb in ("accept", "reject", "correct", "grade"):
                decided[judgement.subject].append(judgement.hash)
        own = self._own_rows(decided)
        reports = self._reports_told()
        digests = self._report_digests(decided)
        told: dict[str, set[str]] = defaultdict(set)
        for incident, of in reports.items():
            for report in of:
                told[report].add(incident)
        return {
            incident: Inputs(
                _hash([*rows, *(digests.get(report, report) for report in sorted(reports.get(incident, ())))]),
                frozenset(reports.get(incident, ())),
                frozenset(other for report in reports.get(incident, ()) for other in told[report]) - {incident},
            )
            for incident, rows in own.items()
        }

    def grouping_part(self, incidents: Collection[str]) -> Grouping:
        """These incidents with their assignments and victims."""
        wanted = sorted(incidents)
        return Grouping(
            incidents=tuple(self._part(t.incidents, Incident, "id", wanted)),
            assignments=tuple(self._part(t.assignments, Assignment, "incident", wanted)),
            victims=tuple(self._part(t.victims, Victim, "incident", wanted)),
        )

    def copying_part(self, reports: Collection[str]) -> Lineage:
        """The origins of these reports, of what they were copied, and what was altered in them on the way."""
        wanted = sorted(reports)
        homes = {
            row.origin
            for part in parts(wanted)
            for row in self._rows(select(t.origin_reports.c.origin).where(t.origin_reports.c.report.in_(part)))
        }
        return Lineage(
            copies=tuple(self._part(t.copies, Copy, "derived", wanted)),
            origins=tuple(self._part(t.origins, Origin, "id", sorted(homes))),
            alterations=tuple(self._part(t.alterations, Alteration, "derived", wanted)),
        )

    def _part(self, table: Table, kind: type[Record], column: str, wanted: Sequence[str]) -> list[Record]:
        return [
            decode(kind, row.body)
            for part in parts(wanted)
            for row in self._rows(
                select(table.c.body).where(table.c[column].in_(part)).order_by(*table.primary_key.columns)
            )
        ]

    # -- what grouping reads to add to what it has grouped

    def group_pages(self, kind: str, names: Collection[str] | None = None) -> dict[str, bytes]:
        """The pages of a kind, all or those of ``names`` that there are."""
        c = t.group_pages.c
        wanted = select(c.name, c.body).where(c.kind == kind)
        if names is None:
            return {row.name: bytes(row.body) for row in self._rows(wanted)}
        return {
            row.name: bytes(row.body)
            for part in parts(sorted(names))
            for row in self._rows(wanted.where(c.name.in_(part)))
        }

    def reading_marks(self) -> dict[str, str]:
        """What stands for all that each report was read as, claims that people added included."""
        added = self.added_claims()
        return {
            row[0]: _hash([*row[1:], *(encode(claim) for claim in added.get(row[0], ()))])
            for row in self._rows(digests())
        }

    def origin_members(self) -> dict[str, list[str]]:
        """The reports of each origin."""
        c = t.origin_reports.c
        out: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(select(c.origin, c.report).order_by(c.origin, c.report)):
            out[row.origin].append(row.report)
        return dict(out)

    def incident_links(self) -> list[tuple[str, str]]:
        """(incident, report) for every report that tells of one."""
        c = t.incident_reports.c
        return [(row.incident, row.report) for row in self._rows(select(c.incident, c.report))]

    def actor_ids(self) -> set[str]:
        return {row.id for row in self._rows(select(t.actors.c.id))}

    def homes_of_claims(self, claims: Collection[str]) -> dict[str, str]:
        """The report in which each of these claims stands."""
        out = {claim.id: report for report, added in self.added_claims().items() for claim in added}
        out = {claim: report for claim, report in out.items() if claim in claims}
        for part in parts(sorted(claims)):
            out.update(
                (row.id, row.report)
                for row in self._rows(select(t.claims.c.id, t.claims.c.report).where(t.claims.c.id.in_(part)))
            )
        return out

    # -- hashes

    def _own_rows(self, decided: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """The rows on each incident itself, by first day."""
        c = t.incidents.c
        out: dict[str, list[str]] = {
            row.id: [row.body, *decided.get(row.id, ())]
            for row in self._rows(select(c.id, c.body).order_by(c.date_start, c.id))
        }
        for table, key in ((t.assignments, t.assignments.c.claim), (t.victims, t.victims.c.id)):
            for row in self._rows(select(key.label("key"), table.c.incident, table.c.body).order_by(key)):
                if row.incident in out:
                    out[row.incident] += [row.body, *decided.get(row.key, ())]
        return out

    def _reports_told(self) -> dict[str, set[str]]:
        """The reports of each incident: those that are linked to it, and those of its claims."""
        out: dict[str, set[str]] = defaultdict(set)
        links, assigned = t.incident_reports.c, t.assignments.c
        for row in self._rows(select(links.incident, links.report)):
            out[row.incident].add(row.report)
        added = {claim.id: report for report, claims in self.added_claims().items() for claim in claims}
        joined = select(assigned.incident, assigned.claim, t.claims.c.report).outerjoin(
            t.claims, t.claims.c.id == assigned.claim
        )
        for row in self._rows(joined):
            report = row.report or added.get(row.claim)
            if report is not None:
                out[row.incident].add(report)
        return out

    def _report_digests(self, decided: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """One hash for what each report says, whose copy it is, and what people decided on its claims."""
        marks = self._marks(decided)
        d, o = t.documents.c, t.origin_reports.c
        sites = {row.report: row.site for row in self._rows(select(d.report, d.site))}
        carried: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(select(o.origin, o.report).order_by(o.report)):
            carried[row.origin].append(row.report)
        out: dict[str, list[str]] = {
            row.report: [row.digest, marks.get(row.report, "")] for row in self._rows(select(d.report, d.digest))
        }
        for row in self._rows(select(t.origins.c.id, t.origins.c.body)):
            members = carried[row.id]
            origin = _hash([row.body, *(sites.get(report) or "" for report in members)])
            for report in members:
                out.setdefault(report, []).append(origin)
        for row in self._rows(select(t.copies.c.derived, t.copies.c.body).order_by(t.copies.c.id)):
            out.setdefault(row.derived, []).append(_hash([row.body]))
        a = t.alterations.c
        for row in self._rows(select(a.source, a.derived, a.body).order_by(a.id)):
            out.setdefault(row.derived, []).append(_hash([row.body, marks.get(row.source, "")]))
        return {report: _hash(told) for report, told in out.items()}

    def _marks(self, decided: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """One hash for the claims of each report as they count."""
        c = t.report_claims.c
        marks = {row.report: row.digest for row in self._rows(select(c.report, c.digest))}
        more: dict[str, list[str]] = defaultdict(list)
        added = self.added_claims()
        for report, claims in added.items():
            more[report] += [encode(claim) for claim in claims]
        home = self.homes_of_claims(decided.keys())
        for subject in sorted(home):
            more[home[subject]] += [subject, *decided[subject]]
        return marks | {report: _hash([marks.get(report, ""), *told]) for report, told in more.items()}


def figure_key(method: str, own: Inputs, around: Iterable[Inputs], answers: str) -> str:
    """Key of the figures of an incident: how they are made, from what, and what was answered to what they ask."""
    return _hash([method, own.digest, *sorted(other.digest for other in around), answers])


def _hash(told: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in told:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()
