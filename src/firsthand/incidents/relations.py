"""How incidents stand to each other: answer, part, sequel at one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from firsthand.model import Incident, IncidentRelation, Interval

from .cues import cues
from .mentions import Mention

# A later attack on one place is put beside the last one before it for this many days.
_LATER_DAYS = 7


def with_relations(incidents: Sequence[Incident], told: Mapping[str, Sequence[Mention]]) -> list[Incident]:
    """``incidents`` with what relates them. ``told`` holds by incident the mentions of it beside other reports' own events."""
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
    for later, earlier in _same_place(incidents):
        found[later.id].setdefault(
            (earlier.id, "same_place_later"),
            IncidentRelation(earlier.id, "same_place_later", f"the same place, {_days_between(earlier, later)} after"),
        )
    return [replace(i, related=tuple(found[i.id][k] for k in sorted(found[i.id]))) for i in incidents]


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


def _same_place(incidents: Sequence[Incident]) -> list[tuple[Incident, Incident]]:
    """(later, earlier) for each incident and the last one before it at its main place, within a week."""
    by_place: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.places and incident.when.start is not None and (incident.where_precision or 9) <= 3:
            by_place[incident.places[0]].append(incident)
    out = []
    for _, there in sorted(by_place.items()):
        ordered = sorted(there, key=lambda i: (str(i.when.start), i.id))
        for earlier, later in pairwise(ordered):
            gap = _gap(earlier, later)
            if gap is not None and 0 < gap <= _LATER_DAYS:
                out.append((later, earlier))
    return out


def _gap(earlier: Incident, later: Incident) -> int | None:
    if earlier.when.start is None or later.when.start is None:
        return None
    return (later.when.start - earlier.when.start).days


def _days_between(earlier: Incident, later: Incident) -> str:
    gap = _gap(earlier, later)
    return f"{gap} day{'s' if gap != 1 else ''}"
