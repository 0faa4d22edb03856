"""Sources in, reports out: one at a time, so that memory does not grow with the pile."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from firsthand.errors import InputRejected

from .formats import format_of
from .sources import pieces_of
from .types import Limits, Piece, Result


def read(sources: Sequence[str], *, limits: Limits = Limits(), stdin: BinaryIO | None = None) -> Iterator[Result]:  # noqa: B008
    """The reports of ``sources`` in their order: files, folders (recursive), glob patterns, ``-`` for ``stdin``.

    What cannot be taken comes as an InputRejected that names it, says why and what to do; the rest goes on. Nothing is
    written, and no report is given twice differently: the same bytes have the same id.
    """
    for source in sources:
        if source == "-":
            yield from _standard_input(stdin, limits)
            continue
        for piece in pieces_of(source):
            if isinstance(piece, InputRejected):
                yield piece
            else:
                yield from read_piece(piece, limits)


def read_piece(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The reports of one file, member or stream."""
    try:
        yield from format_of(piece).reader(piece, limits)
    except InputRejected as rejected:
        yield rejected
    except OSError as error:
        yield InputRejected(piece.name, why=error.strerror or str(error), hint="check that it can be read")


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
