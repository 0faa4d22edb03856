"""The tree of copies behind one incident, as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from firsthand.model import Copy, Document, Origin

from .context import IncidentContext


def lineage_tree(context: IncidentContext) -> str:
    """One tree an origin, the earliest first; within it time runs downwards. Unobserved parents stand in brackets.

    A report that took text from several is printed under the one it took most from; the others are named beside it.
    """
    parts = []
    for origin in sorted(context.origins, key=lambda origin: _first_day(origin, context.documents)):
        parts.append("\n".join(_origin(origin, context)))
    if context.shared:
        lines = ["Shared passages between independent reports:"]
        for item in context.shared:
            first, second = (_named(context.documents.get(report), report) for report in item.reports)
            lines.append(f"  {first}  ~  {second}: {item.kind}. {item.why}")
        parts.append("\n".join(lines))
    if context.alterations:
        lines = ["What changed on the way:"]
        lines += [f"  {a.source} → {a.derived}, {a.kind}: {a.why}" for a in context.alterations]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _origin(origin: Origin, context: IncidentContext) -> list[str]:
    members = set(origin.reports)
    copies = [copy for copy in context.copies if copy.derived in members]
    parents = main_parents(copies)
    unobserved = {parent.id: parent for parent in origin.unobserved}
    for parent in origin.unobserved:
        for child in parent.children:
            parents.setdefault(child, Copy("", parent.id, child, "edited", 0.0, 0.0, 0.0, 0.0, ""))
    children: dict[str, list[str]] = defaultdict(list)
    for child, copy in parents.items():
        children[copy.source].append(child)
    names = {report: _named(context.documents.get(report), report) for report in members}
    names |= {id: f"[{parent.name}, not in this ledger]" for id, parent in unobserved.items()}
    roots = [node for node in [*unobserved, *origin.reports] if node not in parents]
    lines = [f"{origin.name}" + (" (credited)" if origin.credited else "")]
    order = _by_time(context.documents)
    for root in sorted(roots, key=order):
        lines += _branch(root, names, children, parents, copies, order, depth=1, seen=set())
    return lines


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


def _branch(node, names, children, parents, copies, order, *, depth, seen) -> list[str]:  # type: ignore[no-untyped-def]
    seen.add(node)
    label = names.get(node, node)
    copy = parents.get(node)
    if copy is not None and copy.id:
        others = [c.source for c in copies if c.derived == node and c.source != copy.source]
        label += f"  ({copy.relation}, {copy.coverage:.0%} of it; direction {copy.direction:.2f}{_basis(copy)})"
        if others:
            label += "  also from " + ", ".join(names.get(other, other) for other in others)
    lines = ["  " * depth + ("└ " if depth > 1 else "") + label]
    for child in sorted(children.get(node, ()), key=order):
        if child not in seen:
            lines += _branch(child, names, children, parents, copies, order, depth=depth + 1, seen=seen)
    return lines


def _basis(copy: Copy) -> str:
    return f" by {copy.direction_basis}" if copy.direction_basis else ""


def _by_time(documents: Mapping[str, Document]):  # type: ignore[no-untyped-def]
    def key(node: str) -> tuple[date, str]:
        document = documents.get(node)
        return (document.published if document and document.published else date.max), node

    return key


def _first_day(origin: Origin, documents: Mapping[str, Document]) -> tuple[date, str]:
    days = [documents[r].published for r in origin.reports if r in documents]
    return min((day for day in days if day is not None), default=date.max), origin.id


def _named(document: Document | None, report: str) -> str:
    if document is None:
        return f"{report} (of another incident)"
    when = document.published.isoformat() if document.published else "undated"
    title = f"  “{document.title}”" if document.title else ""
    return f"{when}  {document.site or document.source_id}{title}  {report}"
