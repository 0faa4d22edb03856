"""How much the choice of a policy matters, and how far voices disagree over a whole ledger."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firsthand.model import Document, Figure, Grouping, Judgement, Lineage, Outcome, ReportClaims, VictimClass

from .engine import Hierarchy, ranks_of
from .evidence import gather
from .figures import Method, incident_figures
from .policies import POLICIES


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cell of one incident under all policies: (low, best, high) by policy. ``spread`` is the largest number of any policy
    less the smallest; ``relative`` that by the largest, so that 1 means that some policy has nothing left."""

    incident: str
    outcome: Outcome
    victims: VictimClass
    place: str | None
    by_policy: dict[str, tuple[int | None, int | None, int | None]]
    spread: int
    relative: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far voices differ about one outcome and class over a ledger; whole incidents with a number only.

    ``divergence``: distinct numbers an incident less one, averaged. ``disagreeing``: share of incidents with more than one.
    ``mean_range``: highest less lowest number, averaged. ``modal``: share of an incident's voices that give its commonest
    number, averaged. ``incidents`` is how many these rest on; those with one voice are in ``incidents`` but not in the shares.
    """

    outcome: Outcome
    victims: VictimClass
    incidents: int
    several_voices: int
    divergence: float | None
    disagreeing: float | None
    mean_range: float | None
    modal: float | None


def sensitivity(
    grouping: Grouping,
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    *,
    documents: Sequence[Document] = (),
    judgements: Sequence[Judgement] = (),
    hierarchy: Hierarchy | None = None,
) -> list[Comparison]:
    """Every cell under all policies, those that change most first. Without a hierarchy that policy is left out."""
    ranks = ranks_of(hierarchy)
    gathered = gather(grouping, reports, lineage, documents, judgements)
    out = []
    for evidence in gathered.evidence:
        cells: dict[tuple[Outcome, VictimClass, str | None], dict[str, tuple[int | None, int | None, int | None]]]
        cells = defaultdict(dict)
        for policy in POLICIES.values():
            if policy.name == "source_hierarchy" and not ranks:
                continue
            for figure in incident_figures(evidence, gathered.places, Method(policy, ranks)):
                key = (figure.outcome, figure.victims, figure.place)
                cells[key][policy.name] = (figure.low, figure.best, figure.high)
        for (outcome, victims, place), by_policy in cells.items():
            numbers = [
                n for low, best, high in by_policy.values() if (n := best if best is not None else low) is not None
            ]
            spread = max(numbers) - min(numbers) if numbers else 0
            relative = spread / max(numbers) if spread else 0.0
            out.append(Comparison(evidence.incident.id, outcome, victims, place, by_policy, spread, relative))
    return sorted(out, key=lambda c: (-c.spread, -c.relative, c.incident, c.outcome, c.victims, c.place or ""))


def disagreement(figures: Iterable[Figure]) -> list[Disagreement]:
    """Scores over a ledger's figures of one policy, by outcome and class."""
    groups: dict[tuple[Outcome, VictimClass], list[list[int]]] = defaultdict(list)
    for figure in figures:
        numbers = [
            n for voice in figure.by_voice if (n := voice.high if voice.high is not None else voice.low) is not None
        ]
        if numbers and figure.place is None:
            groups[figure.outcome, figure.victims].append(numbers)
    out = []
    for (outcome, victims), incidents in sorted(groups.items()):
        several = [numbers for numbers in incidents if len(numbers) > 1]
        out.append(
            Disagreement(
                outcome,
                victims,
                len(incidents),
                len(several),
                _mean([len(set(numbers)) - 1 for numbers in several]),
                _mean([len(set(numbers)) > 1 for numbers in several]),
                _mean([max(numbers) - min(numbers) for numbers in several]),
                _mean([max(Counter(numbers).values()) / len(numbers) for numbers in several]),
            )
        )
    return out


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None
