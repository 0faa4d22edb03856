"""CSV and TSV: one report a row; which column is which by name or by the caller's mapping."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from firsthand.errors import InputRejected

from ..decoding import decode
from ..types import Limits, Piece, Result
from .jsonl import ALIASES, bounded_lines, from_record

DELIMITERS = ",;\t|"


def read_csv(piece: Piece, limits: Limits) -> Iterator[Result]:
    """Each row's report, or its rejection as ``name#row``; the header is row 1."""
    csv.field_size_limit(limits.report_bytes)
    with piece.open() as stream:
        rows = _rows(stream, limits)
        first = next(rows, None)
        if first is None or first[1] is None:
            raise InputRejected(piece.name, why="it has no header row", hint="name the columns in the first row")
        header_text = _decoded(piece.name, first[1].removeprefix(b"\xef\xbb\xbf"))
        delimiter = max(DELIMITERS, key=header_text.count)
        try:
            header = [cell.strip() for cell in _cells(header_text, delimiter)]
        except csv.Error as error:
            raise InputRejected(
                piece.name, why=f"its header is not valid CSV: {error}", hint="correct its first row"
            ) from None
        columns = _columns(piece.name, header, dict(limits.columns))
        note = _not_taken(piece.name, header, columns)
        for number, raw in rows:
            name = f"{piece.name}#{number}"
            if raw is None:
                yield InputRejected(
                    name, why="the row is longer than the bound for one report", hint="check its quotation marks"
                )
                continue
            if not raw.strip():
                continue
            try:
                cells = _cells(_decoded(name, raw), delimiter)
                record = {field: cells[at] for field, at in columns.items() if at < len(cells)}
                yield replace(from_record(name, raw.strip(), record, stem=f"{piece.stem}-{number}"), note=note)
                note = ""
            except csv.Error as error:
                yield InputRejected(name, why=f"not valid CSV: {error}", hint="correct or remove the row")
            except InputRejected as rejected:
                yield rejected


def _rows(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Numbered rows as bytes: lines joined while a quotation is open. None for one beyond the bound."""
    number, parts, size, quotes = 0, list[bytes](), 0, 0
    for _, line in bounded_lines(stream, limits.report_bytes):
        if line is None or size + len(line) > limits.report_bytes:
            number, parts, size, quotes = number + 1, [], 0, 0
            yield number, None
            continue
        parts.append(line)
        size += len(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            number += 1
            yield number, b"".join(parts)
            parts, size, quotes = [], 0, 0
    if parts:
        yield number + 1, b"".join(parts)


def _cells(row: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter), [])


def _columns(name: str, header: list[str], given: dict[str, str]) -> dict[str, int]:
    """Field → column number, by ``given`` (field → column name), else by the names that tools use."""
    places = {column.casefold(): number for number, column in reversed(list(enumerate(header)))}
    out: dict[str, int] = {}
    for field, aliases in ALIASES.items():
        names = (given[field],) if field in given else aliases
        at = next((places[alias.casefold()] for alias in names if alias.casefold() in places), None)
        if at is not None:
            out[field] = at
        elif field in given:
            raise InputRejected(
                name, why=f"it has no column {given[field]!r}", hint=f"its columns are {', '.join(header)}"[:300]
            )
    if "text" not in out and "html" not in out:
        hint = f"--map text=COLUMN says which column holds it; its columns are {', '.join(header)}"[:300]
        raise InputRejected(name, why="no column is called text", hint=hint)
    return out


def _not_taken(name: str, header: list[str], columns: dict[str, int]) -> str:
    """Which columns nothing was read from; empty where all were taken."""
    left = [f"“{heading}”" for at, heading in enumerate(header) if heading and at not in columns.values()]
    if not left:
        return ""
    which = f"column {left[0]} was" if len(left) == 1 else f"columns {', '.join(left)} were"
    return f"{name}: its {which} not taken (--map FIELD=COLUMN says what a column is)"[:600]


def _decoded(name: str, data: bytes) -> str:
    try:
        return decode(data)[0]
    except ValueError as error:
        raise InputRejected(name, why=str(error), hint="save it as UTF-8") from None
