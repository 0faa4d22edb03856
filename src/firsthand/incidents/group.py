"""The order in which reports become incidents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from firsthand.model import (
    Annotation,
    Document,
    Grouping,
    Incident,
    Judgement,
    Lineage,
    Place,
    ReportClaims,
    ReportDate,
)

from .actors import Sighting, link_actors, sightings_of
from .decisions import read_decisions
from .learned import Learned
from .people import victims_of
from .pile import Pile
from .profile import Profile
from .records import Records, Written, assigned_by_hand, assignments, with_sides
from .relations import with_relations
from .settled import as_found, with_actors_settled, with_corrections


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
    # 1. Read what each report tells, and group the reports by their main event.
    decisions = read_decisions(judgements)
    pile = Pile(documents, annotations, reports, lineage, decisions, learned=learned)
    mains, doubts = pile.main_groups()
    # 2. Join what they tell of other events to those groups, or to each other.
    events = pile.events(mains)
    # 3. Write both down as incidents under lasting ids, with their reasons, and assign the claims.
    written = Records(pile, mains, events, as_found(previous, judgements)).written(doubts)
    assigned_by_hand(written, decisions)
    # 4. Set them beside each other.
    profiles = {p.report: p for p in pile.profiles}
    return finished(written, profiles, sightings(pile, written), pile.claims, pile.dates, judgements)


def sightings(pile: Pile, written: Written) -> list[Sighting]:
    """Who is named in the pile's reports."""
    main_of = written.main_of
    incident_of = {claim: incident for claim, (incident, _) in written.of_claim.items()}
    return [
        sighting
        for document in pile.documents
        for sighting in sightings_of(
            pile.annotation(document.id), pile.claims_of(document.id), incident_of, main_of.get(document.id)
        )
    ]


def finished(
    written: Written,
    profiles: Mapping[str, Profile],
    seen: Sequence[Sighting],
    claims: Mapping[str, ReportClaims],
    dates: Iterable[ReportDate],
    judgements: Sequence[Judgement],
) -> Grouping:
    """What only the whole pile tells: who is who across reports, and how incidents stand to each other; over it what people
    corrected. ``seen`` are the sightings of all reports, ``claims`` those of each report."""
    linked = with_actors_settled(link_actors(seen), seen, judgements)
    ordered = [claims[report] for report in sorted(claims)]
    incidents = with_relations(with_sides(written, ordered, linked), written.told)
    assigned = sorted(assignments(written, ordered, profiles, linked), key=lambda a: a.claim)
    used = {place for incident in written.incidents.values() for place in incident.places}
    places = _places_of_claims(written, ordered, profiles) | {p: written.places[p] for p in used}
    incident_of = {claim: incident for claim, (incident, _) in written.of_claim.items()}
    found = Grouping(
        incidents=tuple(sorted(incidents, key=lambda i: i.id)),
        assignments=tuple(assigned),
        suggestions=tuple(written.suggestions[s] for s in sorted(written.suggestions)),
        actors=linked.actors,
        places=tuple(places[p] for p in sorted(places)),
        victims=victims_of(ordered, incident_of, written.main_of),
        dates=tuple(dates),
    )
    return with_corrections(found, judgements)


def _places_of_claims(
    written: Written, reports: Iterable[ReportClaims], profiles: Mapping[str, Profile]
) -> dict[str, Place]:
    """The places at which assigned claims are set."""
    out: dict[str, Place] = {}
    for found in reports:
        own = profiles.get(found.report)
        for claim in found.claims:
            if own is not None and claim.id in written.of_claim:
                setting = own.settings.get(claim.id)
                place = setting.place if setting is not None else own.places.places.get(claim.place or "")
                if place is not None:
                    out[place.id] = place
    return out
