"""Lexicons and the gazetteer: data, not code.

A lexicon is a tab-separated file with a header line; lines that begin with ``#`` are comments. A rule's line carries an
``example`` that it must catch and a ``counter`` that it must leave alone; a test runs both.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path


def resource_path(name: str) -> Path:
    """Path of the packaged file ``name``, e.g. ``"claims/outcomes.tsv"``. Raises FileNotFoundError where there is none."""
    with as_file(files(__package__).joinpath(name)) as path:
        if not path.exists():
            raise FileNotFoundError(f"no packaged resource {name!r}")
        return path


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the lexicon ``name``, each a dict by column; missing trailing cells are empty."""
    return tuple(row for _, row in rows_of(resource_path(name).read_text(encoding="utf-8"))[1])


def rows_of(text: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The columns of a table, and its rows with the lines that they stand in, counted from 1."""
    header: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        cells = line.removesuffix("\r").split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            rows.append((number, dict(zip(header, cells + [""] * len(header), strict=False))))
        else:
            header = cells
    return header, rows


@cache
def name_particles(*, assimilated: bool = False) -> frozenset[str]:
    """Words in lower case that may stand inside or before a proper name: "al", "bin", "de", "von". ``assimilated``: with the
    forms of the Arabic article that are no English words only where a hyphen follows ("as-Suwayda")."""
    return frozenset(row["word"] for row in table("names/particles.tsv") if assimilated or row["kind"] != "assimilated")


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, which are parted by white space."""
    return frozenset(words.split())
