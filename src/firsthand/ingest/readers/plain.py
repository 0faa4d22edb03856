"""Plain text: one report a file."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.errors import InputRejected

from ..building import Fields, intake
from ..decoding import decode
from ..types import Limits, Piece, Result


def read_text(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The file's whole text as one report."""
    data = piece.whole(limits.report_bytes)
    text, steps = decoded(piece, data)
    fields = Fields(url=piece.url, retrieved=piece.retrieved)
    yield intake(piece.name, data, text, stem=piece.stem, fields=fields, steps=steps)


def decoded(piece: Piece, data: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """``decode`` with the refusal as an InputRejected that names the piece."""
    try:
        return decode(data, declared=declared)
    except ValueError as error:
        raise InputRejected(piece.name, why=str(error), hint="save it as UTF-8") from None
