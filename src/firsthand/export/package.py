"""An incident as a package that stands alone: a BagIt bag (RFC 8493) in a zip, with everything it rests on.

::

    data/brief.md                 the brief
    data/records/*.jsonl          the records, fields as in the bundle (docs/bundle.md)
    data/originals/HASH.EXT       the bytes of each report as they came, named by their SHA-256
    data/texts/REPORT.txt         what was read in them, before cleaning: what `map` in records/reports.jsonl leads to
    data/captures/HASH.warc.gz    the servers' answers, where reports were fetched
    data/custody.jsonl            the custody log on these, and the digests of the entries between
    data/timestamps.jsonl         RFC 3161 timestamps over the log

Two packages of an unchanged ledger made on one day are the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from firsthand import __version__
from firsthand.errors import FirsthandError, NotFound
from firsthand.ledger import PublicView
from firsthand.model import Capture, CustodyEntry

from . import rows
from .brief import brief
from .context import IncidentContext, load_context
from .rows import Row
from .schema import datapackage

EXTENSIONS = {
    "HTML": "html", "PDF": "pdf", "DOCX": "docx", "e-mail": "eml", "MHTML": "mhtml", "text": "txt", "Markdown": "md",
    "JSON Lines": "json", "JSON": "json", "CSV": "csv", "feed": "xml", "WARC": "html",
}  # fmt: skip
EPOCH = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier time, and the time of packing is in bag-info.txt

READ_ME = """This package holds one incident from a ledger of firsthand, with everything that its record rests on.

