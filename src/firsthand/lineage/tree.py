"""The descent of a set of reports as plain data: time runs downwards, what nobody here has stands in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from firsthand.model import Copy, Document, Lineage, Origin, SharedPassage


@dataclass(frozen=True, slots=True)
class Node:
    """A report or an unobserved parent (``copy`` None at the top). ``label`` is ready to print."""

    id: str
    label: str
    observed: bool
    published: date | None
    copy: Copy | None
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Descent:
    """One origin and its reports. ``elsewhere`` counts its reports that were not asked for."""

    origin: Origin
    roots: tuple[Node, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The origins behind a set of reports, earliest first, and the passages that reports of different origin share."""

    origins: tuple[Descent, ...]
    ties: tuple[SharedPassage, ...]


def tree(lineage: Lineage, documents: Iterable[Document]) -> Tree:
    """The tree of ``documents``, say the reports of one incident."""
    chosen = {document.id: document for document in documents}
    by_child = {copy.derived: copy for copy in lineage.copies}
    descents = []
    for origin in lineage.origins:
        present = [report for report in origin.reports if report in chosen]
        if present:
            roots = _roots(origin, present, chosen, by_child)
            descents.append(Descent(origin, roots, len(origin.reports) - len(present)))
    descents.sort(key=lambda descent: (_earliest(descent.roots), descent.origin.id))
    ties = tuple(shared for shared in lineage.shared if all(report in chosen for report in shared.reports))
    return Tree(tuple(descents), ties)


def _roots(
    origin: Origin, present: list[str], chosen: dict[str, Document], by_child: dict[str, Copy]
) -> tuple[Node, ...]:
    unobserved = {absent.id for absent in origin.unobserved}
    children: dict[str | None, list[str]] = {}
    for report in present:
        parent = by_child[report].source if report in by_child else None
        # A parent that was not asked for is passed over: its own parent takes its place.
        while parent is not None and parent not in chosen and parent not in unobserved:
            parent = by_child[parent].source if parent in by_child else None
        children.setdefault(parent, []).append(report)

    def node(report: str) -> Node:
        document = chosen[report]
        below = tuple(sorted(map(node, children.get(report, ())), key=_when))
        return Node(report, _label(document), True, document.published, by_child.get(report), below)

    roots = [node(report) for report in children.get(None, ())]
    for absent in origin.unobserved:
        below = list(map(node, children.get(absent.id, ()))) or roots
        if below is roots:
            roots = []
        roots.append(Node(absent.id, f"[{absent.name}]", False, None, None, tuple(sorted(below, key=_when))))
    return tuple(sorted(roots, key=_when))


def _label(document: Document) -> str:
    parts = [
        document.source_id,
        str(document.published) if document.published else "undated",
        document.site or "",
        document.title or "",
    ]
    return " · ".join(part for part in parts if part)


def _when(node: Node) -> tuple[date, str]:
    return _earliest((node,)), node.id


def _earliest(nodes: tuple[Node, ...]) -> date:
    return min((n.published for _, n in lines(nodes) if n.published), default=date.max)


def lines(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[int, Node]]:
    """Depth and node, from the top down, as they are printed."""
    for node in nodes:
        yield depth, node
        yield from lines(node.children, depth + 1)
