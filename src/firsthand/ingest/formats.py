"""Which reader a piece goes to: by what its first bytes are, then by its suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firsthand.errors import InputRejected

from .decoding import looks_binary
from .readers.archive import read_gzip, read_tar, read_zip
from .readers.csv import read_csv
from .readers.docx import read_docx
from .readers.feed import read_feed, read_json
from .readers.html import read_html
from .readers.jsonl import read_jsonl
from .readers.mail import read_mail, read_mhtml
from .readers.markdown import read_markdown
from .readers.pdf import read_pdf
from .readers.plain import read_text
from .readers.warc import read_warc
from .types import Piece, Reader


@dataclass(frozen=True, slots=True)
class Format:
    """``magic`` matches the first bytes of the format's files and settles it; ``sniff`` is a likeness that a known suffix
    overrules, white space and byte order mark skipped."""

    name: str
    reader: Reader
    suffixes: tuple[str, ...] = ()
    magic: re.Pattern[bytes] | None = None
    sniff: re.Pattern[bytes] | None = None
    media_types: tuple[str, ...] = ()


MANY_OBJECTS = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
JSON = re.compile(rb'\{\s*"|\[\s*\{')
HEADERS = rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
SAVED_PAGE = re.compile(HEADERS + rb"content-type:\s*multipart/related", re.I)
FIRST_HEADERS = rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject|To)"
MAIL = re.compile(rb"(?:From [^\n]*\n)?" + FIRST_HEADERS + rb":[^\n]*\n(?:[\w-]+:|[ \t])")
PROLOGUE = rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*)*<"
FEED = re.compile(PROLOGUE + rb"(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I | re.S)
PAGE = re.compile(PROLOGUE + rb"(?:!doctype html|html|head|body|article)\b", re.I | re.S)
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
# What servers say of files that they know nothing about.
VAGUE_TYPES = ("text/plain", "application/octet-stream", "")
FORMATS = (
    Format("WARC", read_warc, (".warc",), magic=re.compile(rb"WARC/\d\.\d\r?\n")),
    Format("PDF", read_pdf, (".pdf",), magic=re.compile(rb"\s{0,64}%PDF-"), media_types=("application/pdf",)),
    Format("DOCX", read_docx, (".docx",), magic=re.compile(rb"PK\x03\x04.{26,120}?(?:\[Content_Types\]|word/)", re.S)),
    Format("zip", read_zip, (".zip", ".wacz"), magic=re.compile(rb"PK(?:\x03\x04|\x05\x06)")),
    Format("tar", read_tar, (".tar", ".tgz", ".tbz2", ".txz"), magic=re.compile(rb".{257}ustar", re.S)),
    Format("gzip", read_gzip, (".gz",), magic=re.compile(rb"\x1f\x8b\x08")),
    Format("MHTML", read_mhtml, (".mhtml", ".mht"), sniff=SAVED_PAGE),
    Format("e-mail", read_mail, (".eml",), sniff=MAIL, media_types=("message/rfc822",)),
    Format("feed", read_feed, (".rss", ".atom", ".xml", ".rdf"), sniff=FEED, media_types=FEED_TYPES),
    Format("HTML", read_html, (".html", ".htm", ".xhtml"), sniff=PAGE, media_types=("text/html", "application/xhtml+xml")),
    Format("JSON Lines", read_jsonl, (".jsonl", ".ndjson", ".jl"), sniff=MANY_OBJECTS),
    Format("JSON", read_json, (".json",), sniff=JSON, media_types=("application/json", "application/feed+json")),
    Format("CSV", read_csv, (".csv", ".tsv"), media_types=("text/csv",)),
    Format("Markdown", read_markdown, (".md", ".markdown"), media_types=("text/markdown",)),
    Format("text", read_text, (".txt", ".text"), media_types=("text/plain",)),
)  # fmt: skip
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
BY_MEDIA_TYPE = {name: form for form in FORMATS for name in form.media_types}
BY_NAME = {form.name: form for form in FORMATS}
# Files of these kinds are not news, whatever stands in them; their magic saves a puzzling complaint about encodings.
KNOWN_BINARY = (
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*", re.S),
        "a picture",
        "add the page it stood on",
    ),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Office document", "save it as DOCX or PDF"),
    (re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|ID3|OggS|RIFF.{4}(?:AVI|WAVE)", re.S), "sound or film", "add a transcript"),
    (re.compile(rb"SQLite format 3"), "a database", "export its reports as JSON Lines"),
    (
        re.compile(rb"7z\xbc\xaf|Rar!|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd"),
        "an archive of a kind that is not read",
        "pack it as zip or tar",
    ),
)


def format_of(piece: Piece) -> Format:
    """The format of ``piece``. Raises InputRejected where it is empty or of no kind that can be read."""
    head = piece.head()
    if not head:
        raise InputRejected(piece.name, why="it is empty", hint="leave it out")
    for form in FORMATS:
        if form.magic and form.magic.match(head):
            return _refined(form, piece)
    for magic, kind, hint in KNOWN_BINARY:
        if magic.match(head):
            raise InputRejected(piece.name, why=f"it is {kind}, not a report", hint=hint)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    media_type = (piece.media_type or "").partition(";")[0].strip().lower()
    told = BY_SUFFIX.get(piece.suffix) or BY_MEDIA_TYPE.get(media_type)
    if piece.url and media_type not in VAGUE_TYPES:
        told = BY_MEDIA_TYPE.get(media_type) or told  # an address may end in anything
    if looks_binary(head):
        raise InputRejected(
            piece.name, why="it is binary, of no kind that is known", hint="convert it to text, HTML or PDF"
        )
    if told is not None and told.magic is not None:
        raise InputRejected(piece.name, why=f"it is called {piece.suffix} but is no {told.name}", hint="check the file")
    # A page saved as .txt begins with its doctype; a text that talks about mail or JSON keeps its suffix.
    if told is None or told.name in ("text", "feed"):
        for form in FORMATS:
            if form.sniff and form.sniff.match(text) and (told is None or form.name in ("HTML", "feed")):
                return form
    return told or BY_NAME["text"]


def _refined(form: Format, piece: Piece) -> Format:
    """A gzipped tar is a tar and a gzipped WARC a WARC; a DOCX sniffed in a zip of Word files is a zip."""
    lowered = piece.name.lower()
    if form.name == "gzip":
        if lowered.endswith((".tar.gz", ".tgz")):
            return BY_NAME["tar"]
        if ".warc" in lowered:
            return BY_NAME["WARC"]
    if form.name == "DOCX" and lowered.endswith((".zip", ".wacz")):
        return BY_NAME["zip"]
    return form
