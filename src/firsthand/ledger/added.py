"""Claims that a person read in a report and the machine did not: each stands in the judgement that added it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from firsthand.errors import LedgerError
from firsthand.model import Claim, Judgement, ReportClaims, standing

from .codec import decode

#: The ``rule`` of a claim that a person added.
BY_HAND = "added by a person"


def added_claims(judgements: Iterable[Judgement]) -> dict[str, list[Claim]]:
    """The claims that stand in judgements with the verb ``add``, by report; of two with one id the later, and one that cannot
    be read is passed over."""
    found: dict[str, Claim] = {}
    for judgement in standing(judgements):
        if judgement.verb != "add":
            continue
        try:
            claim = decode(Claim, judgement.after)
        except LedgerError:
            continue
        reason = f": {judgement.reason}" if judgement.reason else ""
        why = f"Read in the report by {judgement.by}{reason}."
        found[judgement.subject] = replace(claim, id=judgement.subject, rule=BY_HAND, why=why)
    out: dict[str, list[Claim]] = defaultdict(list)
    for claim in found.values():
        out[claim.report].append(claim)
    return dict(out)


def with_added(found: Sequence[ReportClaims], added: Mapping[str, Sequence[Claim]]) -> list[ReportClaims]:
    """``found`` with the added claims of each report, in text order."""
    return [
        replace(claims, claims=tuple(sorted((*claims.claims, *more), key=_place)))
        if (more := added.get(claims.report))
        else claims
        for claims in found
    ]


def _place(claim: Claim) -> tuple[bool, int, int, str]:
    return (claim.field != "title", claim.span.start, claim.span.end, claim.id)