It is a BagIt bag: `sha256sum -c manifest-sha256.txt` in this folder checks every file, and so does any BagIt tool.
`firsthand verify PACKAGE.zip` checks besides that the originals have the hashes the records name, that every text stands in
its original's text where the record says, that the custody log is unbroken, and what the timestamps are over.
"""


def write_package(view: PublicView, incident: str, path: Path) -> Mapping[str, int]:
    """Writes the package of an incident to ``path``; returns how many files of each kind it holds, and how many originals
    stay out because they are withheld. The file appears whole or not at all. Raises NotFound, FirsthandError."""
    context = load_context(view, incident)
    name = f"firsthand-{incident}"
    counts = {"reports": len(context.documents), "originals": 0, "captures": 0, "timestamps": 0, "withheld": 0}
    staged = ""
    try:
        handle, staged = tempfile.mkstemp(prefix=".package-", dir=path.parent)
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            bag = _Bag(archive, name)
            for member, data in _payload(view, context, counts):
                bag.add(f"data/{member}", data)
            bag.close(incident, context.incident.title)
        os.replace(staged, path)
    except OSError as error:
        raise FirsthandError(f"cannot write the package to {path}", why=error.strerror or str(error)) from error
    finally:
        if staged and os.path.exists(staged):
            os.unlink(staged)
    return counts


class _Bag:
    """Writes members and keeps their hashes for the manifests."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name = archive, name
        self.hashes: dict[str, str] = {}
        self.bytes = 0

    def add(self, member: str, data: bytes) -> None:
        if member in self.hashes:
            return
        info = zipfile.ZipInfo(f"{self.name}/{member}", EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        self.archive.writestr(info, data)
        self.hashes[member] = hashlib.sha256(data).hexdigest()
        self.bytes += len(data)

    def close(self, incident: str, title: str) -> None:
        """Adds the tag files: what BagIt asks for beside the payload."""
        payload = dict(sorted(self.hashes.items()))
        oxum = f"{self.bytes}.{len(payload)}"
        info = {
            "Bag-Software-Agent": f"firsthand/{__version__}",
            "Bagging-Date": datetime.now(UTC).date().isoformat(),
            "External-Identifier": incident,
            "External-Description": " ".join(title.split()),
            "Payload-Oxum": oxum,
        }
        self.add("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        self.add("bag-info.txt", "".join(f"{label}: {value}\n" for label, value in info.items()).encode())
        self.add("manifest-sha256.txt", _manifest(payload))
        tags = {member: hash for member, hash in self.hashes.items() if member not in payload}
        self.add("tagmanifest-sha256.txt", _manifest(dict(sorted(tags.items()))))


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{hash}  {member}\n" for member, hash in hashes.items()).encode()


def _payload(view: PublicView, context: IncidentContext, counts: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    """(path under data/, bytes) of everything in the package; fills in ``counts``."""
    yield "README.txt", READ_ME.encode()
    yield "brief.md", brief(view, context.incident.id).encode()
    tables = _records(view, context)
    for name, table in tables.items():
        yield f"records/{name}.jsonl", _lines(table)
    described = datapackage({name: len(table) for name, table in tables.items()}, version=__version__)
    yield "records/datapackage.json", msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
    raws = {raw.id: raw for raw in view.raws(list(context.documents))}
    forms = {entry.subject: entry.details.get("form", "") for entry in view.custody(list(raws))}
    captures: dict[str, Capture] = {}
    for report, raw in sorted(raws.items()):
        try:
            original = view.original(report)
        except NotFound:
            counts["withheld"] += 1
            continue
        extension = EXTENSIONS.get(forms.get(report, "")) or ("html" if raw.media_type == "html" else "txt")
        yield f"originals/{raw.sha256}.{extension}", original
        yield f"texts/{report}.txt", raw.body.encode()
        counts["originals"] += 1
        if raw.url:
            found = view.captures(url=raw.url) + view.captures(url=raw.name)
            captures |= {capture.id: capture for capture in found if capture.payload == raw.sha256}
    for capture in captures.values():
        yield f"captures/{capture.warc}.warc.gz", view.kept(capture.warc)
    counts["captures"] = len(captures)
    yield "records/captures.jsonl", _lines([asdict(captures[id]) for id in sorted(captures)])
    hidden = {report for report in raws if view.hides_original(report)}
    log = view.custody()
    timestamps = view.timestamps()
    yield "custody.jsonl", _lines(_log_rows(log, (set(raws) - hidden) | set(captures), [t.number for t in timestamps]))
    yield "timestamps.jsonl", _lines([asdict(timestamp) for timestamp in timestamps])
    counts["timestamps"] = len(timestamps)


def _records(view: PublicView, context: IncidentContext) -> dict[str, list[Row]]:
    """The rows of the bundle's tables that concern the incident."""
    hidden = view.withheld.reports
    origin_of = {report: origin.id for origin in context.lineage.origins for report in origin.reports}
    touched = {context.incident.id, *context.documents, *context.claims}
    borrowed = {date.report: date for date in view.report_dates()}
    return {
        "reports": [
            rows.report_row(
                document,
                origin=origin_of.get(id),
                incidents=[context.incident.id],
                withheld=hidden.get(id),
                borrowed=borrowed.get(id),
            )
            for id, document in sorted(context.documents.items())
        ],
        "origins": [rows.origin_row(origin) for origin in context.lineage.origins],
        "copies": [rows.copy_row(copy) for copy in context.lineage.copies],
        "claims": [rows.claim_row(claim, context.assignments.get(id)) for id, claim in sorted(context.claims.items())],
        "incidents": [rows.incident_row(context.incident, context.grade)],
        "figures": [rows.figure_row(figure) for figure in context.figures],
        "conflicts": [rows.conflict_row(conflict) for conflict in context.conflicts],
        "actors": [rows.actor_row(actor) for _, actor in sorted(context.actors.items())],
        "places": [rows.place_row(place) for _, place in sorted(context.places.items())],
        "signals": [],
        "victims": [rows.victim_row(victim) for victim in context.victims],
        "judgements": [
            rows.judgement_row(judgement) for judgement in view.judgements() if judgement.subject in touched
        ],
    }


def _log_rows(log: Sequence[CustodyEntry], subjects: set[str], stamped: Iterable[int]) -> Iterator[Row]:
    """The entries on ``subjects``, and of those between them, up to the first timestamp after them, the digests alone."""
    numbers = [entry.number for entry in log if entry.subject in subjects]
    if not numbers:
        return
    last = min((number for number in stamped if number >= numbers[-1]), default=numbers[-1])
    for entry in log[numbers[0] - 1 : last]:
        if entry.subject in subjects:
            yield asdict(entry)
        else:
            yield {"number": entry.number, "digest": entry.digest, "previous": entry.previous, "hash": entry.hash}


def _lines(rows: Iterable[Row] | Iterable[dict[str, object]]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
