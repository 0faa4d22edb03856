"""Sources in, reports out: one at a time, so that memory does not grow with the pile."""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from firsthand.errors import InputRejected

from .formats import FEED, format_of
from .readers.feed import entry_links
from .sources import pieces_of
from .types import Intake, Limits, Piece, Result

if TYPE_CHECKING:
    from .fetch import Fetched, Fetcher

DEFAULT = Limits()
# Sitemaps list sitemaps that list pages.
FOLLOWED = 2
# Formats that hold one report without a name of its own: a fetched one goes by its address.
SINGLE = ("HTML", "text", "PDF", "DOCX", "Markdown", "MHTML")
# What a stream inside a damaged archive raises while it is read.
DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError)


def read(
    sources: Sequence[str],
    *,
    limits: Limits = DEFAULT,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
    follow: bool = False,
) -> Iterator[Result]:
    """The reports of ``sources`` in their order: files, folders (recursive), glob patterns, ``-`` for ``stdin``, and web
    addresses, which are fetched with ``fetcher`` (default: one with the default limits). With ``follow`` the pages that a
    feed or sitemap lists, itself fetched or a file, are fetched in its stead.

    ``columns`` says for CSV files which column holds a field, e.g. ``{"text": "Body", "published": "Day"}``.

    What cannot be taken comes as an InputRejected that names it, says why and what to do; the rest goes on. Nothing is
    written, and no report is given twice differently: the same bytes have the same id.
    """
    limits = replace(limits, columns=tuple((columns or {}).items())) if columns else limits
    for source in sources:
        if source == "-":
            yield from _standard_input(stdin, limits)
            continue
        if source.lower().startswith(("http://", "https://")):
            fetcher = fetcher or _fetcher()
            yield from read_address(source, fetcher, limits, follow=follow)
            continue
        for piece in pieces_of(source):
            if isinstance(piece, InputRejected):
                yield piece
            elif follow and (links := _listed(piece, limits)):
                fetcher = fetcher or _fetcher()
                yield from _followed(links, fetcher, limits)
            else:
                yield from read_piece(piece, limits)


def read_piece(piece: Piece, limits: Limits = DEFAULT) -> Iterator[Result]:
    """The reports of one file, member or stream, and of what is inside it."""
    try:
        form = format_of(piece)
        for result in form.reader(piece, limits):
            if isinstance(result, Piece):
                yield from read_piece(result, limits)
            elif isinstance(result, Intake):
                yield replace(result, form=form.name)
            else:
                yield result
    except InputRejected as rejected:
        yield rejected
    except DAMAGED as error:
        yield InputRejected(piece.name, why=f"it cannot be read: {error}"[:200], hint="check that it is whole")


def read_address(url: str, fetcher: Fetcher, limits: Limits = DEFAULT, *, follow: bool = False) -> Iterator[Result]:
    """The reports at a web address, each with the answer that it came in; what goes wrong is an InputRejected."""
    try:
        fetched = fetcher.get(url)
    except InputRejected as rejected:
        yield rejected
        return
    if follow and (links := links_in(fetched)):
        yield from _followed(links, fetcher, limits)
    else:
        yield from read_fetched(fetched, limits)


def read_fetched(fetched: Fetched, limits: Limits = DEFAULT) -> Iterator[Result]:
    """The reports in one answer of a server."""
    capture, body = fetched.capture, fetched.body
    piece = Piece(
        name=capture.url,
        open=lambda: io.BytesIO(body),
        size=len(body),
        media_type=fetched.media_type,
        url=capture.final_url,
        retrieved=capture.at,
    )
    for result in read_piece(piece, limits):
        if isinstance(result, Intake):
            report = replace(result.report, retrieved=result.report.retrieved or capture.at)
            if result.form in SINGLE and report.name == capture.url:
                report = replace(report, source_id=capture.url)
            yield replace(result, report=report, fetched=fetched)
        else:
            yield result


def _followed(links: list[str], fetcher: Fetcher, limits: Limits) -> Iterator[Result]:
    """The pages behind ``links``, within the bound, those behind the sitemaps among them included."""
    waiting = [(link, 1) for link in reversed(links)]
    taken = 0
    while waiting:
        link, depth = waiting.pop()
        if taken >= limits.pages:
            why = f"{len(waiting) + 1} more pages are listed than the bound of {limits.pages}"
            yield InputRejected(link, why=why, hint="add the address of a smaller sitemap")
            return
        taken += 1
        try:
            fetched = fetcher.get(link)
        except InputRejected as rejected:
            yield rejected
            continue
        inner = links_in(fetched) if depth < FOLLOWED else []
        if inner:
            waiting += [(address, depth + 1) for address in reversed(inner)]
        else:
            yield from read_fetched(fetched, limits)


def links_in(fetched: Fetched) -> list[str]:
    """The addresses that a feed or sitemap lists; none where it is neither."""
    return listed_in(fetched.body)


def listed_in(data: bytes) -> list[str]:
    """The addresses that a feed or sitemap lists; none where ``data`` is neither, or is damaged."""
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        return entry_links(body) if FEED.match(body[:8192]) else []
    except ValueError:
        return []


def _listed(piece: Piece, limits: Limits) -> list[str]:
    """The addresses that a file lists; none where it cannot be read, which its reader will say."""
    try:
        begins = piece.head().removeprefix(b"\xef\xbb\xbf").lstrip()
        return listed_in(piece.whole(limits.report_bytes)) if FEED.match(begins) else []
    except (OSError, InputRejected):
        return []


def _fetcher() -> Fetcher:
    from .fetch import Fetcher

    return Fetcher()


def _standard_input(stdin: BinaryIO | None, limits: Limits) -> Iterator[Result]:
    if stdin is None:
        yield InputRejected("-", why="there is no standard input here", hint="name files instead")
        return
    # A pipe cannot be looked at twice, so it is laid down on disk first: memory stays bounded whatever comes.
    with tempfile.TemporaryDirectory(prefix="firsthand-") as folder:
        path = Path(folder, "stdin")
        with path.open("wb") as copy:
            shutil.copyfileobj(stdin, copy)
        yield from read_piece(Piece("stdin", lambda: cast(BinaryIO, path.open("rb")), path.stat().st_size), limits)
