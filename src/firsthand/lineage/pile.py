"""Reports beside each other: pairs measured, put together to origins, and told as records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from firsthand.model import Alteration, Copy, Document, Lineage, Origin, SharedPassage, UncertainPair, record_id
from firsthand.processes import spread as in_processes

from .align import Side, align
from .changes import alterations, altered_quotations
from .evidence import UNCERTAIN, confidence, hopeless, measure
from .groups import Pair, components, split
from .origins import family
from .printings import UNDATED, first_printings, ordinal
from .reading import Reading, word_id
from .verdict import Verdict
from .weights import Weights

#: Texts kept ready for alignment; pairs come in order of their first report, so few are made ready twice.
SIDES = 1024
#: Pairs, reports or groups handed to a worker at a time.
CHUNK = 512

#: A spelling that so many texts of other origins have is a transcription in use.
ESTABLISHED = 2

Scored = tuple[Pair, float, SharedPassage | None]
Item = TypeVar("Item")
Result = TypeVar("Result")


class Pile:
    """Reports ready to be compared: ``documents`` in order of their ids, and their ``readings``. Pairs and groups go by index.

    ``odds`` holds the log odds of the pairs measured so far, lower index first.
    """

    def __init__(
        self, documents: Sequence[Document], readings: Sequence[Reading], weights: Weights, *, workers: int = 1
    ) -> None:
        self.documents, self.readings, self.weights, self.workers = documents, readings, weights, workers
        self.odds: dict[Pair, float] = {}
        self._partners: dict[int, list[int]] = {}
        self._side = lru_cache(SIDES)(self._make_side)

    def know(self, odds: Mapping[Pair, float]) -> None:
        """Take over what was measured elsewhere."""
        for pair, value in odds.items():
            self.odds[pair] = value
            self._partners.setdefault(pair[0], []).append(pair[1])
            self._partners.setdefault(pair[1], []).append(pair[0])

    def judge(self, left: int, right: int) -> Verdict:
        """Compare two reports; the one with the lower id is on the left."""
        left, right = sorted((left, right))
        alignment = align(*self.sides(left, right))
        site, other = self.documents[left].site, self.documents[right].site
        same_site = bool(site) and site == other
        return Verdict(alignment, measure(alignment, days=self._days(left, right), same_site=same_site))

    def sides(self, left: int, right: int) -> tuple[Side, Side]:
        """Two reports made ready to be aligned with each other."""
        return self._side(left), self._side(right)

    def score(self, pairs: Sequence[Pair]) -> dict[Pair, SharedPassage]:
        """Measure ``pairs``, remember their odds, and return what those that look independent share."""
        shared: dict[Pair, SharedPassage] = {}
        odds: dict[Pair, float] = {}
        for pair, value, passage in self.map(self._score_pair, pairs):
            odds[pair] = value
            if passage is not None:
                shared[pair] = passage
        self.know(odds)
        return shared

    def groups(self, numbers: Collection[int]) -> list[list[int]]:
        """The origins among ``numbers``."""
        groups: list[list[int]] = []
        for component in components(self._within(numbers)):
            groups.extend(self._split(component))
        alone = set(numbers).difference(*groups)
        return [*groups, *([number] for number in sorted(alone))]

    def describe(self, groups: Sequence[list[int]], shared: Mapping[Pair, SharedPassage]) -> Lineage:
        """The records of ``groups`` and of all pairs measured. ``shared`` are the passages of pairs that look independent."""
        member = {number: name for name, group in enumerate(groups) for number in group}
        ties = {pair: passage for pair, passage in shared.items() if member.get(pair[0]) != member.get(pair[1])}
        for pair, odds in self.odds.items():
            # Looked like copies, but the others of their groups spoke against it.
            if odds > 0 and member.get(pair[0]) != member.get(pair[1]):
                passage = self.judge(*pair).shared_passage()
                if passage is not None:
                    ties[pair] = passage
        uncertain = [self._uncertain(pair, odds, member) for pair, odds in self.odds.items() if abs(odds) < UNCERTAIN]
        origins: list[Origin] = []
        copies: list[Copy] = []
        changed: list[Alteration] = []
        for origin, of_group, changes in self.map(self._family, groups):
            origins.append(origin)
            copies.extend(of_group)
            changed.extend(changes)
        for pair, passage in ties.items():
            if passage.kind == "quotation":
                left, right = (self.documents[number] for number in sorted(pair))
                changed.extend(altered_quotations(left, right, self.judge(*pair).alignment))
        return Lineage(
            tuple(sorted(copies, key=lambda copy: copy.id)),
            tuple(sorted(origins, key=lambda origin: origin.id)),
            tuple(sorted(ties.values(), key=lambda passage: passage.id)),
            tuple(sorted(changed, key=lambda alteration: alteration.id)),
            tuple(sorted(uncertain, key=lambda pair: pair.id)),
        )

    def days(self) -> npt.NDArray[np.int64]:
        """The ordinal day of each report, ``UNDATED`` where there is none."""
        return np.array([ordinal(document) for document in self.documents], np.int64)

    def _make_side(self, number: int) -> Side:
        return Side(self.readings[number], self.weights)

    def _score_pair(self, pair: Pair) -> Scored:
        quick = hopeless(*self.sides(*pair))
        if quick is not None:
            return pair, quick, None
        verdict = self.judge(*pair)
        odds = verdict.measures.log_odds
        return pair, odds, verdict.shared_passage() if verdict.measures.phrases and odds <= 0 else None

    def _split(self, component: Sequence[int]) -> list[list[int]]:
        """The origins in ``component``. A text speaks once, however often it was printed, and stands on the day that it came out:
        else a verbatim copy could part or join two others."""
        documents, readings = self.documents, self.readings
        places = first_printings([documents[n] for n in component], [readings[n] for n in component])
        first = {number: component[place] for number, place in zip(component, places, strict=True)}
        # In an order of the texts themselves: where two pairs are as good, no report's id decides.
        texts = sorted(set(first.values()), key=lambda number: readings[number].wording)
        text = {number: index for index, number in enumerate(texts)}

        def measured(left: int, right: int) -> float:
            pair = _pair(texts[left], texts[right])
            return self.odds[pair] if pair in self.odds else self.judge(*pair).measures.log_odds

        pairs = {_pair(text[first[one]], text[first[other]]) for one, other in self._within(first)}
        odds = {(left, right): measured(left, right) for left, right in sorted(pairs) if left != right}
        groups = split(range(len(texts)), odds, measured)
        name = {index: name for name, group in enumerate(groups) for index in group}
        found: list[list[int]] = [[] for _ in groups]
        for number in component:
            found[name[text[first[number]]]].append(number)
        return found

    def _within(self, numbers: Collection[int]) -> dict[Pair, float]:
        """The pairs measured among ``numbers``."""
        return {
            (one, other): self.odds[one, other]
            for one in numbers
            for other in self._partners.get(one, ())
            if one < other and other in numbers
        }

    def _uncertain(self, pair: Pair, odds: float, member: Mapping[int, int]) -> UncertainPair:
        joined = pair[0] in member and member[pair[0]] == member.get(pair[1])
        first, second = (self.documents[number].id for number in sorted(pair))
        why = f"{self.judge(*pair).measured}: much for chance, little for a copy."
        return UncertainPair(record_id("unc", first, second), (first, second), round(confidence(odds), 3), joined, why)

    def _family(self, group: list[int]) -> tuple[Origin, tuple[Copy, ...], list[Alteration]]:
        group = sorted(group)
        documents = {self.documents[number].id: self.documents[number] for number in group}
        judged: dict[Pair, Verdict] = {}

        def judge(left: int, right: int) -> Verdict:
            if (left, right) not in judged:
                judged[left, right] = self.judge(group[left], group[right])
            return judged[left, right]

        place = {number: index for index, number in enumerate(group)}
        odds = {(place[one], place[other]): value for (one, other), value in self._within(place).items()}
        found = family(list(documents.values()), [self._side(number) for number in group], odds, judge)
        changes: list[Alteration] = []
        for verdict, known in found.verdicts:
            source, derived = (documents[side.reading.id] for side in (verdict.alignment.left, verdict.alignment.right))
            changes.extend(
                alterations(
                    source,
                    derived,
                    verdict.alignment,
                    known=known,
                    established=partial(self._established, numbers=frozenset(group)),
                    reworded=verdict.relation == "paraphrased",
                )
            )
        return found.origin, found.copies, changes

    def _established(self, name: str, *, numbers: frozenset[int]) -> bool:
        """Whether texts of other origins than that of ``numbers`` write ``name`` so."""
        word, known = word_id(name), self.weights.frequencies
        (used,) = known.look_up(known.used, np.array([word], np.uint32)).tolist()
        here = {self.readings[number].wording for number in numbers if word in self.readings[number].words}
        return bool(used - len(here) >= ESTABLISHED)

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """``work`` over ``items`` in order, in ``workers`` processes where there is enough to do."""
        return spread(work, items, self.workers)

    def _days(self, left: int, right: int) -> int | None:
        days = ordinal(self.documents[left]), ordinal(self.documents[right])
        return None if UNDATED in days else abs(days[0] - days[1])


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def spread(work: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result]:
    """``work`` over ``items`` in order, in ``workers`` processes where there is enough to do."""
    if workers < 2 or len(items) < 2 * CHUNK:
        yield from map(work, items)
        return
    chunks = (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
    for results in in_processes(lambda chunk: [work(item) for item in chunk], chunks, workers):
        yield from results
