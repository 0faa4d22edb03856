"""Opening a ledger: a SQLite file in WAL mode, or a database URL (PostgreSQL).

Writers begin with ``BEGIN IMMEDIATE``: with a plain ``BEGIN`` two processes that read and then write collide and one of
them fails however long it is told to wait. PostgreSQL has no such statement; there one advisory lock orders the writers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool

from firsthand.errors import LedgerError

SCHEMA = "0007"  # the newest migration in migrations/versions

# Seconds a connection waits for a writer: batches take well under one, a global stage of a large ledger a few.
BUSY_SECONDS = 60

# One number for all writers of a PostgreSQL ledger ("fhnd" in ASCII).
ADVISORY_LOCK = 0x66686E64


def ledger_url(ledger: str) -> URL:
    """The URL of ``ledger``: a path, or already a URL ("postgresql+psycopg://…")."""
    if "://" not in ledger:
        return URL.create("sqlite", database=str(Path(ledger).expanduser()))
    try:
        url = make_url(ledger)
    except ArgumentError as error:
        raise LedgerError(f"cannot use the ledger {ledger!r}", why=str(error)) from error
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def shown(ledger: str) -> str:
    """``ledger`` as it may be printed: without a password."""
    return ledger_url(ledger).render_as_string(hide_password=True) if "://" in ledger else ledger


def open_engine(ledger: str, *, writing: bool) -> Engine:
    """An engine whose every transaction begins as its kind must. Raises LedgerError where there is nothing to open."""
    url = ledger_url(ledger)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        _check_file(ledger, path, writing=writing)
        path = path.absolute()  # another folder's file of that name is another ledger
        url = url.set(database=str(path))
        if not writing and _is_archived(path):
            # Even a reader of a file in WAL mode makes files beside it, unless it is told that nobody can change it.
            url = url.set(database=f"file:{quote(str(path))}", query={"immutable": "1", "uri": "true"})
    try:
        return _engine(url, writing)
    except (NoSuchModuleError, ImportError) as error:
        raise LedgerError(
            f"cannot use the ledger {shown(ledger)}",
            why=f"no driver: {error}",
            hint="install firsthand[web] for PostgreSQL, or name a file",
        ) from error


@lru_cache(maxsize=16)
def _engine(url: URL, writing: bool) -> Engine:
    """One engine a ledger and kind, kept: it holds no connection, but the statements that it has put together, which takes
    longer than to answer them."""
    sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS} if sqlite else {})
    if sqlite:
        _prepare_sqlite(engine, writing=writing)
    elif url.get_backend_name() == "postgresql":
        _prepare_postgresql(engine, writing=writing)
    else:
        shown_url = url.render_as_string(hide_password=True)
        raise LedgerError(f"cannot use the ledger {shown_url}", why="only SQLite and PostgreSQL are supported")
    return engine


@contextmanager
def plain_errors(ledger: str) -> Iterator[None]:
    """Turns what the database raises into a LedgerError that names the ledger and what to try."""
    try:
        yield
    except DBAPIError as error:
        cause = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        raise LedgerError(f"cannot use the ledger {shown(ledger)}", why=cause, hint=_hint(error, cause)) from error


def check_schema(connection: Connection, ledger: str) -> bool:
    """True where the ledger has the newest schema, False where it is empty or older. Raises where it is no ledger."""
    # Asking for this one table is quick; to list all of them, which every page of the desk would do, is not.
    there = {
        "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'",
        "postgresql": "SELECT to_regclass('alembic_version')",
    }
    if connection.execute(text(there[connection.dialect.name])).scalar() is None:
        found = inspect(connection).get_table_names()
        if found:
            raise LedgerError(
                f"{shown(ledger)} is a database, but not a ledger",
                why=f"it holds the table {sorted(found)[0]!r} and no schema version",
                hint="name another file with --ledger",
            )
        return False
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and version > SCHEMA:
        raise LedgerError(
            f"{shown(ledger)} was made by a newer firsthand",
            why=f"its schema is {version}, this program knows {SCHEMA}",
            hint="install the newer version",
        )
    return version == SCHEMA


def check_there(ledger: str) -> None:
    """Raises LedgerError where there is no ledger, be it an older one: for commands that would otherwise make an empty one."""
    with plain_errors(ledger), open_engine(ledger, writing=False).connect() as connection:
        if not check_schema(connection, ledger):
            check_filled(connection, ledger)


def check_filled(connection: Connection, ledger: str) -> None:
    """Raises LedgerError where the database holds nothing at all."""
    if not inspect(connection).get_table_names():
        raise no_ledger(ledger)


def no_ledger(ledger: str) -> LedgerError:
    return LedgerError(f"there is no ledger at {shown(ledger)}", hint="`firsthand add SOURCE` makes one")


def _check_file(ledger: str, path: Path, *, writing: bool) -> None:
    if path.is_dir():
        raise LedgerError(f"cannot use the ledger {ledger}", why="it is a folder", hint="name a file in it")
    if writing and not path.parent.is_dir():
        raise LedgerError(f"cannot make the ledger {ledger}", why=f"there is no folder {path.parent}")
    if not writing and not path.exists():
        raise no_ledger(ledger)


def _is_archived(path: Path) -> bool:
    """Whether nobody can write to the file: it lies on a read-only medium, or it and its folder are write-protected."""
    if os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists():
        return False
    read_only_medium = hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    return read_only_medium or not path.stat().st_mode & 0o222


def _prepare_sqlite(engine: Engine, *, writing: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None  # the driver must not begin transactions by itself
        cursor = connection.cursor()
        # 64 MiB of pages in memory: with the default of 2 the index of claims is read again and again in a large ledger.
        cursor.execute("PRAGMA cache_size=-65536")
        if writing:
            cursor.execute("PRAGMA journal_mode=WAL")
            # In WAL mode a crash of the machine may lose the last transactions but never breaks the file.
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA foreign_keys=ON")
        else:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _prepare_postgresql(engine: Engine, *, writing: bool) -> None:
    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if writing:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _hint(error: DBAPIError, cause: str) -> str:
    if "not a database" in cause or "malformed" in cause:
        return "name another file with --ledger"
    if "locked" in cause:
        return "another firsthand is writing to it: wait until it is done"
    if "disk is full" in cause or "No space" in cause:
        return "free some space; nothing was half-written"
    if "connection" in cause:
        return "is the server running, and are its address and your name right?"
    if isinstance(error, OperationalError):
        return "is the path right, and may you write there?"
    return ""
