"""The tree of copies behind one incident: computed once, shown as text or as HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TypeAlias

from firsthand.model import Copy, Document, Origin

from .context import IncidentContext


@dataclass(frozen=True, slots=True)
class Node:
    """A report, or a parent text that nobody here has (``observed`` False), with the reports that took from it.

    ``how`` says how it was copied, in words; "" for a root.
    """

    label: str
    how: str = ""
    observed: bool = True
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginTree:
    heading: str
    why: str
    roots: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class LineageTree:
    """``notes`` are headings with sentences: shared passages between independent reports, and what changed on the way."""

    origins: tuple[OriginTree, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]

    def as_text(self) -> str:
        """Indented lines; unobserved parents stand in brackets."""
        parts = []
        for origin in self.origins:
            lines = [origin.heading, *(f"  {line}" for root in origin.roots for line in _text_lines(root))]
            parts.append("\n".join(lines))
        parts += ["\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in self.notes]
        return "\n\n".join(parts) + "\n"

    def as_html(self) -> str:
        """Headings and nested lists, every word escaped; for the body of a page."""
        parts = []
        for origin in self.origins:
            items = "".join(map(_html_item, origin.roots))
            parts.append(f"<h2>{escape(origin.heading)}</h2>\n<p>{escape(origin.why)}</p>\n<ul>{items}</ul>")
        for heading, lines in self.notes:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            parts.append(f"<h2>{escape(heading)}</h2>\n<ul>{items}</ul>")
        return "\n".join(parts)


def lineage_tree(context: IncidentContext) -> LineageTree:
    """One tree an origin, the earliest first; within it time runs downwards.

    A report that took text from several stands under the one it took most from; the others are named beside it.
    """
    origins = sorted(context.origins, key=lambda origin: _first_day(origin, context.documents))
    notes: list[tuple[str, tuple[str, ...]]] = []
    if context.shared:
        told = []
        for item in context.shared:
            first, second = (_named(context.documents.get(report), report) for report in item.reports)
            told.append(f"{first}  ~  {second}: {item.kind}. {item.why}")
        notes.append(("Shared passages between independent reports", tuple(told)))
    if context.alterations:
        told = [f"{change.source} → {change.derived}, {change.kind}: {change.why}" for change in context.alterations]
        notes.append(("What changed on the way", tuple(told)))
    return LineageTree(tuple(_origin(origin, context) for origin in origins), tuple(notes))


def main_parents(copies: Sequence[Copy]) -> dict[str, Copy]:
    """For each derived report the copy it took most from: by coverage, then confidence in the direction, then id.

    A copy that would close a circle is left out: text alone cannot always tell which came first.
    """
    parents: dict[str, Copy] = {}
    for copy in sorted(copies, key=lambda c: (-c.coverage, -c.direction, c.id)):
        if copy.derived not in parents and not _leads_to(copy.source, copy.derived, parents):
            parents[copy.derived] = copy
    return parents


def _leads_to(node: str, wanted: str, parents: Mapping[str, Copy]) -> bool:
    while node != wanted and node in parents:
        node = parents[node].source
    return node == wanted


_Order: TypeAlias = Callable[[str], tuple[date, str]]


def _origin(origin: Origin, context: IncidentContext) -> OriginTree:
    members = set(origin.reports)
    copies = [copy for copy in context.copies if copy.derived in members]
    parents = main_parents(copies)
    names = {report: _named(context.documents.get(report), report) for report in members}
    names |= {parent.id: f"[{parent.name}, not in this ledger]" for parent in origin.unobserved}
    below: dict[str, list[str]] = defaultdict(list)
    for child, copy in parents.items():
        below[copy.source].append(child)
    # A child that is only known to hang on an unobserved parent has no copy record of its own.
    for parent in origin.unobserved:
        below[parent.id] += [child for child in parent.children if child not in parents]
    hanging = {child for children in below.values() for child in children}
    order = _by_time(context.documents)

    def node(id: str) -> Node:
        children = tuple(node(child) for child in sorted(below[id], key=order))
        return Node(names.get(id, id), _how(id, parents, copies, names), id in members, children)

    roots = [id for id in [*(parent.id for parent in origin.unobserved), *origin.reports] if id not in hanging]
    heading = origin.name + (" (credited)" if origin.credited else "")
    return OriginTree(heading, origin.why, tuple(node(root) for root in sorted(roots, key=order)))


def _how(id: str, parents: Mapping[str, Copy], copies: Sequence[Copy], names: Mapping[str, str]) -> str:
    copy = parents.get(id)
    if copy is None:
        return ""
    basis = f" by {copy.direction_basis}" if copy.direction_basis else ""
    how = f"{copy.relation}, {copy.coverage:.0%} of it; direction {copy.direction:.2f}{basis}"
    others = [names.get(c.source, c.source) for c in copies if c.derived == id and c.source != copy.source]
    return how + (f"; also from {', '.join(others)}" if others else "")


def _text_lines(node: Node, stem: str = "", last: bool | None = None) -> Iterator[str]:
    """``stem`` is what stands before the node's line; ``last`` None marks a root."""
    how = f"  ({node.how})" if node.how else ""
    branch = "" if last is None else "└─ " if last else "├─ "
    yield stem + branch + node.label + how
    below = stem if last is None else stem + ("   " if last else "│  ")
    for index, child in enumerate(node.children, start=1):
        yield from _text_lines(child, below, index == len(node.children))


def _html_item(node: Node) -> str:
    how = f" <small>{escape(node.how)}</small>" if node.how else ""
    label = escape(node.label) if node.observed else f"<em>{escape(node.label)}</em>"
    below = f"<ul>{''.join(map(_html_item, node.children))}</ul>" if node.children else ""
    return f"<li>{label}{how}{below}</li>"


def _by_time(documents: Mapping[str, Document]) -> _Order:
    def key(node: str) -> tuple[date, str]:
        document = documents.get(node)
        return (document.published if document and document.published else date.max), node

    return key


def _first_day(origin: Origin, documents: Mapping[str, Document]) -> tuple[date, str]:
    days = [documents[report].published for report in origin.reports if report in documents]
    return min((day for day in days if day is not None), default=date.max), origin.id


def _named(document: Document | None, report: str) -> str:
    if document is None:
        return f"{report} (of another incident)"
    when = document.published.isoformat() if document.published else "undated"
    title = f"  “{document.title}”" if document.title else ""
    return f"{when}  {document.site or document.source_id}{title}  {report}"
