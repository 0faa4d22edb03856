"""Annotation → claims: who says what, with the counts of people, and the people named.

``extract`` takes one document with its annotation and gives its claims in text order. It never looks at another report and
never decides which of two figures is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Annotation, Claim, Document, FieldName, Outcome, ReportClaims

from .attacks import attack_claims, home_of
from .attribution import find_attributions
from .confidence import rated
from .named_told import told_persons
from .named_victims import identified_persons, listed_persons, named_victims
from .responsibility import responsibility_claims
from .tallies import Found, NamedPerson, find_tallies
from .tallies_join import in_text_order, joined
from .tallies_shot import settle_shot

__all__ = ["extract"]

_FIELDS: tuple[FieldName, ...] = ("title", "text")


def _fate_of_victims(found: Sequence[Found]) -> tuple[Outcome, int | None]:
    """What a report that says no more than "the victims" tells of them: that they died, save where it only tells of wounded; and
    how many died, where it tells of survivors too."""
    told = [t for one in found for t in one.tallies if t.low != 0 and not t.background and t.scope == "incident"]
    dead = [t.high for t in told if t.outcome == "killed"]
    if any(t.outcome in ("wounded", "casualties") for t in told):
        if not dead:
            return "wounded", None
        counted = [number for number in dead if number is not None]
        return "killed", max(counted) if len(counted) == len(dead) else None
    return "killed", None


def extract(document: Document, annotation: Annotation) -> ReportClaims:
    """All claims of ``document``. Unattributed counts have source None: the outlet's own voice."""
    fields = [
        (name, document.field_text(name), annotation.layer(name)) for name in _FIELDS if document.field_text(name)
    ]
    found = [find_tallies(text, layer) for _, text, layer in fields]
    settle_shot(
        "\n".join(text for _, text, _ in fields),
        [tally for one in found for tally in one.tallies],
        [person for one in found for person in one.persons],
    )
    claims: list[Claim] = []
    home = home_of([layer for _, _, layer in fields])
    persons: list[tuple[FieldName, str, Sequence[NamedPerson]]] = []
    for (name, text, layer), one in zip(fields, found, strict=True):
        attributions = find_attributions(text, layer)
        own = joined(document.id, name, text, one.tallies, attributions)
        own += responsibility_claims(document.id, name, text, layer, [*claims, *own])
        own += attack_claims(document.id, name, text, layer, own, home)
        claims += sorted(own, key=in_text_order)
        fate, dead = _fate_of_victims(found)
        identified = identified_persons(text, fate) if dead != 0 and any(f.tallies or f.persons for f in found) else []
        told = [*listed_persons(text, victims=fate, dead=dead), *identified, *told_persons(text)]
        persons.append((name, text, [*one.persons, *told]))
    claims = rated(claims, {name: layer for name, _, layer in fields})
    return ReportClaims(document.id, tuple(claims), tuple(named_victims(document.id, persons, claims)))
