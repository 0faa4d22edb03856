"""Making tables hold what they should, touching only the rows that differ: a large ledger changes little when a few reports
come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, delete, insert, select, tuple_, update

from firsthand.errors import LedgerError

from . import tables as t
from .rows import Row as Record
from .rows import Rows

#: Bound variables a statement: SQLite takes 32,766.
VARIABLES = 30_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[Record]) -> None:
    """Insert ``rows``, of which there may be none."""
    if rows:
        connection.execute(insert(table), rows)


def bring_to(
    connection: Connection,
    table: Table,
    wanted: Sequence[Record],
    stored: Iterable[Row[tuple[object, ...]]] | None = None,
) -> None:
    """Makes ``table`` hold exactly the rows ``wanted``; where ``stored`` are given, in place of those and beside all others."""
    keys = [column.name for column in table.primary_key.columns]
    columns = [column.name for column in table.columns]
    target = {tuple(row[k] for k in keys): row for row in wanted}
    if len(target) != len(wanted):
        raise LedgerError(f"two records of {table.name} have the same id", hint="this is a defect: please report it")
    changed: list[Record] = []
    gone: list[tuple[object, ...]] = []
    present: set[tuple[object, ...]] = set()
    for row in connection.execute(select(table)) if stored is None else stored:
        values = row._mapping
        key = tuple(values[k] for k in keys)
        present.add(key)
        if key not in target:
            gone.append(key)
        elif any(values[c] != target[key][c] for c in columns):
            changed.append(target[key])
    for key in gone:
        connection.execute(delete(table).where(*(table.c[k] == value for k, value in zip(keys, key, strict=True))))
    for wanted_row in changed:
        connection.execute(update(table).where(*(table.c[k] == wanted_row[k] for k in keys)).values(wanted_row))
    insert_rows(connection, table, [row for key, row in target.items() if key not in present])


def bring_lineage(
    connection: Connection, rows: Rows, touched: Sequence[str], parted: Sequence[tuple[str, str]]
) -> None:
    """Puts ``rows`` in place of what the lineage holds on the reports ``touched`` and between those of ``parted`` pairs."""
    inside = frozenset(touched)
    reports = [
        row
        for part in parts(touched)
        for row in _where(connection, t.origin_reports, t.origin_reports.c.report.in_(part))
    ]
    homes = sorted({row.origin for row in reports})
    stored: Mapping[Table, list[Row[tuple[object, ...]]]] = {
        t.origin_reports: reports,
        t.origins: [row for part in parts(homes) for row in _where(connection, t.origins, t.origins.c.id.in_(part))],
        t.copies: [
            row for part in parts(touched) for row in _where(connection, t.copies, t.copies.c.derived.in_(part))
        ],
        **{
            table: list(_between(connection, table, one, other, inside, parted))
            for table, one, other in (
                (t.shared, "first", "second"),
                (t.uncertain, "first", "second"),
                (t.alterations, "source", "derived"),
            )
        },
    }
    for table, wanted in rows.items():
        bring_to(connection, table, wanted, stored[table])


def put_pages(connection: Connection, pages: Mapping[tuple[str, int], bytes], *, all: bool) -> None:
    """Keeps ``pages`` of the lineage's index, in place of those of the same names or of all."""
    table = t.lineage_pages
    if all:
        connection.execute(delete(table))
    else:
        numbers: dict[str, list[int]] = {}
        for kind, number in pages:
            numbers.setdefault(kind, []).append(number)
        for kind, some in numbers.items():
            for start in range(0, len(some), VARIABLES):
                connection.execute(
                    delete(table).where(table.c.kind == kind, table.c.number.in_(some[start : start + VARIABLES]))
                )
    insert_rows(
        connection, table, [{"kind": kind, "number": number, "body": body} for (kind, number), body in pages.items()]
    )


def parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """``ids`` in pieces that a statement can take."""
    return (ids[start : start + VARIABLES] for start in range(0, len(ids), VARIABLES))


def rows_where(connection: Connection, column: Column[str], values: Sequence[str]) -> Iterator[Row[tuple[object, ...]]]:
    """The rows of the table of ``column`` in which it holds one of ``values``."""
    for part in parts(values):
        yield from _where(connection, column.table, column.in_(part))


def _where(connection: Connection, table: Table, where: ColumnElement[bool]) -> list[Row[tuple[object, ...]]]:
    return list(connection.execute(select(table).where(where)))


def _between(
    connection: Connection,
    table: Table,
    one: str,
    other: str,
    inside: frozenset[str],
    parted: Sequence[tuple[str, str]],
) -> Iterator[Row[tuple[object, ...]]]:
    """Rows between two reports that are both ``inside``, or between those of a ``parted`` pair."""
    for part in parts(sorted(inside)):
        yield from (row for row in _where(connection, table, table.c[other].in_(part)) if row._mapping[one] in inside)
    ends = tuple_(table.c[one], table.c[other])
    pairs = [pair for pair in parted if not inside.issuperset(pair)]
    for start in range(0, len(pairs), VARIABLES // 4):
        some = pairs[start : start + VARIABLES // 4]
        yield from _where(connection, table, ends.in_([*some, *((b, a) for a, b in some)]))
