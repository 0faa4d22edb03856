"""The descent of an incident's reports, as text and as HTML. What it shows is computed by ``lineage.tree``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from textwrap import shorten
from typing import TypeVar

from firsthand.lineage import Descent, Node, Tree, tree
from firsthand.model import Alteration, Copy, SharedPassage, UncertainPair
from firsthand.wording import counted

from .context import IncidentContext

#: What a copy's direction rests on where its source is a text that nobody here has: there is no other way it could have gone.
UNOBSERVED = "unobserved parent"
#: No direction is certain; more than this is not claimed.
MOST = 0.99

Tied = TypeVar("Tied", SharedPassage, UncertainPair)


def tree_of(context: IncidentContext) -> Tree:
    """The tree of the reports of one incident."""
    return tree(context.lineage, context.documents.values())


def tree_text(context: IncidentContext) -> str:
    """One tree an origin, time downwards; a parent text that nobody here has stands in brackets."""
    parts = []
    for descent in tree_of(context).origins:
        lines = [_heading(descent), *(f"  {line}" for root in descent.roots for line in _text_lines(root))]
        parts.append("\n".join(lines))
    parts += ["\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in _notes(context)]
    return "\n\n".join(parts) + "\n"


def tree_html(context: IncidentContext) -> str:
    """The same as headings and nested lists, every word escaped; for the body of a page."""
    parts = []
    for descent in tree_of(context).origins:
        items = "".join(map(_html_item, descent.roots))
        why = escape(descent.origin.why)
        parts.append(f"<h2>{escape(_heading(descent))}</h2>\n<p>{why}</p>\n<ul>{items}</ul>")
    for heading, lines in _notes(context):
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        parts.append(f"<h2>{escape(heading)}</h2>\n<ul>{items}</ul>")
    return "\n".join(parts)


def how_told(copy: Copy) -> str:
    """How a report was copied: "edited, 80% of it; direction 0.83 by numbers"."""
    told = f"{copy.relation}, {copy.coverage:.0%} of it"
    if copy.direction_basis == UNOBSERVED:
        return told
    if copy.direction < 0.6:
        return f"{told}; which came first is a coin toss"
    return f"{told}; direction {min(copy.direction, MOST):.2f}" + (
        f" by {copy.direction_basis}" if copy.direction_basis else ""
    )


def _heading(descent: Descent) -> str:
    credited = " (credited)" if descent.origin.credited else ""
    elsewhere = f", and {descent.elsewhere} reports of other incidents" if descent.elsewhere else ""
    return f"{descent.origin.name}{credited}{elsewhere}"


def _label(node: Node) -> str:
    return node.label if node.observed else f"{node.label} not in this ledger"


def _text_lines(node: Node, stem: str = "", last: bool | None = None) -> Iterator[str]:
    """``stem`` is what stands before the node's line; ``last`` None marks a root."""
    how = f"  ({how_told(node.copy)})" if node.copy else ""
    branch = "" if last is None else "└─ " if last else "├─ "
    yield stem + branch + _label(node) + how
    below = stem if last is None else stem + ("   " if last else "│  ")
    for index, child in enumerate(node.children, start=1):
        yield from _text_lines(child, below, index == len(node.children))


def _html_item(node: Node) -> str:
    how = f" <small>{escape(how_told(node.copy))}</small>" if node.copy else ""
    label = escape(_label(node)) if node.observed else f"<em>{escape(_label(node))}</em>"
    below = f"<ul>{''.join(map(_html_item, node.children))}</ul>" if node.children else ""
    return f"<li>{label}{how}{below}</li>"


def _notes(context: IncidentContext) -> list[tuple[str, list[str]]]:
    """Headings with sentences: shared passages, pairs in doubt, and what changed on the way. Empty ones are left out."""
    lineage = context.lineage
    named = {id: document.source_id for id, document in context.documents.items()}

    def names(reports: Iterable[str], mark: str) -> str:
        return mark.join(named.get(report, report) for report in reports)

    def between(pairs: Iterable[Tied], tell: Callable[[Tied], str]) -> list[str]:
        """One line for each two origins: the first of the pairs between them stands for all."""
        lines: dict[tuple[str, ...], list[Tied]] = {}
        for pair in pairs:
            lines.setdefault(tuple(sorted(home.get(report, report) for report in pair.reports)), []).append(pair)
        return [f"{tell(some[0])}{_and_more(len(some) - 1)}" for some in lines.values()]

    def doubt(pair: UncertainPair) -> str:
        done = "put together" if pair.joined else "kept apart"
        return f"{names(pair.reports, ' ~ ')}, {done} ({pair.confidence:.0%} likely to be copies): {pair.why}"

    home = {report: origin.id for origin in lineage.origins for report in origin.reports}
    doubts = sorted(lineage.uncertain, key=lambda pair: (pair.joined, abs(pair.confidence - 0.5), pair.id))
    changed = [
        f"{names((first.source, first.derived), ' → ')}, {first.kind}: {_wordings(first)}{also_between(more)}"
        for first, more in each_change(lineage.alterations)
    ]
    notes = [
        (
            "Shared by independent reports",
            between(lineage.shared, lambda tie: f"{names(tie.reports, ' ~ ')}, {tie.kind}: {tie.why}"),
        ),
        ("In doubt, for a person to look at", between(doubts, doubt)),
        ("Changed on the way", changed),
    ]
    return [(heading, lines) for heading, lines in notes if lines]


def _and_more(count: int) -> str:
    return f" {counted(count, 'more pair')} of reports of the same two origins." if count else ""


def each_change(alterations: Iterable[Alteration]) -> list[tuple[Alteration, int]]:
    """Each change once, as the first copy has it, with the number of further pairs of reports that have it too."""
    alike: dict[tuple[str, str], list[Alteration]] = {}
    for alteration in alterations:
        alike.setdefault((alteration.kind, _wordings(alteration)), []).append(alteration)
    return [(first, len(more)) for first, *more in alike.values()]


def also_between(count: int) -> str:
    """That a change stands between further pairs of reports; empty for none."""
    return f" So between {counted(count, 'more pair')} of reports." if count else ""


def _wordings(alteration: Alteration) -> str:
    """What changed, with the words where the reason does not hold them."""
    if alteration.kind not in ("added", "negation", "dropped_attribution"):
        return alteration.why
    words = [shorten(text, 160, placeholder=" …") for text in (alteration.source_text, alteration.derived_text) if text]
    return f"{alteration.why} {' / '.join(f'“{text}”' for text in words)}"
