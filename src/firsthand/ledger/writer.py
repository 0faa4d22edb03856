"""Writing to the ledger. Every public method is one transaction: it happens whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import groupby, islice
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, delete, inspect, select

from firsthand.errors import LedgerError, Superseded
from firsthand.model import (
    Capture,
    CustodyEntry,
    Grouping,
    Judgement,
    Lineage,
    RawReport,
    Reconciliation,
    Timestamp,
    record_id,
)
from firsthand.model.custody import CustodyVerb
from firsthand.model.judgement import Verb

from . import tables as t
from .bring import bring_lineage, bring_to, insert_rows, put_pages, rows_where
from .codec import decode, digest, encode
from .custody import judgement_hash
from .engine import check_schema, open_engine, plain_errors, shown
from .log import append_log, begun_log
from .rows import (
    FigureKey,
    Reading,
    Row,
    Watched,
    grouping_rows,
    lineage_rows,
    reading_rows,
    reconciliation_rows,
)
from .sums import digests_of, moved, read_sums, write_sums

ALL = "*"  # the subject of a stage that looks at the whole ledger
GROUPED = "grouped"  # the stage under which the rules of the kept grouping stand
PAGES = 2_000  # pages of a grouping written at a time
TRACED = "traced"  # the stage under which documents stand that are in the index of the lineage, each with its digest


@dataclass(frozen=True, slots=True)
class Added:
    """Ids of the reports that were new, and of those that the ledger had already, both in the order they came."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptGrouping:
    """Pages with their kind and name, None where there is one no more, and the version of the ``rules`` that they were made by."""

    pages: Iterable[tuple[tuple[str, str], bytes | None]]
    rules: str


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """Pages of the lineage's index by kind and number, the (report, digest) of the ``documents`` that came into it, and the version
    of the ``rules`` that it was made by."""

    pages: Mapping[tuple[str, int], bytes]
    documents: Sequence[tuple[str, str]]
    rules: str


