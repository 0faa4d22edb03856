"""Printing. Reports come from strangers: nothing of theirs may steer the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# C0 but tab and newline, DEL, C1, and the characters that reorder or hide text: bidirectional overrides and isolates,
# zero-width characters other than the joiners that Arabic and Indic scripts need.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff]"
)

# So many characters of an id name a record in a ledger of a million: eight hexadecimal digits behind the kind.
SHORT_ID = 12
# A sentence in a narrower column is hard to read.
LEAST_PROSE = 24
# Blanks between columns.
GAP = 2


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


def console(*, piped: int = 10_000) -> Console:
    """A console on standard output; where that is no terminal it has ``piped`` columns: as many as need be, so that a row is a line
    for a program."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else piped)


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[str] = (),
    prose: Sequence[str] = (),
    spare: Sequence[str] = (),
) -> None:
    """Prints a table; cells are made safe. ``right`` names the columns that hold numbers, ``prose`` those that may be folded.

    A terminal that is too narrow gets it without the ``spare`` columns, which only repeat what others say, then with the
    beginnings of ids, which name a record as well; where that is not enough each row stands by itself, over several lines.
    """
    out = console()
    cells = [[safe(cell) for cell in row] for row in rows]
    shown = list(columns)
    for name in (*spare, ""):
        if _width(shown, columns, cells, prose) <= out.width:
            break
        shown = [column for column in shown if column != name]
    if _width(shown, columns, cells, prose) > out.width and "id" in columns:
        at = columns.index("id")
        cells = [[cell[:SHORT_ID] if i == at else cell for i, cell in enumerate(row)] for row in cells]
    if _width(shown, columns, cells, prose) > out.width:
        _print_rows([dict(zip(columns, (safe(cell) for cell in row), strict=True)) for row in rows], prose, out.width)
    else:
        _print_table(out, shown, columns, cells, right, prose)


def _width(shown: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[str]], prose: Sequence[str]) -> int:
    """The least width at which the columns ``shown`` can be read."""
    from rich.cells import cell_len

    total = GAP * (len(shown) - 1)
    for at, column in enumerate(columns):
        if column in shown:
            widest = max(cell_len(text) for text in (column, *(row[at] for row in cells)))
            total += min(widest, LEAST_PROSE) if column in prose else widest
    return total


def _print_table(
    out: Console,
    shown: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    right: Sequence[str],
    prose: Sequence[str],
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for column in shown:
        drawn.add_column(column, justify="right" if column in right else "left", no_wrap=column not in prose)
    places = [columns.index(column) for column in shown]
    for row in cells:
        drawn.add_row(*(Text(row[at]) for at in places))
    out.print(drawn)


def _print_rows(rows: Sequence[Mapping[str, str]], prose: Sequence[str], width: int) -> None:
    """Each row by itself: the first cell, then the others behind their columns' names, what may be folded at the end."""
    for row in rows:
        (_, head), *others = row.items()
        say(head)
        line = ""
        for column, cell in (other for other in others if other[0] not in prose):
            part = f"{column} {cell}"
            if line and len(line) + len(part) + 3 > width:
                say(line)
                line = ""
            line += f"{'   ' if line else '  '}{part}"
        say(line)
        for column in (column for column in prose if row[column]):
            say(fill(f"{column}: {row[column]}", width, initial_indent="  ", subsequent_indent="    "))
        say()


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
