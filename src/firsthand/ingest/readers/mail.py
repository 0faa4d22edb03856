"""E-mail and saved pages in MIME: .eml messages with their attachments, .mhtml pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from firsthand.errors import InputRejected
from firsthand.model.report import MediaType

from ..building import Fields, intake
from ..decoding import decode
from ..types import Limits, Piece, Result
from .page import page_intakes

# What mail programs of several languages put before the subject of an answer or of what is passed on.
_PASSED_ON = re.compile(r"\A(?:(?:re|fwd?|aw|wg|tr|rv|vs|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.I)
# A message inside a message inside a message …: what is deeper was made to be.
PARTS = 1000


def read_mail(piece: Piece, limits: Limits) -> Iterator[Result | Piece]:
    """The message's text as one report, then each attachment as a piece of its own (``mail.eml!attachment.pdf``)."""
    data = piece.whole(limits.report_bytes)
    message = _parsed(piece, data)
    body = _first_text(message, "plain") or _first_text(message, "html")
    attachments = list(_attachments(message))
    if body is None and not attachments:
        raise InputRejected(piece.name, why="the message has no text", hint="save the message with its body")
    if body is not None:
        text, media_type = body
        fields = Fields(
            source_id=None,
            title=_PASSED_ON.sub("", _header(message, "subject") or "") or None,
            author=_header(message, "from"),
            published=_date(_header(message, "date")),
            url=piece.url,
            retrieved=piece.retrieved,
        )
        yield intake(
            piece.name, data, text, media_type=media_type, stem=piece.stem, fields=fields, steps=("text of a message",)
        )
    if piece.depth < limits.depth:
        for number, part in enumerate(attachments, 1):
            content = part.get_payload(decode=True)
            name = re.sub(r"[/\\\x00-\x1f]", "_", part.get_filename() or f"attachment-{number}")
            if isinstance(content, bytes) and content:
                yield Piece.of_bytes(
                    f"{piece.name}!{name}", content, depth=piece.depth + 1, media_type=part.get_content_type()
                )


def read_mhtml(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The page that a browser saved with its pictures in one file; the pictures are left out."""
    data = piece.whole(limits.report_bytes)
    message = _parsed(piece, data)
    pages = [part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise InputRejected(piece.name, why="there is no page in the MHTML file", hint="save the page again")
    markup = _text(pages[0])
    url = _header(message, "snapshot-content-location") or _header(pages[0], "content-location")
    fields = Fields(
        url=url if url and re.match(r"https?://", url) else piece.url,
        retrieved=_date(_header(message, "date")) or piece.retrieved,
    )
    yield from page_intakes(piece.name, data, markup, stem=piece.stem, fields=fields, steps=("page of an MHTML file",))


def _parsed(piece: Piece, data: bytes) -> EmailMessage:
    try:
        return BytesParser(policy=policy.default).parsebytes(data)
    except (ValueError, LookupError, RecursionError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise InputRejected(piece.name, why=f"the message is damaged: {error}"[:200], hint="save it again") from None


def _parts(message: EmailMessage) -> list[EmailMessage]:
    out: list[EmailMessage] = []
    for part in message.walk():
        out.append(part)
        if len(out) >= PARTS:
            break
    return out


def _first_text(message: EmailMessage, kind: str) -> tuple[str, MediaType] | None:
    for part in _parts(message):
        if part.get_content_type() == f"text/{kind}" and not part.is_attachment():
            text = _text(part)
            if text.strip():
                return text, "html" if kind == "html" else "text"
    return None


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in _parts(message):
        if part.is_attachment() and not part.is_multipart():
            yield part


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return decode(payload, declared=part.get_content_charset())[0]
    except ValueError:
        return payload.decode("utf-8", "replace")


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (
        ValueError,
        IndexError,
        LookupError,
        AttributeError,
        TypeError,
    ):  # headers broken beyond the parser's patience
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _date(value: str | None) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat() if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
