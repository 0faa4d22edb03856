"""What tests of several rooms share."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, event

# How long an example takes says how busy the machine is, not whether the code is right. Generated cases are the same on every
# run, so that a failure speaks of what was changed; `pytest --hypothesis-profile=search` looks for new ones.
settings.register_profile("firsthand", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("firsthand")


@event.listens_for(Engine, "engine_connect")
def without_syncing(connection: Connection) -> None:
    """SQLite need not wait for the disk, as the tests' PostgreSQL server does not: that guards against power cuts alone."""
    if connection.dialect.name == "sqlite":
        with suppress(sqlite3.DatabaseError):  # what is no database is told by the first real statement
            connection.connection.cursor().execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the packaged invented reports, built once a session: for tests that only read it."""
    from firsthand.ingest import Intake, read
    from firsthand.ledger import Writer
    from firsthand.resources import resource_path
    from firsthand.runners.local import build

    path = tmp_path_factory.mktemp("demo") / "ledger.db"
    with Writer(str(path)) as writer:
        sources = [str(resource_path("demo/reports"))]
        writer.add((item.report, item.original) for item in read(sources) if isinstance(item, Intake))
    build(str(path))
    return path


@pytest.fixture
def demo_ledger(built_demo: Path, tmp_path: Path) -> Path:
    """A copy of the built demonstration ledger that a test may change."""
    path = tmp_path / "demo.db"
    shutil.copy(built_demo, path)
    return path
