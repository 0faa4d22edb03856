"""The interchange bundle: one JSON Lines file a table, and a data package that describes them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from firsthand import __version__
from firsthand.errors import FirsthandError
from firsthand.ledger import PublicView, View
from firsthand.model import Incident

from .rows import (
    Row,
    actor_row,
    claim_row,
    conflict_row,
    copy_row,
    figure_row,
    incident_row,
    judgement_row,
    origin_row,
    place_row,
    report_row,
    victim_row,
)
from .schema import datapackage


def write_bundle(view: View, folder: Path) -> dict[str, int]:
    """Writes the bundle of the ledger behind ``view`` into ``folder``; returns the number of rows by table.

    The tables are written beside ``folder`` first and moved in when all are complete. Other files there are left alone.
    Raises FirsthandError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".bundle-", dir=folder))
        try:
            counts = {name: _write_table(staging / f"{name}.jsonl", rows(view)) for name, rows in TABLES.items()}
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


# -- tables whose rows need more than their record


def _reports(view: View) -> Iterator[Row]:
    origin_of = {report: origin.id for origin in view.origins() for report in origin.reports}
    incidents_of = _incidents_by_report(view.incidents())
    borrowed = {date.report: date for date in view.report_dates()}
    hidden = view.withheld.reports if isinstance(view, PublicView) else {}
    for document in view.documents():
        yield report_row(
            document,
            origin=origin_of.get(document.id),
            incidents=incidents_of.get(document.id, ()),
            withheld=hidden.get(document.id),
            borrowed=borrowed.get(document.id),
        )


def _claims(view: View) -> Iterator[Row]:
    assigned = {assignment.claim: assignment for assignment in view.assignments()}
    for report in view.claims():
        for claim in report.claims:
            yield claim_row(claim, assigned.get(claim.id))


def _incidents(view: View) -> Iterator[Row]:
    grades = {grade.incident: grade for grade in view.reconciliation().grades}
    for incident in view.incidents():
        yield incident_row(incident, grades.get(incident.id))


def _incidents_by_report(incidents: Sequence[Incident]) -> Mapping[str, list[str]]:
    ranked: dict[str, list[tuple[bool, float, str]]] = defaultdict(list)
    for incident in incidents:
        for link in incident.links:
            ranked[link.report].append((not link.main, -link.confidence, incident.id))
    return {report: [incident for *_, incident in sorted(links)] for report, links in ranked.items()}


# In the order of the contract. This version reads no signals, and the data package says so.
TABLES: Mapping[str, Callable[[View], Iterable[Row]]] = {
    "reports": _reports,
    "origins": lambda view: map(origin_row, view.origins()),
    "copies": lambda view: map(copy_row, view.lineage().copies),
    "claims": _claims,
    "incidents": _incidents,
    "figures": lambda view: map(figure_row, view.reconciliation().figures),
    "conflicts": lambda view: map(conflict_row, view.reconciliation().conflicts),
    "actors": lambda view: map(actor_row, view.actors().values()),
    "places": lambda view: map(place_row, view.places().values()),
    "signals": lambda view: (),
    "victims": lambda view: map(victim_row, view.victims()),
    "judgements": lambda view: map(judgement_row, view.judgements()),
}
