"""What a person decided about incidents and actors, laid over what was found.

A judgement with verb ``correct`` and an incident's id as ``subject`` holds in ``before`` and ``after`` the fields that it changed:
``start`` and ``end`` (ISO days or null), ``type``, and ``place`` (a whole place record, so that it can be one that no report
names). One with verb ``merge`` or ``split`` and an actor's id as ``subject`` holds groups of spellings, as those of incidents
hold groups of reports (see ``decisions``).
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

from firsthand.model import Actor, Assignment, Grouping, Incident, Interval, Judgement, Place, record_id, standing
from firsthand.model.incident import IncidentType

from .actors import Linked, Sighting
from .describe import incident_title

_TYPES = frozenset(get_args(IncidentType))


# -- incidents


def with_corrections(grouping: Grouping, judgements: Iterable[Judgement]) -> Grouping:
    """``grouping`` with the days, places and types that people gave its incidents, and the assignments that went by them."""
    changes, by = corrections(judgements)
    if not changes:
        return grouping
    places = {place.id: place for place in grouping.places}
    incidents: list[Incident] = []
    moved: dict[str, tuple[Incident, Incident]] = {}
    for incident in grouping.incidents:
        if incident.id in changes:
            corrected = _corrected(incident, changes[incident.id], places, by[incident.id])
            moved[incident.id] = incident, corrected
            incident = corrected
        incidents.append(incident)
    return replace(
        grouping,
        incidents=tuple(incidents),
        places=tuple(places[key] for key in sorted(places)),
        assignments=tuple(_moved(a, *moved[a.incident]) if a.incident in moved else a for a in grouping.assignments),
    )


def corrections(judgements: Iterable[Judgement]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """By incident the fields that people corrected, and who did last."""
    changes: dict[str, dict[str, Any]] = {}
    by: dict[str, str] = {}
    for judgement in standing(judgements):
        if judgement.verb == "correct" and judgement.subject.startswith("inc-"):
            changes.setdefault(judgement.subject, {}).update(_object(judgement.after))
            by[judgement.subject] = judgement.by
    return changes, by


def places_given(judgements: Iterable[Judgement], incidents: Container[str]) -> dict[str, Place]:
    """The places that people gave to those of ``incidents`` that they corrected."""
    changes, _ = corrections(judgements)
    found = (_place(changes[incident].get("place")) for incident in sorted(changes) if incident in incidents)
    return {place.id: place for place in found if place is not None}


def as_found(previous: Sequence[Incident], judgements: Sequence[Judgement]) -> list[Incident]:
    """``previous`` with the days and places that were found before people corrected them: incidents that are only told of in
    passing are known again by those."""
    first: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for judgement in judgements:
        if judgement.verb == "correct" and judgement.subject.startswith("inc-"):
            before, after = first.setdefault(judgement.subject, ({}, {}))
            for name, value in _object(judgement.before).items():
                before.setdefault(name, value)
            after.update(_object(judgement.after))
    out = []
    for incident in previous:
        before, after = first.get(incident.id, ({}, {}))
        if "start" in before and _day(after.get("start")) == incident.when.start:
            found = Interval(_day(before["start"]), _day(before.get("end")), incident.when.granularity)
            incident = replace(incident, when=found)
        place, now = _place(before.get("place")), _place(after.get("place"))
        if now is not None and incident.places[:1] == (now.id,):
            rest = tuple(key for key in incident.places[1:] if place is None or key != place.id)
            incident = replace(incident, places=((place.id,) if place else ()) + rest)
        out.append(incident)
    return out


def _corrected(incident: Incident, changes: Mapping[str, Any], places: dict[str, Place], by: str) -> Incident:
    """Fields of unknown name or impossible value are left as they were: a wrong correction must not lose an incident."""
    told: list[str] = []
    given = [changes.get(name) for name in ("start", "end")]
    if ("start" in changes or "end" in changes) and all(value is None or _day(value) for value in given):
        start, end = map(_day, given)
        end = end if end is not None else start
        if start is None or end is None or start <= end:
            granularity = "none" if start is None else "day" if start == end else "days"
            incident = replace(incident, when=Interval(start, end, granularity))  # type: ignore[arg-type]
            told.append("day")
    place = _place(changes.get("place"))
    if place is not None:
        places[place.id] = place
        rest = tuple(key for key in incident.places if key != place.id and _inside(places.get(key), place))
        incident = replace(
            incident,
            places=(place.id, *rest),
            lat=place.lat,
            lon=place.lon,
            where_precision=place.precision,
            country=place.country,
        )
        told.append("place")
    if changes.get("type") in _TYPES:
        incident = replace(incident, type=changes["type"])
        told.append("kind")
    if not told:
        return incident
    main = places.get(incident.places[0]) if incident.places else None
    title = incident_title(incident.type, [main] if main else [], incident.when)
    return replace(incident, title=title, why=f"{incident.why} {by} set its {' and '.join(told)}.".strip())


def _inside(place: Place | None, area: Place) -> bool:
    """Whether a place that was found may stand beside the one a person gave: it lies in the same province."""
    return place is not None and place.country == area.country and place.admin1 == area.admin1


def _moved(assignment: Assignment, old: Incident, new: Incident) -> Assignment:
    """The assignment, with the incident's place and day where it had those of the incident and not its own."""
    place, when = assignment.place, assignment.when
    if place == (old.places[0] if old.places else None):
        place = new.places[0] if new.places else None
    return replace(assignment, place=place, when=new.when if when == old.when else when)


