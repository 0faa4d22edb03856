"""Places known by hand, in memory: countries, their peoples, US states, regions, bases, camps and neighbourhoods.

Rows that the gazetteer also has take its id, so a place has one id whichever way it was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from firsthand.model.entity import PlaceKind
from firsthand.resources import table
from firsthand.resources.own import own_places

from .folding import bare_key, fold_key
from .gazetteer import KINDS, Entry, Gazetteer

# Degrees within which a row and a gazetteer entry of one name are the same settlement: the rows are good to a few kilometres.
_NEAR = 0.4


class Atlas:
    """Look-ups by name. ``gazetteer`` is searched too, after the hand-made tables.

    ``extra`` is the path of a user's own table of the shape of ``resources/places/sites.tsv``.
    """

    def __init__(self, gazetteer: Gazetteer, extra: str = "") -> None:
        self.gazetteer = gazetteer
        self.countries: dict[str, Entry] = {e.country: e for e in gazetteer.of_kind("country")}
        self.demonyms: dict[str, str] = {}
        self.abbreviations: dict[str, Entry] = {}
        self._by_key: dict[str, list[Entry]] = {}
        self._capitals: set[str] = set()
        self._renamed: dict[str, Entry] = {}
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._add_countries()
        self._add_states()
        self._add_sites(table("places/sites.tsv"))
        self._add_sites(own_places(extra))

    def find(self, name: str) -> tuple[Entry, ...]:
        """All places called ``name``: by hand first, then the gazetteer's, largest first. Empty for short words not in capitals
        where only the capitals are a name ("us", "US")."""
        found = self._found.get(name)
        if found is None:
            key = bare_key(name)
            by_hand = self._by_key.get(key, ())
            if key in self._capitals and not name.replace(".", "").isupper():
                by_hand = ()
            seen = {e.gazetteer_id for e in by_hand}
            others = (
                self._renamed.get(e.gazetteer_id, e) for e in self.gazetteer.find(name) if e.gazetteer_id not in seen
            )
            found = (*by_hand, *others)
            self._found[name] = found
        return found

    def find_loosely(self, name: str, country: str) -> tuple[Entry, ...]:
        """Places of ``country`` whose consonants agree with those of ``name``."""
        return tuple(self._renamed.get(e.gazetteer_id, e) for e in self.gazetteer.find_loosely(name, country))

    def by_hand(self, name: str) -> Sequence[Entry]:
        """The hand-made entries called ``name``: what news means by it unless its words say otherwise."""
        return self._by_key.get(bare_key(name), ())

    def demonym(self, word: str) -> Entry | None:
        """The country of a people or an adjective ("Syrian")."""
        code = self.demonyms.get(word)
        return self.countries.get(code) if code else None

    def state(self, words: str) -> Entry | None:
        """The US state that ``words`` begin with, in full or abbreviated: "Okla.", "OK", "Texas.", "N.Y. Police"."""
        first = words.split()[0]
        spellings = (words, words.rstrip("."), first, first.rstrip("."))
        return next((self.abbreviations[w] for w in spellings if w in self.abbreviations), None)

    def _add(self, entry: Entry, names: Iterable[str]) -> None:
        for name in names:
            key = bare_key(name)
            entries = self._by_key.setdefault(key, [])
            if all(e.gazetteer_id != entry.gazetteer_id for e in entries):
                entries.append(entry)
            if len(key) <= 3 and name.isupper():
                self._capitals.add(key)

    def _add_countries(self) -> None:
        for row in table("places/countries.tsv"):
            entry = self.countries.get(row["code"])
            if entry is None:
                # No settlement of ours lies there; the name still says where a report is set.
                entry = Entry(f"country:{row['code']}", row["name"], "country", row["code"], "", None, None)
                self.countries[row["code"]] = entry
            self._add(entry, [row["name"], *_split(row["aliases"])])
            for demonym in _split(row["demonyms"]):
                self.demonyms[demonym] = row["code"]

    def _add_states(self) -> None:
        for row in table("places/us_states.tsv"):
            entry = self.gazetteer.province("US", row["code"])
            if entry is None:
                continue
            for abbreviation in (row["code"], *_split(row["abbreviations"])):
                self.abbreviations[abbreviation] = entry
            self.abbreviations[row["name"]] = entry

    def _add_sites(self, rows: Iterable[dict[str, str]]) -> None:
        for row in rows:
            names = [row["name"], *_split(row["aliases"])]
            kind: PlaceKind = next((k for k in KINDS if k == row["kind"]), "site")
            same = self._same(names, row, kind)
            if same is not None:
                # The hand-made spelling is the one that news uses.
                same = self._renamed.setdefault(same.gazetteer_id, replace(same, name=row["name"]))
            entry = same or Entry(
                gazetteer_id=f"site:{fold_key(row['name'])}:{row['country']}",
                name=row["name"],
                kind=kind,
                country=row["country"],
                admin1=self._province_code(row["country"], row["admin1"]),
                lat=float(row["lat"]) if row["lat"] else None,
                lon=float(row["lon"]) if row["lon"] else None,
                precision=int(float(row["precision"] or 2)),
            )
            self._add(entry, names)

    def _same(self, names: Iterable[str], row: dict[str, str], kind: PlaceKind) -> Entry | None:
        """The gazetteer's own entry for a row: of that kind in that country, and a settlement only if it lies near."""
        kinds = ("city", "village") if kind in ("city", "village") else (kind,)
        if not row["country"]:
            return None
        for entry in (
            e for n in names for e in self.gazetteer.find(n) if e.country == row["country"] and e.kind in kinds
        ):
            if not entry.settlement or not row["lat"] or entry.lat is None or entry.lon is None:
                return entry
            if max(abs(entry.lat - float(row["lat"])), abs(entry.lon - float(row["lon"]))) <= _NEAR:
                return entry
        return None

    def _province_code(self, country: str, name: str) -> str:
        if not name:
            return ""
        found = (e for e in (*self._by_key.get(bare_key(name), ()), *self.gazetteer.find(name)) if e.country == country)
        return next((e.admin1 for e in found if e.kind == "admin1"), "")


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]
