"""The order in which reports become incidents."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Annotation, Document, Grouping, Incident, Judgement, Lineage, ReportClaims

from .actors import link_actors, sightings_of
from .decisions import read_decisions
from .people import victims_of
from .pile import Pile
from .records import Records
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
) -> Grouping:
    """Group the pile's reports into incidents and assign their claims.

    Every report that tells of violence has one main incident; copies of one text share it. Claims about other events belong
    to further incidents. Ids of ``previous`` incidents survive; ``judgements`` of a person are kept (see ``decisions``). The
    order of the input does not matter.
    """
    # 1. Read what each report tells, and group the reports by their main event.
    pile = Pile(documents, annotations, reports, lineage, read_decisions(judgements))
    mains, doubts = pile.main_groups()
    # 2. Join what they tell of other events to those groups, or to each other.
    events = pile.events(mains)
    # 3. Write both down as incidents under lasting ids, with their reasons, and assign the claims.
    records = Records(pile, mains, events, as_found(previous, judgements))
    # 4. Link who speaks and acts across reports, which needs to know what belongs together.
    main_of, incident_of = records.main_of, records.incident_of
    sightings = [
        sighting
        for document in pile.documents
        for sighting in sightings_of(
            pile.annotation(document.id), pile.claims_of(document.id), incident_of, main_of.get(document.id)
        )
    ]
    linked = with_actors_settled(link_actors(sightings), sightings, judgements)
    incidents = with_relations(records.with_sides(linked), records.told)
    found = Grouping(
        incidents=tuple(sorted(incidents, key=lambda i: i.id)),
        assignments=tuple(sorted(records.assignments(linked), key=lambda a: a.claim)),
        suggestions=tuple(sorted(records.suggestions(doubts), key=lambda s: s.id)),
        actors=linked.actors,
        places=records.places,
        victims=victims_of(pile.claims.values(), incident_of, main_of),
        dates=pile.dates,
    )
    # 5. Lay over it what people corrected.
    return with_corrections(found, judgements)
