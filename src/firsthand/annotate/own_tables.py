"""A user's own names and places: tables of the shape of the packaged lexicons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from firsthand.errors import SettingsError


def own_rows(path: Path, *, columns: Sequence[str], of: str) -> list[dict[str, str]]:
    """The rows of the table at ``path``, each a dict by column; missing trailing cells are empty, lines with # are comments.

    Raises SettingsError where its first line lacks one of ``columns``; ``of`` says in the message what it should hold.
    """
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t") if lines else []
    if not set(columns) <= set(header):
        raise SettingsError(
            f"{path} is not a table of {of}",
            why="its first line names other columns",
            hint=f"needed, separated by tabs: {', '.join(columns)}",
        )
    return [dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:]]
