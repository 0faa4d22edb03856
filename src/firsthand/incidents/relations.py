"""How incidents stand to each other: answer, part, sequel at one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from firsthand.model import Incident, IncidentRelation, Interval

from .cues import cues
from .mentions import Mention

# A later attack on one place is put beside the last one before it for this many days.
_LATER_DAYS = 7


@dataclass(frozen=True)
class Spot:
    """When an incident was, and its main place (id) where that is known finely."""

    when: Interval
    place: str | None

    @classmethod
    def of(cls, incident: Incident) -> Spot:
        fine = (incident.where_precision or 9) <= 3
        return cls(incident.when, incident.places[0] if incident.places and fine else None)


def with_relations(incidents: Sequence[Incident], told: Mapping[str, Sequence[Mention]]) -> list[Incident]:
    """``incidents`` with what relates them. ``told`` holds by incident the mentions of it beside other reports' own events."""
    earlier = sequels({incident.id: Spot.of(incident) for incident in incidents})
    return [with_sequel(incident, earlier.get(incident.id)) for incident in with_told_relations(incidents, told)]


def with_told_relations(incidents: Sequence[Incident], told: Mapping[str, Sequence[Mention]]) -> list[Incident]:
    """``incidents`` with what mentions say of how they bear on each other."""
    main_of = {link.report: incident.id for incident in incidents for link in incident.links if link.main}
    by_id = {incident.id: incident for incident in incidents}
    found: dict[str, dict[tuple[str, str], IncidentRelation]] = defaultdict(dict)
    for other, mentions in sorted(told.items()):
        for mention in mentions:
            own = main_of.get(mention.report)
            if own is None or own == other:
                continue
            relation = _told_relation(by_id[own].when, by_id[other].when, mention)
            if relation is not None:
                found[own].setdefault((other, relation.relation), replace(relation, incident=other))
    return [replace(i, related=tuple(found[i.id][k] for k in sorted(found[i.id]))) for i in incidents]


def with_sequel(incident: Incident, earlier: IncidentRelation | None) -> Incident:
    """``incident`` as the sequel of another one at its place, or of none."""
    others = [r for r in incident.related if r.relation != "same_place_later"]
    related = sorted([*others, *([earlier] if earlier else [])], key=lambda r: (r.incident, r.relation))
    return replace(incident, related=tuple(related))


def _told_relation(own: Interval, other: Interval, mention: Mention) -> IncidentRelation | None:
    """What the sentence that mentions another event says of its bearing on the report's own. ``incident`` is left empty."""
    kinds = {cue.kind for cue in cues(mention.sentence, "relation")}
    quoted = f"“{mention.phrase or mention.sentence[:120]}”"
    later = own.start is not None and other.end is not None and other.start is not None and other.start > own.start
    if "retaliation_for" in kinds and not later:
        return IncidentRelation("", "retaliation_for", f"a report calls it an answer to {quoted}")
    if "part_of" in kinds and mention.when is not None and (mention.when.days or 0) > 3:
        return IncidentRelation("", "part_of", f"a report puts it within {quoted}")
    if own.start is not None and other.end is not None and other.end < own.start:
        return IncidentRelation("", "follows", f"a report tells of {quoted} as what went before")
    return None


def sequels(spots: Mapping[str, Spot]) -> dict[str, IncidentRelation]:
    """For each incident that has one, the last one before it at its main place, within a week; ``spots`` by incident."""
    by_place: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for incident, spot in spots.items():
        if spot.place is not None and spot.when.start is not None:
            by_place[spot.place].append((spot.when.start, incident))
    out: dict[str, IncidentRelation] = {}
    for there in by_place.values():
        for (before, earlier), (after, later) in pairwise(sorted(there)):
            gap = (after - before).days
            if 0 < gap <= _LATER_DAYS:
                why = f"the same place, {gap} day{'s' if gap != 1 else ''} after"
                out[later] = IncidentRelation(earlier, "same_place_later", why)
    return out
