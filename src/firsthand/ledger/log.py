"""Appending to the custody log, inside the transaction that brings in what it tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from firsthand.model import CustodyEntry

from . import tables as t
from .codec import decode, digest, encode
from .custody import sealed

# Ids a look-up of earlier entries names at once.
AT_ONCE = 10_000


def begun_log(connection: Connection, by: str, at: str) -> CustodyEntry | None:
    """The last entry of the log. A ledger with reports from before there was a log gets an entry for each of them first."""
    last = _last(connection)
    if last is None:
        c = t.reports.c
        rows = connection.execute(select(c.id, c.sha256, c.name, c.added, c.body).order_by(c.added, c.id))
        found = [
            CustodyEntry(0, at, by, "found", row.id, row.sha256, row.name, digest(row.body), {"added": row.added})
            for row in rows
        ]
        last = _append(connection, None, found)
    return last


def append_log(connection: Connection, last: CustodyEntry | None, entries: Sequence[CustodyEntry]) -> None:
    """Seals ``entries`` to ``last`` and each other. A ``seen`` from a place that the log names already says nothing new."""
    places = _places(connection, sorted({entry.subject for entry in entries if entry.verb == "seen"}))
    fresh: list[CustodyEntry] = []
    for entry in entries:
        if entry.verb == "seen" and entry.place in places[entry.subject]:
            continue
        places[entry.subject].add(entry.place)
        fresh.append(entry)
    _append(connection, last, fresh)


def _append(connection: Connection, last: CustodyEntry | None, entries: Sequence[CustodyEntry]) -> CustodyEntry | None:
    rows = []
    for entry in entries:
        last = sealed(replace(entry, number=last.number + 1 if last else 1), last.hash if last else "")
        rows.append({"number": last.number, "subject": last.subject, "verb": last.verb, "body": encode(last)})
    if rows:
        connection.execute(insert(t.custody), rows)
    return last


def _last(connection: Connection) -> CustodyEntry | None:
    row = connection.execute(select(t.custody.c.body).order_by(t.custody.c.number.desc()).limit(1)).first()
    return decode(CustodyEntry, row.body) if row else None


def _places(connection: Connection, subjects: Sequence[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(subjects), AT_ONCE):
        part = subjects[start : start + AT_ONCE]
        for row in connection.execute(select(t.custody.c.body).where(t.custody.c.subject.in_(part))):
            entry = decode(CustodyEntry, row.body)
            out[entry.subject].add(entry.place)
    return out
