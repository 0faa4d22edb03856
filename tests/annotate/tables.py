"""Reads the tables of cases."""

from __future__ import annotations

from pathlib import Path

from firsthand.resources import rows_of


def rows(path: Path) -> list[list[str]]:
    """The cells of each row of the table at ``path``, below its line of columns."""
    return [list(row.values()) for _, row in rows_of(path.read_text(encoding="utf-8"))[1]]