class Writer(AbstractContextManager["Writer"]):
    """The one way to change a ledger. Makes the ledger, or brings its schema up to date, when it is opened.

    Originals, reports and judgements are only ever appended. Raises LedgerError where the ledger cannot be used.
    """

    def __init__(self, ledger: str) -> None:
        self.ledger = ledger
        self._engine = open_engine(ledger, writing=True)
        with plain_errors(ledger), self._engine.connect() as connection:
            if not check_schema(connection, ledger):
                connection.rollback()
                _upgrade(connection, ledger)

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def add(
        self,
        intakes: Iterable[tuple[RawReport, bytes]],
        *,
        by: str = "",
        details: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
        captures: Iterable[tuple[Capture, bytes]] = (),
    ) -> Added:
        """Keeps each report with its original bytes, and each capture with its WARC records; what the ledger has already is
        left as it is. The custody log says that ``by`` added it; ``details`` are what it says besides, by report id.
        """
        new: list[str] = []
        known: list[str] = []
        log: list[CustodyEntry] = []
        added = datetime.now(UTC).isoformat(timespec="seconds")
        with plain_errors(self.ledger), self._engine.begin() as connection:
            last = begun_log(connection, by, added)
            for capture, warc in captures:
                body = encode(capture)
                self._keep_original(connection, capture.warc, warc, capture.url)
                row: Row = {"id": capture.id, "url": capture.url, "at": capture.at, "warc": capture.warc, "body": body}
                if self._insert_new(connection, t.captures, row):
                    log.append(
                        CustodyEntry(0, added, by, "fetched", capture.id, capture.warc, capture.url, digest(body))
                    )
            for raw, original in intakes:
                body = encode(raw)
                self._keep_original(connection, raw.sha256, original, raw.name)
                row = {
                    "id": raw.id,
                    "sha256": raw.sha256,
                    "source_id": raw.source_id,
                    "name": raw.name,
                    "url": raw.url,
                    "added": added,
                    "body": body,
                }
                fresh = self._insert_new(connection, t.reports, row)
                (new if fresh else known).append(raw.id)
                verb: CustodyVerb = "added" if fresh else "seen"
                told = dict(details.get(raw.id, {}))
                log.append(
                    CustodyEntry(0, added, by, verb, raw.id, raw.sha256, raw.name, digest(body) if fresh else "", told)
                )
            append_log(connection, last, log)
        return Added(tuple(new), tuple(known))

    def put_timestamp(self, timestamp: Timestamp) -> None:
        """Keeps a timestamp; one by the same service over the same entry is left as it is."""
        row: Row = {"number": timestamp.number, "service": timestamp.service, "body": encode(timestamp)}
        with plain_errors(self.ledger), self._engine.begin() as connection:
            self._insert_new(connection, t.timestamps, row)

    def put_watched(self, watched: Watched) -> None:
        """Replaces what is remembered of a watched feed or folder."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            connection.execute(delete(t.watched).where(t.watched.c.url == watched.url))
            insert_rows(connection, t.watched, [asdict(watched)])

    def put_readings(self, readings: Sequence[Reading], key: str) -> None:
        """Replaces what these reports were read as, and notes that they were read under ``key``."""
        if not readings:
            return
        ids = [reading.report for reading in readings]
        with plain_errors(self.ledger), self._engine.begin() as connection:
            sums, before = read_sums(connection), digests_of(connection, ids)
            for table in reversed(t.READINGS):
                connection.execute(delete(table).where(table.c.report.in_(ids)))
            for table, rows in reading_rows(readings).items():
                insert_rows(connection, table, rows)
            write_sums(connection, moved(sums, before, digests_of(connection, ids)))
            _set_keys(connection, "read", ids, key)

    def put_lineage(self, lineage: Lineage, key: str, *, index: KeptIndex | None = None) -> None:
        """Replaces who copies whom, and the index kept of it."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            for table, wanted in lineage_rows(lineage).items():
                bring_to(connection, table, wanted)
            connection.execute(delete(t.stage_keys).where(t.stage_keys.c.stage == TRACED))
            put_pages(connection, index.pages if index else {}, all=True)
            _note_traced(connection, index)
            _set_keys(connection, "lineage", [ALL], key)

    def extend_lineage(
        self,
        lineage: Lineage,
        key: str,
        *,
        touched: Sequence[str],
        parted: Sequence[tuple[str, str]],
        index: KeptIndex,
    ) -> None:
        """Puts ``lineage`` in place of what is kept on the reports ``touched`` and between those of ``parted`` pairs; ``index``
        holds what changes in the kept index."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            bring_lineage(connection, lineage_rows(lineage), touched, parted)
            put_pages(connection, index.pages, all=False)
            _note_traced(connection, index)
            _set_keys(connection, "lineage", [ALL], key)

    def put_grouping(self, grouping: Grouping, key: str, *, kept: KeptGrouping | None = None) -> None:
        """Replaces what happened, and the pages kept of how it was found."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            for table, wanted in grouping_rows(grouping):
                bring_to(connection, table, wanted)
            connection.execute(delete(t.group_pages))
            _keep_grouping(connection, kept)
            _set_keys(connection, "incidents", [ALL], key)

    def extend_grouping(
        self, grouping: Grouping, key: str, *, touched: Collection[str], actors: Collection[str], kept: KeptGrouping
    ) -> None:
        """Puts ``grouping`` in place of what is kept on the incidents ``touched`` and of the ``actors``; its places, suggestions
        and dates are all there are. ``kept`` holds the pages that change."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            for table, wanted in grouping_rows(grouping):
                column = table.c.id if table in (t.incidents, t.actors) else table.c.get("incident")
                replaced = sorted(actors if table is t.actors else touched)
                stored = None if column is None else list(rows_where(connection, column, replaced))
                bring_to(connection, table, wanted, stored)
            _keep_grouping(connection, kept)
            _set_keys(connection, "incidents", [ALL], key)

    def put_reconciliation(
        self,
        reconciliation: Reconciliation,
        key: str,
        *,
        keys: Mapping[str, FigureKey] = MappingProxyType({}),
        incidents: Collection[str] | None = None,
    ) -> None:
        """Replaces figures, conflicts and grades, all or those of ``incidents``; ``keys`` say by incident what they were made
        from."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            for table, wanted in reconciliation_rows(reconciliation, keys).items():
                column = table.c.incident
                stored = None if incidents is None else rows_where(connection, column, sorted(incidents))
                bring_to(connection, table, wanted, stored)
            _set_keys(connection, "reconcile", [ALL], key)

    def set_settings(self, values: dict[str, str]) -> None:
        """Keeps the settings that later builds use."""
        with plain_errors(self.ledger), self._engine.begin() as connection:
            connection.execute(delete(t.settings).where(t.settings.c.name.in_(values)))
            insert_rows(connection, t.settings, [{"name": name, "value": value} for name, value in values.items()])

    def judge(
        self,
        *,
        by: str,
        verb: Verb,
        subject: str,
        before: str = "",
        after: str = "",
        reason: str = "",
        undoes: str | None = None,
        seen: str | None = None,
    ) -> Judgement:
        """Appends one decision to the chain and returns it. ``hash`` covers it and the hash of the one before.

        ``seen`` is the id of the newest judgement on ``subject`` that the person had before them, "" for none; where
        another has come since, Superseded is raised and nothing is written. None asks for no such check.
        """
        with plain_errors(self.ledger), self._engine.begin() as connection:
            if seen is not None:
                _check_seen(connection, subject, seen)
            newest = select(t.judgements.c.number, t.judgements.c.body).order_by(t.judgements.c.number.desc()).limit(1)
            last = connection.execute(newest).first()
            previous = decode(Judgement, last.body).hash if last else ""
            number = last.number + 1 if last else 1
            at = _now(decode(Judgement, last.body).at if last else "")
            judgement = Judgement(
                id=record_id("jdg", number, at, by, verb, subject, previous),
                at=at,
                by=by,
                verb=verb,
                subject=subject,
                before=before,
                after=after,
                reason=reason,
                undoes=undoes,
                previous=previous,
                hash="",
            )
            judgement = replace(judgement, hash=judgement_hash(judgement))
            row: Row = {
                "number": number,
                "id": judgement.id,
                "subject": subject,
                "verb": verb,
                "body": encode(judgement),
            }
            insert_rows(connection, t.judgements, [row])
        return judgement

    def _keep_original(self, connection: Connection, sha256: str, data: bytes, name: str) -> None:
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LedgerError(f"{name} changed while it was read", why="its hash is not that of its bytes")
        self._insert_new(connection, t.originals, {"sha256": sha256, "size": len(data), "bytes": data})

    def _insert_new(self, connection: Connection, table: Table, row: Row) -> bool:
        # Either is loaded where it is used: the other costs the start of every command.
        dialect: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        statement = dialect.insert(table).values(row).on_conflict_do_nothing()
        # Not every driver counts rows here, so the row itself is asked for.
        return connection.execute(statement.returning(*table.primary_key.columns)).first() is not None


