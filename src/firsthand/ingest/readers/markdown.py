"""Markdown: the words without the markup; front matter gives title, date and author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..building import Fields, intake
from ..dates import iso_date
from ..types import Limits, Piece, Result
from .plain import decoded

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
FIELD = re.compile(r"^(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*[\"']?(?P<value>[^\n]*?)[\"']?[ \t]*$", re.M)
MARKUP = (
    (re.compile(r"^(?:```|~~~)[^\n]*$", re.M), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.M), r"\1"),
    (re.compile(r"^[ \t]*(?:=+|-{2,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})[ \t]*$", re.M), ""),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.M), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\](?:\([^()\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*\S+.*$", re.M), ""),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def read_markdown(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The file as one report."""
    data = piece.whole(limits.report_bytes)
    text, steps = decoded(piece, data)
    text = text.replace("\r\n", "\n")
    head: dict[str, str] = {}
    if match := FRONT_MATTER.match(text):
        head = {field["key"].lower(): field["value"] for field in FIELD.finditer(match["head"])}
        text = text[match.end() :]
    for pattern, kept in MARKUP:
        text = pattern.sub(kept, text)
    fields = Fields(
        url=head.get("url") or head.get("source") or piece.url,
        title=head.get("title") or None,
        published=iso_date(head["date"]) if head.get("date") else None,
        author=head.get("author") or None,
        retrieved=piece.retrieved,
    )
    yield intake(piece.name, data, text, stem=piece.stem, fields=fields, steps=(*steps, "Markdown markup taken off"))
