"""Links between groups under constraints, checked against what follows from its definition."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.cluster import linked, united

_PAIRS = list(combinations(range(6), 2))


def test_a_bridge_does_not_chain_two_groups() -> None:
    scores = {(0, 1): 4.0, (2, 3): 4.0, (1, 2): 3.0, (0, 2): -4.0, (0, 3): -4.0, (1, 3): -4.0}
    assert linked(4, scores) == [[0, 1], [2, 3]]


def test_pairs_never_compared_count_against() -> None:
    assert linked(3, {(0, 1): 1.5, (1, 2): 1.0}) == [[0, 1], [2]]


def test_what_a_person_told_apart_stays_apart() -> None:
    assert linked(3, {(0, 1): 9.5, (1, 2): 9.0, (0, 2): 9.0}, apart=[(0, 2)]) == [[0, 1], [2]]


@given(st.dictionaries(st.sampled_from(_PAIRS), st.floats(-6, 6)), st.sets(st.sampled_from(_PAIRS)))
def test_nothing_is_lost_or_doubled_and_nothing_forbidden_joined(
    scores: dict[tuple[int, int], float], apart: set[tuple[int, int]]
) -> None:
    groups = linked(6, scores, apart=apart)
    assert sorted(i for g in groups for i in g) == list(range(6))
    assert not any(set(pair) <= set(g) for pair in apart for g in groups)


def test_united_takes_the_transitive_closure() -> None:
    assert united(5, [(3, 4), (0, 3)]) == [[0, 3, 4], [1], [2]]


@given(
    st.dictionaries(st.sampled_from(_PAIRS), st.integers(-4, 4).map(float)),
    st.sets(st.sampled_from(_PAIRS), max_size=3),
    st.permutations(range(6)),
)
def test_numbering_leaves_no_trace(
    scores: dict[tuple[int, int], float], apart: set[tuple[int, int]], number: list[int]
) -> None:
    def renamed(i: int, j: int) -> tuple[int, int]:
        return min(number[i], number[j]), max(number[i], number[j])

    groups = linked(6, scores, apart=apart)
    other = linked(
        6, {renamed(*pair): score for pair, score in scores.items()}, apart={renamed(*pair) for pair in apart}
    )
    assert other == sorted(sorted(number[i] for i in group) for group in groups)


def test_equally_good_joins_that_do_not_fit_together_are_not_made() -> None:
    assert linked(3, {(0, 1): 2.0, (1, 2): 2.0, (0, 2): -9.0}) == [[0], [1], [2]]
    assert linked(3, {(0, 1): 2.0, (1, 2): 2.0, (0, 2): 2.0}) == [[0, 1, 2]]
