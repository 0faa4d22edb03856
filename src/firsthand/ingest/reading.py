"""Sources in, reports out: one at a time, so that memory does not grow with the pile."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from firsthand.errors import InputRejected

from .formats import format_of
from .sources import pieces_of
from .types import Intake, Limits, Piece, Result

DEFAULT = Limits()
# What a stream inside a damaged archive raises while it is read.
DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError)


def read(
    sources: Sequence[str],
    *,
    limits: Limits = DEFAULT,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Result]:
    """The reports of ``sources`` in their order: files, folders (recursive), glob patterns, ``-`` for ``stdin``.

    ``columns`` says for CSV files which column holds a field, e.g. ``{"text": "Body", "published": "Day"}``.

    What cannot be taken comes as an InputRejected that names it, says why and what to do; the rest goes on. Nothing is
    written, and no report is given twice differently: the same bytes have the same id.
    """
    limits = replace(limits, columns=tuple((columns or {}).items())) if columns else limits
    for source in sources:
        if source == "-":
            yield from _standard_input(stdin, limits)
            continue
        for piece in pieces_of(source):
            if isinstance(piece, InputRejected):
                yield piece
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
