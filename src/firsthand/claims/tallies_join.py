"""Joins what is said to who says it: tallies and attributions become claims.

A tally inside the content of an attribution takes the source, cue and certainty of the innermost one; an attribution that
holds no tally and stands in no other is a claim without a tally; a tally outside every attribution is the outlet's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.model import Certainty, Claim, FieldName, Span, Tally, record_id

from .attribution import Attribution
from .tallies import FoundTally


def joined(
    report: str, name: FieldName, text: str, tallies: Sequence[FoundTally], attributions: Sequence[Attribution]
) -> list[Claim]:
    """Claims of one field in text order: one a tally, and one an attribution that holds no tally."""
    holders = [_holders(text, tally, attributions) for tally in tallies]
    ids = {
        id(tally): record_id("clm", report, name, *tally.clause, tally.outcome, ordinal)
        for ordinal, tally in enumerate(tallies)
    }
    claims = [_with_tally(report, name, text, tally, held, ids) for tally, held in zip(tallies, holders, strict=True)]
    taken = {id(holder) for held in holders for holder in held[:1]}
    for ordinal, attribution in enumerate(attributions):
        if id(attribution) not in taken and attribution.content and attribution.depth == 0:
            claims.append(_statement(report, name, attribution, ordinal))
    return sorted(claims, key=in_text_order)


def in_text_order(claim: Claim) -> tuple[Span, bool, Span, str]:
    """Text order; tallies of one clause by their numbers, statements behind them."""
    return claim.span, claim.tally is None, claim.tally.span if claim.tally else claim.span, claim.id


def _holders(text: str, tally: FoundTally, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions whose content holds the tally's number, the innermost first."""
    holding = [
        a
        for a in attributions
        if any(part.covers(tally.span) for part in a.content) and not _presupposed(text, tally, a)
    ]
    return sorted(holding, key=lambda a: (-a.depth, sum(end - start for start, end in a.content)))


def _presupposed(text: str, tally: FoundTally, attribution: Attribution) -> bool:
    """ "The envoy condemned the raid that killed six", "The raid, which killed six, was claimed by a faction": he judges it or
    owns to it, and the report itself tells how many died."""
    if attribution.rule not in ("object", "passive") or attribution.cue is None:
        return False
    owned = attribution.rule == "passive" and "claimed" in attribution.cue.text.lower()
    if not owned and not _JUDGING.search(attribution.cue.text):
        return False
    start = min(part.start for part in attribution.content if part.covers(tally.span))
    return _RELATIVE.search(text, start, max(start, tally.span.start)) is not None


#: Verbs whose object is taken for granted by who says them, unlike "reported the raid that killed six".
_JUDGING = re.compile(
    r"\b(?:condemn|denounc|deplor|decr[iy]|mourn|lament|charg|blam|prais|hail|applaud|welcom|critici[sz]|protest|regret)\w*",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which|where|when)\b", re.IGNORECASE)


def _with_tally(
    report: str, name: FieldName, text: str, found: FoundTally, holders: list[Attribution], ids: dict[int, str]
) -> Claim:
    holder = holders[0] if holders else None
    speaking = next((a for a in holders if a.source is not None), holder)
    certainty: Certainty = "unknown" if found.unknown else holder.certainty if holder else "asserted"
    if found.hedged and certainty == "asserted":
        certainty = "alleged"  # "may have been killed": whoever says it does not say that it happened
    return Claim(
        id=ids[id(found)],
        report=report,
        field=name,
        span=found.clause,
        source=speaking.source if speaking else None,
        cue=speaking.cue if speaking else None,
        content=speaking.content if speaking else (),
        quotes=speaking.quotes if speaking else (),
        certainty=certainty,
        tally=Tally(
            outcome=found.outcome,
            low=found.low,
            high=found.high,
            text=found.span.of(text),
            span=found.span,
            approx=found.approx,
            vague=found.vague,
            unknown=found.unknown,
            victims=found.victims,
            victims_text=found.victims_text,
            part_of=ids.get(id(found.whole)) if found.whole is not None else None,
            scope=found.scope,
            side=found.side,
        ),
        place=found.place,
        when=found.when,
        event=found.event,
        background=found.background,
        responsible=found.responsible,
        rule=found.rule,
        why=f"{found.why} {speaking.why}" if speaking else f"{found.why} Nobody is named as its source.",
    )


def _statement(report: str, name: FieldName, attribution: Attribution, ordinal: int) -> Claim:
    first, last = attribution.content[0], attribution.content[-1]
    span = Span(first.start, last.end)
    return Claim(
        id=record_id("clm", report, name, *span, "statement", ordinal),
        report=report,
        field=name,
        span=span,
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        quotes=attribution.quotes,
        certainty=attribution.certainty,
        rule=attribution.rule,
        why=attribution.why,
    )
