"""JSON Lines: one report a line, each line standing or falling alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from firsthand.errors import InputRejected
from firsthand.model.report import MediaType

from ..building import Fields, intake
from ..dates import iso_date
from ..types import Intake, Limits, Piece, Result

CHUNK = 1024 * 1024
# Names that other tools give to the same field, in order of preference: our own (CONTRACT) first, then those of
# trafilatura, newspaper and news-please output and of Common Crawl extractions, then the headings that people write over the
# columns of a table.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "source_id", "uuid", "guid", "doc_id", "filename", "fingerprint"),
    "text": (
        "text",
        "raw_text",
        "maintext",
        "article_text",
        "content",
        "body",
        "articleBody",
        "plain_text",
        "full_text",
        "fulltext",
        "full text",
        "story",
    ),
    "html": ("html", "raw_html", "article_html", "content_html"),
    "url": ("url", "source_url", "canonical_link", "link", "source", "WARC-Target-URI"),
    "site": (
        "site",
        "sitename",
        "source-hostname",
        "source_domain",
        "hostname",
        "domain",
        "publisher",
        "outlet",
        "newspaper",
    ),
    "title": ("title", "headline", "heading", "head"),
    "published": (
        "published",
        "date",
        "publish_date",
        "date_publish",
        "published_at",
        "datePublished",
        "date_published",
        "publication_date",
        "publication date",
        "date of publication",
        "pubdate",
        "day",
    ),
    "author": ("author", "authors", "byline"),
    "language": ("language", "lang", "meta_lang"),
    "retrieved": ("retrieved", "date_download", "crawled_at", "WARC-Date"),
}


def read_jsonl(piece: Piece, limits: Limits) -> Iterator[Result]:
    """Each line's report, or its rejection as ``name#line``; lines count from 1, empty ones are passed over."""
    with piece.open() as stream:
        for number, line in bounded_lines(stream, limits.report_bytes):
            name = f"{piece.name}#{number}"
            if line is None:
                why = f"the line is longer than {limits.report_bytes // (1024 * 1024)} MiB, the bound for one report"
                yield InputRejected(name, why=why, hint="put one report on each line")
                continue
            line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if not line:
                continue
            try:
                yield from_json(name, line, limits, stem=f"{piece.stem}-{number}")
            except InputRejected as rejected:
                yield rejected


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines, None for one longer than ``limit`` bytes, of which never more than a chunk is held."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def from_json(name: str, line: bytes, limits: Limits, *, stem: str) -> Intake:
    """The report that one JSON object tells. Raises InputRejected with the reason."""
    if json_depth(line) > limits.json_depth:
        raise InputRejected(
            name, why=f"nested deeper than {limits.json_depth}", hint="give the report as a flat object"
        )
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputRejected(name, why=f"not valid JSON: {error}", hint="correct or remove the line") from None
    if not isinstance(record, dict):
        kind = type(record).__name__
        raise InputRejected(name, why=f"a JSON object is needed, this is a {kind}", hint='write {"id": …, "text": …}')
    return from_record(name, line, record, stem=stem)


def from_record(name: str, original: bytes, record: Mapping[str, object], *, stem: str) -> Intake:
    """The report of a mapping with the fields of CONTRACT or those of other tools. Raises InputRejected."""
    found = {field: _first(record, names) for field, names in ALIASES.items()}
    body, media_type = _body(name, found)
    published = found["published"]
    steps: tuple[str, ...] = ()
    date = iso_date(published) if published else None
    if published and date is None:
        steps = (f"publication date not understood: {published[:80]}",)
    site = found["site"]
    fields = Fields(
        source_id=found["id"],
        url=found["url"],
        site=site,
        title=found["title"],
        published=date,
        author=found["author"],
        language=found["language"],
        retrieved=found["retrieved"],
    )
    return intake(name, original, body, media_type=media_type, fields=fields, stem=stem, steps=steps)


def _body(name: str, found: Mapping[str, str | None]) -> tuple[str, MediaType]:
    if found["text"]:
        return found["text"], "text"
    if found["html"]:
        return found["html"], "html"
    raise InputRejected(name, why='it has no "text" and no "html"', hint="give the report's text under one of the two")


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of the fields that holds something, as text; lists of strings are joined, numbers spelled."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value if name in ALIASES["text"] + ALIASES["html"] else value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return ", ".join(item.strip() for item in value)
    return None


def json_depth(line: bytes) -> int:
    """How deep brackets nest at most, those inside strings counted too: an upper bound, found without parsing."""
    if line.count(b"[") + line.count(b"{") <= 64:
        return 0
    depth = deepest = 0
    in_string = escaped = False
    for byte in line:
        if in_string:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_string = False
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
