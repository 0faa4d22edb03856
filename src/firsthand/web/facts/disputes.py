"""What is disputed about an incident: its contradictions with the passages they stand on, and who blames whom in which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from firsthand.model import Conflict
from firsthand.model.figure import ConflictKind

from .claims import ClaimLine
from .voices import folded

#: Kinds of contradictions in words.
CONTRADICTIONS: dict[ConflictKind, str] = {
    "count": "numbers",
    "victims": "who the victims were",
    "responsibility": "who did it",
    "date": "day",
    "place": "place",
    "narration": "how it is told",
    "name": "spelling of a name",
    "quote": "words of a quotation",
}

# Passages shown for a contradiction: beyond these the links say nothing new.
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A contradiction as the page tells it. ``lines`` are the counts that it is between, copies folded, at most ``_SHOWN`` of
    them; ``more`` how many others there are; ``compare`` the reports that show it beside each other, where it is between two."""

    conflict: Conflict
    kind: str
    lines: tuple[ClaimLine, ...]
    more: int
    compare: tuple[str, ...]


def conflict_lines(conflicts: Iterable[Conflict], lines: Mapping[str, ClaimLine]) -> tuple[ConflictLine, ...]:
    """In the order of ``conflicts``."""
    return tuple(_conflict_line(conflict, lines) for conflict in conflicts)


def _conflict_line(conflict: Conflict, lines: Mapping[str, ClaimLine]) -> ConflictLine:
    own = folded(lines[id] for id in conflict.claims if id in lines)
    compare = conflict.reports if len(conflict.reports) == 2 else ()
    return ConflictLine(
        conflict, CONTRADICTIONS[conflict.kind], tuple(own[:_SHOWN]), max(0, len(own) - _SHOWN), compare
    )


@dataclass(frozen=True, slots=True)
class BlameLine:
    """Somebody says who did it. ``who`` and ``whom`` are the report's words; ``whom`` is empty where it does not say."""

    who: str
    whom: str
    denied: bool
    line: ClaimLine


def blame_lines(lines: Iterable[ClaimLine]) -> tuple[BlameLine, ...]:
    """Who is said to have done it, each wording of a voice and an origin once. What was rejected is left out."""
    found: dict[tuple[object, ...], BlameLine] = {}
    for line in lines:
        claim = line.claim
        if claim.responsible is None or line.state == "rejected":
            continue
        who, whom = claim.responsible.text, claim.target.text if claim.target else ""
        denied = claim.certainty == "denied"
        key = (who.casefold(), line.source, line.origin_id, denied)
        known = found.get(key)
        if known is None:
            found[key] = BlameLine(who, whom, denied, line)
        else:
            copied = replace(known.line, copies=(*known.line.copies, line))
            found[key] = replace(known, whom=known.whom or whom, line=copied)
    return tuple(found.values())