# -- actors


def about_actors(judgement: Judgement) -> bool:
    """Whether it merges or splits actors."""
    return judgement.verb in ("merge", "split") and judgement.subject.startswith("act-")


def with_actors_settled(linked: Linked, sightings: Sequence[Sighting], judgements: Iterable[Judgement]) -> Linked:
    """``linked`` with actors merged and split as people decided, later decisions over earlier ones."""
    decided = [j for j in standing(judgements) if about_actors(j)]
    if not decided:
        return linked
    actors = {actor.id: actor for actor in linked.actors}
    home = {(report, text): actor for (report, text), actor in linked.by_name.items()}
    for judgement in decided:
        for group in _spellings(judgement):
            _gather(actors, home, group, judgement)
    by_claim = {s.claim: home[s.report, s.text] for s in sightings if s.claim and s.claim in linked.by_claim}
    return Linked(tuple(actors[key] for key in sorted(actors)), by_claim, home)


def _gather(
    actors: dict[str, Actor], home: dict[tuple[str, str], str], group: Sequence[str], judgement: Judgement
) -> None:
    """Puts the spellings of ``group`` into one actor of their own. A spelling that several actors share moves only from the
    one that the judgement names: two people of one name stay two."""
    chosen: dict[str, set[str]] = {}
    for spelling in group:
        owners = [a.id for a in actors.values() if any(v.text == spelling for v in a.variants)]
        owner = judgement.subject if judgement.subject in owners else owners[0] if len(owners) == 1 else None
        if owner is not None:
            chosen.setdefault(owner, set()).add(spelling)
    if not chosen:
        return
    if len(chosen) == 1:
        ((owner, texts),) = chosen.items()
        # Of a split actor the part with its name stays where it is; the other parts leave it.
        if len(actors[owner].variants) == len(texts) or actors[owner].name in texts:
            return
    lead = judgement.subject if judgement.subject in chosen else max(chosen, key=lambda a: (_size(actors[a]), a))
    first = actors[lead]
    variants = [v for owner in sorted(chosen) for v in actors[owner].variants if v.text in chosen[owner]]
    whole = len(chosen[lead]) == len(first.variants)
    name = first.name if whole else max(variants, key=lambda v: (len(v.reports), v.text)).text
    made = replace(
        first,
        id=lead if whole else record_id("act", first.kind, "by hand", *sorted(v.text for v in variants)),
        name=name,
        variants=tuple(sorted(variants, key=lambda v: (-len(v.reports), v.text))),
        roles=tuple(
            dict.fromkeys(role for owner in (lead, *sorted(set(chosen) - {lead})) for role in actors[owner].roles)
        ),
        why=f"{judgement.by} {'put these spellings together' if judgement.verb == 'merge' else 'told these apart'}",
    )
    for owner, texts in chosen.items():
        for key, actor in home.items():
            if actor == owner and key[1] in texts:
                home[key] = made.id
        rest = tuple(v for v in actors[owner].variants if v.text not in texts)
        former = actors.pop(owner)
        if rest:
            named = former.name if former.name != name else rest[0].text
            actors[owner] = replace(former, name=named, variants=rest)
    actors[made.id] = made


def _size(actor: Actor) -> int:
    return len({report for variant in actor.variants for report in variant.reports})


# -- reading what was signed


def _object(text: str) -> dict[str, Any]:
    value = _loaded(text)
    return value if isinstance(value, dict) else {}


def _spellings(judgement: Judgement) -> list[list[str]]:
    value = _loaded(judgement.after)
    groups = value if isinstance(value, list) else []
    return [[text for text in group if isinstance(text, str)] for group in groups if isinstance(group, list)]


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _place(value: object) -> Place | None:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not isinstance(value.get("name"), str):
        return None
    known = {field.name for field in fields(Place)}
    return Place(**{name: part for name, part in value.items() if name in known})
