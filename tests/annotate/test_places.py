"""Places against a table of cases, and what must hold for any text."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.annotate.atlas import Atlas
from firsthand.annotate.gazetteer import Gazetteer
from firsthand.annotate.names import find_names
from firsthand.annotate.places import find_places
from firsthand.errors import SettingsError
from firsthand.model import PlaceMention
from firsthand.resources import table

from .tables import rows

CASES = Path(__file__).parent / "cases" / "places.tsv"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(Gazetteer())


ATLAS: list[Atlas] = []


def places_in(text: str, atlas: Atlas, **options: str) -> tuple[PlaceMention, ...]:
    return find_places(text, find_names(text), gazetteer=atlas, **options)


@pytest.mark.parametrize(("text", "words", "name", "country", "kind", "flags", "comment"), rows(CASES))
def test_meaning(
    atlas: Atlas, text: str, words: str, name: str, country: str, kind: str, flags: str, comment: str
) -> None:
    at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert at is not None
    found = [m for m in places_in(text, atlas) if m.span.start <= at.start() < m.span.end]
    if name == "-":
        assert not found, comment
        return
    (mention,) = found
    if name == "?":
        assert mention.place is None, comment
        return
    assert mention.place is not None, comment
    got = (mention.place.name, mention.place.country or "", mention.place.kind)
    assert got == (name, country, kind), comment
    side, _, relation = flags.partition("/")
    assert mention.locative == (side == "L"), comment
    assert (mention.relation or "") == relation, comment


SPELLINGS = [
    ("IQ", ["al-Qaim", "Qaim", "Al-Qa'im", "Al Qaim", "القائم", "قائم"]),
    ("SY", ["Hasakah", "al-Hasakah", "Hassakeh", "Hasakeh", "Al Hasaka", "الحسكة"]),
    ("SY", ["Deir ez-Zor", "Deir Ezzor", "Deir al-Zor", "Deir el-Zour", "Dayr az Zawr", "دير الزور"]),
    ("SY", ["Jisr al-Shughur", "Jisr al-Shughour", "Jisr ash-Shughur"]),
    ("PS", ["Khan Younis", "Khan Yunis", "Khan Yunes", "خان يونس"]),
    ("PS", ["Jabalia", "Jabaliya", "Jabalya", "جباليا"]),
    ("YE", ["Hodeidah", "Hodeida", "al-Hudaydah", "Hudaydah", "الحديدة"]),
    ("LY", ["Misrata", "Misurata", "Misratah", "مصراتة"]),
    ("UA", ["Kyiv", "Kiev"]),
    ("UA", ["Odesa", "Odessa"]),
    ("SD", ["El Fasher", "Al-Fashir", "El-Fasher"]),
    ("SO", ["Mogadishu", "Muqdisho"]),
    ("AF", ["Lashkar Gah", "Lashkargah"]),
]


@pytest.mark.parametrize(("country", "names"), SPELLINGS, ids=lambda v: v if isinstance(v, str) else v[0])
def test_spellings_meet(atlas: Atlas, country: str, names: list[str]) -> None:
    found = {next(e.gazetteer_id for e in atlas.find(n) if e.country == country and e.settlement) for n in names}
    assert len(found) == 1


def test_unknown_transliterations_meet_by_consonants_in_their_country(atlas: Atlas) -> None:
    (known,) = {e.gazetteer_id for e in atlas.gazetteer.find_loosely("Sulaymaniyya", "IQ") if e.kind == "city"}
    assert known == next(e.gazetteer_id for e in atlas.find("Sulaymaniyah") if e.country == "IQ" and e.settlement)
    assert not atlas.gazetteer.find_loosely("Sulaymaniyya", "FR")


def test_a_hint_settles_what_the_text_leaves_open(atlas: Atlas) -> None:
    text = "Fighting in Tripoli went on."
    assert [m.place for m in places_in(text, atlas)] == [None]
    (mention,) = places_in(text, atlas, country_hint="LB")
    assert mention.place is not None
    assert mention.place.country == "LB"


def test_the_other_field_settles_it_too(atlas: Atlas) -> None:
    known = places_in("Clashes in Lebanon", atlas)
    text = "Fighting in Tripoli went on."
    (mention,) = find_places(text, find_names(text), gazetteer=atlas, known=known)
    assert mention.place is not None
    assert mention.place.country == "LB"


def test_a_named_place_lies_in_its_area_with_that_areas_coordinate(atlas: Atlas) -> None:
    text = "The village of Kukumbi in Borno, Nigeria, was burned. Later Kukumbi village lay empty."
    named = {m.place for m in places_in(text, atlas) if m.place and m.place.kind == "named"}
    assert len(named) == 1
    (place,) = named
    (area,) = {m.place for m in places_in(text, atlas) if m.place and m.place.name == "Borno"}
    assert (place.lat, place.lon, place.admin1) == (area.lat, area.lon, "Borno")
    assert place.precision == area.precision == 4


def test_precision_is_never_better_than_the_coordinate(atlas: Atlas) -> None:
    text = (
        "In northern Syria and in Homs, in Borno State of Nigeria, at al-Tanf and in the Kukumbi area of Kano, Nigeria."
    )
    for mention in places_in(text, atlas):
        place = mention.place
        assert place is not None
        least = {"country": 6, "region": 3, "admin1": 4, "admin2": 3, "named": 2}.get(place.kind, 1)
        assert least <= place.precision <= 7


def test_a_users_own_places(tmp_path: Path) -> None:
    own = tmp_path / "places.tsv"
    header = "name\taliases\tcountry\tadmin1\tlat\tlon\tkind\tprecision\n"
    own.write_text(header + "Camp Larkspur\tLarkspur\tIQ\tAnbar\t33.5\t42.5\tsite\t1\n", encoding="utf-8")
    text = "A drone hit Camp Larkspur in Iraq."
    found = [m.place for m in places_in(text, Atlas(Gazetteer(), str(own))) if m.text == "Camp Larkspur"]
    assert [(p.country, p.admin1, p.lat) for p in found if p] == [("IQ", "Anbar", 33.5)]
    own.write_text("name\tlat\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="its first line lacks aliases"):
        Atlas(Gazetteer(), str(own))


@pytest.mark.parametrize("row", table("places/cues.tsv"), ids=lambda row: f"{row['country']}-{row['example']}")
def test_cues_catch_their_example_and_leave_their_counter(row: dict[str, str]) -> None:
    assert re.search(row["cue"], row["example"])
    assert any(word in row["example"] for word in row["needs"].split("|"))
    assert not re.search(row["cue"], row["counter"])


def test_every_site_is_found_by_each_of_its_names(atlas: Atlas) -> None:
    for row in table("places/sites.tsv"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found = atlas.find(name)
            assert any(e.country == row["country"] for e in found), name


PIECES = [r[0] for r in rows(CASES)] + [
    "\n\n",
    "U.S.",
    "al-",
    "the village of ",
    "قصف",
    "A",
    "—",
    "in , and",
    "Ltd. St. Mo.",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
def test_spans_are_ordered_and_their_own_text(text: str) -> None:
    if not ATLAS:
        ATLAS.append(Atlas(Gazetteer()))
    found = places_in(text, ATLAS[0])
    end = 0
    for mention in found:
        assert mention.span.start >= end
        assert mention.span.of(text) == mention.text != ""
        end = mention.span.end
    # A fresh atlas, whose memory is empty, and one that has seen other texts before answer alike.
    random.Random(len(text)).shuffle(PIECES)
    assert found == places_in(text, ATLAS[0])
