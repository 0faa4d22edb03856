"""How incidents stand to each other."""

from __future__ import annotations

from datetime import date, timedelta

from firsthand.incidents.mentions import Mention
from firsthand.incidents.relations import with_relations
from firsthand.model import Incident, Interval, ReportLink

DAY = date(2031, 5, 16)


def incident(name: str, day: date | None, *, report: str = "", place: str = "", precision: int = 1) -> Incident:
    when = Interval(day, day) if day else Interval(None, None, "none")
    links = (ReportLink(report, True, 1.0, ""),) if report else ()
    return Incident(
        name, name, "attack", when, (place,) if place else (), links, where_precision=precision if place else None
    )


def told(sentence: str, *, report: str = "r1", when: Interval | None = None) -> Mention:
    return Mention(report, False, ("c",), when, {}, {}, frozenset(), "the raid", sentence)


def relations(own: Incident, other: Incident, mention: Mention) -> list[tuple[str, str]]:
    found = {i.id: i.related for i in with_relations([own, other], {other.id: [mention]})}
    assert all(r.why for related in found.values() for r in related)
    return [(r.incident, r.relation) for r in found[own.id]]


def test_retaliation() -> None:
    own, other = incident("a", DAY, report="r1"), incident("b", DAY - timedelta(5))
    assert relations(own, other, told("The jets struck in retaliation for the raid.")) == [("b", "retaliation_for")]


def test_nothing_answers_what_came_after_it() -> None:
    own, other = incident("a", DAY, report="r1"), incident("b", DAY + timedelta(5))
    assert relations(own, other, told("The jets struck in retaliation for the raid.")) == []


def test_a_part_of_a_longer_operation() -> None:
    month = Interval(DAY - timedelta(20), DAY + timedelta(10), "month")
    own, other = incident("a", DAY, report="r1"), incident("b", None)
    assert relations(own, other, told("It was part of the offensive.", when=month)) == [("b", "part_of")]


def test_what_went_before() -> None:
    own, other = incident("a", DAY, report="r1"), incident("b", DAY - timedelta(30))
    assert relations(own, other, told("The raid had killed three.")) == [("b", "follows")]


def test_the_last_attack_on_the_same_place_within_a_week() -> None:
    first, second, third, late = (
        incident(name, DAY + timedelta(lag), place="plc-1") for name, lag in (("a", 0), ("b", 2), ("c", 5), ("d", 30))
    )
    found = {
        i.id: [(r.incident, r.relation) for r in i.related] for i in with_relations([late, third, first, second], {})
    }
    assert found == {
        "a": [], "b": [("a", "same_place_later")], "c": [("b", "same_place_later")], "d": [],
    }  # fmt: skip


def test_a_province_is_no_same_place() -> None:
    pair = [incident(name, DAY + timedelta(lag), place="plc-1", precision=4) for name, lag in (("a", 0), ("b", 2))]
    assert all(not i.related for i in with_relations(pair, {}))
