"""Bringing a ledger's schema up to date. Imported only when there is something to do: alembic is slow to load."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Runs every migration that the ledger lacks, inside the transaction of ``connection``."""
    command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """The alembic configuration for ``connection``; there is no ini file."""
    out = Config()
    out.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    out.attributes["connection"] = connection
    return out
