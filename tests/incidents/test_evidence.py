"""What speaks for and against one incident, part by part, on days, places and reports written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.crowd import Crowd
from firsthand.incidents.evidence import Comparison, apart_part, day_part, means_part, place_part
from firsthand.incidents.learned import Learned
from firsthand.incidents.placing import PlaceShares, event_places
from firsthand.incidents.profile import Profile, families, hours_of, profile
from firsthand.incidents.timing import DayShares
from firsthand.model import Place

MAY = date(1998, 5, 4)


def named(day: date, *, printed: date | None = None, late: float = 0.0) -> DayShares:
    return DayShares({day: 0.9}, {}, published=printed or day, late=late)


def open_day(printed: date, *, late: float = 0.0) -> DayShares:
    """A report that names no day; nothing is guessed, so that only its openness speaks."""
    return DayShares({}, {}, published=printed, late=late)


def at(*places: Place) -> PlaceShares:
    return PlaceShares({p.id: 0.8 / len(places) for p in places}, {}, {p.id: p for p in places})


def town(name: str, admin1: str | None = "Upper Vell", country: str = "VL", lat: float = 10.0) -> Place:
    return Place(f"plc-{name}-{admin1}", name, country, admin1, lat, 20.0, precision=1)


# -- days


def test_the_next_day_is_another_event() -> None:
    assert day_part(named(MAY), named(MAY)).weight > 2
    assert day_part(named(MAY), named(MAY + timedelta(1))).weight < 0
    assert day_part(named(MAY), named(MAY + timedelta(30))).weight < -2


def test_a_report_cannot_tell_of_what_had_not_happened_when_it_was_printed() -> None:
    before = day_part(named(MAY), open_day(MAY - timedelta(3))).weight
    after = day_part(named(MAY), open_day(MAY + timedelta(1))).weight
    assert before < -2 < after


@pytest.mark.parametrize(("lag", "may"), [(2, False), (1, True), (0, True), (-1, True)])
def test_a_day_guessed_from_the_printing_is_none_that_was_still_to_come(lag: int, may: bool) -> None:
    guessed = DayShares({}, {MAY: 1.0}, published=MAY)
    alike = replace(guessed, published=MAY + timedelta(3))  # the same guess, of a report that could have heard of it
    other = DayShares({MAY + timedelta(lag): 1.0}, {}, published=MAY + timedelta(3))
    assert (day_part(guessed, other).weight == pytest.approx(day_part(alike, other).weight)) == may
    assert day_part(guessed, other).weight == pytest.approx(day_part(other, guessed).weight)


def test_reports_of_the_aftermath_are_told_for_years_news_for_days() -> None:
    year = MAY + timedelta(365)
    news, trial = open_day(year), open_day(year, late=0.6)
    assert day_part(named(MAY), news).weight < day_part(named(MAY), trial).weight
    assert apart_part(named(MAY), news).weight < 0 < apart_part(named(MAY), trial).weight


@given(st.integers(0, 4000), st.integers(1, 4000), st.floats(0, 0.9))
def test_the_longer_after_the_day_the_less_an_open_report_speaks_of_it(lag: int, more: int, late: float) -> None:
    near = day_part(named(MAY), open_day(MAY + timedelta(lag), late=late)).weight
    far = day_part(named(MAY), open_day(MAY + timedelta(lag + more), late=late)).weight
    assert far <= near


# -- places


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        # one town
        (town("Darrun"), town("Darrun"), "for"),
        # spellings of one name in one province, or where the province of one is not known
        (town("al-Hasiriya"), town("Hasiriyeh"), "for"),
        (town("al-Hasiriya"), town("Hasiriyeh", None), "for"),
        # one name in two provinces names two places
        (town("Zara", "Upper Vell"), town("Zara", "Lower Vell"), "against"),
        # where the gazetteer lacks one of them, its province is a guess
        (replace(town("Zara", "Upper Vell"), kind="named"), town("Zarah", "Lower Vell"), "nothing"),
        # two towns are two events, however near they lie
        (town("Darrun"), town("Ostrey", lat=10.01), "against"),
        # the name of the province's capital may stand for any place in the province
        (town("Vellin", "Vellin"), town("Ostrey", "Vellin"), "nothing"),
        (town("Darrun"), town("Marrow", None, "OT"), "against"),
    ],
)
def test_places(a: Place, b: Place, verdict: str) -> None:
    for part in (place_part(at(a), at(b)), place_part(at(b), at(a))):
        assert {"for": part.weight > 0, "against": part.weight < 0, "nothing": part.weight == 0}[verdict]


# -- the crowd, means, hours, families


def test_the_odds_of_a_pair_fall_with_the_places_of_its_day_in_its_country(told: Callable[..., object]) -> None:
    def crowded(towns: int, each: int) -> tuple[Comparison, Profile]:
        one = told(
            "a", "Shells fell on the mill on Monday.", published="1998-05-04", days=[("on Monday", "1998-05-04")]
        )
        own = profile(one.document, one.annotation, one.claims)  # type: ignore[attr-defined]
        made = [
            replace(own, report=f"rep-{n}-{m}", places=at(town(f"Town {n}"))) for n in range(towns) for m in range(each)
        ]
        return Comparison(Learned.of(()), Crowd(made)), made[0]

    def crowd(towns: int, each: int) -> float:
        comparison, own = crowded(towns, each)
        return next(p.weight for p in comparison.parts(own, own) if p.name == "crowd")

    def words(towns: int) -> str:
        comparison, own = crowded(towns, 2)
        return next(p.words for p in comparison.parts(own, own) if p.name == "crowd")

    assert crowd(20, 2) < crowd(3, 2) < 0
    assert words(1) == ""
    assert words(20).endswith("places of the country")
    # An attack of which forty reports tell is no more easily taken for another than one told three times.
    assert crowd(3, 40) == pytest.approx(crowd(3, 3), abs=0.05)


@pytest.mark.parametrize(
    ("text", "other", "against"),
    [
        ("Shells fell on Darrun.", "Gunmen shot two in Sennick.", True),
        ("Shells fell on Darrun.", "Gunmen shot two in Darrun.", False),
        ("Shells fell on Darrun.", "Gunmen shot two in Sennick. In Darrun shops stayed shut.", False),
        ("Shells fell on Darrun.", "Gunmen shot two in the hills.", False),
    ],
)
def test_a_town_of_which_the_other_says_nothing(
    told: Callable[..., object], text: str, other: str, against: bool
) -> None:
    def made(name: str, words: str) -> Profile:
        one = told(name, words, published="1998-05-04", places=[p for p in ("Darrun", "Sennick") if p in words])
        return profile(one.document, one.annotation, one.claims)  # type: ignore[attr-defined]

    a, b = made("a", text), made("b", other)
    # Of a place that the gazetteer lacks only its name is known, which does.
    a, b = (replace(p, places=at()) for p in (a, b))
    comparison = Comparison(Learned.of(()), Crowd([a, b]))
    assert [p.weight < 0 for p in comparison.parts(a, b) if p.name == "towns"] == ([True] if against else [])


@pytest.mark.parametrize(
    ("text", "other", "shared"),
    [
        ("A mine went off at Vell Bridge.", "Gunmen shot two at Vell Bridge.", True),
        ("A mine went off at Orrin Square.", "Gunmen shot two at Sennick Square.", False),
        ("It was laid by a Southlander-backed band.", "They were of a Southlander-backed band.", False),
        ("A mine went off in Westland.", "Gunmen shot two in Westland.", False),
    ],
)
def test_names_that_tell_two_events_apart(told: Callable[..., object], text: str, other: str, shared: bool) -> None:
    def made(name: str, words: str) -> Profile:
        one = told(name, words, published="1998-05-04")
        read = profile(one.document, one.annotation, one.claims)  # type: ignore[attr-defined]
        country = Place("plc-w", "Westland", "VL", precision=6, kind="country")
        return replace(read, places=PlaceShares({}, {country.id: 0.5}, {country.id: country}))

    a, b = made("a", text), made("b", other)
    parts = Comparison(Learned.of(()), Crowd([a, b])).parts(a, b)
    assert any(p.name == "names" for p in parts) == shared


def test_words_for_any_attack_are_no_common_means() -> None:
    assert means_part({"attack": 0.5, "shelling": 0.5}, {"shelling": 1.0}).weight > 0
    assert means_part({"attack": 1.0}, {"attack": 1.0}).weight == 0
    assert means_part({"attack": 0.5, "shelling": 0.5}, {"shooting": 1.0}).weight == 0


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("The mill was hit at 4 a.m. on Monday.", [4.0]),
        ("Shots rang out shortly before 12:15 am.", [0.25]),
        ("At 21:40 a second bomb went off.", [21 + 2 / 3]),
        # the hour of printing is not the event's
        ("Last updated 9:30 pm. Two died.", []),
        # a score and a verse are no hours
        ("They won 31:26 on Sunday.", []),
    ],
)
def test_hours(text: str, hours: list[float]) -> None:
    assert sorted(hours_of(text)) == pytest.approx(hours)


def test_families_are_named_with_a_name() -> None:
    assert families("Shells hit the home of the Orrin family. Their family fled. The family mourns.", (), ()) == {
        "orrin"
    }


def test_a_place_from_which_a_distance_is_counted_is_not_the_events(told: Callable[..., object]) -> None:
    text = "Shells fell on Sennick, 30 km north of Darrun, and killed four millers."
    one = told("a", text, places=["Sennick", "Darrun"], published="1998-05-04")
    near, far = one.annotation.text.places  # type: ignore[attr-defined]
    layer = replace(one.annotation.text, places=(near, replace(far, relation="30 km north of")))  # type: ignore[attr-defined]
    counted = event_places(one.document, replace(one.annotation, text=layer), ())  # type: ignore[attr-defined]
    named = event_places(one.document, one.annotation, ())  # type: ignore[attr-defined]
    assert counted.fine[far.place.id] < named.fine[far.place.id] / 2
    assert counted.fine[near.place.id] > 0.6
