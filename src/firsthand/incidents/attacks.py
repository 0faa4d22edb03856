"""Which of the attacks that a report tells of are its own event's.

They are those of its title and first lines, else those in the sentences that count its victims; what stands elsewhere may be
any other. An attack in a sentence whose counts are another event's is that event's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.model import Claim, Document

from .cues import is_cause
from .setting import Setting
from .side_words import is_unnamed

# What a report tells in so many first characters is what it is about: headline, dateline and first sentence.
_OPENING = 250


@dataclass
class AttacksTold:
    """The attacks of one report: ids of the claims about its main event, and pairs of one told beside it and the count it
    stands with."""

    main: list[str] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)


def attacks_told(document: Document, claims: Sequence[Claim], settings: Mapping[str, Setting]) -> AttacksTold:
    """Which attacks are the report's own event's, and which stand with the counts of another."""
    out = AttacksTold()
    opening: list[Claim] = []
    counted: list[Claim] = []
    counts = [claim for claim in claims if claim.id in settings and claim.tally is not None]
    for claim in claims:
        if not claim.tells_sides or claim.cue is None:
            continue
        told = claim.span.of(document.field_text(claim.field))
        cause = is_cause(told, claim.cue.span.start - claim.span.start)
        with_it = [
            c
            for c in counts
            if c.field == claim.field and c.tally is not None and claim.span.covers(c.tally.span)
            and is_cause(told, c.tally.span.start - claim.span.start) == cause
        ]  # fmt: skip
        others = [c for c in with_it if settings[c.id].background]
        if others and (cause or claim.background or len(others) == len(with_it)):
            out.beside.append((claim.id, others[0].id))
        elif not cause and not claim.background:
            if opens(claim):
                opening.append(claim)
            elif with_it:
                counted.append(claim)
    out.main = [claim.id for claim in _telling([opening, counted])]
    return out


def telling_counts(claims: Sequence[Claim]) -> set[str]:
    """Of one report's claims of one incident those counts that say who harmed whom in it: where its headline and first lines
    count people, these, their parts and the same numbers told again; others that stand further on may be another day's."""
    counts = [(claim, claim.tally) for claim in claims if claim.tally is not None]
    opening = {claim.id for claim, _ in counts if opens(claim)}
    if not opening:
        return {claim.id for claim, _ in counts}
    numbers = {
        (tally.outcome, tally.low, tally.high) for claim, tally in counts if claim.id in opening and tally.counted
    }
    return {
        claim.id
        for claim, tally in counts
        if claim.id in opening or tally.part_of in opening or (tally.outcome, tally.low, tally.high) in numbers
    }


def opens(claim: Claim) -> bool:
    """Whether it stands in the headline or the first lines."""
    return claim.field == "title" or claim.span.start < _OPENING


def _telling(tiers: Sequence[Sequence[Claim]]) -> list[Claim]:
    """The claims of the first tier that says whose the attack was, and of those before it; where it knows only "rebels", those
    of the next that knows more. Whom it was on is taken from the first tier that says so, in the same way."""
    out: list[Claim] = []
    for tier in tiers:
        blamed = [claim for claim in tier if claim.responsible is not None]
        whose = [claim.responsible.text for claim in out if claim.responsible is not None]
        if not whose:
            out += tier
        elif all(map(is_unnamed, whose)):
            out += [c for c in blamed if c.responsible is not None and not is_unnamed(c.responsible.text)]
        elif all(claim.target is None for claim in out):
            attackers = {text.casefold() for text in whose}
            out += [
                c
                for c in tier
                if c.target is not None
                and c.target.text.casefold() not in attackers
                and (c.responsible is None or c.responsible.text.casefold() in attackers)
            ]
    return out
