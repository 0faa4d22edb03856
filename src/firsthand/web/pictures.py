"""Pictures worked out on the server, as plain geometry: they stand without scripts, and every one repeats what a list says.

All lengths are in the units of the picture's own view box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from firsthand.lineage import Descent, Node

from .facts.incident import TollEntry


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the timeline and the list it leads to: the incidents between ``first`` and ``last``."""

    x: float
    y: float
    width: float
    height: float
    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int


def timeline(counts: Sequence[tuple[date, date, int]], *, width: int = 640, height: int = 120) -> Timeline | None:
    """Bars over time; None where no day is known."""
    if not counts:
        return None
    start, end = counts[0][0].toordinal(), counts[-1][1].toordinal() + 1
    pad = max(1.0, (end - start) * 0.02)
    scale = (width - 40) / (end - start + 2 * pad)
    most = max(count for _, _, count in counts)
    floor = height - 22
    bars = []
    for first, last, count in counts:
        tall = max(3.0, (floor - 10) * count / most)
        x = 32 + (first.toordinal() - start + pad) * scale
        wide = min(36.0, max(3.0, (last.toordinal() + 1 - first.toordinal()) * scale - 1))
        bars.append(Bar(round(x, 1), round(floor - tall, 1), round(wide, 1), round(tall, 1), first, last, count))
    return Timeline(width, height, tuple(bars), tuple(_ticks(counts, start, pad, scale)), most)


def _ticks(counts: Sequence[tuple[date, date, int]], start: int, pad: float, scale: float) -> Iterable[Tick]:
    """Labels under the first, the last and some days between, none over another."""
    at_least, label = -1000.0, ""
    span = counts[-1][0].toordinal() - start
    for first, _, _ in counts:
        x = 32 + (first.toordinal() - start + pad) * scale
        text = first.isoformat() if span <= 100 else first.strftime("%Y-%m") if span <= 3000 else str(first.year)
        if x - at_least >= 86 and text != label:
            yield Tick(round(x, 1), text)
            at_least, label = x, text


@dataclass(frozen=True, slots=True)
class Knot:
    """A report in the picture of who copies whom; ``observed`` False for a text that nobody here has."""

    x: int
    y: int
    label: str
    id: str
    observed: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The picture of the origins of an incident: time runs downwards, a line leads from each report to its copies."""

    width: int
    height: int
    knots: tuple[Knot, ...]
    lines: tuple[tuple[int, int, int, int], ...]
    days: tuple[Tick, ...]


# Room for a label of about twenty letters beside its knot, and for a line between two rows.
_COLUMN, _ROW, _LEFT, _TOP = 172, 44, 96, 20
# Beyond this many reports the picture says less than the list.
_MOST = 40

#: A row of the picture: a day (None below all others), and how many copyings down on that day. Texts that nobody has come first.
Row = tuple[bool, date, int]
_ABSENT: Row = (False, date.min, 0)


def family(descents: Sequence[Descent], names: Mapping[str, str]) -> Family | None:
    """``names`` are what the reports are called in it, by id. None where there is nothing to draw: no copy, or more reports
    than a picture can tell apart."""
    every = [node for descent in descents for root in descent.roots for node in _all(root)]
    if not 1 < len(every) <= _MOST or not any(node.copy for node in every):
        return None
    row_of: dict[str, Row] = {}
    for descent in descents:
        for root in descent.roots:
            _set_rows(root, None, row_of)
    levels = {row: _TOP + index * _ROW for index, row in enumerate(sorted(set(row_of.values())))}
    knots: list[Knot] = []
    lines: list[tuple[int, int, int, int]] = []
    columns = 0
    for descent in descents:
        for root in descent.roots:
            columns = _draw(root, None, columns, {id: levels[row] for id, row in row_of.items()}, names, knots, lines)
    ticks: dict[str, int] = {}
    for row, at in levels.items():
        if row != _ABSENT:
            ticks.setdefault("undated" if row[1] == date.max else row[1].isoformat(), at)
    return Family(
        _LEFT + columns * _COLUMN,
        _TOP + len(levels) * _ROW,
        tuple(knots),
        tuple(lines),
        tuple(Tick(at, label) for label, at in ticks.items()),
    )


def _set_rows(node: Node, above: Row | None, row_of: dict[str, Row]) -> None:
    """A copy stands below what it was taken from, also where both have one day, or it has none."""
    if not node.observed:
        row = _ABSENT
    else:
        day = node.published or date.max
        below = above is not None and above[0] and above[1] >= day
        row = (True, above[1], above[2] + 1) if below and above is not None else (True, day, 0)
    row_of[node.id] = row
    for child in node.children:
        _set_rows(child, row, row_of)


def _draw(
    node: Node,
    above: tuple[int, int] | None,
    column: int,
    level_of: Mapping[str, int],
    names: Mapping[str, str],
    knots: list[Knot],
    lines: list[tuple[int, int, int, int]],
) -> int:
    """Draws the node and what is below it from ``column`` on; returns the next free column."""
    here = (_LEFT + column * _COLUMN, level_of[node.id])
    knots.append(Knot(*here, _short(names.get(node.id, node.label)), node.id, node.observed))
    if above is not None:
        lines.append((*above, *here))
    for child in node.children:
        column = _draw(child, here, column, level_of, names, knots, lines)
    return column if node.children else column + 1


def _all(node: Node) -> Iterable[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _short(name: str) -> str:
    """Cut to what fits."""
    return name if len(name) <= 20 else f"{name[:19]}…"


@dataclass(frozen=True, slots=True)
class Point:
    """A number on the day it was published: from ``top`` (its upper bound) to ``bottom`` (its lower one)."""

    x: float
    top: float
    bottom: float
    open: bool
    told: str
    claim: str


@dataclass(frozen=True, slots=True)
class Toll:
    """How the number of one outcome was told over time."""

    outcome: str
    width: int
    height: int
    points: tuple[Point, ...]
    days: tuple[Tick, ...]
    levels: tuple[Tick, ...]


def tolls(entries: Sequence[TollEntry], *, width: int = 640, height: int = 150) -> list[Toll]:
    """One picture for each outcome that was told on more than one day."""
    out = []
    for outcome in dict.fromkeys(entry.outcome for entry in entries):
        own = [entry for entry in entries if entry.outcome == outcome]
        days = sorted({entry.day for entry in own})
        if len(days) < 2:
            continue
        most = max(entry.high if entry.high is not None else entry.low or 0 for entry in own) or 1
        start, length = days[0].toordinal(), days[-1].toordinal() - days[0].toordinal()

        def across(day: date, start: int = start, length: int = length) -> float:
            return round(48 + (width - 96) * (day.toordinal() - start) / length, 1)

        def up(number: int, most: int = most) -> float:
            return round(height - 28 - (height - 44) * number / most, 1)

        points = tuple(
            Point(
                across(e.day), up(e.high if e.high is not None else e.low or 0), up(e.low if e.low is not None else e.high or 0),
                e.high is None or e.low is None, f"{e.day}: {e.told}, {e.voice}", e.claim,
            )
            for e in own
        )  # fmt: skip
        labels: list[Tick] = []
        for day in days:
            if not labels or across(day) - labels[-1].at >= 86:
                labels.append(Tick(across(day), day.isoformat()))
        levels = tuple(Tick(up(n), str(n)) for n in sorted({0, most}))
        out.append(Toll(outcome, width, height, points, tuple(labels), levels))
    return out
