"""Which reader a piece goes to: by what its first bytes are, then by its suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firsthand.errors import InputRejected

from .decoding import BOMS, looks_binary
from .readers.html import read_html
from .readers.jsonl import read_jsonl
from .readers.plain import read_text
from .types import Piece, Reader


@dataclass(frozen=True, slots=True)
class Format:
    """``sniff`` matches the first bytes (white space and byte order mark skipped) of the format's files."""

    name: str
    reader: Reader
    suffixes: tuple[str, ...] = ()
    sniff: re.Pattern[bytes] | None = None


FORMATS = (
    Format("JSON Lines", read_jsonl, (".jsonl", ".ndjson", ".jl"), re.compile(rb'\{\s*"')),
    Format("HTML", read_html, (".html", ".htm", ".xhtml"), re.compile(rb"<!doctype html|<html|<head|<body", re.I)),
    Format("text", read_text, (".txt", ".text", "")),
)
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}


def format_of(piece: Piece) -> Format:
    """The format of ``piece``. Raises InputRejected where it is empty or of no kind that can be read."""
    head = piece.head()
    if not head:
        raise InputRejected(piece.name, why="it is empty", hint="leave it out")
    text_head = head
    for bom, _ in BOMS[:1]:
        text_head = text_head.removeprefix(bom)
    text_head = text_head.lstrip()
    by_suffix = BY_SUFFIX.get(piece.suffix)
    for form in FORMATS:
        # A text file may talk about markup, but a page saved as .txt begins with its doctype.
        if form.sniff and form.sniff.match(text_head) and (by_suffix is None or by_suffix.suffixes[-1] == ""):
            return form
    if looks_binary(head):
        raise InputRejected(
            piece.name, why="it is binary, of no kind that is known", hint="convert it to text, HTML or PDF"
        )
    return by_suffix or FORMATS[-1]
