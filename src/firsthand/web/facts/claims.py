"""A claim as every page shows it: in words, with what a person decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.ledger import BY_HAND
from firsthand.model import Claim, Document, Judgement, Origin, ReportClaims, standing
from firsthand.reconcile.judged import decisions, effective
from firsthand.wording import range_told

#: How a decision on a claim is told; what nobody decided on is a proposal of the machine.
STATES = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}


# Letters of a headline that stand for a report without a site: about as many as a long site's name has.
_SHORT = 36


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as a page shows it. ``state`` is a person's decision on it, or empty: a proposal of the machine; ``by`` who
    decided and why."""

    claim: Claim
    report: str
    site: str
    published: str
    words: str
    source: str
    count: str
    origin: str
    origin_id: str
    state: str
    by: str
    copies: tuple[ClaimLine, ...] = ()

    @property
    def carriers(self) -> int:
        """How many other reports carry it."""
        return len({copy.report for copy in self.copies} - {self.report})


def newest_decisions(judgements: Iterable[Judgement]) -> dict[str, str]:
    """For each subject the id of the latest decision about it, which a form sends back to show what its page had seen."""
    return {judgement.subject: judgement.id for judgement in judgements}


def last_standing(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """For each claim that a person decided on the latest decision that stands."""
    return {j.subject: j for j in standing(judgements) if j.verb in STATES}


def as_decided(claims: Sequence[Claim], judgements: Iterable[Judgement]) -> list[Claim]:
    """The claims with the corrections that stand; rejected ones as the machine read them."""
    reports = [ReportClaims(claim.report, (claim,)) for claim in claims]
    counted = effective(reports, decisions(judgements))
    return [counted.get(claim.id, claim) for claim in claims]


def claim_line(
    claim: Claim, document: Document, origin_of: Mapping[str, Origin], decided: Mapping[str, Judgement]
) -> ClaimLine:
    text = document.field_text(claim.field)
    origin = origin_of.get(document.id)
    judgement = decided.get(claim.id)
    state = STATES[judgement.verb] if judgement else "added" if claim.rule == BY_HAND else ""
    return ClaimLine(
        claim=claim,
        report=document.id,
        site=called(document),
        published=day_told(document),
        words=" ".join(claim.span.of(text).split()),
        source=source_told(claim, document),
        count=count_told(claim),
        origin=origin.name if origin else "",
        origin_id=origin.id if origin else document.id,
        state=state,
        by=told_by(judgement) if judgement else "",
    )


def told_by(judgement: Judgement) -> str:
    """Who decided, when, and the reason: "Ada, 2024-02-03: the tape says so"."""
    reason = f": {judgement.reason}" if judgement.reason else ""
    return f"{judgement.by}, {judgement.at[:10]}{reason}"


def source_told(claim: Claim, document: Document) -> str:
    """Who says it, in words; the outlet's own voice is named as such."""
    if claim.source is None or claim.source.kind == "narrator":
        return f"{called(document)} (own voice)"
    return claim.source.name


def count_told(claim: Claim) -> str:
    """A claim's count in words: "16 killed (fighters)", "number not given: killed".

    Vague words are quoted, never turned into numbers.
    """
    tally = claim.tally
    if tally is None:
        return ""
    if tally.unknown:
        number = "number not given,"
    elif tally.counted:
        number = ("about " if tally.approx else "") + range_told(tally.low, None, tally.high)
    else:
        number = f"“{tally.text}”" if tally.text else "no number,"
    classes = ", ".join(v.replace("_", " ") for v in tally.victims if v != "people")
    total = ", total over a longer time" if tally.scope == "total" else ""
    denied = ", denied" if claim.certainty == "denied" else ""
    return f"{number} {tally.outcome}" + (f" ({classes})" if classes else "") + total + denied


def called(document: Document) -> str:
    """A report in a few words: its site, else the beginning of its headline, else the name its sender gave it."""
    title = " ".join((document.title or "").split())
    return document.site or (title if len(title) <= _SHORT else f"{title[:_SHORT]}…") or document.source_id


def headline(document: Document) -> str:
    """The title, or the first words of the text."""
    return document.title or " ".join(document.text.split()[:12]) + " …"


def day_told(document: Document) -> str:
    return document.published.isoformat() if document.published else "undated"
