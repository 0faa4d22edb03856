"""Victims of like name in one incident are one record, unless their ages tell them apart."""

from __future__ import annotations

from firsthand.incidents.people import victims_of
from firsthand.model import ReportClaims, Span, Victim


def named(report: str, name: str, **more: object) -> Victim:
    start = len(name)
    return Victim(f"vic-{report}-{name}-{more.get('age')}", report, name, Span(start, 2 * start), **more)  # type: ignore[arg-type]


def merged(*victims: Victim, homes: dict[str, str]) -> list[Victim]:
    reports = {v.report: [] for v in victims}  # type: ignore[var-annotated]
    for victim in victims:
        reports[victim.report].append(victim)
    return list(victims_of([ReportClaims(r, (), tuple(v)) for r, v in reports.items()], {}, homes))


def test_spellings_of_one_name_are_one_victim_with_what_each_report_adds() -> None:
    (one,) = merged(
        named("r1", "Tam al-Vosk", age=34), named("r2", "Tam Vosk", sex="male", affiliation="Darrun hospital"),
        homes={"r1": "i", "r2": "i"},
    )  # fmt: skip
    assert (one.name, one.variants) == ("Tam al-Vosk", ("Tam Vosk",))
    assert (one.age, one.sex, one.affiliation, one.incident) == (34, "male", "Darrun hospital", "i")
    assert "2 reports" in one.why


def test_two_ages_are_two_victims() -> None:
    found = merged(named("r1", "Tam Vosk", age=34), named("r2", "Tam Vosk", age=7), homes={"r1": "i", "r2": "i"})
    assert sorted(v.age or 0 for v in found) == [7, 34]


def test_namesakes_of_two_incidents_are_two() -> None:
    found = merged(named("r1", "Tam Vosk"), named("r2", "Tam Vosk"), homes={"r1": "i", "r2": "j"})
    assert sorted(v.incident or "" for v in found) == ["i", "j"]


def test_the_dead_and_the_wounded_of_one_name_are_two_records() -> None:
    found = merged(named("r1", "Tam Vosk"), named("r1", "Tam Vosk", outcome="wounded"), homes={"r1": "i"})
    assert sorted(v.outcome for v in found) == ["killed", "wounded"]


def test_a_victim_of_a_report_without_an_incident_is_left_out() -> None:
    assert merged(named("r1", "Tam Vosk"), homes={}) == []
