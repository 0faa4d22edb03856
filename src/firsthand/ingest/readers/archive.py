"""Zip, WACZ, tar and gzip: members are read in place, never unpacked to disk, and within bounds."""

from __future__ import annotations

import gzip
import io
import math
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from firsthand.errors import InputRejected

from ..types import Limits, Piece, Result

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Ratios of small members mean nothing: a page of blanks is no bomb.
SMALL = 1024 * 1024
DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    KeyError,
)
LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|\.git/|\._|Thumbs\.db$)")


class _Member(NamedTuple):
    """One file of an archive, unopened. ``packed`` is its size there; ``refusal``: why it is not read in any case."""

    path: str
    size: int
    packed: int
    open: Callable[[], BinaryIO]
    refusal: tuple[str, str] | None = None


def read_zip(piece: Piece, limits: Limits) -> Iterator[Result | Piece]:
    """The members of a zip file; of a WACZ, its WARC files alone."""
    return _within_bounds(piece, limits, _of_zip(piece))


def read_tar(piece: Piece, limits: Limits) -> Iterator[Result | Piece]:
    """The regular files of a tar archive, compressed or not, in their order."""
    # Past a member that is refused for its size lies nothing but its unpacking.
    return _within_bounds(piece, limits, _of_tar(piece), longest_refused=SMALL)


def _of_zip(piece: Piece) -> Iterator[_Member]:
    with piece.open() as stream, zipfile.ZipFile(stream) as archive:
        # ZipInfo.is_dir fails on a member without a name.
        members = [info for info in archive.infolist() if not info.filename.endswith("/")]
        members.sort(key=lambda info: info.filename)
        names = {info.filename for info in members}
        web_archive = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
        for info in members:
            if web_archive and not info.filename.startswith("archive/"):
                continue
            locked = ("it is locked with a password", "unpack it and add the files") if info.flag_bits & 1 else None
            yield _Member(info.filename, info.file_size, info.compress_size, partial(_opened, archive, info), locked)


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        return cast(BinaryIO, archive.open(info))
    except (ValueError, RuntimeError, NotImplementedError, KeyError) as error:
        # What a directory of members that points outside the file makes the library raise.
        raise OSError(f"the member cannot be opened: {error}") from None


def _of_tar(piece: Piece) -> Iterator[_Member]:
    with piece.open() as stream, tarfile.open(fileobj=stream, mode="r:*") as archive:
        for info in archive:
            if info.isdir():
                continue
            link = None if info.isreg() else ("it is a link or a device, not a file", "add the file it points to")
            yield _Member(info.name, info.size, piece.size or 0, partial(_extracted, archive, info), link)


def _extracted(archive: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    stream = archive.extractfile(member)
    if stream is None:
        raise OSError("the member has no content")
    return cast(BinaryIO, stream)


def _within_bounds(
    piece: Piece, limits: Limits, members: Iterator[_Member], *, longest_refused: float = math.inf
) -> Iterator[Result | Piece]:
    """Each member as a piece, or why it is not read. Ends where the archive has taken what it may, or behind a refused member of
    more than ``longest_refused`` bytes."""
    budget = _Budget(piece, limits)
    try:
        for member in members:
            if LITTER.search(member.path):
                continue
            name = f"{piece.name}!{_shown(member.path)}"
            rejected = budget.refusal(name, member)
            if member.refusal is not None:
                rejected = InputRejected(name, why=member.refusal[0], hint=member.refusal[1])
            if rejected is None:
                yield Piece(name, member.open, member.size, piece.depth + 1)
                continue
            yield rejected
            if budget.spent or member.size > longest_refused:
                return
    except DAMAGED as error:
        why = f"the archive is damaged: {error}"[:200]
        yield InputRejected(piece.name, why=why, hint="unpack it and add the files")


def read_gzip(piece: Piece, limits: Limits) -> Iterator[Result | Piece]:
    """One file, gzipped: a piece under its name without the ``.gz``. Its size is known only by reading it, within bounds."""
    if piece.depth >= limits.depth:
        yield InputRejected(piece.name, why="archives inside archives, too deep", hint="unpack it and add the files")
        return
    name = piece.name[:-3] if piece.name.lower().endswith(".gz") else f"{piece.name}!content"
    most = min(limits.archive_bytes, max(64 * SMALL, limits.ratio * piece.size) if piece.size else limits.archive_bytes)
    yield Piece(name, lambda: unpacked(piece.open(), most), None, piece.depth + 1, piece.media_type, piece.url)


def unpacked(stream: BinaryIO, most: int) -> BinaryIO:
    """The content of a gzip stream; reading it raises OSError after ``most`` bytes."""
    return cast(BinaryIO, io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=stream), most)))


class _Bounded(io.RawIOBase):
    def __init__(self, inner: gzip.GzipFile, most: int) -> None:
        self.inner, self.left = inner, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        data = self.inner.read(len(view))
        self.left -= len(data)
        if self.left < 0:
            raise OSError("it unpacks to more than the bound for its size")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.inner.close()
        super().close()


class _Budget:
    """What the members of one archive may still take."""

    def __init__(self, piece: Piece, limits: Limits) -> None:
        self.piece, self.limits = piece, limits
        self.members = self.total = 0
        self.spent = False

    def refusal(self, name: str, member: _Member) -> InputRejected | None:
        """Why this member is not read, or None; the archive's own bounds end its reading altogether."""
        self.members += 1
        self.total += member.size
        hint = "unpack it and add the files you trust"
        if self.members > self.limits.members or self.total > self.limits.archive_bytes:
            self.spent = True
            return InputRejected(self.piece.name, why="it unpacks to more than the bound for archives", hint=hint)
        if self.piece.depth >= self.limits.depth:
            self.spent = True
            return InputRejected(self.piece.name, why="archives inside archives, too deep", hint=hint)
        path = PurePosixPath(member.path.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", member.path):
            return InputRejected(name, why="its name leads out of the archive", hint=hint)
        if member.size > SMALL and member.size > self.limits.ratio * max(member.packed, 1):
            return InputRejected(name, why=f"it unpacks to more than {self.limits.ratio} times its size", hint=hint)
        return None


def _shown(name: str) -> str:
    """A member's name without what could reach a terminal."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "_", name)[:300]
