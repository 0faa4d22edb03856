"""What the pages call things: the records' own terms in words of people."""

from __future__ import annotations

from firsthand.export.tree import MOST, UNOBSERVED
from firsthand.model import Copy, Figure

#: What a person may grade an incident as (Airwars), with what each grade says.
GRADES = {
    "confirmed": "a party accepts responsibility for harm to civilians",
    "fair": "two or more credible sources, no contradiction between them about who did it",
    "weak": "a single source",
    "contested": "competing claims of who did it",
    "discounted": "those harmed were fighters",
}

#: How far the voices behind a figure agree.
STANDING = {
    "agreed": "agreed",
    "range": "voices differ",
    "contested": "contested",
    "single": "one voice alone",
    "unknown": "no number given",
}

_RELATIONS = {"verbatim": "word for word", "edited": "edited", "paraphrased": "reworded"}
_BASES = {"timestamps": "the times of publication", "credits": "credit lines", "numbers": "the numbers"}
# Below this a direction is no better than a coin toss: measured, see docs/lineage.md.
_COIN_TOSS = 0.6


def copied_told(copy: Copy) -> str:
    """How a report was copied: "reworded, 80% of its sentences; that this is the copy is 83% sure, by credit lines"."""
    told = f"{_RELATIONS[copy.relation]}, {copy.coverage:.0%} of its sentences"
    if copy.direction_basis == UNOBSERVED:
        return told
    if copy.direction < _COIN_TOSS:
        return f"{told}; which of the two came first is a coin toss"
    bases = [_BASES.get(name, name) for name in copy.direction_basis.split(", ") if name]
    by = f", by {' and '.join(bases)}" if bases else ""
    return f"{told}; that this one is the copy is {min(copy.direction, MOST):.0%} sure{by}"


def counted_told(figure: Figure) -> str:
    """What a figure counts: "killed", "wounded (children)", "buildings destroyed"."""
    if figure.outcome == "destroyed":
        return "buildings destroyed"
    return figure.outcome if figure.victims == "people" else f"{figure.outcome} ({figure.victims.replace('_', ' ')})"
