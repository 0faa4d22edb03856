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


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that stand, oldest first: each ``undo`` that itself stands takes back the one it names.

    Undoing an undo therefore brings the first decision back.
    """
    ordered = sorted(judgements, key=lambda judgement: (judgement.at, judgement.id))
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.id not in undone and judgement.undoes is not None:
            undone.add(judgement.undoes)
    return [judgement for judgement in ordered if judgement.id not in undone and judgement.verb != "undo"]
