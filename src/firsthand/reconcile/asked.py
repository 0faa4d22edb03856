"""What the figures of an incident ask of the whole pile: who bears a name, what is known of an actor, what of a place.

All else that they rest on lies in the reports of the incident and of its neighbours. What was asked is kept beside the figures, so
that they are made anew where an answer has become another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import cast

from firsthand.model import Actor, Lineage, Place, canonical_json

from .evidence import Evidence
from .voices import Question, Voices

_PLACE = "place"


class Known:
    """What the actors and places of a pile answer. A question is its kind and what it is about: "bearer", "mayor of selm"."""

    def __init__(self, actors: Iterable[Actor], places: Mapping[str, Place]) -> None:
        self.voices = Voices(actors, Lineage())
        self.places = places

    def answers(self, asked: Iterable[tuple[str, str]]) -> str:
        """One hash over the answers, the same as long as none of them has changed."""
        told = [[kind, name, self._answer(kind, name)] for kind, name in sorted(asked)]
        return hashlib.sha256(canonical_json(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def asked_by(self, evidence: Evidence) -> set[tuple[str, str]]:
        """What the figures, conflicts and grade of ``evidence`` ask."""
        asked: set[tuple[Question, str]] = set()
        voices = self.voices.noting(asked)
        places = set(evidence.incident.places)
        for claim, assignment in evidence.claims:
            voices.of(claim)
            voices.held(claim)
            if claim.source is not None:
                voices.body(claim.source.name)
            places.update(place for place in (claim.place, assignment.place) if place)
        return {*asked, *((_PLACE, place) for place in places)}

    def _answer(self, kind: str, name: str) -> str:
        return repr(self.places.get(name)) if kind == _PLACE else self.voices.answer(cast(Question, kind), name)
