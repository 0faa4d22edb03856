"""One number that stands for everything that was read, kept up as readings change: whether a stage is stale is known without going
through the ledger.

Each report adds the hash of its id and digests; sums are taken modulo 2^256, so they do not depend on the order of reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, insert, select

from . import tables as t

STAGE = "sum"


class Sums(NamedTuple):
    """Over all documents, and over all documents, annotations and claims, as hexadecimal numbers."""

    documents: str
    readings: str


def digests() -> Select[Any]:
    """For each report that was read its id and the digests of document, annotation and claims, in order."""
    return (
        select(t.documents.c.report, t.documents.c.digest, t.annotations.c.digest, t.report_claims.c.digest)
        .join(t.annotations, t.annotations.c.report == t.documents.c.report)
        .join(t.report_claims, t.report_claims.c.report == t.documents.c.report)
        .order_by(t.documents.c.report)
    )


def read_sums(connection: Connection) -> Sums:
    """The sums as they are kept; counted anew in a ledger that has none yet."""
    c = t.stage_keys.c
    kept = {row.subject: row.key for row in connection.execute(select(c.subject, c.key).where(c.stage == STAGE))}
    if set(kept) == set(Sums._fields):
        return Sums(**kept)
    return moved(Sums("0", "0"), (), _rows(connection, digests()))


def digests_of(connection: Connection, reports: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows of ``digests`` that belong to ``reports``."""
    return list(_rows(connection, digests().where(t.documents.c.report.in_(reports))))


def moved(sums: Sums, gone: Iterable[tuple[str, ...]], come: Iterable[tuple[str, ...]]) -> Sums:
    """The sums after rows of ``digests`` are ``gone`` and others have ``come``."""
    documents, readings = (int(number, 16) for number in sums)
    for sign, rows in ((-1, gone), (1, come)):
        for row in rows:
            documents += sign * _hash(row[:2])
            readings += sign * _hash(row)
    return Sums(f"{documents % (1 << 256):x}", f"{readings % (1 << 256):x}")


def write_sums(connection: Connection, sums: Sums) -> None:
    """Keep the sums."""
    connection.execute(delete(t.stage_keys).where(t.stage_keys.c.stage == STAGE))
    rows = [{"stage": STAGE, "subject": name, "key": value} for name, value in sums._asdict().items()]
    connection.execute(insert(t.stage_keys), rows)


def _rows(connection: Connection, statement: Select[Any]) -> Iterator[tuple[str, ...]]:
    for row in connection.execute(statement):
        yield row[0], row[1], row[2], row[3]


def _hash(row: tuple[str, ...]) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(row).encode()).digest())
