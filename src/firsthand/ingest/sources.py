"""From what a person names on the command line to the pieces to read, in an order that is the same everywhere."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from firsthand.errors import InputRejected

from .types import Piece

# Files that systems and editors leave beside the real ones.
LITTER = {".ds_store", "thumbs.db", "desktop.ini"}


def pieces_of(source: str) -> Iterator[Piece | InputRejected]:
    """The files that ``source`` names: itself, those under a folder (recursively, sorted), or those a pattern matches."""
    path = Path(source)
    if path.is_dir():
        found = sorted(_under(path), key=lambda file: file.parts)
        if not found:
            yield InputRejected(source, why="the folder holds no files", hint="check the path")
        for file in found:
            yield from _file(file)
    elif path.exists():
        yield from _file(path)
    elif glob.has_magic(source):
        matches = sorted(glob.glob(source, recursive=True))
        if not matches:
            yield InputRejected(
                source, why="the pattern matches nothing", hint="check the pattern; ** goes into folders"
            )
        for match in matches:
            yield from pieces_of(match)
    else:
        yield InputRejected(source, why="there is no such file or folder", hint="check the path")


def _under(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.lower() not in LITTER and not name.startswith("."):
                yield Path(root, name)


def _file(path: Path) -> Iterator[Piece | InputRejected]:
    if not path.is_file():
        yield InputRejected(str(path), why="it is not a regular file", hint="name a file or a folder")
        return
    try:
        size = path.stat().st_size
    except OSError as error:
        yield InputRejected(str(path), why=error.strerror or "it cannot be read", hint="check its permissions")
        return
    yield Piece(str(path), lambda: cast(BinaryIO, path.open("rb")), size)
