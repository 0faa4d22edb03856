"""Reading rows and records by table: what every part of a view is made of."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from firsthand.errors import NotFound
from firsthand.model import Annotation

from .bring import parts
from .codec import decode
from .engine import plain_errors

Record = TypeVar("Record")


class Records:
    """Rows of one connection; ``ledger`` is what messages call it."""

    ledger: str
    _connection: Connection

    def _rows(self, statement: Select[Any]) -> Iterator[Any]:
        with plain_errors(self.ledger):
            yield from self._connection.execute(statement)

    def _one(self, table: Table, kind: type[Record], where: ColumnElement[bool], id: str) -> Record:
        row = next(iter(self._rows(select(table.c.body).where(where))), None)
        if row is None:
            raise NotFound(f"no {_noun(table)} goes by the id {id!r}", hint=_missing_hint(table))
        return decode(kind, row.body)

    def _all(self, table: Table, kind: type[Record]) -> tuple[Record, ...]:
        ordered = select(table.c.body).order_by(*table.primary_key.columns)
        with _no_collector():
            return tuple(decode(kind, row.body) for row in self._rows(ordered))

    def _where(self, table: Table, kind: type[Record], where: ColumnElement[bool]) -> tuple[Record, ...]:
        ordered = select(table.c.body).where(where).order_by(*table.primary_key.columns)
        return tuple(decode(kind, row.body) for row in self._rows(ordered))

    def _by_id(self, table: Table, kind: type[Record], ids: Iterable[str]) -> list[Record]:
        """Records of those of ``ids`` that there are, in the order asked for, each once."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Record] = {}
        for part in parts(wanted):
            for row in self._rows(select(table.c.id, table.c.body).where(table.c.id.in_(part))):
                found[row.id] = decode(kind, row.body)
        return [found[id] for id in wanted if id in found]

    def _by_report(self, table: Table, kind: type[Record], reports: Sequence[str] | None) -> list[Record]:
        if reports is None:
            return list(self._all(table, kind))
        out: list[Record] = []
        for part in parts(sorted(reports)):
            ordered = select(table.c.body).where(table.c.report.in_(part)).order_by(table.c.report)
            with _no_collector():
                out += [decode(kind, row.body) for row in self._rows(ordered)]
        return out


@dataclass(frozen=True, slots=True)
class Sealed:
    """Annotations of some reports as they are stored."""

    reports: tuple[str, ...]
    bodies: tuple[str, ...]

    def opened(self) -> list[Annotation]:
        with _no_collector():
            return [decode(Annotation, body) for body in self.bodies]


@contextmanager
def _no_collector() -> Iterator[None]:
    """Python's garbage collector walks all objects again and again while many are made: it would take four fifths of the
    time of reading a large ledger, and finds nothing, since records refer to nothing but their parts."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _noun(table: Table) -> str:
    return {"reports": "report", "incidents": "incident"}.get(table.name, "report in the built ledger")


def _missing_hint(table: Table) -> str:
    return "has the ledger been built since it was added?" if table.name not in ("reports", "incidents") else ""
