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
    rows: list[dict[str, str]] = []
    header: list[str] = []
    for line in resource_path(name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            continue
        rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False)))
    return tuple(rows)


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, which are parted by white space."""
    return frozenset(words.split())
