"""Brings figures, conflicts and grades up to date, incident by incident: those that rest on nothing new stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from firsthand import pipeline
from firsthand.ledger import FigureKey, Inputs, View, Writer, figure_key
from firsthand.model import Conflict, Figure, IncidentGrade, Reconciliation, Settings

# Incidents reconciled at a time: their reports are in memory together. Of one day or next to it, they share most of what is read
# around them.
TOGETHER = 500


def bring_figures(ledger: str, writer: Writer, key: str, settings: Settings) -> tuple[str, ...]:
    """Makes anew the figures of every incident whose own inputs, neighbours, answers or method are others than they were made
    from, and drops those of incidents that are gone. Returns the ids of those made anew, in the order of their days."""
    with View(ledger) as view:
        inputs, kept = view.incident_inputs(), view.figure_keys()
        asking = pipeline.known(view)
        method = pipeline.method_key(settings)

        def made_from(incident: str, asked: Sequence[tuple[str, str]]) -> str:
            around = [inputs[other] for other in inputs[incident].around]
            return figure_key(method, inputs[incident], around, asking.answers(asked))

        stale = tuple(i for i in inputs if i not in kept or kept[i].key != made_from(i, kept[i].asked))
        figures: list[Figure] = []
        conflicts: list[Conflict] = []
        grades: list[IncidentGrade] = []
        keys: dict[str, FigureKey] = {}
        for start in range(0, len(stale), TOGETHER):
            some = stale[start : start + TOGETHER]
            found, asked = pipeline.reconcile_some(view, some, inputs, asking, settings=settings)
            figures += found.figures
            conflicts += found.conflicts
            grades += found.grades
            for incident in some:
                questions = _questions(incident, inputs, asked)
                keys[incident] = FigureKey(made_from(incident, questions), questions)
    made = Reconciliation(tuple(figures), tuple(conflicts), tuple(grades))
    # A ledger that an older program built holds figures without keys, some of them of incidents that are gone.
    replaced = {*stale, *(kept.keys() - inputs.keys())} if kept else None
    writer.put_reconciliation(made, key, keys=keys, incidents=replaced)
    return stale


def _questions(
    incident: str, inputs: Mapping[str, Inputs], asked: Mapping[str, Collection[tuple[str, str]]]
) -> tuple[tuple[str, str], ...]:
    """What an incident and those around it ask."""
    return tuple(sorted(set().union(*(asked[i] for i in (incident, *inputs[incident].around)))))
