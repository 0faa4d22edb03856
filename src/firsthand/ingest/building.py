"""From bytes and fields to an Intake: hashing, ids, and the checks that every report passes."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace

from firsthand.errors import InputRejected
from firsthand.model import RawReport, record_id
from firsthand.model.report import MediaType

from .types import Intake


@dataclass(frozen=True, slots=True)
class Fields:
    """What a format says about a report besides its text; all optional. ``published`` is ISO, as given."""

    source_id: str | None = None
    url: str | None = None
    site: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    language: str | None = None
    retrieved: str | None = None


NOTHING = Fields()
# Ids and addresses are looked up by an index, which on PostgreSQL takes no more than 2,700 bytes.
LONGEST = 600


def intake(
    name: str,
    original: bytes,
    body: str,
    *,
    media_type: MediaType = "text",
    fields: Fields = NOTHING,
    stem: str = "",
    part: int = 0,
    steps: tuple[str, ...] = (),
) -> Intake:
    """The report ``part`` (from 0) of ``original``. The same bytes give the same id wherever they come from.

    Raises InputRejected where ``body`` holds no words.
    """
    if not any(c.isalnum() for c in body):
        raise InputRejected(name, why="there is no text in it", hint="leave it out, or give the page's text")
    body, dropped = without_nul(body)
    fields = replace(fields, **{key: storable(value) for key, value in asdict(fields).items() if value})
    name = storable(name)
    sha256 = hashlib.sha256(original).hexdigest()
    report = RawReport(
        id=record_id("rep", sha256, part),
        source_id=(fields.source_id or storable(stem) or name)[:LONGEST],
        name=name,
        sha256=sha256,
        media_type=media_type,
        body=body,
        url=fields.url if fields.url and len(fields.url) <= LONGEST else None,
        site=fields.site,
        title=fields.title,
        published=fields.published,
        author=fields.author,
        language=fields.language,
        retrieved=fields.retrieved,
        steps=steps + dropped,
    )
    return Intake(report, original)


def storable(text: str) -> str:
    """``text`` without NUL and lone surrogates: a file's name may hold bytes that are no character."""
    return without_nul(text)[0]


def without_nul(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without NUL and lone surrogates, which no database keeps, and a note of how many went."""
    kept = "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff") if _has_unstorable(text) else text
    count = len(text) - len(kept)
    return kept, ((f"dropped {count} NUL or surrogate characters",) if count else ())


def _has_unstorable(text: str) -> bool:
    if "\0" in text:
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
