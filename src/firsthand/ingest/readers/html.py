"""HTML pages: the markup is the body; cleaning finds the article and its metadata in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..building import Fields
from ..types import Limits, Piece, Result
from .page import page_intakes
from .plain import decoded


def read_html(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The page as one report, or one for each article that stands on it whole."""
    data = piece.whole(limits.report_bytes)
    charset = (piece.media_type or "").partition("charset=")[2].strip("\"' ") or None
    text, steps = decoded(piece, data, declared=charset)
    fields = Fields(url=piece.url, retrieved=piece.retrieved)
    yield from page_intakes(piece.name, data, text, stem=piece.stem, fields=fields, steps=steps)
