"""Incident ids survive new reports."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.incidents.identity import keep_ids

GROUPS = st.lists(st.integers(0, 6), min_size=1, max_size=20).map(
    lambda homes: [
        sorted(f"r{n}" for n, home in enumerate(homes) if home == group) for group in sorted(set(homes))
    ]
)  # fmt: skip


def named(groups: list[list[str]]) -> dict[str, list[str]]:
    return dict(zip(keep_ids(groups, {}, kind="incident"), groups, strict=True))


def test_a_group_that_grows_keeps_its_id() -> None:
    before = named([["a", "b"], ["c"]])
    after = keep_ids([["a", "b", "d"], ["c"]], before, kind="incident")
    assert after == list(before)


def test_the_larger_part_of_a_split_keeps_the_id() -> None:
    (name,) = before = named([["a", "b", "c"]])
    small, large = keep_ids([["a"], ["b", "c"]], before, kind="incident")
    assert large == name != small


def test_the_larger_of_two_merged_gives_its_id() -> None:
    before = named([["a"], ["b", "c"]])
    (merged,) = keep_ids([["a", "b", "c"]], before, kind="incident")
    assert before[merged] == ["b", "c"]


@given(GROUPS, GROUPS)
def test_each_id_is_given_once_and_the_same_groups_keep_theirs(first: list[list[str]], second: list[list[str]]) -> None:
    before = named(first)
    after = keep_ids(second, before, kind="incident")
    assert len(set(after)) == len(second)
    assert keep_ids(first, before, kind="incident") == list(before)


@given(GROUPS, GROUPS)
def test_the_order_of_the_groups_leaves_no_trace(first: list[list[str]], second: list[list[str]]) -> None:
    before = named(first)
    forward = dict(zip(map(tuple, second), keep_ids(second, before, kind="incident"), strict=True))
    backward = dict(zip(map(tuple, second[::-1]), keep_ids(second[::-1], before, kind="incident"), strict=True))
    assert forward == backward
