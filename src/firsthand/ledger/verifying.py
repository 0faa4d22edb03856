"""Walking everything that is kept, and naming what is no longer what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from firsthand.model import Capture, CustodyEntry, Timestamp

from . import tables as t
from .codec import decode, digest, encode
from .custody import Damage

Rows = Callable[[Select[Any]], Iterator[Any]]

# Originals held in memory at once.
AT_ONCE = 16


def damaged_originals(rows: Rows) -> Iterator[Damage]:
    """Every original whose bytes no longer have the hash they are kept under."""
    hashes = [row.sha256 for row in rows(select(t.originals.c.sha256).order_by(t.originals.c.sha256))]
    for start in range(0, len(hashes), AT_ONCE):
        part = hashes[start : start + AT_ONCE]
        names = _names(rows, part)
        statement = select(t.originals).where(t.originals.c.sha256.in_(part)).order_by(t.originals.c.sha256)
        for row in rows(statement):
            # SQLite lets other programs put text where bytes were.
            data = row.bytes.encode() if isinstance(row.bytes, str) else bytes(row.bytes)
            if hashlib.sha256(data).hexdigest() != row.sha256:
                yield Damage(row.sha256, names.get(row.sha256, ""), "the bytes do not have this hash any more")
            elif len(data) != row.size:
                yield Damage(row.sha256, names.get(row.sha256, ""), f"it is {len(data)} bytes long, not {row.size}")


def damaged_records(rows: Rows, entries: Sequence[CustodyEntry]) -> Iterator[Damage]:
    """What the custody log names and the ledger lacks or holds otherwise, and reports that the log does not name. A ledger
    that has not been written to since it was made by a version without a log has no entries, and nothing to compare."""
    kept = {row.sha256 for row in rows(select(t.originals.c.sha256))}
    reports = dict(_reports(rows))
    captures = {row.id: decode(Capture, row.body) for row in rows(select(t.captures.c.id, t.captures.c.body))}
    named: set[str] = set()
    for entry in entries:
        if entry.verb == "fetched":
            capture = captures.get(entry.subject)
            if capture is None or entry.sha256 not in kept:
                yield Damage(entry.subject, entry.place, "the capture is missing")
            elif (capture.warc, digest_of(capture)) != (entry.sha256, entry.record):
                yield Damage(entry.subject, entry.place, "the record of the capture was changed")
        elif entry.verb in ("added", "found"):
            named.add(entry.subject)
            found = reports.get(entry.subject)
            if found is None:
                yield Damage(entry.subject, entry.place, "the report is missing")
            elif found[:2] != (entry.sha256, entry.record):
                yield Damage(entry.subject, entry.place, "the record of the report was changed after it was added")
    for report in sorted(set(reports) - named):
        sha256, _, name = reports[report]
        if sha256 not in kept:
            yield Damage(report, name, "its original is missing")
        elif entries:
            yield Damage(report, name, "the custody log does not say where it came from")


def damaged_timestamps(entries: Sequence[CustodyEntry], timestamps: Sequence[Timestamp]) -> Iterator[Damage]:
    """Timestamps over another hash than the entry's. What the tokens themselves say is checked by ``timestamps``."""
    hashes = {entry.number: entry.hash for entry in entries}
    for timestamp in timestamps:
        if hashes.get(timestamp.number) != timestamp.hash:
            name = f"timestamp over custody entry {timestamp.number}"
            yield Damage(name, timestamp.service, "it is over another hash than the entry's")


def digest_of(capture: Capture) -> str:
    """The digest of a capture's record as the custody log keeps it."""
    return digest(encode(capture))


def _reports(rows: Rows) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Each report's id with the hash of its original, the digest of its record, and its name; few records held at once."""
    c = t.reports.c
    ids = [row.id for row in rows(select(c.id).order_by(c.id))]
    for start in range(0, len(ids), AT_ONCE):
        for row in rows(select(c.id, c.sha256, c.body, c.name).where(c.id.in_(ids[start : start + AT_ONCE]))):
            yield row.id, (row.sha256, digest(row.body), row.name)


def _names(rows: Rows, hashes: Sequence[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    reports = (
        select(t.reports.c.sha256, t.reports.c.name).where(t.reports.c.sha256.in_(hashes)).order_by(t.reports.c.id)
    )
    for row in rows(reports):
        out.setdefault(row.sha256, row.name)
    for row in rows(select(t.captures.c.warc, t.captures.c.url).where(t.captures.c.warc.in_(hashes))):
        out.setdefault(row.warc, f"capture of {row.url}")
    return out
