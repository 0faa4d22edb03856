"""Spans and offset maps. All offsets are Unicode code points; starts are inclusive, ends exclusive."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """``[start, end)`` in the text of one field of one document."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Run(NamedTuple):
    """``length`` code points at ``start`` of the cleaned text that stand unchanged at ``source_start`` of the source."""

    start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way back from a cleaned text to the text as it came in: runs in order, in both texts.

    Text between two runs was written by a repair and has no single source position; a span that touches it maps to
    the nearest unchanged text inside the span.
    """

    runs: tuple[Run, ...] = ()

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        return cls((Run(0, 0, length),) if length else ())

    def to_source(self, span: Span) -> Span | None:
        """The span of the source text that ``span`` came from, or None where nothing of it survives unchanged.

        >>> OffsetMap((Run(0, 10, 5), Run(5, 20, 5))).to_source(Span(3, 7))
        Span(start=13, end=22)
        """
        first = last = None
        index = max(0, bisect_right(self.runs, span.start, key=lambda run: run.start) - 1)
        for run in self.runs[index:]:
            if run.start >= span.end:
                break
            start, end = max(run.start, span.start), min(run.start + run.length, span.end)
            if start >= end:
                continue
            shift = run.source_start - run.start
            if first is None:
                first = start + shift
            last = end + shift
        return None if first is None or last is None else Span(first, last)

    def through(self, earlier: OffsetMap) -> OffsetMap:
        """This map (text ← middle) continued by ``earlier`` (middle ← source): text ← source.

        >>> OffsetMap((Run(0, 2, 3),)).through(OffsetMap((Run(0, 10, 4), Run(4, 30, 4))))
        OffsetMap(runs=(Run(start=0, source_start=12, length=2), Run(start=2, source_start=30, length=1)))
        """
        out: list[Run] = []
        for run in self.runs:
            end = run.source_start + run.length
            index = max(0, bisect_right(earlier.runs, run.source_start, key=lambda r: r.start) - 1)
            for before in earlier.runs[index:]:
                if before.start >= end:
                    break
                lo, hi = max(run.source_start, before.start), min(end, before.start + before.length)
                if lo < hi:
                    out.append(Run(run.start + lo - run.source_start, before.source_start + lo - before.start, hi - lo))
        return OffsetMap(tuple(joined(out)))


def joined(runs: Iterable[Run]) -> list[Run]:
    """``runs`` with neighbours that touch in both texts made one."""
    out: list[Run] = []
    for run in runs:
        if not run.length:
            continue
        last = out[-1] if out else None
        if last and last.start + last.length == run.start and last.source_start + last.length == run.source_start:
            out[-1] = Run(last.start, last.source_start, last.length + run.length)
        else:
            out.append(run)
    return out