def _now(last: str) -> str:
    """The time in UTC, always after that of the judgement before: judgements are read in the order of their times."""
    now = datetime.now(UTC)
    if last:
        now = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _check_seen(connection: Connection, subject: str, seen: str) -> None:
    c = t.judgements.c
    newest = select(c.id, c.body).where(c.subject == subject).order_by(c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is not None and row.id != seen:
        other = decode(Judgement, row.body)
        raise Superseded(
            f"{other.by} decided on this after your page was loaded ({other.verb}, {other.at[:16].replace('T', ' ')} UTC)",
            why="your decision was not written, so that neither is lost",
            hint="load the page again, look, and decide anew",
        )


def _upgrade(connection: Connection, ledger: str) -> None:
    from .migrate import upgrade

    with connection.begin():
        # Another process may have made the schema since the first look.
        if not check_schema(connection, ledger):
            upgrade(connection)
            if not inspect(connection).has_table("reports"):
                raise LedgerError(f"the ledger {shown(ledger)} could not be brought up to date")


def _note_traced(connection: Connection, index: KeptIndex | None) -> None:
    """Notes which documents are in the index, and the rules that it was made by."""
    if index is None:
        return
    rows: list[Row] = [{"stage": TRACED, "subject": report, "key": digest} for report, digest in index.documents]
    insert_rows(connection, t.stage_keys, rows)
    _set_keys(connection, TRACED, [ALL], index.rules)


def _keep_grouping(connection: Connection, kept: KeptGrouping | None) -> None:
    """Notes the pages of a grouping, and the rules that it was made by."""
    table = t.group_pages
    connection.execute(delete(t.stage_keys).where(t.stage_keys.c.stage == GROUPED))
    if kept is None:
        return
    pages = iter(kept.pages)
    # A few at a time, so that those of a large ledger are never all in memory.
    while some := list(islice(pages, PAGES)):
        for kind, of in groupby(sorted(name for name, _ in some), key=itemgetter(0)):
            names = [name for _, name in of]
            connection.execute(delete(table).where(table.c.kind == kind, table.c.name.in_(names)))
        rows: list[Row] = [
            {"kind": kind, "name": name, "body": body} for (kind, name), body in some if body is not None
        ]
        insert_rows(connection, table, rows)
    _set_keys(connection, GROUPED, [ALL], kept.rules)


def _set_keys(connection: Connection, stage: str, subjects: Sequence[str], key: str) -> None:
    table = t.stage_keys
    connection.execute(delete(table).where(table.c.stage == stage, table.c.subject.in_(subjects)))
    insert_rows(connection, table, [{"stage": stage, "subject": subject, "key": key} for subject in subjects])
