"""What needs a person, the most consequential first: that which concerns the most people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from firsthand.ledger import View
from firsthand.model import Conflict, Incident, Judgement, Suggestion, UncertainPair, standing
from firsthand.wording import range_told

from ..words import counted_told
from .disputes import CONTRADICTIONS
from .doubtful import Doubtful, doubtful_claims
from .lists import IncidentRow
from .review import Challenge

#: The kind of a claim whose reading is in doubt, which a person may accept or reject where it stands.
READING = "reading in doubt"
#: The kind of two reports that may or may not carry one text.
TEXTS = "one text or two?"

# A report that belongs to its incident with less confidence than this is shown to a person. Not tuned: about even odds.
DOUBTFUL = 0.6
# From this precision of the UCDP scale on only a country or less is known of where it was.
NOWHERE = 6


@dataclass(frozen=True, slots=True)
class QueueItem:
    """Something that needs a person. ``key`` is what a decision that settles it has as subject; ``weight`` the number of people
    it is about, or by which a figure would move; ``pair`` two incidents or two reports to choose about; ``note`` a few words
    beside the kind; ``incident`` the one it is about, empty where it is about two or about one that is gone."""

    kind: str
    key: str
    title: str
    why: str
    link: str
    weight: int
    pair: tuple[str, str] | None = None
    note: str = ""
    incident: str = ""


def standing_matters(view: View, rows: Mapping[str, IncidentRow]) -> list[QueueItem]:
    """Everything that the records leave open, whatever people decided; read once a build."""
    reconciliation = view.reconciliation()
    out = [
        _item(
            "contested figure",
            figure.id,
            rows[figure.incident],
            f"{range_told(figure.low, figure.best, figure.high)} {counted_told(figure)}. {figure.why}",
            f"#{figure.id}",
        )
        for figure in reconciliation.figures
        if figure.status == "contested" and figure.place is None and figure.incident in rows
    ]
    contested = {item.key for item in out}
    told = [(f.incident, set(f.claims)) for f in reconciliation.figures if f.id in contested]
    out += [
        _item(
            f"contradiction: {CONTRADICTIONS[conflict.kind]}",
            conflict.id,
            rows[conflict.incident],
            conflict.why,
            f"#{conflict.id}",
        )
        for conflict in reconciliation.conflicts
        if conflict.incident in rows and not _told_already(conflict, told)
    ]
    out += [item for suggestion in view.suggestions() for item in _pair(suggestion, rows)]
    home = {report: row for row in rows.values() for report in row.reports}
    out += [item for pair in view.uncertain() for item in _copies(pair, home)]
    out += [
        _reading(doubtful, rows[doubtful.incident])
        for doubtful in doubtful_claims(view, reconciliation.figures)
        if doubtful.incident in rows
    ]
    for incident in view.incidents():
        out += _about(incident, rows[incident.id])
    return sorted(out, key=lambda item: (-item.weight, item.title, item.incident, item.kind, item.why, item.key))


def undecided(matters: Iterable[QueueItem], judgements: Sequence[Judgement]) -> list[QueueItem]:
    """The matters that nobody has settled."""
    decided = {j.subject for j in standing(judgements)}
    return [item for item in matters if item.key not in decided]


def still_open(
    matters: Iterable[QueueItem],
    judgements: Sequence[Judgement],
    challenged: Sequence[Challenge],
    rows: Mapping[str, IncidentRow],
) -> list[QueueItem]:
    """The matters that nobody has settled, and the decisions that new evidence speaks against."""
    decided = {j.subject for j in standing(judgements)}
    out = undecided(matters, judgements)
    for challenge in challenged:
        row = rows.get(challenge.incident)
        judgement = challenge.judgement
        title = row.title if row else f"A decision of {judgement.by}"
        link = f"/incidents/{quote(challenge.incident)}" if row else f"/decisions#{judgement.id}"
        why = f"{challenge.why} {judgement.by} decided on {judgement.at[:10]} ({judgement.verb})."
        if judgement.id not in decided:
            weight, home = ((row.best or 0), row.id) if row else (0, "")
            out.append(QueueItem("decision in doubt", judgement.id, title, why, link, weight, incident=home))
    return sorted(out, key=lambda item: (-item.weight, item.title, item.incident, item.kind, item.why, item.key))


def _told_already(conflict: Conflict, contested: Iterable[tuple[str, set[str]]]) -> bool:
    """Whether a contested figure of the queue is about the same numbers: one matter, not two."""
    return conflict.kind == "count" and any(
        incident == conflict.incident and claims.issuperset(conflict.claims) for incident, claims in contested
    )


def _item(kind: str, key: str, row: IncidentRow, why: str, anchor: str = "") -> QueueItem:
    return QueueItem(kind, key, row.title, why, f"/incidents/{quote(row.id)}{anchor}", row.best or 0, incident=row.id)


def _reading(doubtful: Doubtful, row: IncidentRow) -> QueueItem:
    claim = doubtful.claim
    link = f"/reports/{quote(claim.report)}#{claim.id}"
    note = f"{claim.confidence:.0%} sure"
    weight = doubtful.moved if doubtful.bears else -1  # what nothing rests on comes last of all
    return QueueItem(READING, claim.id, row.title, doubtful.why, link, weight, note=note, incident=row.id)


def _pair(suggestion: Suggestion, rows: Mapping[str, IncidentRow]) -> Iterable[QueueItem]:
    one, other = (rows.get(incident) for incident in suggestion.incidents)
    if one is not None and other is not None:
        title, weight = f"{one.title} and {other.title}", (one.best or 0) + (other.best or 0)
        link = f"/incidents/{quote(one.id)}"
        yield QueueItem(
            "one incident or two?", suggestion.id, title, suggestion.why, link, weight, suggestion.incidents
        )


def _copies(pair: UncertainPair, home: Mapping[str, IncidentRow]) -> Iterable[QueueItem]:
    one, other = pair.reports
    row = home.get(one) or home.get(other)
    if row is not None:
        joined = "taken as copies of one text" if pair.joined else "taken as independent"
        link = f"/compare?r={quote(one)}&r={quote(other)}"
        yield QueueItem(
            TEXTS, pair.id, row.title, f"Now {joined}. {pair.why}", link, row.best or 0, pair.reports, incident=row.id
        )


def _about(incident: Incident, row: IncidentRow) -> Iterable[QueueItem]:
    for link in incident.links:
        if link.main and link.confidence < DOUBTFUL and len(incident.links) > 1:
            yield _item("does this report belong?", f"{incident.id}|{link.report}", row, link.why, "#reports")
    if not incident.places:
        yield _item("where was it?", f"{incident.id}|where", row, "No report names a place that is known.", "#decide")
    elif (incident.where_precision or 0) >= NOWHERE:
        yield _item("where was it?", f"{incident.id}|where", row, "No more than the country is known.", "#decide")
    if incident.when.start is None and incident.when.end is None:
        yield _item(
            "when was it?", f"{incident.id}|when", row, "No report gives a day that can be resolved.", "#decide"
        )
