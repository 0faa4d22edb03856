"""The index of all reports, and the two doors to it: a whole pile at once, or one report more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from firsthand.model import Alteration, Copy, Document, Lineage, Origin, SharedPassage

from .align import Side, align
from .candidates import UNDATED, candidates
from .changes import alterations
from .evidence import measure
from .groups import components, split
from .origins import family
from .reading import Reading, read
from .verdict import Verdict
from .weights import Weights

#: Texts kept ready for alignment; pairs come in order of their first report, so few are made ready twice.
SIDES = 4096


def trace(documents: Sequence[Document]) -> Lineage:
    """Who copies whom among ``documents``: every one of them gets exactly one origin, whatever order they come in."""
    return Index(documents).lineage()


class Index:
    """Reports ready to be compared. ``documents`` and ``readings`` are in order of the documents' ids."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.documents = sorted(documents, key=lambda document: document.id)
        self.readings: list[Reading] = [read(document.id, document.text) for document in self.documents]
        self.weights = Weights(self.readings)
        self._side = lru_cache(SIDES)(self._make_side)

    def _make_side(self, index: int) -> Side:
        return Side(self.readings[index], self.weights)

    def judge(self, left: int, right: int) -> Verdict:
        """Compare two reports, ``left`` below ``right``."""
        days = _days_between(self.documents[left], self.documents[right])
        alignment = align(self._side(left), self._side(right))
        return Verdict(alignment, measure(alignment, days=days))

    def lineage(self) -> Lineage:
        """Everything that can be said about the reports in the index."""
        days = np.array([_ordinal(document) for document in self.documents], np.int64)
        odds: dict[tuple[int, int], float] = {}
        shared: dict[tuple[int, int], SharedPassage] = {}
        for left, right in candidates(self.readings, self.weights, days).tolist():
            verdict = self.judge(left, right)
            odds[left, right] = verdict.measures.log_odds
            if verdict.measures.phrases and (passage := verdict.shared_passage()):
                shared[left, right] = passage
        near: dict[int, list[int]] = {}
        for left, right in odds:
            near.setdefault(left, []).append(right)
        groups = self._groups(odds)
        member = {index: number for number, group in enumerate(groups) for index in group}
        origins: list[Origin] = []
        copies: list[Copy] = []
        changed: list[Alteration] = []
        for group in groups:
            place = {index: number for number, index in enumerate(group)}
            found = family(
                [self.documents[index] for index in group],
                [self._side(index) for index in group],
                {(place[a], place[b]): odds[a, b] for a in group for b in near.get(a, ()) if b in place},
                lambda left, right, group=group: self.judge(group[left], group[right]),  # type: ignore[misc]
            )
            origins.append(found.origin)
            copies.extend(found.copies)
            for verdict, known in found.verdicts:
                changed.extend(alterations(*self._pair(verdict), verdict.alignment, known=known))
        apart = [passage for (left, right), passage in shared.items() if member[left] != member[right]]
        return Lineage(
            tuple(sorted(copies, key=lambda copy: copy.id)),
            tuple(sorted(origins, key=lambda origin: origin.id)),
            tuple(sorted(apart, key=lambda passage: passage.id)),
            tuple(sorted(changed, key=lambda alteration: alteration.id)),
        )

    def _groups(self, odds: dict[tuple[int, int], float]) -> list[list[int]]:
        groups: list[list[int]] = []
        for component in components(odds):
            groups.extend(split(component, odds, lambda left, right: self.judge(left, right).measures.log_odds))
        alone = set(range(len(self.documents))).difference(*groups)
        return groups + [[index] for index in sorted(alone)]

    def _pair(self, verdict: Verdict) -> tuple[Document, Document]:
        return self._document(verdict.alignment.left.reading.id), self._document(verdict.alignment.right.reading.id)

    def _document(self, document_id: str) -> Document:
        low = np.searchsorted([document.id for document in self.documents], document_id)
        return self.documents[int(low)]


def _ordinal(document: Document) -> int:
    return document.published.toordinal() if document.published else int(UNDATED)


def _days_between(left: Document, right: Document) -> int | None:
    if left.published is None or right.published is None:
        return None
    return abs((left.published - right.published).days)
