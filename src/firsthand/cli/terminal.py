"""Printing. Reports come from strangers: nothing of theirs may steer the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# C0 but tab and newline, DEL, C1, and the characters that reorder or hide text: bidirectional overrides and isolates,
# zero-width characters other than the joiners that Arabic and Indic scripts need.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff]"
)


def safe(text: str) -> str:
    r"""``text`` with everything that could steer a terminal spelt out.

    >>> safe("killed\x1b[2J four")
    'killed\\x1b[2J four'
    """
    return _CONTROL.sub(_spelt, text)


def one_line(text: str) -> str:
    """``text`` made safe, on one line."""
    return safe(" ".join(text.split()))


def say(text: str = "") -> None:
    """Prints ``text``, made safe, on standard output."""
    sys.stdout.write(safe(text) + "\n")


def complain(text: str) -> None:
    """Prints ``text``, made safe, on standard error."""
    sys.stderr.write(safe(text) + "\n")


def say_json(record: object) -> None:
    """Prints ``record`` as one line of JSON; what could steer a terminal is escaped, so a program reads the same text."""
    import msgspec

    words = msgspec.json.encode(record).decode()
    sys.stdout.write(_CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", words) + "\n")


def console() -> Console:
    """A console on standard output; wide where that is no terminal, so that nothing is cut for a program."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 200)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Prints a table; cells are made safe. ``right`` names the columns that hold numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    out = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        # Ids are for copying: they are never cut or folded.
        out.add_column(column, justify="right" if column in right else "left", no_wrap=column in ("id", *right))
    for row in rows:
        out.add_row(*(Text(safe(cell)) for cell in row))
    console().print(out)


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
