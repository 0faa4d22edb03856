"""The order in which reports become incidents."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from firsthand.model import (
    Annotation,
    Document,
    Grouping,
    Incident,
    Judgement,
    Lineage,
    Place,
    ReportClaims,
)

from .actors import Linked, Sighting, link_actors, sightings_of
from .alone import Alone, Given, Reports, read_alone
from .decisions import read_decisions
from .learned import Learned
from .people import victims_of
from .pile import Pile
from .profile import Profile
from .records import Records, Written, assigned_by_hand, assignments
from .relations import with_relations
from .settled import as_found, with_actors_settled, with_corrections
from .sides import side_sightings, with_sides


@dataclass(frozen=True)
class Grouped:
    """A grouping with what it came from: what it takes to add to it."""

    grouping: Grouping
    alone: Alone
    pile: Pile
    written: Written
    seen: Sequence[Sighting]
    linked: Linked


def group(
    documents: Sequence[Document],
    annotations: Sequence[Annotation],
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    *,
    previous: Sequence[Incident] = (),
    judgements: Sequence[Judgement] = (),
    learned: Learned | None = None,
) -> Grouping:
    """Group the pile's reports into incidents and assign their claims.

    Every report that tells of violence has one main incident; copies of one text share it. Claims about other events belong
    to further incidents. Ids of ``previous`` incidents survive; ``judgements`` of a person are kept (see ``decisions``). The
    order of the input does not matter. ``learned`` stands in for what the pile itself teaches about its words (see ``growth``).
    """
    given = Given(documents, annotations, reports)
    return grouped(given, lineage, previous=previous, judgements=judgements, learned=learned).grouping


def grouped(
    reports: Reports,
    lineage: Lineage,
    *,
    previous: Sequence[Incident] = (),
    judgements: Sequence[Judgement] = (),
    learned: Learned | None = None,
    workers: int = 1,
) -> Grouped:
    """``group`` with all that it rests on, in ``workers`` processes: what comes of it is the same with any number of them."""
    # 1. Read what each report tells, and group the reports by their main event.
    decisions = read_decisions(judgements)
    documents, claims = reports.documents(), {r.report: r for r in reports.claims()}
    alone = read_alone(reports, documents, claims, lineage, workers)
    pile = Pile(
        documents, alone.annotations, claims, alone.profiles, lineage, decisions, learned=learned, workers=workers
    )
    mains, doubts = pile.main_groups()
    # 2. Join what they tell of other events to those groups, or to each other.
    events = pile.events(mains)
    # 3. Write both down as incidents under lasting ids, with their reasons, and assign the claims.
    written = Records(pile, mains, events, as_found(previous, judgements)).written(doubts)
    assigned_by_hand(written, decisions)
    # 4. Set them beside each other: who is who across reports, and how incidents stand to each other; over it what people
    # corrected.
    seen = sightings(pile, written, pile.index)
    linked = with_actors_settled(link_actors(seen), seen, judgements)
    ordered = [pile.claims[report] for report in sorted(pile.claims)]
    profiles = pile.by_report
    incidents = with_relations(with_sides(written, ordered, linked), written.told)
    places: dict[str, Place] = {}
    for found in ordered:
        places.update((p.id, p) for p in places_of_claims(written, found, profiles.get(found.report)))
    places.update((p, written.places[p]) for incident in written.incidents.values() for p in incident.places)
    grouping = Grouping(
        incidents=tuple(sorted(incidents, key=lambda i: i.id)),
        assignments=tuple(sorted(assignments(written, ordered, profiles, linked), key=lambda a: a.claim)),
        suggestions=tuple(written.suggestions[s] for s in sorted(written.suggestions)),
        actors=linked.actors,
        places=tuple(places[p] for p in sorted(places)),
        victims=victims_of(ordered, written.incident_of, written.main_of),
        dates=alone.dates,
    )
    return Grouped(with_corrections(grouping, judgements), alone, pile, written, seen, linked)


def sightings(pile: Pile, written: Written, reports: Container[str]) -> list[Sighting]:
    """Who is named in those of the pile's reports that are in ``reports``."""
    main_of, incident_of = written.main_of, written.incident_of
    return [
        sighting
        for document in pile.documents
        if document.id in reports
        for sighting in _seen_in(pile, written, document.id, incident_of, main_of.get(document.id))
    ]


def _seen_in(
    pile: Pile, written: Written, report: str, incident_of: Mapping[str, str], main: str | None
) -> list[Sighting]:
    claims = pile.claims_of(report)
    found = sightings_of(pile.annotation(report), claims, incident_of, main)
    return found + side_sightings(report, claims, found, incident_of, written.incidents)


def places_of_claims(written: Written, found: ReportClaims, own: Profile | None) -> Iterator[Place]:
    """The places at which a report's assigned claims are set."""
    for claim in found.claims:
        if own is not None and claim.id in written.of_claim:
            setting = own.settings.get(claim.id)
            place = setting.place if setting is not None else own.places.places.get(claim.place or "")
            if place is not None:
                yield place
