"""The packaged gazetteer file: what it must hold, and how names are folded to its keys."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.annotate.folding import bare_key, fold_key, loose_key
from firsthand.annotate.gazetteer import PRECISION, Gazetteer, filter_bits
from firsthand.resources import resource_path, table


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_the_file_is_small_and_its_source_credited() -> None:
    assert resource_path("places/gazetteer.sqlite").stat().st_size < 15_000_000
    credit = resource_path("places/CREDIT.md").read_text(encoding="utf-8")
    assert "GeoNames" in credit
    assert "CC BY 4.0" in credit


def test_every_key_passes_the_filter_in_front_of_the_file() -> None:
    connection = sqlite3.connect(f"{resource_path('places/gazetteer.sqlite').as_uri()}?mode=ro&immutable=1", uri=True)
    (bits,) = connection.execute("SELECT bits FROM filter").fetchone()
    for (key,) in connection.execute("SELECT DISTINCT key FROM key"):
        assert all(bits[bit >> 3] >> (bit & 7) & 1 for bit in filter_bits(key)), key


def test_every_spelling_by_hand_is_in_the_file(gazetteer: Gazetteer) -> None:
    for row in table("places/spellings.tsv"):
        found = {e.gazetteer_id: e for e in gazetteer.find(row["name"])}
        assert f"geonames:{row['gid']}" in found, row["name"]
        for alias in filter(None, row["aliases"].split("|")):
            assert f"geonames:{row['gid']}" in {e.gazetteer_id for e in gazetteer.find(alias)}, alias


def test_places_are_found_largest_first(gazetteer: Gazetteer) -> None:
    populations = [e.population for e in gazetteer.find("Springfield")]
    assert len(populations) > 10
    assert populations == sorted(populations, reverse=True)


def test_every_country_of_the_table_has_its_provinces(gazetteer: Gazetteer) -> None:
    for code in (
        "SY",
        "IQ",
        "YE",
        "LY",
        "AF",
        "PK",
        "UA",
        "SD",
        "SS",
        "SO",
        "ET",
        "NG",
        "ML",
        "BF",
        "CD",
        "CF",
        "MZ",
        "MM",
        "US",
    ):
        areas = [e for e in gazetteer.of_kind("admin1") if e.country == code]
        assert len(areas) >= 7, code
        assert all(e.place().precision == PRECISION["admin1"] for e in areas)


def test_common_words_are_known(gazetteer: Gazetteer) -> None:
    assert all(gazetteer.is_common_word(w) for w in ("Bath", "Union", "Split", "Police", "She"))
    assert not any(gazetteer.is_common_word(w) for w in ("Aleppo", "Kandahar", "Chicago", "Goma"))


ARABIC_OR_LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéíōū'’- القائمحصدير", min_size=1, max_size=20)


@given(ARABIC_OR_LATIN)
def test_keys_ignore_case_marks_and_gaps(name: str) -> None:
    assert fold_key(name) == fold_key(name.upper()) == fold_key(name.replace("-", " "))
    assert fold_key(name) == fold_key(name.replace("'", "").replace("’", ""))
    # Folding a key again changes nothing, and the looser keys never see more than the exact one.
    assert fold_key(fold_key(name)) == fold_key(name)
    assert len(loose_key(name)) <= len(fold_key(name))
    assert len(bare_key(name)) <= len(fold_key(name))
