"""What a person decided. Never mixed with what a machine proposes."""

from __future__ import annotations

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
