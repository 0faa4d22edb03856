"""A user's own tables of actors and places: they have the shape of the packaged ones and add to them.

Each is checked when it is read, so that a slip in one cell is told with its line before a build begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, get_args

from firsthand.errors import SettingsError
from firsthand.model.annotation import NameKind
from firsthand.model.entity import PlaceKind

from . import rows_of

Rows: TypeAlias = tuple[dict[str, str], ...]

ACTOR_COLUMNS = ("name", "kind", "country", "part_of", "aliases")
PLACE_COLUMNS = ("name", "aliases", "country", "admin1", "lat", "lon", "kind", "precision")
_COUNTRY = re.compile(r"[A-Z]{2}")


def own_actors(path: str) -> Rows:
    """The rows of the table of actors at ``path``; none for "".

    Raises SettingsError where it cannot be read, lacks a column, or a cell is not what its column holds.
    """
    return _read(path, stamp(path), "actors") if path else ()


def own_places(path: str) -> Rows:
    """The rows of the table of places at ``path``; none for "". Raises SettingsError as ``own_actors`` does."""
    return _read(path, stamp(path), "places") if path else ()


def stamp(path: str) -> tuple[int, int]:
    """What changes when the file at ``path`` does: a desk or a watch may outlive an edit. Raises SettingsError where it is not
    there."""
    if not path:
        return 0, 0
    try:
        found = Path(path).stat()
    except OSError as error:
        hint = "name another for `firsthand build`, or '' for none"
        raise SettingsError(f"cannot read {path}", why=error.strerror or str(error), hint=hint) from error
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _read(path: str, stamp: tuple[int, int], of: str) -> Rows:
    columns, flaw = _SHAPES[of]
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"cannot read {path}", why=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        why = f"it is not UTF-8 (byte {error.start})"
        raise SettingsError(f"cannot read {path}", why=why, hint="save it as UTF-8 text") from error
    header, rows = rows_of(text)
    missing = [column for column in columns if column not in header]
    if missing:
        raise SettingsError(
            f"{path} is not a table of {of}",
            why=f"its first line lacks {', '.join(missing)}",
            hint=f"needed, separated by tabs: {', '.join(columns)}",
        )
    for number, row in rows:
        if why := flaw(row):
            raise SettingsError(
                f"{path} has a line that cannot be used", why=f"line {number}: {why}", hint="correct it"
            )
    return tuple(row for _, row in rows)


def _flaw_of_actor(row: dict[str, str]) -> str:
    """What is wrong with the row, or ""."""
    return _named(row) or _one_of(row, get_args(NameKind)) or _country(row)


def _flaw_of_place(row: dict[str, str]) -> str:
    for column, least, most in (("lat", -90, 90), ("lon", -180, 180), ("precision", 1, 7)):
        try:
            value = float(row[column]) if row[column] else least
        except ValueError:
            return f"{column} is {row[column]!r}, no number"
        if not least <= value <= most or (column == "precision" and value != int(value)):
            return f"{column} is {row[column]}: it goes from {least} to {most}"
    if bool(row["lat"]) != bool(row["lon"]):
        return "it has one coordinate without the other"
    return _named(row) or _one_of(row, [kind for kind in get_args(PlaceKind) if kind != "named"]) or _country(row)


def _named(row: dict[str, str]) -> str:
    return "" if row["name"].strip() else "it has no name"


def _one_of(row: dict[str, str], kinds: list[str] | tuple[str, ...]) -> str:
    return "" if row["kind"] in kinds else f"kind is {row['kind']!r}: it is one of {', '.join(kinds)}"


def _country(row: dict[str, str]) -> str:
    wrong = row["country"] and not _COUNTRY.fullmatch(row["country"])
    return f"country is {row['country']!r}: it is a code of two capitals, or empty" if wrong else ""


_SHAPES: dict[str, tuple[tuple[str, ...], Callable[[dict[str, str]], str]]] = {
    "actors": (ACTOR_COLUMNS, _flaw_of_actor),
    "places": (PLACE_COLUMNS, _flaw_of_place),
}
