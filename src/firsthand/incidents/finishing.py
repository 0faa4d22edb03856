"""What was grouped again, in place of what was there: with who is who in the whole pile, and how incidents stand to each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.model import Grouping, IncidentRelation, Judgement, Place

from .actors import Sighting
from .group import places_of_claims, sightings
from .kept import KeptPile
from .mentions import Mention
from .naming import Naming, named
from .pages import (
    Found,
    Keys,
    Names,
    Pages,
    PileState,
    block_marks,
    cell_marks,
    found_at,
    mention_marks,
    origin_mark,
    packed,
    write,
)
from .part import Regrouping
from .people import victims_of
from .records import Written, assignments
from .relations import Spot, sequels, with_sequel, with_told_relations
from .settled import places_given, with_corrections
from .sides import with_sides


@dataclass(frozen=True)
class Extension:
    """What changes in a grouping. ``grouping`` holds all places, suggestions and dates; the incidents, assignments and victims that
    stand in place of what was kept on the incidents ``touched``; and the actors in place of those kept as ``actors``."""

    grouping: Grouping
    touched: frozenset[str]
    actors: frozenset[str]
    pages: Pages


def finished(part: Regrouping, state: PileState, judgements: Sequence[Judgement]) -> Extension:
    """The grouping with what was grouped again in ``part``."""
    kept, core, written, old = part.kept, part.core, part.written, part.old
    known = kept.names()
    fresh: dict[str, list[Sighting]] = {report: [] for report in core}
    for sighting in sightings(part.pile, written, core):
        fresh[sighting.report].append(sighting)
    naming = named(
        known, fresh, kept.ledger.actor_ids(), judgements, all_again=bool(kept.state.settled or state.settled)
    )
    linked = naming.linked

    claims = [kept.claims[report] for report in sorted(core)]
    profiles = part.pile.by_report
    places_in = {report: tuple(places_of_claims(written, kept.claims[report], profiles[report])) for report in core}
    stay = {name: found for name, found in kept.found.items() if name not in old and name not in written.incidents}
    found = stay | {i.id: found_at(i, written.places) for i in written.incidents.values()}
    places = _places(known, places_in, found)
    before, after = (sequels({name: _spot(f) for name, f in some.items()}) for some in (kept.found, found))

    incidents = with_told_relations(with_sides(written, claims, linked), written.told)
    own = Grouping(
        incidents=tuple(with_sequel(incident, after.get(incident.id)) for incident in incidents),
        assignments=tuple(assignments(written, claims, profiles, linked)),
        victims=victims_of(claims, written.incident_of, written.main_of),
        places=tuple(places.values()),
    )
    own = with_corrections(own, judgements)
    others = {i for i in stay if before.get(i) != after.get(i)}
    for report in naming.renamed:
        others |= (part.incidents_of.get(report, set()) | part.given_to.get(report, set())) & stay.keys()
    beside = _beside(kept, others, naming, known, after)
    places |= places_given(judgements, found)
    suggestions = [s for s in kept.ledger.suggestions() if old.isdisjoint(s.incidents)]
    dates = [d for d in kept.ledger.report_dates() if d.report not in part.around]
    grouping = Grouping(
        incidents=own.incidents + beside.incidents,
        assignments=own.assignments + beside.assignments,
        suggestions=tuple(suggestions) + tuple(written.suggestions.values()),
        actors=naming.actors,
        places=tuple(places[p] for p in sorted(places)),
        victims=own.victims + beside.victims,
        dates=tuple(dates) + part.dates,
    )
    pages = _pages(part, state)
    for report, names in naming.names.items():
        pages["names", report] = write(replace(names, places=places_in[report]) if report in core else names)
    touched = old | {incident.id for incident in grouping.incidents}
    return Extension(grouping, frozenset(touched), naming.gone, pages)


def _places(
    known: Mapping[str, Names], fresh: Mapping[str, Sequence[Place]], found: Mapping[str, Found]
) -> dict[str, Place]:
    """The places of all claims and incidents, as the last of either describes them."""
    out: dict[str, Place] = {}
    for report in sorted(known.keys() | fresh.keys()):
        out.update((place.id, place) for place in (fresh[report] if report in fresh else known[report].places))
    for incident in sorted(found):
        out.update((place.id, place) for place in found[incident].places)
    return out


def _spot(found: Found) -> Spot:
    fine = (found.where_precision or 9) <= 3
    return Spot(found.when, found.places[0].id if found.places and fine else None)


def _beside(
    kept: KeptPile,
    incidents: Collection[str],
    naming: Naming,
    known: Mapping[str, Names],
    after: Mapping[str, IncidentRelation],
) -> Grouping:
    """Incidents that were not grouped again, with the actors and sequels of now."""
    if not incidents:
        return Grouping()
    stored = kept.ledger.grouping_part(incidents)
    written = Written(
        incidents={incident.id: incident for incident in stored.incidents},
        of_claim={a.claim: (a.incident, a.why) for a in stored.assignments},
    )
    reports = set(kept.ledger.homes_of_claims(written.of_claim.keys()).values())
    kept.claims.among(reports)
    linked = naming.within(known, reports)
    found = with_sides(written, [kept.claims[report] for report in sorted(reports)], linked)
    return Grouping(
        incidents=tuple(with_sequel(incident, after.get(incident.id)) for incident in found),
        assignments=tuple(replace(a, actor=linked.by_claim.get(a.claim)) for a in stored.assignments),
        victims=stored.victims,
    )


def _pages(part: Regrouping, state: PileState) -> Pages:
    """The pages that change, but for the names."""
    kept, core, pile = part.kept, part.core, part.pile
    out: Pages = {("pile", ""): write(state)}
    told: dict[str, list[Mention]] = {report: [] for report in core}
    for mention in pile.mentions:
        if mention.report in core:
            told[mention.report].append(mention)
    for report in core:
        own, stored = kept.profiles[report], kept.keys.get(report)
        out["keys", report] = write(
            Keys(
                part.reports[report],
                origin_mark(part.members(report)),
                part.printed.get(report) if report in part.around or stored is None else stored.printed,
                report in part.heads,
                report in pile.stand_ins,
                packed(block_marks(own, kept.learned)),
                packed(cell_marks(own)),
                tuple(packed(marks) for marks in mention_marks(told[report])),
            )
        )
        out["told", report] = write(told[report])
    for report in part.changed:
        out["profile", report] = write(kept.profiles[report])
    for name in part.old - part.written.incidents.keys():
        out["incident", name] = None
    for incident in part.written.incidents.values():
        out["incident", incident.id] = write(found_at(incident, part.written.places))
    return out
