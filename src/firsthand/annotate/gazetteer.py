"""The gazetteer: populated places, provinces and districts of the world in one SQLite file, found by folded name.

Built by ``tools/build_gazetteer.py`` from GeoNames (CC BY 4.0, see ``resources/places/CREDIT.md``). Countries, regions,
sites and a user's own places are small tables in ``atlas.py``; this file is for the hundreds of thousands.
"""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path

from firsthand.model import Place, record_id
from firsthand.model.entity import PlaceKind
from firsthand.resources import resource_path

from .folding import bare_key, fold_key, loose_key

KINDS: tuple[PlaceKind, ...] = ("country", "admin1", "admin2", "city", "village", "site", "region")
PRECISION: dict[PlaceKind, int] = {
    "country": 6, "region": 5, "admin1": 4, "admin2": 3, "city": 1, "village": 1, "site": 1, "named": 2,
}  # fmt: skip


# Bits and probes of the filter that answers most look-ups of words that name no place: 0.5% of them reach the file.
FILTER_BITS = 1 << 22
_PROBES = 4


def filter_bits(key: str) -> list[int]:
    """Positions of ``key`` in the file's Bloom filter (double hashing of two CRC-32)."""
    data = key.encode()
    first, step = zlib.crc32(data), zlib.crc32(data, 0x9E3779B9) | 1
    return [(first + probe * step) % FILTER_BITS for probe in range(_PROBES)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer. ``admin1`` is the code of the province inside the country, ``population`` 0 where unknown."""

    gazetteer_id: str
    name: str
    kind: PlaceKind
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int = 0
    capital: bool = False
    precision: int = 0

    @property
    def settlement(self) -> bool:
        return self.kind in ("city", "village")

    def place(self, admin1_name: str | None = None) -> Place:
        """The entry as the noun that leaves this room."""
        return Place(
            id=record_id("plc", self.gazetteer_id),
            name=self.name,
            country=self.country or None,
            admin1=admin1_name,
            lat=self.lat,
            lon=self.lon,
            gazetteer_id=self.gazetteer_id,
            precision=self.precision or PRECISION[self.kind],
            kind=self.kind,
        )


_FIND = """
    SELECT DISTINCT place.* FROM key JOIN place ON place.id = key.place
    WHERE key.key IN ({}) ORDER BY population DESC, place.id
"""


class Gazetteer:
    """Read-only look-ups in the packaged file, or in another of the same shape.

    Every look-up is remembered, since the reports of one conflict name the same places over and over.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or resource_path("places/gazetteer.sqlite")
        # Immutable: the file is never written after it is built, and may lie on a read-only disk.
        self._connection = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._loose: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self._places: dict[tuple[str, str], Place] = {}
        self._admin1: dict[tuple[str, str], Entry] = {}
        (self._filter,) = self._connection.execute("SELECT bits FROM filter").fetchone()
        self._common = frozenset(key for (key,) in self._connection.execute("SELECT key FROM common"))
        for entry in self.of_kind("admin1"):
            self._admin1.setdefault((entry.country, entry.admin1), entry)

    def find(self, name: str) -> tuple[Entry, ...]:
        """All places called ``name``, largest population first. An article that the text has or lacks makes no difference
        in countries where names carry the Arabic one."""
        found = self._found.get(name)
        if found is None:
            keys = [key for key in (fold_key(name), "-" + bare_key(name)) if self._may_have(key)]
            found = tuple(self._entries(_FIND.format(",".join("?" * len(keys))), tuple(keys))) if keys else ()
            self._found[name] = found
        return found

    def _may_have(self, key: str) -> bool:
        bits = self._filter
        return all(bits[bit >> 3] >> (bit & 7) & 1 for bit in filter_bits(key))

    def find_loosely(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of ``country`` whose consonants agree with those of ``name``."""
        key = (loose_key(name), country)
        if not key[0]:
            return ()
        if key not in self._loose:
            self._loose[key] = tuple(
                self._entries(
                    "SELECT place.* FROM loose JOIN place ON place.id = loose.place WHERE loose.country = ? AND loose.key = ? "
                    "ORDER BY population DESC, place.id",
                    (country, key[0]),
                )
            )
        return self._loose[key]

    def of_kind(self, kind: PlaceKind) -> list[Entry]:
        """Every place of one kind."""
        return self._entries("SELECT * FROM place WHERE kind = ? ORDER BY id", (KINDS.index(kind),))

    def province(self, country: str, code: str) -> Entry | None:
        """The first-order division ``code`` of ``country``."""
        return self._admin1.get((country, code))

    def is_common_word(self, name: str) -> bool:
        """Whether the name is also an English verb, adjective or common noun ("Reading", "Split", "Police")."""
        return fold_key(name) in self._common

    def place(self, entry: Entry) -> Place:
        """The entry with its province's name."""
        key = (entry.gazetteer_id, entry.name)
        if key not in self._places:
            province = None if entry.kind == "admin1" else self.province(entry.country, entry.admin1)
            self._places[key] = entry.place(province.name if province else None)
        return self._places[key]

    def _entries(self, query: str, values: tuple[object, ...]) -> list[Entry]:
        return [
            Entry(
                f"geonames:{gid}", name, KINDS[kind], country, admin1, lat / 1e4, lon / 1e4, population, bool(capital)
            )
            for _, gid, name, kind, country, admin1, lat, lon, population, capital in self._connection.execute(
                query, values
            )
        ]
