"""HTML pages: the markup is the body; cleaning finds the article and its metadata in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..building import Fields, intake
from ..types import Limits, Piece, Result
from .plain import decoded


def read_html(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The page as one report."""
    data = piece.whole(limits.report_bytes)
    charset = (piece.media_type or "").partition("charset=")[2].strip("\"' ") or None
    text, steps = decoded(piece, data, declared=charset)
    fields = Fields(url=piece.url, retrieved=piece.retrieved)
    yield intake(piece.name, data, text, media_type="html", stem=piece.stem, fields=fields, steps=steps)
