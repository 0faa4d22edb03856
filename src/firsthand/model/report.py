"""What came in, and what it became when it was cleaned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from .spans import OffsetMap, Span

MediaType: TypeAlias = Literal["text", "html"]
DateBasis: TypeAlias = Literal["given", "page", "text", "none"]


@dataclass(frozen=True, slots=True)
class RawReport:
    """One published page or item as it came. ``body`` is the decoded text or HTML; the bytes are kept under ``sha256``.

    ``name`` says where it came from in words a person can use: a path, ``path#line``, ``archive!member`` or a URL.
    ``source_id`` is the id that the sender gave it, or the file's stem. ``published`` is as given with the report, in
    ISO form, or None. ``steps`` is what ingest itself had to do to read it (encoding detected, NUL bytes dropped).
    """

    id: str
    source_id: str
    name: str
    sha256: str
    media_type: MediaType
    body: str
    url: str | None = None
    site: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    language: str | None = None
    retrieved: str | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that cleaning did: ``rule`` names it, ``removed`` quotes what went, ``added`` what came instead.

    ``source_span`` is in the text as it came in.
    """

    rule: str
    removed: str = ""
    added: str = ""
    source_span: Span | None = None


CreditKind: TypeAlias = Literal["dateline", "byline", "contributed", "told", "copyright", "source", "photo"]


@dataclass(frozen=True, slots=True)
class Credit:
    """A line or phrase that says whose copy this is: "BEIRUT (AP) —", "Copyright 2024 The Associated Press".

    ``agency`` is the canonical name ("Associated Press"); ``text`` the words as they stand in the text as it came in.
    """

    kind: CreditKind
    agency: str
    text: str
    source_span: Span | None = None


@dataclass(frozen=True, slots=True)
class DateClue:
    """A date read from a line that is not news text (copyright, caption, dateline, "last updated"), before it went."""

    kind: Literal["copyright", "caption", "dateline", "updated", "header", "page", "url"]
    text: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Document:
    """A report's cleaned text with the way back to the original. ``id`` is the report's id.

    ``text`` keeps paragraphs apart by one blank line. ``map`` leads from ``text`` to the text as it came in;
    ``title_map`` likewise where the title was found in that text (empty where the title came with the metadata).
    ``published`` never comes from another report; ``published_at`` is the moment, in UTC, where hour and zone are known too.
    """

    id: str
    source_id: str
    text: str
    map: OffsetMap
    title: str | None = None
    title_map: OffsetMap = field(default_factory=OffsetMap)
    url: str | None = None
    site: str | None = None
    byline: str | None = None
    language: str | None = None
    published: date | None = None
    published_basis: DateBasis = "none"
    dateline: str | None = None
    credits: tuple[Credit, ...] = ()
    date_clues: tuple[DateClue, ...] = ()
    steps: tuple[Step, ...] = ()
    sha256: str = ""
    retrieved: str | None = None
    published_at: datetime | None = None

    def field_text(self, name: str) -> str:
        """The text of the field ``title`` or ``text``."""
        return (self.title or "") if name == "title" else self.text
