"""PDF with a text layer. Scans have none: they are refused, not read by guessing."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from firsthand.errors import InputRejected

from ..building import Fields, intake
from ..types import Limits, Piece, Result

# A page of news text has some two thousand characters; under twenty a page is a scan with a stamp on it.
FEWEST_PER_PAGE = 20
# What broken files make the library raise besides its own errors.
BROKEN = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError, AssertionError,
          NotImplementedError, ZeroDivisionError, OSError, UnicodeError, MemoryError)  # fmt: skip


def read_pdf(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The document's text, page after page, as one report."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings would reach the user without the file's name
    data = piece.whole(limits.report_bytes)
    try:
        text, title, pages = _text_of(data, limits)
    except BROKEN as error:
        raise InputRejected(
            piece.name, why=f"the PDF is damaged: {error}"[:200], hint="open and save it again"
        ) from None
    if pages == 0 or sum(c.isalnum() for c in text) < FEWEST_PER_PAGE * min(pages, 5):
        raise InputRejected(piece.name, why="the PDF has no text layer", hint="run it through text recognition first")
    steps = (f"text layer of {pages} PDF pages",)
    fields = Fields(url=piece.url, title=title, retrieved=piece.retrieved)
    yield intake(piece.name, data, text, stem=piece.stem, fields=fields, steps=steps)


def _text_of(data: bytes, limits: Limits) -> tuple[str, str | None, int]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it is locked with a password")
    count = len(reader.pages)
    if count > limits.pdf_pages:
        raise ValueError(f"it has {count} pages, more than the bound of {limits.pdf_pages}")
    texts = []
    size = 0
    for page in reader.pages:
        text = page.extract_text() or ""
        size += len(text)
        if size > limits.report_bytes:
            raise ValueError("its text is longer than the bound for one report")
        texts.append(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text))  # a word parted at the line's end
    title = reader.metadata.title if reader.metadata else None
    # Word processors leave their own file's name in the title field.
    named = (
        isinstance(title, str)
        and " " in title.strip()
        and not re.search(r"\.\w{2,5}$|^Microsoft|^untitled", title, re.I)
    )
    return "\n".join(texts), title.strip() if named and title else None, count
