"""What ingest hands out, and the bounds it keeps."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from firsthand.errors import InputRejected
from firsthand.model import RawReport

if TYPE_CHECKING:
    from .fetch import Fetched


@dataclass(frozen=True, slots=True)
class Intake:
    """One report with the bytes it was read from. ``original`` is what custody keeps: its SHA-256 is ``report.sha256``.

    ``form`` names the format it was taken as, ``fetched`` the answer of a server that it came in, if it came from one.
    ``note`` is what a person should know of the file that it opens, in a sentence; empty for nearly all.
    """

    report: RawReport
    original: bytes
    form: str = ""
    fetched: Fetched | None = None
    note: str = ""


Result: TypeAlias = Intake | InputRejected


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one ``read``, all sizes in bytes, and what a file cannot say of itself.

    ``report_bytes`` bounds one report, page, message or JSON line: the longest news page met in Common Crawl news is under
    4 MiB, so 16 MiB leaves room for pages with embedded pictures. ``archive_bytes``, ``members``, ``ratio`` and ``depth``
    bound archives: all members together, how many, unpacked over packed, and archives inside archives. A WARC is a stream
    and has no bound on its whole. ``columns`` are (field, column name) pairs for CSV files. ``pages`` bounds how many pages
    are fetched because a feed or sitemap lists them.
    """

    report_bytes: int = 16 * 1024 * 1024
    archive_bytes: int = 8 * 1024 * 1024 * 1024
    members: int = 1_000_000
    ratio: int = 200
    depth: int = 3
    json_depth: int = 64
    pdf_pages: int = 500
    pages: int = 1000
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, archive member or stream to read. ``open`` gives a fresh binary stream each time; ``size`` None: not known.

    ``name`` is what a person calls it: a path, ``archive!member`` or a URL. ``depth`` counts the archives around it.
    ``media_type`` is what a server or a message said the type was, where one did.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    depth: int = 0
    media_type: str | None = None
    url: str | None = None
    retrieved: str | None = None

    @property
    def suffix(self) -> str:
        """Lower-case suffix of the name with its dot, or "" where there is none."""
        return PurePosixPath(self.name.rsplit("!", 1)[-1]).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name.rsplit("!", 1)[-1]).stem

    @classmethod
    def of_bytes(cls, name: str, data: bytes, *, depth: int = 0, media_type: str | None = None) -> Piece:
        return cls(name, lambda: io.BytesIO(data), len(data), depth, media_type)

    def head(self, size: int = 8192) -> bytes:
        with self.open() as stream:
            return stream.read(size)

    def whole(self, limit: int) -> bytes:
        """All bytes. Raises InputRejected where there are more than ``limit``; never reads further than that."""
        if self.size is not None and self.size > limit:
            raise too_large(self.name, limit)
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise too_large(self.name, limit)
        return data


Reader: TypeAlias = Callable[[Piece, Limits], Iterator["Result | Piece"]]


def too_large(name: str, limit: int) -> InputRejected:
    return InputRejected(
        name,
        why=f"longer than {limit // (1024 * 1024)} MiB, the bound for one report",
        hint="split it into one report a file or a line",
    )
