"""Annotation → claims: who says what, with the counts of people, and the people named.

``extract`` takes one document with its annotation and gives its claims in text order. It never looks at another report and
never decides which of two figures is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Annotation, Claim, Document, FieldName, ReportClaims

from .attribution import find_attributions
from .named_victims import named_victims
from .tallies import NamedPerson, find_tallies
from .tallies_join import joined

__all__ = ["extract"]

_FIELDS: tuple[FieldName, ...] = ("title", "text")


def extract(document: Document, annotation: Annotation) -> ReportClaims:
    """All claims of ``document``. Unattributed counts have source None: the outlet's own voice."""
    claims: list[Claim] = []
    persons: list[tuple[FieldName, str, Sequence[NamedPerson]]] = []
    for name in _FIELDS:
        text = document.field_text(name)
        if not text:
            continue
        layer = annotation.layer(name)
        attributions = find_attributions(text, layer, title=document.title, document=document)
        found = find_tallies(text, layer)
        claims += joined(document.id, name, text, found.tallies, attributions)
        persons.append((name, text, found.persons))
    return ReportClaims(document.id, tuple(claims), tuple(named_victims(document.id, persons, claims)))
