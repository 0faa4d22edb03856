"""What a person decided about origins: reports that must or must not share one.

A judgement with verb ``merge`` or ``split`` and an origin's id as ``subject`` holds in ``after`` the canonical JSON of a list of
groups of report ids: reports of one group share an origin, reports of different groups do not, until a later judgement says
otherwise or an ``undo`` takes this one back. Reports that no group names stay where the first group's are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from firsthand.model import Judgement, Lineage, Origin, record_id, standing


def regrouped(lineage: Lineage, judgements: Iterable[Judgement]) -> Lineage:
    """``lineage`` with the origins as people decided. Copies and changes between reports that were told apart go with them: the
    machine's reading of such a pair was found wrong."""
    decided = [j for j in standing(judgements) if j.verb in ("merge", "split") and j.subject.startswith("org-")]
    if not decided:
        return lineage
    origins = {origin.id: origin for origin in lineage.origins}
    former = _homes(origins)
    for judgement in decided:
        for group in _groups(judgement):
            origins = _gathered(origins, group, judgement)
    home = _homes(origins)

    def kept(one: str, other: str) -> bool:
        return former.get(one) != former.get(other) or home.get(one) == home.get(other)

    return replace(
        lineage,
        origins=tuple(origins[key] for key in sorted(origins)),
        copies=tuple(copy for copy in lineage.copies if kept(copy.source, copy.derived)),
        alterations=tuple(change for change in lineage.alterations if kept(change.source, change.derived)),
    )


def decided_reports(judgements: Iterable[Judgement]) -> frozenset[str]:
    """The reports that a decision about origins names or ever named: those whose origins a decision may have changed."""
    about = [j for j in judgements if j.verb in ("merge", "split") and j.subject.startswith("org-")]
    return frozenset(report for judgement in about for group in _groups(judgement) for report in group)


def _homes(origins: Mapping[str, Origin]) -> dict[str, str]:
    """For each report and unobserved parent its origin."""
    home = {report: origin.id for origin in origins.values() for report in origin.reports}
    home.update((absent.id, origin.id) for origin in origins.values() for absent in origin.unobserved)
    return home


def _gathered(origins: dict[str, Origin], group: Sequence[str], judgement: Judgement) -> dict[str, Origin]:
    """``origins`` with the reports of ``group`` in one of their own; what is left of their former origins stays."""
    wanted = set(group)
    touched = [origin for origin in origins.values() if wanted & set(origin.reports)]
    found = sorted(report for origin in touched for report in origin.reports if report in wanted)
    if not found or (len(touched) == 1 and len(touched[0].reports) == len(found)):
        return origins
    out = {key: origin for key, origin in origins.items() if origin not in touched}
    largest = max(touched, key=lambda origin: (origin.credited, len(wanted & set(origin.reports)), origin.id))
    parts = [(largest, tuple(found))]
    parts += [(origin, tuple(r for r in origin.reports if r not in wanted)) for origin in touched]
    for origin, reports in parts:
        if reports:
            made = _part(origin, touched, reports, judgement)
            out[made.id] = made
    return out


def _part(origin: Origin, touched: Sequence[Origin], reports: tuple[str, ...], judgement: Judgement) -> Origin:
    inside = set(reports)
    absent = {
        lost.id: replace(lost, children=children)
        for former in touched
        for lost in former.unobserved
        if (children := tuple(child for child in lost.children if child in inside))
    }
    joined = "put together" if judgement.verb == "merge" else "told apart"
    why = f"{judgement.by} {joined} what the machine had as {' and '.join(sorted({o.name for o in touched}))}."
    return Origin(
        record_id("org", *reports),
        origin.name,
        reports,
        origin.credited,
        tuple(absent[key] for key in sorted(absent)),
        why,
    )


def _groups(judgement: Judgement) -> list[list[str]]:
    try:
        value = json.loads(judgement.after)
    except ValueError:
        return []
    groups = value if isinstance(value, list) else []
    return [[report for report in group if isinstance(report, str)] for group in groups if isinstance(group, list)]
