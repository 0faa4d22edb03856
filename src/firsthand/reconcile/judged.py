"""Judgements applied to claims: what a person rejected does not count, what a person corrected counts as corrected.

The claims themselves are never changed; the effective claim is a copy with the corrected fields, and its id stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, get_args

from firsthand.model import (
    OUTCOMES,
    VICTIM_CLASSES,
    Claim,
    Interval,
    Judgement,
    ReportClaims,
    Source,
    SourceKind,
    standing,
)

_TALLY_FIELDS = frozenset({"outcome", "low", "high", "approx", "vague", "unknown", "victims", "scope", "part_of"})
_CLAIM_FIELDS = frozenset({"certainty", "place", "background"})


@dataclass(frozen=True, slots=True)
class Decisions:
    """What stands after all withdrawals: rejected claim ids, corrected fields by claim id, grades by incident id, and the
    ids of the claims that a person has looked at and left standing."""

    rejected: frozenset[str] = frozenset()
    corrected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    grades: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """The latest judgement that is not withdrawn counts for each subject. ``after`` of a correction is a JSON object of the
    claim's fields (``{"low": 16}``, or nested as ``{"tally": {"low": 16}}``); of a grade, ``{"grade": "weak"}``."""
    rejected: set[str] = set()
    accepted: set[str] = set()
    corrected: dict[str, dict[str, Any]] = {}
    grades: dict[str, tuple[str, str]] = {}
    for judgement in standing(judgements):
        subject = judgement.subject
        if judgement.verb == "reject":
            rejected.add(subject)
            accepted.discard(subject)
        elif judgement.verb == "accept":
            accepted.add(subject)
            rejected.discard(subject)
        elif judgement.verb == "correct":
            corrected.setdefault(subject, {}).update(_flat(judgement.after))
            rejected.discard(subject)
        elif judgement.verb == "grade":
            grade = _flat(judgement.after).get("grade")
            if isinstance(grade, str):
                grades[subject] = (grade, judgement.reason or f"graded by {judgement.by}")
    return Decisions(frozenset(rejected), corrected, grades, frozenset(accepted))


def _flat(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    inner = data.pop("tally", None)
    return {**data, **inner} if isinstance(inner, dict) else data


def effective(reports: Sequence[ReportClaims], decided: Decisions) -> dict[str, Claim]:
    """All claims that count, by id, as corrected. Claims without a tally are kept: responsibility rests on them."""
    out: dict[str, Claim] = {}
    for report_claims in reports:
        for claim in report_claims.claims:
            if claim.id in decided.rejected:
                continue
            changes = decided.corrected.get(claim.id)
            out[claim.id] = _corrected(claim, changes) if changes else claim
    return out


def _corrected(claim: Claim, changes: Mapping[str, Any]) -> Claim:
    """Fields of unknown name or impossible value are left as they were: a wrong correction must not lose a claim."""
    ours = {name: value for name, value in changes.items() if name in _CLAIM_FIELDS}
    if "source" in changes:
        ours["source"] = _source(claim, changes["source"])
    if isinstance(changes.get("when"), dict):
        ours["when"] = _interval(changes["when"])
    if claim.tally is not None:
        tally = {name: value for name, value in changes.items() if name in _TALLY_FIELDS}
        if "victims" in tally:
            victims = tally["victims"]
            tally["victims"] = tuple(victim for victim in VICTIM_CLASSES if victim in victims) or claim.tally.victims
        if tally.get("outcome", claim.tally.outcome) not in OUTCOMES:
            tally.pop("outcome")
        if ("low" in tally or "high" in tally) and "vague" not in tally:
            tally.update(vague=False, unknown=tally.get("unknown", False))
        ours["tally"] = replace(claim.tally, **tally)
    return replace(claim, **ours)


def _source(claim: Claim, said_by: object) -> Source | None:
    """The source as a person gave it, ``{"name": …, "kind": …}``; null for the outlet's own voice. What the report's words for it
    are stays as it was."""
    if said_by is None:
        return None
    name = said_by.get("name") if isinstance(said_by, dict) else None
    kind = said_by.get("kind") if isinstance(said_by, dict) else None
    known = next((each for each in get_args(SourceKind) if each == kind), None)
    if not isinstance(name, str) or known is None:
        return claim.source
    if claim.source is None:
        return Source(name, claim.span, name, known)
    return replace(claim.source, name=name, kind=known, actor=None, affiliation=None)


def _interval(said: Mapping[str, Any]) -> Interval | None:
    """The days as a person gave them, ``{"start": …, "end": …}`` in ISO form; None where they cannot be read as such."""
    try:
        start = date.fromisoformat(said["start"])
        end = date.fromisoformat(said.get("end") or said["start"])
    except (KeyError, TypeError, ValueError):
        return None
    return Interval(start, end, "day" if start == end else "days")
