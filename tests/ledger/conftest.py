"""Ledgers to test on: a SQLite file, and a real PostgreSQL server where one can be started."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a server of our own, in a socket in a temporary folder. Skips where PostgreSQL is not installed."""
    initdb, pg_ctl = shutil.which("initdb"), shutil.which("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("no PostgreSQL server is installed: initdb and pg_ctl are not on the PATH")
    # The server refuses to run as root; su is everywhere, the account comes with the package.
    root = os.geteuid() == 0
    if root and subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode:
        pytest.skip("PostgreSQL refuses to run as root and there is no account 'postgres'")

    def run(*command: str) -> None:
        line = ["runuser", "-u", "postgres", "--", *command] if root else list(command)
        # Not captured through pipes: the server would inherit them and never let go.
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    folder = Path(tempfile.mkdtemp(prefix="fh-pg-"))
    try:
        if root:
            shutil.chown(folder, "postgres")
        data = str(folder / "data")
        try:
            run(initdb, "-D", data, "-U", "firsthand", "-A", "trust", "--encoding=UTF8", "--no-sync")
            run(pg_ctl, "-D", data, "-w", "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start")
        except subprocess.CalledProcessError as error:
            pytest.skip(f"a PostgreSQL server could not be started: {error}")
        try:
            yield f"postgresql://firsthand@/postgres?host={folder}"
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty ledger: every test that takes it runs on both databases."""
    if request.param == "sqlite":
        yield str(tmp_path / "ledger.db")
        return
    from sqlalchemy import create_engine, text

    url = request.getfixturevalue("postgresql_server")
    yield url
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
