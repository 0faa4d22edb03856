"""The room's public verb: what claims, copies and incidents say → figures, conflicts and grades."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from firsthand.errors import SettingsError
from firsthand.model import (
    Conflict,
    Document,
    Figure,
    Grouping,
    IncidentGrade,
    Judgement,
    Lineage,
    Reconciliation,
    ReportClaims,
)

from .asked import Known
from .conflicts import alteration_conflicts, conflict, incident_conflicts
from .evidence import Gathered, gather
from .figures import Method, incident_figures
from .grades import incident_grade
from .narration import narration_conflicts
from .policies import hierarchy_ranks, load_hierarchy, policy_named

Hierarchy = Path | str | Sequence[str | Sequence[str]] | Mapping[str, int]


def reconcile(
    grouping: Grouping,
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    *,
    documents: Sequence[Document] = (),
    policy: str = "default",
    judgements: Sequence[Judgement] = (),
    hierarchy: Hierarchy | None = None,
    only: Collection[str] | None = None,
) -> Reconciliation:
    """Figures, conflicts and grades of all incidents, or those whose ids are in ``only``, in the order of the ids.

    ``documents`` give the publication dates that order a voice's numbers, and the text that narration conflicts are read from;
    without them numbers of one voice stand side by side. ``policy`` is one of ``POLICIES``; ``hierarchy`` (a file, or names in
    order of trust) is needed by ``source_hierarchy``. ``judgements`` are what people decided; they are never mixed with what
    is proposed. With ``only`` neither ``reports`` nor ``documents`` need be all: see ``gather``. Never reads a vague word as a
    number and never adds up what may overlap. Raises SettingsError.
    """
    method = _method(policy, hierarchy)
    return _reconciled(gather(grouping, reports, lineage, documents, judgements, only=only), method, only)


def reconcile_some(
    grouping: Grouping,
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    known: Known,
    *,
    only: Collection[str],
    documents: Sequence[Document],
    policy: str = "default",
    judgements: Sequence[Judgement] = (),
    hierarchy: Hierarchy | None = None,
) -> tuple[Reconciliation, Mapping[str, Collection[tuple[str, str]]]]:
    """``reconcile`` for the incidents ``only``, from the part of a ledger that bears on them; and what these and the incidents
    around them ask of ``known``, which stands for the actors of the whole ledger."""
    method = _method(policy, hierarchy)
    gathered = gather(grouping, reports, lineage, documents, judgements, only=only, voices=known.voices)
    asked = {e.incident.id: known.asked_by(e) for e in (*gathered.evidence, *gathered.around)}
    return _reconciled(gathered, method, only), asked


def _method(policy: str, hierarchy: Hierarchy | None) -> Method:
    method = Method(policy_named(policy), ranks_of(hierarchy))
    if method.policy.name == "source_hierarchy" and not method.ranks:
        raise SettingsError(
            "policy source_hierarchy", why="no hierarchy of sources is set", hint="give a file of names"
        )
    return method


def _reconciled(gathered: Gathered, method: Method, only: Collection[str] | None) -> Reconciliation:
    figures: list[Figure] = []
    alterations = alteration_conflicts(gathered)
    altered = {claim for found in alterations if found.kind == "count" for claim in found.claims}
    conflicts = [found for found in alterations if only is None or found.incident in only]
    grades: list[IncidentGrade] = []
    for evidence in gathered.evidence:
        own = incident_figures(evidence, gathered.places, method)
        figures.extend(own)
        conflicts.extend(incident_conflicts(evidence, gathered, altered))
        conflicts.extend(narration_conflicts(evidence, gathered))
        grades.append(incident_grade(evidence, own, gathered))
    order = sorted(_told_once(conflicts), key=lambda found: (found.incident, found.kind, found.id))
    return Reconciliation(tuple(figures), tuple(order), tuple(grades))


def _told_once(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """``conflicts`` with those told in the same words, as copies have them, made one that names the claims of all."""
    groups: dict[tuple[str, str, str], list[Conflict]] = {}
    for found in {found.id: found for found in conflicts}.values():
        groups.setdefault((found.incident, found.kind, found.why), []).append(found)
    return [
        group[0]
        if len(group) == 1
        else conflict(
            group[0].incident,
            group[0].kind,
            [claim for found in group for claim in found.claims],
            group[0].why,
            [report for found in group for report in found.reports],
        )
        for group in groups.values()
    ]


def ranks_of(hierarchy: Hierarchy | None) -> Mapping[str, int]:
    """Ranks by folded name from a file, from names in order of trust, or as they are."""
    if hierarchy is None or hierarchy == "":
        return {}
    if isinstance(hierarchy, Mapping):
        return hierarchy
    if isinstance(hierarchy, (str, Path)):
        return load_hierarchy(Path(hierarchy))
    return hierarchy_ranks(hierarchy)


__all__ = ["Gathered", "Hierarchy", "reconcile", "reconcile_some"]
