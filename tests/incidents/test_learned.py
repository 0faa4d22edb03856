"""What a pile teaches: a name is as telling as it is rare among the reports of a country, not in news of the whole world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.crowd import Crowd
from firsthand.incidents.evidence import Comparison
from firsthand.incidents.learned import Learned
from firsthand.incidents.placing import PlaceShares
from firsthand.incidents.profile import Profile, profile
from firsthand.incidents.timing import DayShares
from firsthand.model import Place


def at(country: str | None) -> PlaceShares:
    if country is None:
        return PlaceShares({}, {}, {})
    place = Place(f"plc-{country}", f"Land of {country}", country, precision=6, kind="country")
    return PlaceShares({}, {place.id: 0.6}, {place.id: place})


@pytest.fixture
def made(told: Callable[..., object]) -> Callable[[str, str, str | None], Profile]:
    def make(name: str, text: str, country: str | None) -> Profile:
        one = told(name, text, published="1998-05-04")
        read = profile(one.document, one.annotation, one.claims)  # type: ignore[attr-defined]
        return replace(read, places=at(country))

    return make


def blank(terms: set[str], country: str) -> Profile:
    """A report that uses ``terms`` and says nothing else."""
    return Profile(
        report="rep", published=None, days=DayShares({}, {}), places=at(country), terms=dict.fromkeys(terms, 1), lead={},
        people={}, families=frozenset(), ages=frozenset(), kinds={}, tolls={}, settings={}, hours=frozenset(), towns=frozenset(),
    )  # fmt: skip


def names_weight(heads: Sequence[Profile], a: Profile, b: Profile) -> float:
    parts = Comparison(Learned.of(heads), Crowd(heads)).parts(a, b)
    return sum(part.weight for part in parts if part.name == "names")


def test_what_the_rest_of_the_world_reports_makes_no_name_of_a_country_telling(
    made: Callable[[str, str, str | None], Profile],
) -> None:
    # Each report of one country names the militia that is at war there; two of them also name the same mill.
    war = [made(f"war-{n}", f"Fighters of the Orrin League burnt farm {n}.", "AA") for n in range(30)]
    mill = [made(f"mill-{n}", "Fighters of the Orrin League burnt the mill of Sennick.", "AA") for n in range(2)]
    world = [made(f"far-{n}", f"Rain fell on the harbour of Town {n}.", "BB") for n in range(300)]
    among_their_own = names_weight([*war, *mill], war[0], war[1])
    assert names_weight([*war, *mill, *world], war[0], war[1]) == pytest.approx(among_their_own, abs=0.15)
    # What is rare in the country tells there, and more than what all share.
    assert names_weight([*war, *mill, *world], *mill) > 3 * among_their_own


def test_a_report_of_no_known_country_is_judged_by_the_whole_pile(
    made: Callable[[str, str, str | None], Profile],
) -> None:
    heads = [made(f"rep-{n}", "Fighters of the Orrin League burnt a farm.", "AA" if n % 2 else None) for n in range(20)]
    learned = Learned.of(heads)
    assert learned.weights_for(heads[0]) is learned.weights
    # Those without a country count for the countries as the others lie: here all for the one.
    assert learned.weights_for(heads[1]).of("@orrin") == pytest.approx(learned.weights.of("@orrin"))


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(["mill", "@orrin", "@sennick", "12", "farm"])), st.sampled_from("ABC")))
)
def test_a_term_tells_no_more_in_a_country_than_in_the_whole_pile(reports: list[tuple[set[str], str]]) -> None:
    heads = [blank(terms, country) for terms, country in reports]
    learned = Learned.of(heads)
    for own in heads:
        for term in ("mill", "@orrin", "@sennick", "12", "farm", "unheard"):
            assert 0 <= learned.weights_for(own).of(term) <= learned.weights.of(term)
