"""A text under repair that never loses the way back to the text as it came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from firsthand.model import OffsetMap, Run, Span, Step, joined

# Steps quote what they removed; a step that removed a whole comment section quotes its beginning.
QUOTED = 200


class Edit(NamedTuple):
    """``[start, end)`` of the text becomes ``added``."""

    start: int
    end: int
    added: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """``text`` as it stands, ``map`` back to the source, and the ``steps`` that led here."""

    text: str
    map: OffsetMap
    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, text: str) -> Draft:
        return cls(text, OffsetMap.identity(len(text)))

    def edited(self, edits: Iterable[Edit], rule: str, *, together: bool = False) -> Draft:
        """The draft after ``edits`` (any order; of two that overlap the first to begin wins), recorded under ``rule``.

        ``together`` records them as one step with the first as its example, for repairs made all over a text.
        """
        runs: list[Run] = []
        parts: list[str] = []
        steps: list[Step] = []
        at = length = count = 0
        for start, end, added in sorted(edits):
            if start < at or (start == end and not added):
                continue
            runs.append(Run(length, at, start - at))
            parts += (self.text[at:start], added)
            length += start - at + len(added)
            count += 1
            if not together or not steps:
                removed = self.text[start:end]
                steps.append(Step(rule, removed[:QUOTED], added, self.source_span(start, end)))
            at = end
        if not count:
            return self
        runs.append(Run(length, at, len(self.text) - at))
        parts.append(self.text[at:])
        if together and count > 1:
            steps = [Step(f"{rule} ({count} places)", steps[0].removed, steps[0].added, steps[0].source_span)]
        map_ = OffsetMap(tuple(joined(runs))).through(self.map)
        return Draft("".join(parts), map_, self.steps + tuple(steps))

    def noted(self, rule: str) -> Draft:
        """The same with a step that changed no text."""
        return Draft(self.text, self.map, (*self.steps, Step(rule)))

    def source_span(self, start: int, end: int) -> Span | None:
        """Where ``[start, end)`` stands in the source, or None where nothing of it does."""
        return self.map.to_source(Span(start, end)) if end > start else None

    def part(self, start: int, end: int) -> Draft:
        """The text of ``[start, end)`` alone, with its map and no steps."""
        runs = []
        for run in self.map.runs:
            low, high = max(run.start, start), min(run.start + run.length, end)
            if low < high:
                runs.append(Run(low - start, run.source_start + low - run.start, high - low))
        return Draft(self.text[start:end], OffsetMap(tuple(runs)))
