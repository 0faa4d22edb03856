"""Victims by incident, one record a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from firsthand.model import ReportClaims, Victim, record_id

from .spelling import name_words, person_key, skeleton


def victims_of(
    reports: Iterable[ReportClaims], incident_of: Mapping[str, str], main_of: Mapping[str, str]
) -> tuple[Victim, ...]:
    """The named victims of each incident, those of like name and no differing age in one incident made one.

    ``incident_of`` gives the incident of a claim, ``main_of`` the main one of a report.
    """
    groups: dict[tuple[str, tuple[str, ...], str], list[Victim]] = defaultdict(list)
    for found in sorted(reports, key=lambda r: r.report):
        for victim in found.victims:
            home = next((incident_of[c] for c in victim.claims if c in incident_of), main_of.get(victim.report))
            if home is not None:
                key = person_key(victim.name) or tuple(skeleton(w) for w in name_words(victim.name))
                groups[home, key, victim.outcome].append(victim)
    out = []
    for (incident, _, _), members in sorted(groups.items()):
        for part in _by_age(members):
            out.append(_merged(incident, part))
    return tuple(sorted(out, key=lambda v: v.id))


def _by_age(members: Sequence[Victim]) -> list[list[Victim]]:
    """Parted where stated ages differ; the unaged go with the one age, or together where there are several."""
    ages = sorted({v.age for v in members if v.age is not None})
    if len(ages) <= 1:
        return [list(members)]
    parts = [[v for v in members if v.age == age] for age in ages]
    rest = [v for v in members if v.age is None]
    return [*parts, rest] if rest else parts


def _merged(incident: str, members: Sequence[Victim]) -> Victim:
    first = members[0]
    names = sorted({n for v in members for n in (v.name, *v.variants)}, key=lambda n: (-len(n), n))
    reports = len({v.report for v in members})
    return replace(
        first,
        id=record_id("vic", incident, first.report, first.field, list(first.span), first.outcome),
        name=names[0],
        variants=tuple(names[1:]),
        age=next((v.age for v in members if v.age is not None), None),
        sex=next((v.sex for v in members if v.sex is not None), None),
        affiliation=next((v.affiliation for v in members if v.affiliation), None),
        claims=tuple(sorted({c for v in members for c in v.claims})),
        incident=incident,
        why=first.why
        if reports == 1
        else f"named in {reports} reports of the incident; first: {first.why}".rstrip(": "),
    )
