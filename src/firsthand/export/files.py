"""Writing files that other programs open."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from firsthand.errors import FirsthandError

# A spreadsheet takes a cell that begins so for a formula, and the words in our cells come from strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_text(path: Path, text: str) -> None:
    """Writes the file whole or not at all. Raises FirsthandError where that cannot be done."""
    staging = path.with_name(f".{path.name}.part")
    try:
        staging.write_text(text, encoding="utf-8", newline="")
        os.replace(staging, path)
    except OSError as error:
        with suppress(OSError):  # a read-only file system says so of a file that is not there, too
            staging.unlink(missing_ok=True)
        raise FirsthandError(f"cannot write {path}", why=error.strerror or str(error)) from error


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file in UTF-8; None is an empty cell. Text that a spreadsheet would run is put behind an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    write_text(path, out.getvalue())


def cell(value: object) -> object:
    """
    >>> cell("=SUM(A1)"), cell(-3), cell(None), cell("Ketra")
    ("'=SUM(A1)", -3, '', 'Ketra')
    """
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
