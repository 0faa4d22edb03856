"""The index of all reports, and the two doors to it: a whole pile at once, or one report more."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

from firsthand.model import Alteration, Copy, Document, Lineage, Origin, SharedPassage, UncertainPair, record_id

from .align import Side, align
from .candidates import UNDATED, candidates
from .changes import alterations, altered_quotations
from .chrome import common_property, site_chrome, without_chrome
from .evidence import UNCERTAIN, confidence, hopeless, measure
from .groups import components, split
from .lookup import Lookup
from .origins import family
from .reading import Reading, read
from .verdict import Verdict
from .weights import Weights

#: Texts kept ready for alignment; pairs come in order of their first report, so few are made ready twice.
SIDES = 4096
#: Pairs, reports or groups handed to a worker at a time.
CHUNK = 512

Pair = tuple[int, int]
Scored = tuple[Pair, float, SharedPassage | None]
Item = TypeVar("Item")
Result = TypeVar("Result")


def trace(documents: Sequence[Document], *, workers: int = 1) -> Lineage:
    """Who copies whom among ``documents``: every one of them gets exactly one origin, whatever order they come in."""
    return Index(documents, workers=workers).lineage()


class Index:
    """Reports ready to be compared.

    Built over a pile, ``documents`` and ``readings`` are in order of the documents' ids; what is added later follows in order of
    coming. ``workers`` processes share the work where the platform can fork.
    """

    def __init__(self, documents: Iterable[Document] = (), *, workers: int = 1) -> None:
        self.workers = workers
        self.documents = sorted(documents, key=lambda document: document.id)
        readings = list(self._map(_read, self.documents))
        self._chrome = site_chrome(self.documents, readings), common_property(readings)
        self.readings: list[Reading] = [
            without_chrome(document, reading, *self._chrome)
            for document, reading in zip(self.documents, readings, strict=True)
        ]
        self.weights = Weights(self.readings)
        self._side = lru_cache(SIDES)(self._make_side)
        self._odds: dict[Pair, float] = {}
        self._partners: dict[int, list[int]] = {}
        self._lookup: Lookup | None = None

    def judge(self, left: int, right: int) -> Verdict:
        """Compare two reports, given by number; the one with the lower id is on the left."""
        if self.documents[left].id > self.documents[right].id:
            left, right = right, left
        alignment = align(self._side(left), self._side(right))
        return Verdict(alignment, measure(alignment, days=self._days(left, right)))

    def lineage(self) -> Lineage:
        """Everything that can be said about the reports in the index."""
        pairs = candidates(self.readings, self.weights, self._ordinals())
        shared = self._score([(left, right) for left, right in pairs.tolist()])
        groups = self._groups(range(len(self.documents)))
        return self._describe(groups, shared)

    def add(self, document: Document) -> Lineage:
        """Take in one report more; gives the origins that it belongs to or touches, as they are now.

        Weights move a little with every report and those of pairs compared before are left as they were, so ``lineage`` over the
        whole pile has the last word.
        """
        lookup = self.ready()
        reading = without_chrome(document, _read(document), *self._chrome)
        number = len(self.documents)
        near = lookup.near(reading, self.weights, _ordinal(document))
        lookup.add(reading, self.weights, _ordinal(document))
        self.documents.append(document)
        self.readings.append(reading)
        self.weights.add(reading)
        shared = self._score([(other, number) for other in near])
        touched = {number}
        frontier = [number]
        while frontier:
            one = frontier.pop()
            for other in self._partners.get(one, ()):
                if other not in touched and self._odds[min(one, other), max(one, other)] > 0:
                    touched.add(other)
                    frontier.append(other)
        return self._describe(self._groups(touched), shared)

    def ready(self) -> Lookup:
        """Make ready for ``add``, once: some seconds for 100,000 reports."""
        if self._lookup is None:
            self._lookup = Lookup(self.readings, self.weights, self._ordinals())
        return self._lookup

    def _make_side(self, number: int) -> Side:
        return Side(self.readings[number], self.weights)

    def _score(self, pairs: Sequence[Pair]) -> dict[Pair, SharedPassage]:
        """Measure ``pairs``, remember their odds, and return what those that look independent share."""
        shared: dict[Pair, SharedPassage] = {}
        for pair, odds, passage in self._map(self._score_pair, pairs):
            self._odds[pair] = odds
            self._partners.setdefault(pair[0], []).append(pair[1])
            self._partners.setdefault(pair[1], []).append(pair[0])
            if passage is not None:
                shared[pair] = passage
        return shared

    def _score_pair(self, pair: Pair) -> Scored:
        quick = hopeless(self._side(pair[0]), self._side(pair[1]))
        if quick is not None:
            return pair, quick, None
        verdict = self.judge(*pair)
        odds = verdict.measures.log_odds
        return pair, odds, verdict.shared_passage() if verdict.measures.phrases and odds <= 0 else None

    def _within(self, numbers: Collection[int]) -> dict[Pair, float]:
        """The pairs measured among ``numbers``."""
        return {
            (one, other): self._odds[one, other]
            for one in numbers
            for other in self._partners.get(one, ())
            if one < other and other in numbers
        }

    def _groups(self, numbers: Collection[int]) -> list[list[int]]:
        odds = self._within(numbers)
        groups: list[list[int]] = []
        for component in components(odds):
            groups.extend(split(component, odds, lambda left, right: self.judge(left, right).measures.log_odds))
        alone = set(numbers).difference(*groups)
        return [*groups, *([number] for number in sorted(alone))]

    def _describe(self, groups: Sequence[list[int]], shared: Mapping[Pair, SharedPassage]) -> Lineage:
        member = {number: name for name, group in enumerate(groups) for number in group}
        ties = {pair: passage for pair, passage in shared.items() if member.get(pair[0]) != member.get(pair[1])}
        for pair, odds in self._within(member).items():
            # Looked like copies, but the others of their groups spoke against it.
            if odds > 0 and member[pair[0]] != member[pair[1]]:
                passage = self.judge(*pair).shared_passage()
                if passage is not None:
                    ties[pair] = passage
        uncertain = [
            self._uncertain(pair, odds, member) for pair, odds in self._within(member).items() if abs(odds) < UNCERTAIN
        ]
        origins: list[Origin] = []
        copies: list[Copy] = []
        changed: list[Alteration] = []
        for origin, of_group, changes in self._map(self._family, groups):
            origins.append(origin)
            copies.extend(of_group)
            changed.extend(changes)
        for pair, passage in ties.items():
            if passage.kind == "quotation":
                left, right = sorted((self.documents[number] for number in pair), key=lambda document: document.id)
                changed.extend(altered_quotations(left, right, self.judge(*pair).alignment))
        return Lineage(
            tuple(sorted(copies, key=lambda copy: copy.id)),
            tuple(sorted(origins, key=lambda origin: origin.id)),
            tuple(sorted(ties.values(), key=lambda passage: passage.id)),
            tuple(sorted(changed, key=lambda alteration: alteration.id)),
            tuple(sorted(uncertain, key=lambda pair: pair.id)),
        )

    def _uncertain(self, pair: Pair, odds: float, member: Mapping[int, int]) -> UncertainPair:
        joined = member[pair[0]] == member.get(pair[1])
        first, second = sorted(self.documents[number].id for number in pair)
        why = f"{self.judge(*pair).measured}: much for chance, little for a copy."
        return UncertainPair(record_id("unc", first, second), (first, second), round(confidence(odds), 3), joined, why)

    def _family(self, group: list[int]) -> tuple[Origin, tuple[Copy, ...], list[Alteration]]:
        group = sorted(group, key=lambda number: self.documents[number].id)
        documents = {self.documents[number].id: self.documents[number] for number in group}
        judged: dict[Pair, Verdict] = {}

        def judge(left: int, right: int) -> Verdict:
            if (left, right) not in judged:
                judged[left, right] = self.judge(group[left], group[right])
            return judged[left, right]

        place = {number: index for index, number in enumerate(group)}
        odds = {}
        for (one, other), value in self._within(place).items():
            left, right = sorted((place[one], place[other]))
            odds[left, right] = value
        found = family(list(documents.values()), [self._side(number) for number in group], odds, judge)
        changes: list[Alteration] = []
        for verdict, known in found.verdicts:
            source, derived = (documents[side.reading.id] for side in (verdict.alignment.left, verdict.alignment.right))
            changes.extend(alterations(source, derived, verdict.alignment, known=known))
        return found.origin, found.copies, changes

    def _map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """``work`` over ``items`` in order, in ``workers`` processes where there is enough to do."""
        if self.workers < 2 or len(items) < 2 * CHUNK or "fork" not in multiprocessing.get_all_start_methods():
            yield from map(work, items)
            return
        global _work
        _work = work
        # What is there before the fork is left alone by the children's garbage collector, which would else copy every page.
        gc.collect()
        gc.freeze()
        try:
            with multiprocessing.get_context("fork").Pool(self.workers) as pool:
                yield from pool.imap(_call, items, chunksize=CHUNK)
        finally:
            gc.unfreeze()

    def _ordinals(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([_ordinal(document) for document in self.documents], np.int64)

    def _days(self, left: int, right: int) -> int | None:
        days = _ordinal(self.documents[left]), _ordinal(self.documents[right])
        return None if UNDATED in days else abs(days[0] - days[1])


#: What the forked workers do: a child finds it where it was when it was made, so the index is not copied to it.
_work: Callable[..., object] = len


def _call(item: object) -> object:
    return _work(item)


def _read(document: Document) -> Reading:
    return read(document.id, document.text)


def _ordinal(document: Document) -> int:
    return document.published.toordinal() if document.published else int(UNDATED)
