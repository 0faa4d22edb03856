"""Why an incident is one incident: the reasons that its records carry, put together."""

from __future__ import annotations

from firsthand.ledger import View
from firsthand.model import Document
from firsthand.wording import range_told, when_told, whom_told

from .context import IncidentContext, load_context


def reasons(view: View, incident: str) -> str:
    """Plain text. Raises NotFound where there is no such incident."""
    context = load_context(view, incident)
    parts = [
        [f"{context.incident.title}  ({context.incident.id}, {when_told(context.incident)})", context.incident.why],
        _links(context),
        _claims(context),
        _figures(context),
        _dates(view, context),
        [f"Grade {context.grade.grade}: {context.grade.why}"] if context.grade else [],
        _related(context),
        _doubts(view, context),
        _judged(view, context),
    ]
    return "\n\n".join("\n".join(line for line in part if line) for part in parts if part) + "\n"


def _links(context: IncidentContext) -> list[str]:
    lines = ["Reports:"]
    for link in context.incident.links:
        main = "main" if link.main else "also"
        name = _name(context.documents.get(link.report), link.report)
        lines.append(f"  {main}  {link.confidence:.2f}  {name}: {link.why}")
    return lines


def _claims(context: IncidentContext) -> list[str]:
    """A line a count and reason, with all the claims that have both: copies repeat them."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for claim in context.claims.values():
        if claim.tally is not None:
            words = " ".join(claim.tally.text.casefold().split())
            source = context.speaker(claim) or "the report itself"
            reason = f"{claim.why} {context.assignments[claim.id].why}"
            alike.setdefault((claim.tally.outcome, words, source, reason), []).append(claim.id)
    lines = ["Counts that are put to it:"] if alike else []
    for (outcome, words, source, reason), claims in alike.items():
        lines.append(f"  {outcome} “{words}”, {source}: {reason} ({', '.join(claims)})")
    return lines


def _figures(context: IncidentContext) -> list[str]:
    lines = ["Figures:"] if context.figures else []
    for figure in context.figures:
        place = context.places.get(figure.place or "")
        where = f" in {place.name}" if place else ""
        number = range_told(figure.low, figure.best, figure.high)
        whom = whom_told(figure.outcome, figure.victims)
        lines.append(f"  {figure.outcome} {whom}{where} {number} ({figure.status}): {figure.why}")
    return lines


def _dates(view: View, context: IncidentContext) -> list[str]:
    lines = []
    for report in view.report_dates():
        if report.report in context.documents:
            lines.append(f"  {_name(context.documents[report.report], report.report)}: {report.why}")
    return ["Dates known through a copy only:", *lines] if lines else []


def _related(context: IncidentContext) -> list[str]:
    lines = ["Related incidents:"] if context.incident.related else []
    for relation in context.incident.related:
        lines.append(f"  {relation.relation.replace('_', ' ')} {relation.incident}: {relation.why}")
    return lines


def _doubts(view: View, context: IncidentContext) -> list[str]:
    mine = [s for s in view.suggestions() if context.incident.id in s.incidents]
    lines = ["In doubt, for a person to decide:"] if mine else []
    for suggestion in sorted(mine, key=lambda s: (-s.score, s.id)):
        other = next(i for i in suggestion.incidents if i != context.incident.id)
        lines.append(f"  {suggestion.score:.2f}  the same as {other}? {suggestion.why}")
    return lines


def _judged(view: View, context: IncidentContext) -> list[str]:
    subjects = {context.incident.id, *context.claims}
    mine = [judgement for judgement in view.judgements() if judgement.subject in subjects]
    lines = ["Decided by people:"] if mine else []
    for judgement in mine:
        lines.append(f"  {judgement.at}  {judgement.by}: {judgement.verb} {judgement.subject}. {judgement.reason}")
    return lines


def _name(document: Document | None, report: str) -> str:
    return f"{document.site or document.source_id} ({report})" if document else report
