"""What a person decided. Never mixed with what a machine proposes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Verb: TypeAlias = Literal[
    "accept", "correct", "reject", "add", "merge", "split", "grade", "note", "assign", "confirm", "withhold", "undo"
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One signed, dated, hash-chained decision. ``before`` and ``after`` are canonical JSON of what the decision touches;
    ``undoes`` is the id of the judgement it takes back; ``hash`` covers all other fields and the previous hash."""

    id: str
    at: str
    by: str
    verb: Verb
    subject: str
    before: str
    after: str
    reason: str
    undoes: str | None
    previous: str
    hash: str


def taken_back(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of the judgements that an ``undo`` which itself stands takes back.

    Undoing an undo therefore brings the first decision back.
    """
    undone: set[str] = set()
    for judgement in sorted(judgements, key=_order, reverse=True):
        if judgement.id not in undone and judgement.undoes is not None:
            undone.add(judgement.undoes)
    return frozenset(undone)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that stand, oldest first; an ``undo`` is none."""
    ordered = sorted(judgements, key=_order)
    undone = taken_back(ordered)
    return [judgement for judgement in ordered if judgement.id not in undone and judgement.verb != "undo"]


def _order(judgement: Judgement) -> tuple[str, str]:
    return judgement.at, judgement.id
