"""WARC, gzipped or not, as crawlers and Common Crawl news write it: one record held at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from firsthand.errors import InputRejected

from ..building import Fields, intake
from ..types import Limits, Piece, Result
from .page import page_intakes
from .plain import decoded

KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain",)
DOCUMENTS = ("application/pdf",)


def read_warc(piece: Piece, limits: Limits) -> Iterator[Result | Piece]:
    """The pages, texts and PDF files among the records; pictures, scripts and failed requests are passed over in silence."""
    with piece.open() as stream:
        records = iter(ArchiveIterator(stream, record_types=KINDS, parse_http=True, auto_decode="all"))
        taken = 0
        while True:
            try:
                record = next(records)
            except StopIteration:
                break
            except (OSError, ValueError, RuntimeError, EOFError) as error:
                yield InputRejected(
                    piece.name,
                    why=f"the archive is damaged after {taken} records: {error}"[:200],
                    hint="fetch it again",
                )
                return
            taken += 1
            try:
                yield from _record(piece, record, limits)
            except InputRejected as rejected:
                yield rejected
            except (OSError, ValueError, RuntimeError, EOFError) as error:
                yield InputRejected(
                    f"{piece.name}!{_url(record)}", why=f"the record is damaged: {error}"[:200], hint="fetch it again"
                )
    if not taken:
        raise InputRejected(piece.name, why="there are no records in the archive", hint="check that it is a WARC file")


def _record(piece: Piece, record: WarcRecord, limits: Limits) -> Iterator[Result | Piece]:
    media = (record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")) or ""
    media = media.partition(";")[0].strip().lower()
    if media not in PAGES + TEXTS + DOCUMENTS:
        return
    if record.http_headers is not None and record.http_headers.status_code != 200:
        return
    url = _url(record)
    name = f"{piece.name}!{url}"
    if record.content_length > limits.report_bytes:
        raise InputRejected(name, why="longer than the bound for one report", hint="leave it out")
    data = record.reader.read(limits.report_bytes + 1)
    if len(data) > limits.report_bytes:
        raise InputRejected(name, why="it unpacks to more than the bound for one report", hint="leave it out")
    retrieved = record.headers.get("WARC-Date")
    if media in DOCUMENTS:
        page = Piece.of_bytes(name, data, depth=piece.depth + 1, media_type=media)
        yield Piece(name, page.open, page.size, page.depth, media, url, retrieved)
        return
    charset = record.http_charset if record.http_headers is not None else None
    text, steps = decoded(Piece.of_bytes(name, b""), data, declared=charset)
    fields = Fields(source_id=url, url=url, retrieved=retrieved)
    if media in PAGES:
        yield from page_intakes(name, data, text, fields=fields, steps=steps)
    else:
        yield intake(name, data, text, fields=fields, steps=steps)


def _url(record: WarcRecord) -> str:
    return re.sub(r"[\x00-\x20<>]", "", str(record.headers.get("WARC-Target-URI") or record.record_id))
