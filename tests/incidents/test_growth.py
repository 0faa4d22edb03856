"""A pile that grows: adding reports gives what grouping the whole pile gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.incidents import Groups, group
from firsthand.model import Grouping, Lineage, Origin, record_id

FIRST = date(2031, 5, 10)
TARGETS = ("the grain market", "the water works", "a convoy of flour", "the old mill", "a school")
MEANS = ("Shells struck", "Gunmen attacked", "A bomb hit", "Jets bombed")
PEOPLE = ("Pella Orrin", "Tam Vosk", "Rudo Hale", "Mirra Stane")
TOWNS = ("Darrun", "Sennick", "Old Sennick", "Marrow Bay")


def drawn(told: Callable[..., object], number: int, dice: random.Random, span: int = 9) -> object:
    """A report of one of the attacks of ``span`` days; a third tell of an earlier one too."""
    town, day, target = dice.choice(TOWNS), dice.randint(1, span), dice.choice(TARGETS)
    when, killed = (FIRST + timedelta(day)).isoformat(), dice.randint(2, 9)
    text = f"{dice.choice(MEANS)} {target} in {town} on day{day} and killed {killed} people. {dice.choice(PEOPLE)} said so."
    tolls = [(f"{killed} people", "killed", killed)]
    days, places, background = [(f"day{day}", when)], [town], []
    if dice.random() < 0.35:
        other = dice.choice([t for t in TOWNS if t not in town and town not in t])
        dead = "three men"
        text += f" A raid in {other} on day0 had killed {dead}."
        tolls.append((dead, "killed", 3))
        days.append(("day0", (FIRST - timedelta(dice.randint(1, span))).isoformat()))
        places.append(other)
        background.append(dead)
    published = None if dice.random() < 0.1 else (FIRST + timedelta(day + dice.randint(0, 1))).isoformat()
    return told(
        f"r{number}", text, title=f"{killed} killed at {target} in {town}", published=published,
        days=days, places=places, tolls=tolls, background=background,
    )  # fmt: skip


def parts(pile: list[object]) -> tuple[list[object], list[object], list[object]]:
    return (
        [t.document for t in pile],  # type: ignore[attr-defined]
        [t.annotation for t in pile],  # type: ignore[attr-defined]
        [t.claims for t in pile],  # type: ignore[attr-defined]
    )


def copies(pile: list[object], dice: random.Random) -> Lineage:
    """Some pairs of neighbours in the pile as copies of one text."""
    ids = [t.id for t in pile]  # type: ignore[attr-defined]
    pairs = [(a, b) for a, b in zip(ids[::2], ids[1::2], strict=False) if dice.random() < 0.15]
    alone = set(ids) - {r for pair in pairs for r in pair}
    groups = [*pairs, *((r,) for r in sorted(alone))]
    return Lineage(origins=tuple(Origin(record_id("org", *members), "", members) for members in groups))


def within(lineage: Lineage, pile: list[object]) -> Lineage:
    ids = {t.id for t in pile}  # type: ignore[attr-defined]
    kept = [(o.id, tuple(r for r in o.reports if r in ids)) for o in lineage.origins]
    return Lineage(origins=tuple(Origin(name, "", members) for name, members in kept if members))


@given(st.integers(0, 10_000), st.integers(4, 40), st.integers(1, 6), st.sampled_from([3, 9, 60, 400]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_gives_what_grouping_the_whole_gives(
    told: Callable[..., object], seed: int, size: int, steps: int, span: int
) -> None:
    dice = random.Random(seed)
    pile = [drawn(told, n, dice, span) for n in range(size)]
    lineage = copies(pile, dice)
    dice.shuffle(pile)
    first = max(1, size - steps)
    groups = Groups(*parts(pile[:first]), within(lineage, pile[:first]))
    for end in range(first + 1, size + 1):
        before, learned = groups.grouping, groups.learned
        found = groups.add(*parts(pile[end - 1 : end]), within(lineage, pile[:end]))
        if groups.learned is not learned:
            learned = None  # the pile had outgrown it
        whole = group(*parts(pile[:end]), within(lineage, pile[:end]), previous=before.incidents, learned=learned)
        assert same(found, whole)


def same(found: Grouping, whole: Grouping) -> bool:
    assert found.incidents == whole.incidents
    assert found.assignments == whole.assignments
    assert found.suggestions == whole.suggestions
    assert found.places == whole.places
    assert found.actors == whole.actors
    return found == whole


def test_a_pile_that_has_outgrown_what_it_taught_is_grouped_anew(told: Callable[..., object]) -> None:
    dice = random.Random(3)
    pile = [drawn(told, n, dice) for n in range(20)]
    groups = Groups(*parts(pile[:10]), Lineage())
    learned = groups.learned
    groups.add(*parts(pile[10:12]), Lineage())
    assert groups.learned is learned
    found = groups.add(*parts(pile[12:]), Lineage())
    assert groups.learned is not learned
    assert {r for i in found.incidents for r in i.reports} == {t.id for t in pile}  # type: ignore[attr-defined]


def test_reports_far_off_in_time_and_place_are_left_alone(
    told: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(5)
    pile = [drawn(told, n, dice) for n in range(30)]
    late = told(
        "late", "Gunmen shot two clerks in Ottia on Monday.", title="Two clerks shot", published="2033-01-04",
        days=[("on Monday", "2033-01-03")], places=["Ottia"], tolls=[("two clerks", "killed", 2)],
    )  # fmt: skip
    groups = Groups(*parts(pile), Lineage())
    regrouped: list[set[str]] = []
    one_part = groups._pile
    monkeypatch.setattr(groups, "_pile", lambda part: regrouped.append(part) or one_part(part))
    groups.add(*parts([late]), Lineage())
    assert regrouped == [{late.id}]  # type: ignore[attr-defined]
